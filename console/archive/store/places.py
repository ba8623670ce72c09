"""Where an archive is: a file on this workstation, or a database on a server."""

import os
import re
import sys
from pathlib import Path, PurePosixPath

from console.archive.store.errors import refuse

ELSEWHERE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre"})
"""File systems on another computer: write-ahead logging needs memory that all its users share."""

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.]+)://")
_SLIP = re.compile(r"^(postgres(?:ql)?(?:\+psycopg)?|sqlite|mysql|https?):", re.IGNORECASE)
"""An address that lost a slash would be taken for a file, and a password in it for the file's name."""

_MOUNTS = Path("/proc/self/mounts")


def served(url: str) -> bool:
    """Whether ``url`` is that of a PostgreSQL database. Raises `ArchiveError` for another kind of database."""
    scheme = _scheme(url)
    if not scheme and (slip := _SLIP.match(url)):
        refuse(f"the archive's address begins with {slip[1]}: but not with {slip[1]}://, so it is no address")
    if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
        return True
    if scheme not in {"", "sqlite"}:
        refuse(f"an archive is a file or a postgresql:// database, not {scheme}://")
    return False


def path_of(url: str) -> Path:
    """The file that ``url`` (``sqlite:///path`` or a bare path) names, absolute. Raises `ArchiveError`."""
    name = url.removeprefix("sqlite://").removeprefix("/") if _scheme(url) == "sqlite" else url
    if not name.strip() or name == ":memory:" or "\0" in name:
        refuse("the archive needs a file: name it as sqlite:///path/to/shifts.db, or by its path alone")
    if name.startswith("\\\\") or (sys.platform == "win32" and name.startswith("//")):
        _refuse_network(name, "a network share")
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        refuse(f"{name}: nobody here has that home folder; write the path in full")
    return Path(os.path.realpath(path))


def refuse_network(path: Path) -> None:
    """Raises `ArchiveError` where ``path`` is on another computer's disk."""
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4:
            _refuse_network(str(path), "a network drive")
    elif _MOUNTS.exists():
        kind = mounted_as(str(path), _MOUNTS.read_text("utf-8", "surrogateescape"))
        if kind in ELSEWHERE or kind.startswith("fuse.ssh"):
            _refuse_network(str(path), f"a network file system, {kind}")


def mounted_as(path: str, mounts: str) -> str:
    """The kind of file system that ``path`` (absolute) is on, by a table in the form of /proc/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        root = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        depth = len(PurePosixPath(root).parts)
        if depth >= best and PurePosixPath(path).is_relative_to(root):
            best, kind = depth, fields[2]
    return kind


def _scheme(url: str) -> str:
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def _refuse_network(name: str, what: str) -> None:
    refuse(
        f"{name} is on {what}, where a file archive would be damaged: keep it on a disk of this "
        "workstation, or share one through PostgreSQL (postgresql://user@host/database)"
    )
