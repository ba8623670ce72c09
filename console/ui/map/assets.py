"""Every file that the map's page can ask for, by its address."""

from pathlib import Path

import PySide6.QtWebChannel  # noqa: F401  # its library holds the script that is read below
from PySide6.QtCore import QFile, QIODevice
from xstatic.pkg import leaflet

from console.ui.map.pages import LAYER_SCRIPTS, Page, page
from console.ui.map.scheme import File, Files
from console.ui.theme import fonts

_SCRIPT = b"text/javascript"
_STYLE = b"text/css"
_JSON = b"application/json"
_IMAGES = ("layers.png", "layers-2x.png", "marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")


def files(folder: Path, cache: Path | None = None) -> Files:
    """The table that the scheme serves. ``folder`` is ``resources/map``, ``cache`` keeps the composed page."""
    composed = page(cache, _compose)
    return {
        "/index.html": File(b"text/html", composed.html),
        "/map.js": File(_SCRIPT, composed.script),
        "/qwebchannel.js": File(_SCRIPT, _web_channel()),
        "/layer.css": File(_STYLE, folder / "layer.css"),
        **{f"/{name}.js": File(_SCRIPT, folder / f"{name}.js") for name in LAYER_SCRIPTS},
        **_leaflet(),
        **_faces(),
        **_base_maps(folder),
    }


def _compose() -> Page:
    from console.ui.map.page import compose

    return compose()


def base_maps(table: Files) -> dict[str, list[str]]:
    """The base maps among the files: the names of their layers by the map's name."""
    found: dict[str, list[str]] = {}
    for address in table:
        if address.startswith("/base/"):
            _, _, name, layer = address.split("/")
            found.setdefault(name, []).append(layer.removesuffix(".geojson"))
    return found


def _leaflet() -> dict[str, File]:
    data = Path(leaflet.BASE_DIR)
    return {
        "/leaflet.js": File(_SCRIPT, data / "leaflet.js"),
        "/leaflet.css": File(_STYLE, data / "leaflet.css"),
        **{f"/images/{name}": File(b"image/png", data / "images" / name) for name in _IMAGES},
    }


def _faces() -> dict[str, File]:
    """The console's typeface, since Chromium does not see the fonts that Qt was given."""
    return {f"/fonts/{face.name}": File(b"font/ttf", Path(str(face))) for face in fonts.files()}


def _base_maps(folder: Path) -> dict[str, File]:
    layers = sorted(folder.glob("*/*.geojson"))
    return {f"/base/{layer.parent.name}/{layer.name}": File(_JSON, layer) for layer in layers}


def _web_channel() -> bytes:
    """Qt's own script for the page's end of the channel; it ships inside the QtWebChannel library."""
    script = QFile(":/qtwebchannel/qwebchannel.js")
    script.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(script.readAll().data())
