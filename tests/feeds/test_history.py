"""What a call keeps of its earlier rows, where its source tells only the present."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Stamps
from console.domain.vocabulary import CallState
from console.feeds.rows.history import remembered

NOW = datetime(2026, 8, 22, 20, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=10)
ARRIVED = Call(
    "a",
    state=CallState.ON_SCENE,
    stamps=Stamps(on_scene_at=EARLIER),
    assignments=(Assignment("u", on_scene_at=EARLIER),),
    observed=("on_scene_at",),
)
CLOSED = replace(ARRIVED, state=CallState.CLOSED, observed=("closed_at", "on_scene_at"))


def test_a_call_that_is_called_closed_without_a_moment_is_closed_from_now_on() -> None:
    over = remembered(ARRIVED, CLOSED, NOW)
    assert over.closed_at == NOW
    assert {"closed_at", "cleared_at"} <= set(over.observed)


def test_whoever_was_still_there_left_when_the_call_was_closed() -> None:
    over = remembered(ARRIVED, CLOSED, NOW)
    assert [part.cleared_at for part in over.assignments] == [NOW]


def test_a_call_without_any_stage_is_closed_from_now_on_where_that_is_ours_to_witness() -> None:
    waiting = Call("a", state=CallState.PENDING)
    over = remembered(waiting, Call("a", state=CallState.CLOSED, observed=("closed_at",)), NOW)
    assert (over.closed_at, over.observed) == (NOW, ("closed_at",))


def test_a_source_that_tells_its_moments_itself_is_not_put_right() -> None:
    waiting = Call("a", state=CallState.PENDING)
    assert remembered(waiting, Call("a", state=CallState.CLOSED), NOW).closed_at is None


def test_a_closed_call_that_is_reported_again_keeps_when_it_was_closed_and_who_left_when() -> None:
    left = replace(ARRIVED, assignments=(Assignment("u", on_scene_at=EARLIER, cleared_at=EARLIER),))
    first = remembered(replace(left, observed=("cleared_at", "on_scene_at")), CLOSED, NOW)
    assert first.closed_at == NOW
    assert remembered(first, CLOSED, NOW + timedelta(hours=1)) == first


def test_a_unit_that_is_reported_free_later_left_when_that_was_first_seen() -> None:
    free = Call("a", assignments=(Assignment("u", cleared_at=EARLIER),), observed=("cleared_at",))
    later = Call("a", assignments=(Assignment("u", cleared_at=NOW),), observed=("cleared_at",))
    assert remembered(free, later, NOW).assignments[0].cleared_at == EARLIER


def test_a_unit_that_left_and_is_reported_at_the_call_again_is_back() -> None:
    free = Call("a", assignments=(Assignment("u", cleared_at=EARLIER),), observed=("cleared_at",))
    back = Call("a", assignments=(Assignment("u", on_scene_at=NOW),), observed=("on_scene_at",))
    assert remembered(free, back, NOW).committed == ("u",)
