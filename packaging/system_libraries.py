"""Finds the shared libraries that Qt needs and this computer lacks, and installs the packages with them."""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from progress import SetupError, say

# What the console loads: the map's browser engine, a real screen, no screen, drawing on it, and sound.
PROBED = (
    "lib/libQt6WebEngineCore.so.6",
    "lib/libQt6WebEngineWidgets.so.6",
    "libexec/QtWebEngineProcess",
    "plugins/platforms/libqxcb.so",
    "plugins/platforms/libqoffscreen.so",
    "plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "plugins/xcbglintegrations/libqxcb-egl-integration.so",
    "plugins/multimedia/libffmpegmediaplugin.so",
    "lib/libQt6Multimedia.so.6",
)

# Where the package is not named after the library.
PACKAGES = {
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libnssutil3.so": "libnss3",
    "libplc4.so": "libnspr4",
    "libplds4.so": "libnspr4",
    "libsmime3.so": "libnss3",
    "libssl3.so": "libnss3",
    "libz.so.1": "zlib1g",
}


def lacking(qt: Path) -> list[str]:
    """Names of the shared libraries that the Qt in folder ``qt`` would not find."""
    probed = [str(qt / name) for name in PROBED if (qt / name).exists()]
    ldd = shutil.which("ldd")
    if not probed or ldd is None:
        return []
    environment = {**os.environ, "LC_ALL": "C"}
    listing = subprocess.run([ldd, *probed], capture_output=True, text=True, check=False, env=environment)
    return not_found(listing.stdout)


def not_found(listing: str) -> list[str]:
    """The libraries that ``ldd`` marks as missing, each once. Qt's own are in the wheel and never counted."""
    names = set(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE))
    return sorted(name for name in names if not name.startswith("libQt6"))


def package(library: str) -> str:
    """The Debian or Ubuntu package of a library: name and version, as Debian's policy manual (8.1) asks."""
    if library in PACKAGES:
        return PACKAGES[library]
    name, _, version = library.lower().replace("_", "-").partition(".so")
    version = version.lstrip(".")
    return f"{name}-{version}" if version and name[-1].isdigit() else f"{name}{version}"


def renamed(packages: Iterable[str], offered: set[str]) -> list[str]:
    """Packages by the name this release uses: since 2024 some end in t64 (64-bit time)."""
    return sorted({f"{name}t64" if f"{name}t64" in offered else name for name in packages})


def command(packages: Iterable[str]) -> str:
    """The one command that a person without administrator rights has to ask for."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def debian_like(release: dict[str, str]) -> bool:
    """Whether an os-release file is that of Debian, Ubuntu or one of their children."""
    family = f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".split()
    return bool({"debian", "ubuntu"} & set(family))


def administrator() -> bool:
    """Whether packages can be installed as we are."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def ensure(qt: Path) -> None:
    """Make sure that Qt in folder ``qt`` finds all it needs; otherwise stop with what to do."""
    if platform.system() != "Linux" or not (libraries := lacking(qt)):
        return
    say(f"Qt needs system libraries that this computer lacks: {', '.join(libraries)}.")
    if not debian_like(_release()):
        raise SetupError(
            "Install the packages that hold these libraries with your package manager, then run this again."
        )
    install((package(library) for library in libraries), root=administrator())
    if still := lacking(qt):
        raise SetupError(
            f"Still missing after installing: {', '.join(still)}. Install the packages that hold them."
        )


def install(packages: Iterable[str], *, root: bool) -> None:
    """Install Debian packages as root, or stop with the command that does it."""
    wanted = sorted(set(packages))
    if not root:
        print(command(renamed(wanted, offered(wanted))), flush=True)
        raise SetupError(
            "Installing them needs administrator rights: run the command above, then this one again."
        )
    say("Asking the package servers what they hold (up to a minute) ...")
    _apt("update")
    names = renamed(wanted, offered(wanted))
    say(f"Installing {', '.join(names)} with what they need (up to two minutes) ...")
    if failure := _apt("install", "-y", "--no-install-recommends", *names):
        raise SetupError(
            f"{failure}\napt-get could not install them. Mend what it says above, then run this again."
        )


def offered(packages: list[str]) -> set[str]:
    """Those of the packages, by old and by new name, that the package lists really hold."""
    if shutil.which("apt-cache") is None:
        return set()
    names = [variant for name in packages for variant in (name, f"{name}t64")]
    shown = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", *names], capture_output=True, text=True, check=False
    )
    return set(re.findall(r"^Package: (\S+)", shown.stdout, re.MULTILINE))


def _release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _apt(*arguments: str) -> str:
    """Run apt-get without questions; its last lines when it failed, nothing when it did its work."""
    run = subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
    )
    return "\n".join(run.stdout.splitlines()[-15:]) if run.returncode else ""
