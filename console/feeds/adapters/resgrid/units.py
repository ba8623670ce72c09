"""Units as Resgrid's two lists tell them together: one knows the state, the other the call."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from console.domain.vocabulary import Program, UnitState
from console.feeds.adapter import Value
from console.feeds.adapters.programs import Programs
from console.feeds.adapters.resgrid.codes import CALL_DESTINATION, FREE, STATES, code, role
from console.feeds.adapters.resgrid.fields import Raw, number, place, rows, text, whole
from console.feeds.adapters.resgrid.times import Times
from console.feeds.rows.flaws import UNKNOWN_CODE, Flaw
from console.feeds.spec import Dialect


class Seen(Struct, frozen=True):
    """A unit in one round. ``source`` is its id there, ``unit`` on the board, ``call`` what it is on.

    ``status`` is the number of its state and ``code`` that state's name, which began at ``since``.
    """

    source: str
    unit: str
    name: str
    program: Program | None
    status: int | None
    code: str
    state: UnitState
    since: datetime | None
    call: str
    row: Value
    position: Value | None


class Units:
    """Reads the two lists; ``flaws`` are the states that no table has."""

    def __init__(self, dialect: Dialect, times: Times) -> None:
        self.flaws: list[Flaw] = []
        self._names = dialect.units
        self._programs = Programs((), dialect.programs)
        self.times = times

    def read(self, infos: Sequence[Any], statuses: Sequence[Any]) -> list[Seen]:
        """Every unit that has an id."""
        told = {text(each, "UnitId"): each for each in statuses if isinstance(each, dict)}
        found = (each for each in infos if isinstance(each, dict) and text(each, "UnitId"))
        return [self._seen(info, told.get(text(info, "UnitId"), {})) for info in found]

    def _seen(self, info: Raw, told: Raw) -> Seen:
        source, name = text(info, "UnitId"), text(info, "Name")
        unit = self._board_name(source, name)
        status, base = whole(info, "CurrentStatusId"), whole(info, "CurrentStatusBaseType")
        named = code(status, base)
        if status is not None and not named:
            self.flaws.append(Flaw(unit, UNKNOWN_CODE, f"CurrentStatusId {status}"))
        state = STATES.get(named, UnitState.UNKNOWN)
        since = self._since(info, told, unit)
        seen = Seen(
            source=source,
            unit=unit,
            name=name,
            program=self._programs.named({"id": unit, "callsign": name, "kind": text(info, "Type")}),
            status=status,
            code=named,
            state=state,
            since=since,
            call="" if state in FREE else _call(told),
            row={},
            position=_position(unit, info, told, since),
        )
        seen.row.update(_row(seen, info))
        return seen

    def _board_name(self, source: str, name: str) -> str:
        return self._names.get(name) or self._names.get(source) or source

    def _since(self, info: Raw, told: Raw, unit: str) -> datetime | None:
        stamp = self.times.either(info, "CurrentStatusTimestampUtc", "CurrentStatusTimestamp", unit)
        return stamp or self.times.either(told, "TimestampUtc", "Timestamp", unit)


def _call(told: Raw) -> str:
    return text(told, "DestinationId") if whole(told, "DestinationType") == CALL_DESTINATION else ""


def _row(seen: Seen, info: Raw) -> Value:
    return {
        "id": seen.unit,
        "callsign": seen.name,
        "program": seen.program or Program.OTHER,
        "kind": text(info, "Type"),
        "state": seen.state,
        "raw_state": text(info, "CurrentStatus"),
        "since": seen.since,
        "call": seen.call,
        "crew": [_member(seat) for seat in rows(info, "Roles") if text(seat, "UserId") or text(seat, "Name")],
        "home": text(info, "GroupName"),
    }


def _member(seat: Raw) -> Value:
    """Who sits there; a seat with nobody in it is no crew."""
    return {"role": role(text(seat, "RoleName")), "name": text(seat, "Name")}


def _position(unit: str, info: Raw, told: Raw, since: datetime | None) -> Value | None:
    """Where the unit was when its state began: the server tells no later moment here."""
    found = _placed(told) or _placed(info)
    return {"unit": unit, "at": since, **found} if found and since is not None else None


def _placed(row: Raw) -> dict[str, float]:
    return place(number(row, "Latitude"), number(row, "Longitude"))
