"""A unit as one EIDO document shows it: its row, its stage on the incident and where it is."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from console.domain.vocabulary import Program, UnitState
from console.feeds.adapter import Value
from console.feeds.adapters.eido.codes import (
    CALM,
    CLEARED,
    CONTACT,
    PRIMARY,
    PROGRAMS,
    SECONDARY,
    furthest,
    key,
)
from console.feeds.adapters.eido.graph import ID, Graph
from console.feeds.adapters.eido.place import place
from console.feeds.adapters.plain import listed, words
from console.feeds.rows.flaws import BAD_FIELD, BAD_ROW, UNKNOWN_CODE, Flaw

PRIMARY_STATUS = "primaryUnitStatusRegistryText"
SECONDARY_STATUS = "secondaryUnitStatusRegistryText"


class Resource(Struct):
    """One unit. ``active`` is the incident it says it is on; ``dispatched`` when it was sent to this one."""

    id: str
    row: Value
    at: datetime | None
    state: UnitState
    cleared: bool
    contact: bool
    active: str
    dispatched: datetime | None = None
    position: Value | None = None
    flaws: list[Flaw] = field(default_factory=list)


def resources(graph: Graph, units: Mapping[str, str]) -> list[Resource]:
    """The units of the document; ``units`` are the board's names of them."""
    return [_resource(graph, part, units) for part in graph.components("emergencyresourcecomponent")]


def named(part: Value, units: Mapping[str, str]) -> str:
    """The board's id of the unit in ``part``."""
    names = [name for name in (words(part.get(ID)), words(part.get("emergencyresourcename"))) if name]
    aliases = (units[name] for name in names if name in units)
    return next(aliases, names[0] if names else "")


def _resource(graph: Graph, part: Value, units: Mapping[str, str]) -> Resource:
    unit, codes = named(part, units), _codes(part, SECONDARY_STATUS)
    cleared = CLEARED in codes
    active = words(part.get("activeonincidentid"))
    found = Resource(
        unit,
        {},
        graph.stamp(part) or graph.at,
        UnitState.UNKNOWN,
        cleared=cleared,
        contact=CONTACT in codes,
        active=active,
    )
    if not unit:
        found.flaws.append(Flaw("", BAD_ROW, "emergencyResourceComponent", rejected=True))
        return found
    found.state = _state(part, codes, found)
    found.row = _row(part, found)
    found.position = _position(graph, part, found)
    return found


def _row(part: Value, unit: Resource) -> Value:
    common = words(part.get("emergencyresourcetypecommonregistrytext"))
    raw = [
        words(code) for name in (PRIMARY_STATUS, SECONDARY_STATUS) for code in listed(part.get(name.lower()))
    ]
    return {
        "id": unit.id,
        "callsign": words(part.get("emergencyresourcename")),
        "program": PROGRAMS.get(key(common), Program.OTHER),
        "kind": common or words(part.get("emergencyresourcetypeinternaltext")),
        "state": unit.state,
        "raw_state": ", ".join(filter(None, raw)),
        "capabilities": [*filter(None, map(words, listed(part.get("resourceattributeregistrytext"))))],
        "emergency": _emergency(part.get("unitemergencystate")),
        "updated_at": unit.at,
    }


def _state(part: Value, codes: list[str], unit: Resource) -> UnitState:
    """By the secondary status; where that says nothing, by the primary. A code nobody knows is never available."""
    unknown = [code for code in codes if code not in SECONDARY and code != CLEARED]
    unit.flaws += [Flaw(unit.id, UNKNOWN_CODE, f"{SECONDARY_STATUS} {code}") for code in unknown]
    known = furthest(SECONDARY[code] for code in codes if code in SECONDARY)
    if known and not unit.cleared:
        return known
    if unknown:
        return UnitState.UNKNOWN
    primary = next(iter(_codes(part, PRIMARY_STATUS)), "")
    if primary and primary not in PRIMARY:
        unit.flaws.append(Flaw(unit.id, UNKNOWN_CODE, f"{PRIMARY_STATUS} {primary}"))
    return PRIMARY.get(primary, UnitState.UNKNOWN)


def _codes(part: Value, name: str) -> list[str]:
    return [code for code in map(key, map(words, listed(part.get(name.lower())))) if code]


def _emergency(value: object) -> bool:
    return value if isinstance(value, bool) else key(words(value)) not in CALM


def _position(graph: Graph, part: Value, unit: Resource) -> Value | None:
    for location in graph.follow(part.get("unitlocationreference"), "unitLocationReference"):
        text = location.get("locationbyvalue")
        found = place(text) if isinstance(text, str) else None
        if text is not None and found is None:
            unit.flaws.append(Flaw(unit.id, BAD_FIELD, "locationByValue"))
        if found and found.lat is not None:
            at = graph.stamp(location) or unit.at
            return {"unit": unit.id, "lat": found.lat, "lon": found.lon, "at": at}
    return None
