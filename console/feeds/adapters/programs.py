"""Which program a unit belongs to: as the agency says, else as the source does."""

from collections.abc import Mapping, Sequence

from console.domain.vocabulary import Program
from console.feeds.adapters.merging import Value


class Programs:
    """The program of a unit: as the agency says, by id, call sign or type; else as the source says."""

    def __init__(self, units: Sequence[Value], given: Mapping[str, Program]) -> None:
        self._given = {name.casefold(): program for name, program in given.items()}
        self._known: dict[str, str] = {}
        for unit in units:
            program = self.named(unit) or unit.get("program")
            if program and unit.get("id"):
                self._known[unit["id"]] = program

    def named(self, unit: Value) -> Program | None:
        """What the agency says of ``unit``."""
        names = (str(unit.get(name) or "").casefold() for name in ("id", "callsign", "kind"))
        return next((self._given[name] for name in names if name in self._given), None)

    def of(self, unit: str) -> str | None:
        """The program of the unit with that id, where anybody says."""
        return self._known.get(unit) or self._given.get(unit.casefold())
