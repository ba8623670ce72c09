"""What a source lacks: the feeds that are down by name, the whole source only where all of them are."""

from datetime import timedelta

import pytest

from console.domain.feed import Feed
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.domain.watching import catalog
from console.ui.alerts.notices import notice
from console.ui.attention import told
from console.ui.attention.lines import lines
from console.ui.attention.listed import Listed
from console.ui.attention.subject import subject
from console.ui.parts.clocks import present
from console.ui.parts.lacking import Lacking, feeds_text, lacking
from tests.ui.attention.alarmed import alarmed, an_alarm
from tests.ui.board import NOW, ago


def feeds(*down: FeedName, reason: str = "", reported: Health = Health.DOWN) -> dict[str, Feed]:
    """Five feeds of one source, of which these are down."""
    found = {}
    for name in FeedName:
        bad = name in down
        feed = Feed(
            "demo",
            name,
            timedelta(seconds=5),
            reported if bad else Health.OK,
            ago(2),
            answered_at=ago(seconds=85) if bad and reported is Health.DOWN else NOW,
            reason=reason if bad else "",
        )
        found[feed.key] = feed
    return found


def what(state: State) -> str:
    (alarm,) = state.alarms.standing.values()
    return told.what(subject(state, alarm), present(NOW, state.agency))


def down(*names: FeedName) -> State:
    return alarmed(
        an_alarm(catalog.FEED_DOWN, "demo", since=ago(seconds=85), name="demo"), feeds=feeds(*names)
    )


def test_the_feed_that_is_down_is_named() -> None:
    assert what(down(FeedName.POSITIONS)) == "demo: positions give no data for 85 s"


def test_several_feeds_that_are_down_are_named() -> None:
    assert what(down(FeedName.UNITS, FeedName.POSITIONS)) == "demo: units and positions give no data for 85 s"


def test_only_where_all_are_down_is_there_no_data_at_all() -> None:
    assert what(down(*FeedName)) == "demo gives no data at all for 85 s"


def test_a_source_of_which_no_feed_tells_of_it_goes_by_its_name() -> None:
    assert what(down()) == "demo gives no data for 85 s"


def test_many_feeds_are_counted() -> None:
    assert (
        feeds_text(Lacking(("calls", "units", "positions", "beds"))) == "calls, units, positions and 1 more"
    )


def test_feeds_of_other_sources_are_no_part_of_it() -> None:
    assert lacking(feeds(FeedName.CALLS), "other", catalog.FEED_DOWN, NOW) == Lacking()


def test_a_feed_with_rows_that_cannot_be_read_is_named() -> None:
    bad = feeds(FeedName.CALLS, reason="rejected", reported=Health.DEGRADED)
    state = alarmed(an_alarm(catalog.UNREADABLE, "demo", name="demo"), feeds=bad)
    assert what(state) == "demo: calls have rows that cannot be read for 15 min"


def test_a_notice_names_the_feed() -> None:
    state = down(FeedName.POSITIONS)
    assert "demo positions: no data" in notice(list(state.alarms.standing.values()), state).text


@pytest.mark.parametrize("names", [(FeedName.UNITS,), (FeedName.POSITIONS, FeedName.UNITS)])
def test_a_line_goes_by_the_feeds_as_they_are_now(names: tuple[FeedName, ...]) -> None:
    listed = Listed()
    before, after = down(FeedName.POSITIONS), feeds(*names)
    listed.look(before)
    state = alarmed(*before.alarms.standing.values(), feeds=after)
    listed.look(state)
    assert listed.lines == lines(state, frozenset(), {})
