"""Puts together what a dispatch API tells apart: calls, who was sent, notes, units, crews, positions.

An adapter reads an API's lists into `Parts`, each row a flat dict in the names of the entities:

- ``calls``: ``id`` and any field of `Call`; its stamps flat (``answered_at`` ... ``cleared_at``);
  ``disposition`` the code and ``disposition_text`` its words. Several rows of one id are one call.
- ``units``: ``id`` and any field of `Unit`. ``assignments``: ``call``, ``unit`` and the stamps of `Assignment`.
- ``notes``: ``call``, ``text`` and, for their order, ``at``. ``staff``: ``unit``, ``role``, ``name``, ``languages``.
- ``positions``, ``facilities``, ``follow_ups``: fields of those entities.

All stamps are aware datetimes. A name that is missing means that the API does not tell it; ``None`` means
that it does and there is none, so a stage may be concluded from it. `assembled` gives the rows of each
feed in the nested form of the entities. It depends on what the rows say and not on their order.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from console.domain.entities import STAMP_NAMES, Assignment
from console.domain.vocabulary import ALTERNATIVE, CallState, FeedName, Program, UnitState
from console.feeds.adapter import Value
from console.feeds.adapters.merging import FIRST, grouped, merged
from console.feeds.adapters.programs import Programs
from console.feeds.adapters.witnessing import observed, witnessed
from console.feeds.rows.flaws import Flaw
from console.feeds.spec import Dialect

ORPHAN = "orphan"
STAGES = tuple(name for name in Assignment.__struct_fields__ if name != "unit")
ON_SCENE = ("on_scene_at", "contact_at")
TRANSPORT = ("left_at", "destination_at")


class Parts(Struct):
    """What an API told, list by list. ``sent``: it tells who was sent, so no assignment means nobody was.

    Where it does not, the units that say which call they are on are who was sent.
    """

    calls: list[Value] = field(default_factory=list)
    units: list[Value] = field(default_factory=list)
    assignments: list[Value] = field(default_factory=list)
    notes: list[Value] = field(default_factory=list)
    staff: list[Value] = field(default_factory=list)
    positions: list[Value] = field(default_factory=list)
    facilities: list[Value] = field(default_factory=list)
    follow_ups: list[Value] = field(default_factory=list)
    sent: bool = False


class Assembled(Struct):
    """The rows of each feed, and what did not fit together."""

    rows: dict[FeedName, list[Value]]
    flaws: list[Flaw] = field(default_factory=list)


def assembled(parts: Parts, dialect: Dialect) -> Assembled:
    """The rows of ``parts`` by feed; units go by the names and programs that ``dialect`` gives them."""
    _rename(parts, dialect.units)
    listed = parts.sent or bool(parts.assignments)
    told = listed or any("call" in unit for unit in parts.units)
    sent = _sent(parts.assignments if listed else witnessed(parts.units))
    programs = Programs(parts.units, dialect.programs)
    notes = grouped(parts.notes, "call")
    calls = {key: merged(rows) for (key,), rows in sorted(grouped(parts.calls, "id").items())}
    rows = [
        _call(row, sent.get(key, []), notes.get((key,), []), programs.of, told) for key, row in calls.items()
    ]
    rows += [_call(dict(row), [], [], programs.of, told) for row in parts.calls if not row.get("id")]
    closed = {row.get("id") for row in rows if row.get("state") == CallState.CLOSED}
    units = _units(parts, _held_by(sent, closed), programs.of)
    if not listed:
        _name_observed(rows, sent)
    unknown = sorted(sent.keys() - calls.keys()) if listed else []  # else the board itself tells of it
    flaws = [Flaw(call, ORPHAN, "assignment to a call that was not sent") for call in unknown]
    found = {
        FeedName.CALLS: rows,
        FeedName.UNITS: units,
        FeedName.POSITIONS: _once(parts.positions, "unit", placed=True),
        FeedName.FACILITIES: _once(parts.facilities, "id"),
        FeedName.FOLLOW_UPS: _once(parts.follow_ups, "id"),
    }
    return Assembled(found, flaws)


def _name_observed(rows: list[Value], sent: Mapping[str, list[Value]]) -> None:
    for row in rows:
        names = observed(sent.get(row.get("id", ""), []))
        if names:
            row["observed"] = names


def _rename(parts: Parts, names: Mapping[str, str]) -> None:
    def renamed(rows: list[Value], key: str) -> list[Value]:
        return [row | {key: names.get(row.get(key) or "", row.get(key))} for row in rows]

    if names:
        parts.units = renamed(parts.units, "id")
        parts.assignments = renamed(parts.assignments, "unit")
        parts.staff = renamed(parts.staff, "unit")
        parts.positions = renamed(parts.positions, "unit")


def _sent(assignments: list[Value]) -> dict[str, list[Value]]:
    """Who was sent to each call, in the order they were assigned."""
    sent: dict[str, list[Value]] = {}
    for (call, _), rows in grouped(assignments, "call", "unit").items():
        sent.setdefault(call, []).append(merged(rows))
    for group in sent.values():
        group.sort(key=lambda part: (part.get("assigned_at") or FIRST, part["unit"]))
    return sent


def _call(
    row: Value, sent: list[Value], notes: list[Value], program: Callable[[str], str | None], told: bool
) -> Value:
    teams = [part for part in sent if program(part["unit"]) in ALTERNATIVE]
    staged = told or any(name in row for name in _TELLING)
    stamps = {name: row.pop(name, None) for name in STAMP_NAMES}
    for name, moment in _first(teams or sent).items():
        stamps[name] = stamps[name] or moment
    state = row.pop("state", None) or (_state(row, stamps, sent) if staged else None)
    text = row.pop("disposition_text", None)
    code = row.pop("disposition", None) or text
    row["program"] = row.get("program") or (program(teams[0]["unit"]) if teams else None)
    row["narrative"] = _narrative(row.get("narrative"), notes)
    row["state"] = state
    row["disposition"] = _given({"code": code, "text": text}) if code else None
    row["stamps"] = _given(stamps)
    row["assignments"] = [_given({name: part.get(name) for name in ("unit", *STAGES)}) for part in sent]
    return _given(row)


_TELLING = (*STAGES, "closed_at", "disposition")


def _first(sent: list[Value]) -> Value:
    """The stamps of the first team that was sent; cleared once every team is."""
    if not sent:
        return {}
    cleared = [part.get("cleared_at") for part in sent]
    ends = [end for end in cleared if end]
    stamps = {name: sent[0].get(name) for name in STAGES}
    return stamps | {"cleared_at": max(ends) if len(ends) == len(sent) else None}


def _state(row: Value, stamps: Value, sent: list[Value]) -> CallState:
    if row.get("closed_at") or row.get("disposition"):
        return CallState.CLOSED
    if not sent:
        return _stage(stamps)
    working = [part for part in sent if not part.get("cleared_at")]
    return max(map(_stage, working), key=_ORDER.index, default=CallState.CLOSED)


_ORDER = (
    CallState.PENDING,
    CallState.ASSIGNED,
    CallState.ENROUTE,
    CallState.ON_SCENE,
    CallState.TRANSPORTING,
    CallState.CLOSED,
)


def _stage(part: Value) -> CallState:
    if part.get("cleared_at"):
        return CallState.CLOSED
    if any(part.get(name) for name in TRANSPORT):
        return CallState.TRANSPORTING
    if any(part.get(name) for name in ON_SCENE):
        return CallState.ON_SCENE
    if part.get("enroute_at"):
        return CallState.ENROUTE
    return CallState.ASSIGNED if part.get("unit") or part.get("assigned_at") else CallState.PENDING


def _held_by(sent: Mapping[str, list[Value]], closed: set[Any]) -> dict[str, tuple[str, Value]]:
    """By unit the call it was last sent to and has not left, and its part in that."""
    held: dict[str, tuple[datetime, str, Value]] = {}
    for call, parts in sent.items():
        for part in parts:
            if call in closed or part.get("cleared_at"):
                continue
            found = (part.get("assigned_at") or FIRST, call, part)
            held[part["unit"]] = max(held.get(part["unit"], found), found, key=lambda one: one[:2])
    return {unit: (call, part) for unit, (_, call, part) in held.items()}


def _units(
    parts: Parts, held: Mapping[str, tuple[str, Value]], program: Callable[[str], str | None]
) -> list[Value]:
    crews = grouped(parts.staff, "unit")
    rows = _once(parts.units, "id")
    for row in rows:
        name = row.get("id", "")
        call, part = held.get(name, ("", {}))
        row["call"] = row.get("call") or call
        row["program"] = program(name) or row.get("program") or Program.OTHER
        row.setdefault("state", UnitState(_stage(part)) if part else UnitState.UNKNOWN)
        members = sorted(crews.get((name,), []), key=lambda member: repr(sorted(member.items())))
        crew = [
            _given({name: value for name, value in member.items() if name != "unit"}) for member in members
        ]
        row["crew"] = row.get("crew") or [{"role": "other", **member} for member in crew]
    return rows


def _narrative(text: str | None, notes: list[Value]) -> str:
    ordered = sorted(notes, key=lambda note: (note.get("at") or FIRST, note.get("text") or ""))
    return "\n".join(dict.fromkeys(line for line in (text, *(note.get("text") for note in ordered)) if line))


def _once(rows: list[Value], key: str, *, placed: bool = False) -> list[Value]:
    """One row for each thing; what has no id is left to be told of, what has no place is left out."""
    once = [merged(same) for _, same in sorted(grouped(rows, key).items())]
    given = [_given(row) for row in (*once, *(row for row in rows if not row.get(key)))]
    return [row for row in given if not placed or ("lat" in row and "lon" in row)]


def _given(row: Value) -> Value:
    return {name: value for name, value in row.items() if value is not None}
