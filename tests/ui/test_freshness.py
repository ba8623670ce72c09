"""Whether what a panel shows is of the present, where several sources give it: the worst of them decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.feed import Feed
from console.domain.vocabulary import FeedName, Health
from console.ui.parts.clocks import present
from console.ui.parts.freshness import as_of_text, empty_text, freshness
from tests.ui.board import NOW, ago, feed, feeds

CITY = feed(FeedName.CALLS, source="city")


def county(**fields: object) -> Feed:
    return feed(FeedName.CALLS, **{"source": "county", **fields})  # type: ignore[arg-type]  # a test's keyword arguments


def fresh(*given_feeds: Feed) -> bool:
    return freshness(feeds(*given_feeds), FeedName.CALLS, NOW).current


@pytest.mark.parametrize(
    "other",
    [
        county(answered=ago(5)),
        county(answered=None),
        county(reported=Health.DOWN),
        county(reported=Health.AUTH),
    ],
)
def test_calls_are_of_the_present_only_where_every_source_of_them_answers(other: Feed) -> None:
    assert fresh(CITY, county())
    assert not fresh(CITY, other)
    assert not fresh(other, CITY)


def test_the_rows_are_as_of_the_source_that_is_silent_the_longest() -> None:
    found = freshness(
        feeds(CITY, county(answered=ago(5)), county(source="state", answered=ago(9))), FeedName.CALLS, NOW
    )
    assert as_of_text(found, present(NOW, None)) == "as of 23:21:12 UTC"


def test_rows_of_one_source_are_incomplete_until_the_other_has_answered() -> None:
    found = freshness(feeds(CITY, county(answered=None, reported=Health.STARTING)), FeedName.CALLS, NOW)
    assert as_of_text(found, present(NOW, None)) == "incomplete"
    assert "Another source has not answered yet." in empty_text(found, "open calls", present(NOW, None))


def test_before_anything_was_read_nothing_is_said_of_its_age() -> None:
    found = freshness(feeds(county(answered=None, reported=Health.STARTING)), FeedName.CALLS, NOW)
    assert as_of_text(found, present(NOW, None)) == ""
    assert empty_text(found, "open calls", present(NOW, None)).startswith("Not read yet.")


def test_an_empty_panel_names_the_source_that_is_not_there() -> None:
    down = county(answered=None, reported=Health.DOWN, detail="Nobody answers.", tip="Check the network.")
    said = empty_text(freshness(feeds(CITY, down), FeedName.CALLS, NOW), "open calls", present(NOW, None))
    assert "county" in said
    assert "Check the network." in said


def test_a_source_of_other_data_makes_no_calls_old() -> None:
    assert fresh(CITY, feed(FeedName.POSITIONS, ago(60), source="avl"))


healths = st.sampled_from([Health.OK, Health.DEGRADED, Health.DOWN, Health.AUTH])


@given(reported=st.lists(healths, min_size=1, max_size=4))
def test_any_number_of_sources_is_as_fresh_as_the_worst_of_them(reported: list[Health]) -> None:
    many = [county(source=f"s{number}", reported=one) for number, one in enumerate(reported)]
    assert fresh(*many) == all(fresh(one) for one in many)


def no_calls(source: str) -> Feed:
    return county(
        source=source,
        answered=None,
        reported=Health.PAUSED,
        reason="not_offered",
        detail="This server gives no calls.",
        tip="Nothing is wrong.",
    )


def test_a_source_that_has_none_of_a_kind_makes_the_rows_of_others_neither_old_nor_incomplete() -> None:
    found = freshness(feeds(no_calls("a"), CITY, no_calls("b")), FeedName.CALLS, NOW)
    assert (found.current, found.offered, as_of_text(found, present(NOW, None))) == (True, True, "")
    assert not fresh(no_calls("a"), county(answered=ago(5)))


def test_where_no_source_has_a_kind_the_panel_says_so() -> None:
    found = freshness(feeds(no_calls("a")), FeedName.CALLS, NOW)
    assert not found.offered
    said = empty_text(found, "open calls", present(NOW, None))
    assert said == "This server gives no calls.\nNothing is wrong."
