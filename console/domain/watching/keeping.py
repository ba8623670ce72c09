"""What is remembered where rows tell too little: the last of a lost team, since when, which call was closed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from console.domain.alarms.book import Alarms
from console.domain.board import State
from console.domain.entities import Unit
from console.domain.limits import state_since
from console.domain.sets import waiting
from console.domain.vocabulary import UnitState


def kept(before: State, after: State, touched: Iterable[str], at: datetime) -> Alarms:
    """The alarms of ``after``, with what is remembered of the units ``touched``.

    A unit that was on scene or called for help, and of which the row is gone or tells a state that nobody knows, is
    kept as it was. One on scene of which the source does not say since when is kept as it was first seen there.
    Whoever is known to be elsewhere needs no check-in, so the last one is forgotten.
    """
    alarms, rows, away = after.alarms, dict[str, Unit | None](), list[str]()
    for key in touched:
        new, held = after.units.get(key), alarms.kept.get(key)
        row = _kept(held, before.units.get(key), new, at)
        if row is not held:
            rows[key] = row
        there = row is not None or (new is not None and new.state in _MAY_BE_THERE)
        if not there and key in alarms.checked:
            away.append(key)
    if not rows and not away:
        return alarms
    merged = {**alarms.kept, **rows}
    return replace(
        alarms,
        kept={key: row for key, row in merged.items() if row is not None},
        checked={key: check for key, check in alarms.checked.items() if key not in away},
    )


def seen(after: State, touched: Iterable[str], at: datetime) -> Alarms:
    """The alarms of ``after``, with when those of the calls ``touched`` were first seen waiting that tell no stamp."""
    alarms, moments = after.alarms, dict[str, datetime | None]()
    for key in touched:
        call = after.calls.get(key)
        waits = call is not None and waiting(call) and state_since(call) is None
        if waits is not (key in alarms.seen):
            moments[key] = at if waits else None
    if not moments:
        return alarms
    merged = {**alarms.seen, **moments}
    return replace(alarms, seen={key: moment for key, moment in merged.items() if moment is not None})


def remembered(state: State, rows: Mapping[str, Unit], moments: Mapping[str, datetime]) -> Alarms:
    """The alarms of ``state`` with what an earlier run remembered, as far as no row of this one tells otherwise."""
    alarms, kept, seen = state.alarms, dict(state.alarms.kept), dict(state.alarms.seen)
    for key, row in rows.items():
        unit, held = state.units.get(key), kept.get(key)
        if unit is None or unit.state is UnitState.UNKNOWN:
            kept.setdefault(key, row)
        elif held is not None and held.state is row.state is UnitState.ON_SCENE:
            kept[key] = row
    for key, moment in moments.items():
        if key in seen or key not in state.calls:
            seen[key] = moment
    return replace(alarms, kept=kept, seen=seen)


def last_scene(state: State, key: str) -> Unit | None:
    """The row by which a team counts as on scene: its own, or the last one while an open call still has the team."""
    unit, row = state.units.get(key), state.alarms.kept.get(key)
    if unit is not None and unit.state is not UnitState.UNKNOWN:
        return (row or unit) if unit.state is UnitState.ON_SCENE else None
    if row is None or row.state is not UnitState.ON_SCENE:
        return None
    return row if state.alarms.named.get(key) or _claims(state, unit or row) else None


def claims_closed(state: State, unit: Unit) -> bool:
    """Whether the call that ``unit`` claims is over, or was when it left the board.

    A call that no source ever told of may be of another service: nothing is known of it, so nothing is said.
    """
    call = state.calls.get(unit.call)
    return (
        not call.open
        if call is not None
        else bool(unit.call) and state.alarms.closed.get(unit.id) == unit.call
    )


def may_be_there(state: State, key: str) -> bool:
    """Whether the unit ``key`` is on scene, or nothing tells that it is anywhere else."""
    unit = state.units.get(key)
    return unit is None or unit.state in _MAY_BE_THERE


def in_doubt(state: State, key: str) -> bool:
    """Whether the unit ``key`` is remembered although its row does not tell where it is."""
    if key not in state.alarms.kept:
        return False
    unit = state.units.get(key)
    return unit is None or unit.state is UnitState.UNKNOWN


def outdated(state: State, key: str) -> bool:
    """Whether there is nothing left to remember of the unit ``key``: no open call has it, and it needs no help."""
    if not in_doubt(state, key) or last_scene(state, key) is not None:
        return False
    return key in state.units or not state.alarms.kept[key].emergency


_MAY_BE_THERE = (UnitState.ON_SCENE, UnitState.UNKNOWN)


def _kept(held: Unit | None, old: Unit | None, new: Unit | None, at: datetime) -> Unit | None:
    if new is None or new.state is UnitState.UNKNOWN:
        return _last(held, old, new)
    if new.state is not UnitState.ON_SCENE or new.since is not None:
        return None
    if held is not None and held.state is UnitState.ON_SCENE:
        return held
    return replace(new, since=min(new.updated_at or at, at))


def _last(held: Unit | None, old: Unit | None, new: Unit | None) -> Unit | None:
    """What was last known of a unit of which ``new`` does not tell where it is."""
    row = old if old is not None and old.state is not UnitState.UNKNOWN else held
    if row is not None and held is not None and row is not held and row.since is None:
        row = replace(row, since=held.since)
    flag = new if new is not None else old
    if row is not None and flag is not None and row.emergency is not flag.emergency:
        row = replace(row, emergency=flag.emergency)
    if row is None and flag is not None and flag.emergency:
        row = flag
    return row if row is not None and (row.state is UnitState.ON_SCENE or row.emergency) else None


def _claims(state: State, unit: Unit) -> bool:
    """Whether the unit says that it is on an open call, where the call itself names no unit."""
    call = state.open_calls.get(unit.call)
    return call is not None and not call.assignments
