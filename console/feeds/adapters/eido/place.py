"""A place out of a PIDF-LO document (RFC 4119, 5139, 5491), which EIDO carries as XML in a JSON text.

The text comes from strangers: a document type, an entity or a reference to elsewhere is refused.
"""

from collections.abc import Iterator
from math import isfinite
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from msgspec import Struct

LARGEST = 64 * 1024
"""Characters; a real one has about two thousand."""

WGS84 = ("4326", "4979")
STREET = ("HNO", "HNS", "PRD", "RD", "A6", "STS", "POD")
CITY = ("A3",)


class Place(Struct, frozen=True):
    """Degrees where they are given, and the street address where that is."""

    lat: float | None = None
    lon: float | None = None
    address: str = ""


def place(text: str) -> Place | None:
    """The place that ``text`` tells; ``None`` where it cannot be read or must not be."""
    if len(text) > LARGEST:
        return None
    try:
        root = fromstring(text, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    lat, lon = _coordinates(root)
    return Place(lat, lon, _address(root))


def _coordinates(root: Element) -> tuple[float, float] | tuple[None, None]:
    """Of the first point, or the middle of the first circle; other systems than WGS 84 are no degrees."""
    for shape in root.iter():
        system = shape.get("srsName", WGS84[0])
        if _name(shape) not in ("Point", "Circle") or not system.endswith(WGS84):
            continue
        for pos in _named(shape, "pos"):
            try:
                lat, lon, *_ = map(float, (pos.text or "").split())
            except ValueError:
                continue
            if isfinite(lat) and isfinite(lon):
                return lat, lon
    return None, None


def _address(root: Element) -> str:
    for civic in _named(root, "civicAddress"):
        fields = {_name(part): (part.text or "").strip() for part in civic}
        lines = (" ".join(filter(None, map(fields.get, names))) for names in (STREET, CITY))
        return ", ".join(filter(None, lines))
    return ""


def _named(root: Element, name: str) -> Iterator[Element]:
    return (part for part in root.iter() if _name(part) == name)


def _name(part: Element) -> str:
    return str(part.tag).rpartition("}")[2]
