"""Where sources contradict themselves or each other about who is on which call: both are shown, none is mended."""

from collections.abc import Iterator

from msgspec import Struct

from console.domain.entities import Call, Unit
from console.domain.feed import Problem
from console.domain.metrics import is_team
from console.domain.orphans import answered, counted
from console.domain.state import State
from console.domain.vocabulary import CallState, FeedName, UnitState

KIND = "contradiction"

CLOSED = "call closed, but a team is still committed to it"
ALONE = "team on scene, but its call has no team"
UNLISTED = "team on scene, but its call names other units"
TWICE = "one unit on two calls"

COMMITTED = frozenset({UnitState.ASSIGNED, UnitState.ENROUTE, UnitState.ON_SCENE, UnitState.TRANSPORTING})


class Contradiction(Struct, frozen=True):
    """What does not fit: the unit and the calls it is about, by id, and the same in a plain sentence."""

    what: str
    unit: str
    calls: tuple[str, ...]
    said: str


def contradictions(state: State) -> tuple[Contradiction, ...]:
    """All that is contradictory now, once every feed of calls and units has answered.

    Another service's unit may go on where the call is over for the program, so that only teams count
    for what a call's state says; where there are none, every unit does.
    """
    if not answered(state) >= {FeedName.CALLS, FeedName.UNITS}:
        return ()
    first, several = _claims(state)
    all_count = not any(map(is_team, state.units.values()))
    found: list[Contradiction] = []
    for unit in state.units.values():
        call = state.calls.get(unit.call) if unit.call else None
        if call is None:
            continue
        claimed = first.get(unit.id, "")
        if claimed and claimed != unit.call and call.open:
            several.setdefault(unit.id, [claimed]).append(unit.call)
        if unit.state in COMMITTED and (all_count or is_team(unit)):
            found.extend(_unit(unit, call, elsewhere=bool(claimed)))
    return (*(_twice(state, key, calls) for key, calls in several.items()), *found)


def doubts(state: State) -> tuple[Problem, ...]:
    """The contradictions counted by what they are, with a few of them as examples."""
    found = contradictions(state)
    return tuple(
        problem
        for what in (CLOSED, ALONE, UNLISTED, TWICE)
        for problem in counted(
            state, FeedName.UNITS, KIND, what, (one.said for one in found if one.what == what)
        )
    )


def _claims(state: State) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The first open call that names each unit as still there, and all of them where there are several."""
    first: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for key, call in state.open_calls.items():
        for part in call.assignments:
            if part.cleared_at is None and (other := first.setdefault(part.unit, key)) is not key:
                several.setdefault(part.unit, [other]).append(key)
    return first, several


def _twice(state: State, key: str, calls: list[str]) -> Contradiction:
    unit, both = state.units.get(key), tuple(dict.fromkeys(calls))
    named = " and ".join(_number(state.calls[call]) for call in both)
    return Contradiction(TWICE, key, both, f"{_sign(unit) if unit else key} is on the calls {named}.")


def _unit(unit: Unit, call: Call, *, elsewhere: bool) -> Iterator[Contradiction]:
    sign, number = _sign(unit), _number(call)
    if not call.open:
        yield Contradiction(
            CLOSED, unit.id, (call.id,), f"Call {number} is closed, but {sign} is still on it."
        )
    elif unit.state is not UnitState.ON_SCENE:
        return
    elif call.state is CallState.PENDING:
        yield Contradiction(
            ALONE, unit.id, (call.id,), f"{sign} is on scene, but call {number} still waits for a team."
        )
    elif call.assignments and not elsewhere and unit.id not in call.units:
        yield Contradiction(
            UNLISTED, unit.id, (call.id,), f"{sign} is on scene of call {number}, which names other units."
        )


def _sign(unit: Unit) -> str:
    return unit.callsign or unit.id


def _number(call: Call) -> str:
    return call.number or call.id
