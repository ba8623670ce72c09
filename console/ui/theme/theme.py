"""The colors of the console as frozen values: three themes, and which token says what.

Values of the alarm colors and text grays were found by search: contrast of at least 4.5:1 on every
ground, and the largest minimum CAM02-UCS distance over normal, deutan, protan and tritan vision
(dark 14.7, light 16.5, night 15.2; `tests/ui/test_theme.py` holds them). Normal is gray; a color
means that something is abnormal, and shape and word say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias

from console.ui.theme.words import heading, word

__all__ = [
    "DARK",
    "DASHES",
    "HEALTH",
    "LIGHT",
    "NIGHT",
    "THEMES",
    "Name",
    "Sign",
    "Theme",
    "Token",
    "heading",
    "sharpened",
    "word",
]

Name: TypeAlias = Literal["light", "dark", "night"]
Token: TypeAlias = Literal["text", "muted", "p1", "p2", "p3", "stale", "ink", "edge", "replay"]
"""The tokens that a text, an icon or a fill can be asked to take by name."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colors, each ``#RRGGBB``.

    Grounds, from the back: ``ground`` (fields, wells), ``panel`` (every panel's body, so panels differ
    by a hairline only), ``overlay`` (what floats: menus, tips, the map's legend), ``raised`` (the
    selected row). ``hairline`` parts panels and rows; ``edge`` outlines a control at 3:1. ``ink`` is
    the text on a fill of p1, p2, p3, stale or replay. ``bar`` on ``bar_track`` is time used of a
    limit, and the fill of a committed unit.
    """

    name: Name
    ground: str
    panel: str
    overlay: str
    raised: str
    hairline: str
    edge: str
    text: str
    muted: str
    p1: str
    p2: str
    p3: str
    stale: str
    ink: str
    focus: str
    replay: str
    bar: str
    bar_track: str
    land: str
    street_minor: str
    street_major: str
    water: str
    park: str
    halo: str
    band: str
    series: tuple[str, str, str, str]

    def color(self, token: Token) -> str:
        """The color of a token that is known by name only at run time."""
        return str(getattr(self, token))

    def alarm(self, priority: int) -> str:
        """The color of an alarm of priority 1, 2 or 3."""
        return (self.p1, self.p2, self.p3)[priority - 1]


DARK = Theme(
    name="dark",
    ground="#1F2428",
    panel="#242A2F",
    overlay="#2A3036",
    raised="#353F48",
    hairline="#39414A",
    edge="#757D85",
    text="#E6EAEE",
    muted="#AEB6BF",
    p1="#EF6B81",
    p2="#CEA500",
    p3="#539BFF",
    stale="#F5B2FF",
    ink="#1F2428",
    focus="#E6EAEE",
    replay="#539BFF",
    bar="#757D85",
    bar_track="#2D343B",
    land="#262C31",
    street_minor="#343B42",
    street_major="#454E58",
    water="#1B2A36",
    park="#24302B",
    halo="#1F2428",
    band="#31383F",
    series=("#E6EAEE", "#8AC6B4", "#9C96BA", "#C8CC7A"),
)

LIGHT = Theme(
    name="light",
    ground="#E6E8EA",
    panel="#F1F2F3",
    overlay="#FFFFFF",
    raised="#D5DADF",
    hairline="#D0D4D8",
    edge="#79828B",
    text="#1B1F23",
    muted="#4A535C",
    p1="#501000",
    p2="#804900",
    p3="#346A9F",
    stale="#480060",
    ink="#FFFFFF",
    focus="#1B1F23",
    replay="#346A9F",
    bar="#79828B",
    bar_track="#E0E3E5",
    land="#ECEEEF",
    street_minor="#DDE0E3",
    street_major="#C2C8CE",
    water="#CFDDE6",
    park="#DDE5DE",
    halo="#FFFFFF",
    band="#DDE0E3",
    series=("#1B1F23", "#14604A", "#785F6E", "#34405C"),
)

NIGHT = Theme(
    name="night",
    ground="#14110E",
    panel="#1B1714",
    overlay="#231E1A",
    raised="#322A24",
    hairline="#332B25",
    edge="#756B60",
    text="#CCBEA8",
    muted="#9A9186",
    p1="#E65A2D",
    p2="#F0A81E",
    p3="#96B8DC",
    stale="#B969C3",
    ink="#14110E",
    focus="#CCBEA8",
    replay="#96B8DC",
    bar="#756B60",
    bar_track="#28211D",
    land="#1D1916",
    street_minor="#2A241F",
    street_major="#3A322B",
    water="#161D22",
    park="#1A1F17",
    halo="#14110E",
    band="#2A241F",
    series=("#CCBEA8", "#6FA58A", "#9088A0", "#A9A45E"),
)

THEMES: Mapping[Name, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK, "night": NIGHT})

DASHES: tuple[tuple[float, ...], ...] = ((), (6.0, 3.0), (2.0, 2.0), (8.0, 3.0, 2.0, 3.0))
"""The line pattern of each chart series, in line widths, empty for solid: color never stands alone."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How a feed's health looks: the token of its color, and the icon whose shape says it too."""

    token: Token
    icon: str


HEALTH: Mapping[str, Sign] = MappingProxyType(
    {
        "starting": Sign("muted", "health-starting"),
        "ok": Sign("muted", "health-ok"),
        "late": Sign("p2", "health-late"),
        "stale": Sign("stale", "health-stale"),
        "degraded": Sign("p3", "health-degraded"),
        "auth": Sign("p2", "health-auth"),
        "down": Sign("p2", "health-down"),
        "paused": Sign("muted", "health-paused"),
    }
)
"""Feed health by its value. A color is the priority of the alarm it raises (RELIABILITY section 2.1):
a lost feed is priority 2, partly rejected records priority 3, and priority 1 belongs to people."""


def sharpened(theme: Theme) -> Theme:
    """The same theme for a person who asked the system for more contrast: no gray text, firm lines."""
    return replace(theme, muted=theme.text, hairline=theme.edge, edge=theme.text, bar=theme.muted)
