"""The map's page, composed once by folium from our own text: no agency data passes through a template.

Every asset is one of ours, and what folium would write as an inline script is served as a file, so a
strict content policy holds.
"""

import re

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from console.ui.map.pages import LAYER_SCRIPTS, Page
from console.ui.map.scheme import ORIGIN

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What the page may load: our own files. RELIABILITY section 1.5, and our own typeface."""

_INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


class _LiveLayer(JSCSSMixin):
    """Our canvas layer over the map; it is fed by the console, never by a template."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div id="legend"></div>
            <div id="corner"><div id="notes"></div><div id="scale"><span></span></div></div>
            <div id="card" hidden></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            startLive({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )


def compose() -> Page:
    """The page and its script. folium renders header, body and script apart; we join them by reference."""
    figure = folium.Figure()
    _map().add_to(figure)
    figure.render()
    header = _INLINE_SCRIPT.sub("", figure.header.render())
    html = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"\n<title>Map</title>\n{header}\n</head>\n<body>\n{figure.html.render()}\n"
        f'<script src="{ORIGIN}/map.js"></script>\n</body>\n</html>\n'
    )
    return Page(html.encode(), figure.script.render().encode())


def _map() -> folium.Map:
    """A bare map with Leaflet from our own address instead of six public hosts.

    Nothing on it is animated: what moves on the screen has happened.
    """
    page = folium.Map(
        location=[0.0, 0.0],
        zoom_start=3,
        tiles=None,
        zoom_control=False,
        font_size="11px",
        attribution_control=False,
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        inertia=False,
        min_zoom=4,
        max_zoom=18,
        zoom_snap=0.1,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
    )
    page.default_js = _scripts("leaflet")
    page.default_css = _styles("leaflet")
    layer = _LiveLayer()  # type: ignore[no-untyped-call]  # branca leaves its constructor untyped
    layer.default_js = _scripts("qwebchannel", *LAYER_SCRIPTS)
    layer.default_css = _styles("layer")
    layer.add_to(page)
    return page


def _scripts(*names: str) -> list[tuple[str, str]]:
    return [(name, f"{ORIGIN}/{name}.js") for name in names]


def _styles(*names: str) -> list[tuple[str, str]]:
    return [(f"{name}_css", f"{ORIGIN}/{name}.css") for name in names]
