"""``doctor``: self-checks of this workstation, each with what it means and what to do."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.table import Table
from rich.text import Text

from console.commands import exits

CALLS = 300
FREE_BYTES = 2 * 1024**3


class Check(Struct, frozen=True):
    """One thing looked at; ``tip`` says what to do where it is not ``ok``."""

    name: str
    ok: bool
    detail: str
    tip: str = ""


def doctor(*, json: bool) -> int:
    """Run every check, print them; exit 1 when one is not as it must be."""
    checks = [look() for look in _looks()]
    if json:
        sys.stdout.write(msgspec.json.encode(checks).decode() + "\n")
    else:
        Console().print(_table(checks))
    return exits.DONE if all(check.ok for check in checks) else exits.NO


def _looks() -> tuple[Callable[[], Check], ...]:
    return (
        _python,
        _qt,
        _references,
        _web_engine,
        _typeface,
        _map_assets,
        _definitions,
        _disk,
        _archive,
        _proxies,
        _keyring,
        _sound,
    )


def _table(checks: list[Check]) -> Table:
    table = Table(title=Text("This workstation"), title_justify="left")
    for column in ("check", "", "found", "what to do"):
        table.add_column(column)
    for check in checks:
        table.add_row(*map(Text, (check.name, "ok" if check.ok else "NOT OK", check.detail, check.tip)))
    return table


def _python() -> Check:
    ok = sys.version_info >= (3, 11)
    return Check("Python", ok, platform.python_version(), "" if ok else "install Python 3.11 or newer")


def _qt() -> Check:
    from PySide6 import __version__
    from PySide6.QtCore import qVersion

    return Check("Qt", True, f"Qt {qVersion()}, PySide6 {__version__}")


def _references() -> Check:
    """PySide6 6.12.0 loses a reference to None at each void call on Python before 3.12, until the process dies."""
    from PySide6.QtCore import QObject

    item, before = QObject(), sys.getrefcount(None)
    for _ in range(CALLS):
        item.setObjectName("x")
    lost = before - sys.getrefcount(None)
    ok = lost < CALLS // 2
    tip = "" if ok else 'install a Qt binding that works here: pip install "PySide6>=6.11.3,<6.12"'
    return Check("references to None", ok, f"{max(0, lost)} lost in {CALLS} calls", tip)


def _web_engine() -> Check:
    try:
        from PySide6.QtWebEngineCore import qWebEngineChromiumSecurityPatchVersion as patched
    except ImportError as error:
        return Check(
            "web engine",
            False,
            str(error),
            "install the system libraries: python3 packaging/bootstrap.py setup",
        )
    return Check("web engine", True, f"security fixes up to Chromium {patched()!s}")


def _typeface() -> Check:
    from console.ui.theme.fonts import FontMissing, files

    try:
        return Check("typeface", True, f"{len(files())} files of Roboto")
    except FontMissing as error:
        return Check("typeface", False, "Roboto is missing", str(error))


def _map_assets() -> Check:
    from console.resources import path
    from console.ui.map.assets import files

    missing: list[str] = []
    for address, file in files(path("map")).items():
        try:
            file.read()
        except OSError:
            missing.append(address)
    tip = "install again: python3 packaging/bootstrap.py setup" if missing else ""
    return Check("map assets", not missing, ", ".join(missing) or "every file of the map page is here", tip)


def _definitions() -> Check:
    from console.domain.packs import DefinitionError, parse
    from console.resources import path

    for file in sorted(path("definitions").glob("*.toml")):
        try:
            parse(file.read_bytes())
        except DefinitionError as error:
            return Check("definition packs", False, file.name, str(error))
    return Check("definition packs", True, "every shipped pack can be read")


def _disk() -> Check:
    free = shutil.disk_usage(Path.home()).free
    ok = free >= FREE_BYTES
    return Check("disk", ok, f"{free / 1024**3:.1f} GB free", "" if ok else "free at least 2 GB")


def _archive() -> Check:
    from console.archive.store.errors import ArchiveError
    from console.commands.roundtrip import round_trip

    try:
        ok = round_trip()
    except (ArchiveError, ImportError) as error:
        return Check("archive", False, str(error), "install again: python3 packaging/bootstrap.py setup")
    told = "an encrypted recording was made and read back" if ok else "a recording came back as another board"
    return Check("archive", ok, told, "" if ok else "do not rely on recordings here, and report this")


def _proxies() -> Check:
    names = [name for name in os.environ if name.lower() in ("http_proxy", "https_proxy", "all_proxy")]
    detail = f"{', '.join(sorted(names))} set and ignored" if names else "none in the environment"
    return Check("proxies", True, detail)


def _sound() -> Check:
    """A computer without a loudspeaker is none that is broken: it may be a recorder."""
    from console.ui import messages
    from console.ui.alerts.lacks import NO_DEVICE, NO_LIBRARY, outputs

    messages.install()
    try:
        names = outputs()
    except ImportError:
        return Check("sound", False, NO_LIBRARY.why, NO_LIBRARY.todo)
    if not names:
        return Check("sound", True, f"{NO_DEVICE.why}: alarms are seen, and not heard", NO_DEVICE.todo)
    return Check("sound", True, f"tones go to {names[0]}", "hear them: command bar, Test the alarm tones")


def _keyring() -> Check:
    from console import keyrings

    try:
        return Check("keyring", True, keyrings.usable())
    except keyrings.NoKeyring as error:
        return Check("keyring", True, str(error))  # an environment variable or a private file does as well
