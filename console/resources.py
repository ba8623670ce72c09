"""Where the files that ship with the code are: in a checkout, in an installed wheel, in a frozen build."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The file or folder ``name``, such as ``"map/page.html"``; FileNotFoundError when it did not ship."""
    packed = _PACKAGE / "_resources"
    root = packed if packed.is_dir() else _PACKAGE.parent / "resources"
    found = root / name
    if not found.exists():
        raise FileNotFoundError(
            f"SMART Console's own file {name!r} is not in {root}: the installation is incomplete."
            " Install it again."
        )
    return found
