"""5,000 conditions at once, and 50 times over: no second looks at too many, and nothing that is remembered grows."""

from datetime import datetime, timedelta

import msgspec
import pytest

from console.domain.alarms.book import ENDED, RETURNED, TONES, Alarms
from console.domain.alarms.counts import ACKS, CHATTERING, SLOTS
from console.domain.entities import Assignment, Call, Stamps, Unit
from console.domain.events import CallsChanged, CarriedOver, Recorded, UnitsChanged
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, Program, UnitState
from console.domain.watching.choosing import LOOKS
from tests.domain.alarming import BEGINNING, on_scene
from tests.domain.builders import NOON

MANY = 5_000
SECOND = timedelta(seconds=1)
STARTED: tuple[Recorded, ...] = (*BEGINNING, CarriedOver(NOON))


def storm(count: int, moment: datetime, generation: int = 0) -> CallsChanged:
    """So many calls that wait too long, each for a unit of its own that is on another one."""
    rows = tuple(
        Call(
            f"{generation}-{number}",
            priority=1 + number % 3,
            state=CallState.PENDING,
            stamps=Stamps(queued_at=moment - timedelta(minutes=1)),
            assignments=(Assignment(f"u{number}"),),
        )
        for number in range(count)
    )
    return CallsChanged(moment, "cad/calls", rows)


def over(count: int, moment: datetime, generation: int = 0) -> CallsChanged:
    """They are all reported no more, having been closed."""
    rows = tuple(Call(f"{generation}-{number}", state=CallState.CLOSED) for number in range(count))
    return CallsChanged(moment, "cad/calls", rows)


def left(count: int, moment: datetime, generation: int = 0) -> CallsChanged:
    """They leave the board."""
    return CallsChanged(moment, "cad/calls", gone=tuple(f"{generation}-{number}" for number in range(count)))


def teams(count: int, moment: datetime, generation: int) -> UnitsChanged:
    """So many teams, each of which says that it is on a call."""
    rows = tuple(
        Unit(
            f"u{number}",
            program=Program.OUTREACH,
            state=UnitState.AVAILABLE,
            since=moment,
            call=f"{generation}-{number}",
        )
        for number in range(count)
    )
    return UnitsChanged(moment, "cad/units", rows)


def test_no_second_looks_at_more_than_it_can_and_none_is_forgotten() -> None:
    state = advance(start(NOON), [*STARTED, storm(MANY, NOON)], NOON)
    for second in range(1, MANY // LOOKS + 3):
        before, state = state, advance(state, (), NOON + second * SECOND)
        assert len(state.alarms.standing) - len(before.alarms.standing) <= LOOKS
    assert len(state.alarms.standing) == MANY


def test_a_call_for_help_passes_all_that_waits_for_a_look() -> None:
    moment = NOON + 2.5 * SECOND
    log = [*STARTED, storm(MANY, NOON), on_scene("z", moment, emergency=True)]
    state = advance(start(NOON), log, NOON + 3 * SECOND)
    assert state.alarms.standing["responder_emergency:z"].announced_at == NOON + 3 * SECOND


def test_a_storm_is_one_flood_that_ends() -> None:
    state = advance(start(NOON), [*STARTED, storm(MANY, NOON + 10 * SECOND)], NOON + 30 * SECOND)
    assert state.alarms.flood.count == MANY
    quiet = advance(state, [over(MANY, state.at), left(MANY, state.at)], NOON + 20 * 60 * SECOND)
    assert quiet.alarms.flood.since is None


@pytest.mark.parametrize("anew", [False, True])
def test_what_is_remembered_does_not_grow_when_conditions_come_and_go(*, anew: bool) -> None:
    """50 times 500; with ``anew`` each time of other calls."""
    state = advance(start(NOON), STARTED, NOON)
    sizes = []
    for turn in range(50):
        state = _come_and_gone(state, 500, turn if anew else 0)
        sizes.append(len(msgspec.msgpack.encode(state.alarms)))
    assert max(sizes[25:]) <= 1.1 * max(sizes[:25])
    _within_bounds(state.alarms, 500)


def test_five_thousand_that_came_and_went_leave_little() -> None:
    state = _come_and_gone(advance(start(NOON), STARTED, NOON), MANY, 0)
    _within_bounds(state.alarms, MANY)


def _come_and_gone(state: State, count: int, generation: int) -> State:
    lasts = (count // LOOKS + 4) * SECOND
    now = state.at + SECOND / 2
    state = advance(state, [storm(count, now, generation), teams(count, now, generation)], now + lasts)
    now = state.at + SECOND / 2
    state = advance(state, [over(count, now, generation), left(count, now, generation)], now + lasts)
    return advance(state, [], state.at + timedelta(minutes=1))


def _within_bounds(alarms: Alarms, teams_there: int) -> None:
    assert not alarms.starting
    assert not alarms.named
    assert len(alarms.claims) <= teams_there
    assert len(alarms.standing) <= RETURNED
    assert len(alarms.held) <= RETURNED + 1
    assert len(alarms.looks.seconds) <= RETURNED + teams_there + 1
    assert len(alarms.returned) <= RETURNED
    assert len(alarms.ended) <= ENDED
    assert len(alarms.tones) <= TONES
    counts = alarms.counts
    assert (len(counts.slots) <= SLOTS, len(counts.took) <= ACKS, len(counts.chattering) <= CHATTERING) == (
        True,
    ) * 3
