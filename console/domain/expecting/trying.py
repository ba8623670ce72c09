"""One estimate for each call whose hand-over is near, held against what its team then did."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from msgspec.structs import replace

from console.domain.alarms.agenda import up
from console.domain.board import State
from console.domain.clearing.learning import Estimate, Learning
from console.domain.entities import Call
from console.domain.events import CarriedOver
from console.domain.expecting.countdown import countdown
from console.domain.expecting.history import cleared_at, left
from console.domain.expecting.teams import Expected, outlook
from console.domain.sets import elsewhere
from console.domain.vocabulary import Police
from console.domain.watching.of_calls import hand_over_at

SOON, UNHEARD = timedelta(seconds=1), timedelta(seconds=10)
"""When a warning is made up for: at once, or once the first teams may be there."""

MOST = 2
"""Estimates made in one second, each a millisecond at the design load; of a storm of warnings the rest are unmade."""


def warned_at(state: State, call: Call) -> datetime | None:
    """When the warning comes that the call is close to police; ``None`` where it never does."""
    handed = hand_over_at(call, state.definitions)
    return None if handed is None else handed - timedelta(minutes=state.definitions.kick_back.warn)


def planned(state: State, calls: Iterable[str]) -> State:
    """``state`` with the warnings to come of these calls; one that should have come before is made up for."""
    looks = []
    for call in filter(None, map(state.open_calls.get, calls)):
        moment = warned_at(state, call)
        if moment is not None and moment > state.second:
            looks.append((call.id, moment))
        elif moment is not None and call.id not in state.learning.asked:
            looks.append((call.id, state.second + (SOON if state.units else UNHEARD)))
    return (
        _held(state, replace(state.learning, agenda=state.learning.agenda.planned(looks))) if looks else state
    )


def tried(state: State) -> State:
    """``state`` at its whole second, with an estimate for each call of which the warning comes now."""
    learning = state.learning
    due, agenda = learning.agenda.due(state.second)
    if agenda is learning.agenda:
        return state
    calls = [
        state.open_calls[key] for key in sorted(due & state.open_calls.keys()) if key not in learning.open
    ]
    now = [call for call in calls if _due(state, call)]
    learning = replace(learning, agenda=agenda)
    if now:
        expected = outlook(state)
        found = [_estimate(state, call, expected) for call in sorted(now, key=partial(_late, state))[:MOST]]
        made = [one for one in found if one is not None]
        asked = learning.asked.union(call.id for call in now) & state.open_calls.keys()
        learning = replace(learning.made(made, len(now) - len(made)), asked=asked)
    return _held(state, learning)


def _due(state: State, call: Call) -> bool:
    """Whether the call is warned of in this second, or was before anybody could tell of it."""
    warned = warned_at(state, call)
    if warned is None or up(warned) > _second(state):
        return False
    return up(warned) == _second(state) or call.id not in state.learning.asked


def _late(state: State, call: Call) -> bool:
    """Whether the warning is made up for; those that are on time go first."""
    warned = warned_at(state, call)
    return warned is None or up(warned) < _second(state)


def _second(state: State) -> int:
    return int(state.second.timestamp())


def _estimate(state: State, call: Call, teams: dict[str, Expected]) -> Estimate | None:
    """What is expected of the team that could be there first."""
    found = countdown(state, call, teams)
    for one in found.clearing if found is not None else ():
        team = one.expected
        if team is not None and team.clears_at is not None and team.like is not None:
            return Estimate(call.id, team.unit, team.call, state.second, team.clears_at, team.like, team.n)
    return None


def after_calls(state: State, touched: Iterable[str]) -> State:
    """``state`` with the estimates settled of teams that cleared from the calls ``touched``, or for ones cancelled."""
    if not state.learning.open:
        return state
    keys = set(touched)
    over = {
        one.call: when
        for one in state.learning.open.values()
        if one.on in keys
        for when, known in [_end(state, one)]
        if when is not None or not known
    }
    over |= {key: None for key in keys & state.learning.open.keys() - over.keys() if _cancelled(state, key)}
    within = timedelta(minutes=state.definitions.kick_back.right_min)
    return _held(state, state.learning.settle(over, within)) if over else state


def after_units(before: State, after: State, touched: Iterable[str]) -> State:
    """``after`` with the estimates settled of those units ``touched`` that left a call, or the roster."""
    if not after.learning.open:
        return after
    keys = set(touched)
    after = after_calls(after, left(before, after, keys))
    gone = {one.call: None for one in after.learning.open.values() if one.unit in keys - after.units.keys()}
    return _held(after, after.learning.settle({**gone}, timedelta())) if gone else after


def of_shift(state: State) -> State:
    """``state`` with its record that of its shift."""
    learning = state.learning.of_shift(state.window_from)
    return state if learning is state.learning else _held(state, learning)


def carried(state: State, event: CarriedOver) -> State:
    """``state`` with the scenes and the record of the run before."""
    return replace(
        state, scenes=state.scenes.carried(event.scenes), learning=state.learning.carried(event.learning)
    )


def _end(state: State, one: Estimate) -> tuple[datetime | None, bool]:
    """When the team cleared, and whether that can still be told: not of a call or a part that is gone."""
    call = state.calls.get(one.on)
    part = None if call is None else next((part for part in call.assignments if part.unit == one.unit), None)
    if call is None:
        return None, False
    if part is None:
        return (None, False) if call.assignments else (call.stamps.cleared_at or call.closed_at, call.open)
    return cleared_at(state, call, part), True


def _cancelled(state: State, key: str) -> bool:
    """Whether the call that waited is over though nobody was sent, neither a team nor police."""
    call = state.calls.get(key)
    if call is None or call.open or call.assignments or elsewhere(call):
        return False
    return call.police is not Police.ATTENDED


def _held(state: State, learning: Learning) -> State:
    return replace(state, learning=learning)
