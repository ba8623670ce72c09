"""Which subjects a second looks at where more are due than it can: who could call for help first, then who waits."""

from collections.abc import Iterable

from console.domain.alarms.alarm import alarm_id
from console.domain.board import State
from console.domain.limits import stay_of
from console.domain.vocabulary import CallState
from console.domain.watching.catalog import CHECK_IN, PENDING_LONG, About, parted, subject_of, turn
from console.domain.watching.keeping import last_scene
from console.domain.watching.of_units import check_in_due

LOOKS = 400
"""Subjects that one second looks at; the rest follow in the next, so that a storm of thousands stalls nothing."""

_FEW = (About.BOARD, About.SOURCE, About.RECORDING)


def chosen(state: State, now: int) -> set[str]:
    """Units that call for help, then those that may become a priority 1, then who has waited the longest.

    A subject that is due keeps its place, however often its row is refreshed (`marking.py`), so that each has its turn.
    """
    alarms = state.alarms
    found = {subject_of(About.UNIT, key) for key in alarms.flagged}
    due = list(alarms.looks.due(now))
    if sum(map(len, due)) + len(found) <= LOOKS:
        return found.union(*due)
    first, rest = list[str](), list[str]()
    for group in due:
        urgent = {what for what in group if _urgent(state, what)}
        first += sorted(urgent, key=turn)
        if len(rest) < LOOKS:
            rest += sorted(group - urgent, key=turn)
    return _filled(found, (*first, *rest))


def _filled(found: set[str], turns: Iterable[str]) -> set[str]:
    for what in turns:
        if len(found) >= LOOKS:
            break
        found.add(what)
    return found


def _urgent(state: State, what: str) -> bool:
    """Whether a look may find a priority 1 of which there is no alarm yet, or concerns the board itself."""
    about, key = parted(what)
    if about is About.UNIT:
        return _overdue(state, key)
    if about is About.CALL:
        return _waits_too_long(state, key)
    return about in _FEW


def _overdue(state: State, key: str) -> bool:
    unit = last_scene(state, key)
    if unit is None or _stands(state, CHECK_IN, key):
        return False
    due = check_in_due(state, unit)
    return due is not None and due[1] <= state.second


def _waits_too_long(state: State, key: str) -> bool:
    call = state.calls.get(key)
    if call is None or call.state is not CallState.PENDING or _stands(state, PENDING_LONG, key):
        return False
    stay = stay_of(call, state.definitions, state.alarms.seen.get(key))
    return stay is not None and stay.alarm(state.second) == 1


def _stands(state: State, rule: str, key: str) -> bool:
    """Whether somebody was told of it as a priority 1 already."""
    alarm = state.alarms.standing.get(alarm_id(rule, key))
    return alarm is not None and alarm.active and alarm.priority == 1
