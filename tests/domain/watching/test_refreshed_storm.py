"""A storm that every reply refreshes: each has its turn, and who may be in danger has it first."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from console.domain.entities import Assignment, Stamps, Unit
from console.domain.events import CallsChanged, Recorded, UnitsChanged
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, Program, UnitState
from console.domain.watching.choosing import LOOKS
from tests.domain.builders import NOON
from tests.domain.watching.rows import BEGAN, BEGINNING, call, minutes

SECOND = timedelta(seconds=1)
MANY = 3_000
SILENT = tuple(
    Unit(f"x{number:04}", program=Program.CLINICIAN_EMS, state=UnitState.ENROUTE, since=minutes(-9))
    for number in range(MANY)
)
"""Units that gave no position for longer than the limit: their server is gone."""

LATE = call(CallState.PENDING, stamps=Stamps(queued_at=minutes(-20)))
"""A most urgent call without a team."""

CREW = Unit("z", program=Program.CLINICIAN_EMS, state=UnitState.ON_SCENE, since=minutes(-25), call="k2")
"""A team after which nobody asked; in any order of names it comes last."""


def refreshed(state: State, rows: tuple[Unit, ...], seconds: int, every: int = 2) -> State:
    """``state`` after ``seconds`` in which each reply gives all ``rows`` and the two that may be in danger anew."""
    for second in range(0, seconds, every):
        at = NOON + second * SECOND
        there = replace(
            LATE, id="k2", state=CallState.ON_SCENE, assignments=(Assignment("z"),), updated_at=at
        )
        reply: list[Recorded] = [
            UnitsChanged(at, "cad/units", tuple(replace(row, updated_at=at) for row in (*rows, CREW))),
            CallsChanged(at, "cad/calls", (replace(LATE, updated_at=at), there)),
        ]
        state = advance(state, reply, at + (every - 0.1) * SECOND)
    return state


@pytest.mark.parametrize("name", ["pending_too_long:k1", "check_in_overdue:z"])
def test_a_priority_1_passes_a_storm_that_each_reply_refreshes(name: str) -> None:
    state = refreshed(advance(start(BEGAN), BEGINNING, NOON), SILENT, 2)
    alarm = state.alarms.standing[name]
    assert (alarm.priority, alarm.raised_at) == (1, NOON + SECOND)


def test_whoever_waits_for_a_look_has_it_however_often_the_rows_are_refreshed() -> None:
    state = refreshed(advance(start(BEGAN), BEGINNING, NOON), SILENT, 2 * (MANY // LOOKS + 2) + 20)
    assert {alarm.subject for alarm in state.alarms.standing.values()} >= {row.id for row in SILENT}


def test_calls_that_are_looked_at_again_and_again_keep_no_other_from_its_turn() -> None:
    """The first that the calendar names are not the only ones that become alarms."""
    rows = tuple(
        replace(LATE, id=f"c{number:04}", priority=1 if number >= 900 else 2) for number in range(1_000)
    )
    state = advance(start(BEGAN), BEGINNING, NOON)
    for second in range(0, 8, 2):
        at = NOON + second * SECOND
        reply = CallsChanged(at, "cad/calls", tuple(replace(row, updated_at=at) for row in rows), full=True)
        state = advance(state, [reply], at + 1.9 * SECOND)
        if not second:
            urgent = [alarm for alarm in state.alarms.standing.values() if alarm.priority == 1]
            assert {alarm.raised_at for alarm in urgent} == {NOON + SECOND}
            assert len(urgent) == 100
    assert {alarm.subject for alarm in state.alarms.standing.values()} == {row.id for row in rows}
