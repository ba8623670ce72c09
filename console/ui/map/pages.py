"""The composed page as a value, kept on disk so that a start-up need not import folium (0.3 s)."""

import hashlib
import marshal
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

LAYER_SCRIPTS = (
    *("geo", "texts", "sprites", "labels", "fan", "units", "calls", "names", "ground"),
    *("camera", "card", "margin", "pointer", "picture", "live"),
)
"""The live layer's scripts in the order they are loaded, without their ending."""

_PACKAGES = ("folium", "branca", "jinja2")
_MODULES = ("console.ui.map.page", "console.ui.map.pages")
_CUT = b"\n<!-- script -->\n"


@dataclass(frozen=True, slots=True)
class Page:
    """The page folium composed: its HTML, and the script that it would have written inline."""

    html: bytes
    script: bytes


def page(cache: Path | None, compose: Callable[[], Page]) -> Page:
    """The page as kept in the folder ``cache``, else composed now and kept there.

    A cache that cannot be read, or holds anything else than what was written, costs time only.
    """
    if cache is None:
        return compose()
    file = cache / f"map-{_key()}.page"
    return _kept(file) or _keep(file, compose())


def _key() -> str:
    """Another one whenever folium, or what we give it, is another."""
    parts = [f"{name} {version(name)}".encode() for name in _PACKAGES]
    parts.extend(_code(name) for name in _MODULES)
    return hashlib.sha256(b"".join(parts)).hexdigest()[:24]


def _code(module: str) -> bytes:
    """A module's compiled code, which a frozen build has too, without running it."""
    spec = find_spec(module)
    code_of = getattr(spec.loader, "get_code", None) if spec else None
    return marshal.dumps(code_of(module)) if code_of else b""


def _kept(file: Path) -> Page | None:
    try:
        digest, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    html, cut, script = content.partition(_CUT)
    if not cut or digest.decode("ascii", "replace") != hashlib.sha256(content).hexdigest():
        return None
    return Page(html, script)


def _keep(file: Path, made: Page) -> Page:
    content = made.html + _CUT + made.script
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in file.parent.glob("map-*.page"):
            old.unlink()
        fresh.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        fresh.replace(file)
    except OSError:
        return made
    return made
