"""What the map says in words about old data, and when a position counts as old."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.definitions import PositionLimits
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.ui.map.notes import doubt, fresh, limits, notes
from tests.ui.map.boards import FEEDS, NOW, PACK, city, feed


def _with_feed(name: FeedName, age: float, every: float = 5) -> State:
    late = feed(name, age, every)
    return replace(city(), feeds={**FEEDS, late.key: late})


def test_a_silent_feed_is_told_with_the_time_of_its_last_answer() -> None:
    state = _with_feed(FeedName.POSITIONS, 75)
    found = fresh(state)
    assert notes(state, found, (0, 0, 0), True) == (("positions as of 16:28:57", True),)
    assert doubt(found).positions
    assert not doubt(found).calls


def test_a_board_that_was_never_read_says_so() -> None:
    state = replace(city(), feeds={})
    assert notes(state, fresh(state), (0, 0, 0), True) == (("nothing was read yet", False),)


def test_a_position_is_stale_at_the_packs_limit() -> None:
    pack = replace(PACK, positions=PositionLimits(fade_s=60, stale_s=420))
    found = limits(replace(city(), definitions=pack))
    assert (found.fade, found.stale) == (60, 420)


def test_a_position_is_never_stale_before_two_polls_and_five_seconds() -> None:
    found = limits(_with_feed(FeedName.POSITIONS, 1, every=300))
    assert (found.fade, found.stale) == (450, 605)


def test_a_map_without_ground_or_places_says_so() -> None:
    state = replace(city(), positions={})
    said = [text for text, _ in notes(state, fresh(state), (1, 3, 0), ground=False)]
    assert said == [
        "1 call without a valid location",
        "no unit positions from this source",
        "no base map for this area",
    ]


def test_the_limit_follows_the_slowest_of_several_feeds() -> None:
    slow = replace(feed(FeedName.POSITIONS, every=200), source="other")
    found = limits(replace(city(), feeds={**FEEDS, slow.key: slow}))
    assert found.stale == (2 * timedelta(seconds=200)).total_seconds() + 5


def test_a_position_feed_that_failed_is_no_source_without_positions() -> None:
    failed = replace(
        feed(FeedName.POSITIONS), answered_at=None, reported=Health.DOWN, since=NOW - timedelta(seconds=85)
    )
    state = replace(city(), positions={}, feeds={**FEEDS, failed.key: failed})
    assert notes(state, fresh(state), (0, 3, 0), True) == (("unit positions down since 16:28", True),)


def test_a_position_feed_that_has_not_answered_yet_is_waited_for() -> None:
    waiting = replace(feed(FeedName.POSITIONS), answered_at=None, reported=Health.STARTING)
    state = replace(city(), positions={}, feeds={**FEEDS, waiting.key: waiting})
    assert notes(state, fresh(state), (0, 3, 0), True) == (("unit positions not read yet", False),)
