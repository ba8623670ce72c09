"""A source that is down silences what speaks from its data, before these are stale by their age alone."""

from datetime import timedelta

from console.domain.events import FeedReported
from console.domain.state import State, advance, start
from console.domain.vocabulary import Health
from tests.domain.builders import NOON, at, feed

SLOW = timedelta(minutes=2)


def board(health: Health, seconds: float) -> State:
    """A source with a slow poll that fared well at noon, and otherwise ten seconds later."""
    well = feed(every=SLOW)
    since = at(seconds=10)
    now = feed(every=SLOW, reported=health, since=since)
    return advance(start(NOON), (FeedReported(NOON, well), FeedReported(since, now)), at(seconds=seconds))


def test_one_missed_poll_silences_nothing() -> None:
    assert not board(Health.DOWN, 19).alarms.blind


def test_down_for_ten_seconds_or_refused_it_is_not_to_be_believed() -> None:
    assert board(Health.DOWN, 21).alarms.blind == {"cad/calls"}
    assert board(Health.AUTH, 21).alarms.blind == {"cad/calls"}


def test_one_that_answers_with_doubtful_rows_is_believed_until_it_is_stale() -> None:
    assert not board(Health.DEGRADED, 120).alarms.blind
    assert board(Health.DEGRADED, 246).alarms.blind == {"cad/calls"}


def test_it_is_believed_again_with_its_next_good_answer() -> None:
    back = FeedReported(at(seconds=40), feed(every=SLOW, answered_at=at(seconds=40), since=at(seconds=40)))
    assert not advance(board(Health.DOWN, 30), (back,), at(seconds=42)).alarms.blind
