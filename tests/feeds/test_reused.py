"""An id that means another call after a restart of its server: both stay apart."""

from datetime import datetime, timedelta

import pytest

from console.domain.entities import Assignment, Call, Stamps
from console.domain.vocabulary import CallState, FeedName
from console.feeds.rows.history import another, ended, retired
from console.feeds.rows.shift import shifted
from tests.domain.builders import NOON
from tests.feeds.answers import now, page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

HOUR = timedelta(hours=1)


def call(number: str, born: datetime | None) -> Call:
    """A call called 1."""
    return Call(id="1", number=number, stamps=Stamps(created_at=born))


@pytest.mark.parametrize(
    ("old", "new", "other"),
    [
        (call("A-1", NOON), call("B-1", NOON + HOUR), True),
        (call("A-1", NOON), call("A-1", NOON + HOUR), False),
        (call("A-1", NOON), call("A-2", NOON + timedelta(seconds=5)), False),
        (call("", NOON), call("B-1", NOON + HOUR), False),
        (call("A-1", None), call("B-1", NOON), False),
    ],
    ids=["another", "corrected birth", "corrected number", "no number", "no birth"],
)
def test_an_id_means_another_call_only_if_both_number_and_birth_are_others(
    old: Call, new: Call, other: bool
) -> None:
    assert another(old, new) is other


def test_a_retired_call_keeps_a_name_of_its_own_however_long_its_id_is() -> None:
    long = Call(id="x" * 256, number="A-1")
    assert retired(long).id == "x" * 252 + "~A-1"
    assert len(retired(Call(id="x" * 256, number="n" * 1_000)).id) == 256


async def test_a_server_that_counts_from_1_again_loses_neither_call() -> None:
    def served(number: str, hours: int) -> dict[str, object]:
        born = now() - timedelta(hours=hours)
        return {"id": "1", "number": number, "stamps": {"created_at": born}}

    async with Chaos() as server:
        server.play("/v1/calls", page(served("A-1", 3)), page(served("B-1", 1)))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: len(state.calls) == 2)
            assert {key: call.number for key, call in state.calls.items()} == {"1": "B-1", "1~A-1": "A-1"}
            assert board.counted("reused", "id") == 1


def test_a_call_that_is_not_listed_any_more_is_over_and_whoever_was_there_has_left() -> None:
    parts = (Assignment("u1", cleared_at=NOON), Assignment("u2"))
    over = ended(Call(id="1", assignments=parts), NOON + HOUR)
    assert over.state is CallState.CLOSED
    assert [part.cleared_at for part in over.assignments] == [NOON, NOON + HOUR]
    assert (over.closed_at, over.stamps.cleared_at) == (NOON + HOUR, NOON + HOUR)
    assert over.observed == ("closed_at", "cleared_at")
    assert ended(over, NOON + 2 * HOUR) is over


def test_every_moment_of_a_call_moves_with_its_servers_clock() -> None:
    there = Call(
        id="1",
        stamps=Stamps(created_at=NOON + HOUR, on_scene_at=NOON + HOUR),
        assignments=(Assignment("u1", assigned_at=NOON + HOUR),),
        updated_at=NOON + HOUR,
    )
    here = shifted(there, HOUR)
    assert isinstance(here, Call)
    assert here.stamps == Stamps(created_at=NOON, on_scene_at=NOON)
    assert here.assignments == (Assignment("u1", assigned_at=NOON),)
    assert (here.updated_at, here.closed_at) == (NOON, None)


@pytest.mark.parametrize("back", [True, False])
async def test_a_call_that_was_closed_and_is_opened_again_is_one_call(back: bool) -> None:
    states = ("pending", "closed", "pending" if back else "closed")
    async with Chaos() as server:
        rows = ({"id": "1", "number": "A", "state": state, "updated_at": now()} for state in states)
        server.play("/v1/calls", *map(page, rows))
        async with watching(spec(server, FeedName.CALLS)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 5)
            assert set(board.state.calls) == {"1"}
            assert bool(board.state.open_calls) is back
