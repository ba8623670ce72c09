"""One EIDO document: its components by id, and the references between them.

The exact case of some keys is not settled among implementations, so all are read in lower case.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.feeds.adapter import Value
from console.feeds.adapters.assembly import ORPHAN
from console.feeds.adapters.plain import listed, moment, words
from console.feeds.rows.flaws import BAD_FIELD, Flaw

ID = "$id"
REFERENCE = "$ref"
STAMP = "lastupdatetimestamp"


class Graph:
    """Follows the references of ``document``; ``flaws`` are what could not be followed or read."""

    def __init__(self, document: Value, zone: ZoneInfo | None) -> None:
        self.root: Value = _lower(document)
        self.flaws: list[Flaw] = []
        self._zone = zone
        self._named = {words(part.get(ID)): part for part in _parts(self.root) if REFERENCE not in part}
        self._passed = {words(part.get(ID)): part for part in _parts(self.root) if REFERENCE in part}
        self.incident: Value = next(iter(self.components("incidentcomponent")), {})
        tracked = (self.incident.get("incidenttrackingidentifier"), self.root.get(ID), self.incident.get(ID))
        self.names = tuple(
            name for name in map(words, (*tracked, self.incident.get("internalincidentid"))) if name
        )
        self.call = self.names[0] if self.names else ""
        self.at = self.stamp(self.root)
        if self.at is None:
            self.flaw(BAD_FIELD, "lastUpdateTimeStamp")

    def components(self, name: str) -> list[Value]:
        """The components of that name (in lower case)."""
        return [part for part in listed(self.root.get(name)) if isinstance(part, dict)]

    def follow(self, values: Any, what: str) -> list[Value]:
        """What the references in ``values`` lead to; a component that stands in their place is one itself."""
        found = (self._followed(value, what) for value in listed(values))
        return [part for part in found if part is not None]

    def stamp(self, part: Value) -> datetime | None:
        """When ``part`` was last updated, where it says so with a zone."""
        return self._moment(part.get(STAMP))

    def moment(self, part: Value, name: str) -> datetime | None:
        """The stamp called ``name`` in ``part``; one that cannot be read is counted."""
        value = part.get(name.lower())
        found = self._moment(value)
        if found is None and value is not None:
            self.flaw(BAD_FIELD, name)
        return found

    def flaw(self, kind: str, what: str) -> None:
        """Count something wrong with this document."""
        self.flaws.append(Flaw(self.call, kind, what))

    def _moment(self, value: Any) -> datetime | None:
        found = moment(value, self._zone)
        return found if isinstance(found, datetime) and found.tzinfo else None

    def _followed(self, value: Any, what: str) -> Value | None:
        seen: set[str] = set()
        while True:
            if isinstance(value, dict) and REFERENCE not in value:
                return value
            name = words(value.get(REFERENCE) if isinstance(value, dict) else value)
            name = name if name in self._named or name in self._passed else name.removeprefix("#")
            if name in seen or not (name in self._named or name in self._passed):
                self.flaw(ORPHAN, what)
                return None
            seen.add(name)
            value = self._named.get(name) or self._passed[name]


def _lower(value: Any) -> Any:
    match value:
        case dict():
            return {name.lower(): _lower(inner) for name, inner in value.items()}
        case list():
            return [_lower(inner) for inner in value]
        case _:
            return value


def _parts(root: Value) -> Iterator[Value]:
    """Every object in ``root`` that has an id, itself first."""
    left: list[Any] = [root]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += value.values()
            if words(value.get(ID)):
                yield value
        elif isinstance(value, list):
            left += value
