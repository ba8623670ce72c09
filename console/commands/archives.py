"""Which archive a verb uses: the option's, the configuration's, the environment's, or this person's own."""

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from platformdirs import user_data_path

from console.archive.spec import ArchiveSpec
from console.commands.connect import usual
from console.quantities import duration, size
from console.settings import KEPT, ArchiveSettings, SettingsError, load, secret

WHERE, KEY = "SMART_CONSOLE_ARCHIVE", "SMART_CONSOLE_ARCHIVE_KEY"
"""Variables for the archive's address, and for its key or the name of where that is kept."""


class Archives(Struct, frozen=True):
    """Where the board is recorded that is settled on: what really happens, and what is served from this workstation."""

    real: ArchiveSpec | None = None
    served: ArchiveSpec | None = None


def place(
    archive: str | None, config: Path | None, environment: Mapping[str, str] = os.environ
) -> ArchiveSpec:
    """The archive that ``--archive``, the configuration or the environment names, or the file of this person.

    The configuration's key is that of its own archive and of no other. Raises `SettingsError`.
    """
    settings, beside = _settings(config)
    own = _beside(settings.url, beside)
    url = archive or own or environment.get(WHERE) or f"sqlite:///{_usual()}"
    named = settings.key if url == own or not (own or archive) else ""
    key = _key(named or environment.get(KEY, ""))
    keep = duration(settings.keep) if settings.keep else None
    return ArchiveSpec(url, key or None, keep, size(settings.room) if settings.room else None)


def recorded(
    archive: str | None, config: Path | None, environment: Mapping[str, str] = os.environ
) -> ArchiveSpec | None:
    """Where the desktop records; ``None`` where the configuration says that it does not."""
    settings, _ = _settings(config)
    return place(archive, config, environment) if settings.record or archive else None


def followed(
    archive: str | None, config: Path | None, source: str | None, *, asked: bool
) -> ArchiveSpec | None:
    """The archive whose board is shown in place of sources': where ``asked``, or where the configuration says so.

    A ``source`` that is named goes before what is configured.
    """
    if not asked and (source is not None or not _settings(config)[0].follow):
        return None
    return place(archive, config)


def of_welcome(archive: str | None) -> Archives:
    """Where a board is recorded that is chosen on the welcome page."""
    return Archives(place(archive, None), of_demo(archive, recorded=True))


def of_demo(archive: str | None, *, recorded: bool) -> ArchiveSpec | None:
    """Where the demo city is recorded: apart from what really happened, and only where ``recorded`` or asked for."""
    if archive is not None:
        return place(archive, None)
    return ArchiveSpec(f"sqlite:///{_usual().with_name('demo.db')}") if recorded else None


def _settings(config: Path | None) -> tuple[ArchiveSettings, Path]:
    file = config or usual()
    if config is None and not file.exists():
        return ArchiveSettings(), Path()
    return load(file).archive, file.parent


def _usual() -> Path:
    return user_data_path("smart-console", appauthor=False) / "shifts.db"


def _beside(url: str, folder: Path) -> str:
    """The address with a relative file taken from the folder of the configuration, as all files that it names."""
    name = url.removeprefix("sqlite:///")
    if not name or "://" in name:
        return url
    try:
        return f"sqlite:///{(folder / Path(name).expanduser()).absolute()}"
    except RuntimeError as error:
        raise SettingsError(f"archive: {name}: {error}; write the path in full") from error


def _key(named: str) -> str:
    return secret(named) if named.startswith(KEPT) else named
