"""One board from several sources: precedence, ids, links, and that no order of replies matters."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.contract import ROW_TYPES, Row, row_key
from console.domain.entities import Assignment, Call, Facility, FollowUp, Position, Unit
from console.domain.vocabulary import FeedName
from console.feeds.joining.giving import Given
from console.feeds.joining.joiner import SAME_ID, SAME_NAME, Change, Joiner
from tests.domain.builders import NOON

CALLS, UNITS, POSITIONS = FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS
CAD = frozenset({CALLS, UNITS, POSITIONS, FeedName.FOLLOW_UPS})
BEDS = frozenset({FeedName.FACILITIES})


KINDS = {row: feed for feed, row in ROW_TYPES.items()}


class Joint:
    """A joiner, the board that its changes fold to, and what it counted."""

    def __init__(self, **given: Iterable[FeedName]) -> None:
        self._joiner = Joiner([Given(source, frozenset(feeds)) for source, feeds in given.items()])
        self.board: dict[FeedName, dict[str, Row]] = {feed: {} for feed in FeedName}
        self.conflicts: set[tuple[str, str, str]] = set()
        self.changes: list[Change] = []

    def take(self, source: str, *rows: Row, full: FeedName | None = None) -> None:
        """One reply of a source; ``full`` says that these are all its rows of that feed."""
        self._told(source, Change(full or KINDS[type(rows[0])], rows, full=full is not None))

    def drop(self, source: str, feed: FeedName, *gone: str) -> None:
        """A source does not give these any more."""
        self._told(source, Change(feed, gone=gone))

    def _told(self, source: str, change: Change) -> None:
        joined = self._joiner.take(source, change)
        for told in joined.changes:
            held = self.board[told.feed]
            for key in set(held) if told.full else told.gone:
                held.pop(key, None)
            held |= {row_key(row): row for row in told.rows}
        for key, flaws in joined.conflicts.items():
            for flaw in flaws:
                assert (key, flaw.what, flaw.row) not in self.conflicts
                self.conflicts.add((key, flaw.what, flaw.row))
        self.changes += joined.changes

    def row(self, feed: FeedName, key: str) -> Any:
        """One row of the board."""
        return self.board[feed][key]

    def keys(self, feed: FeedName) -> set[str]:
        """The ids on the board."""
        return set(self.board[feed])


def a_call(key: str, *units: str, **fields: Any) -> Call:
    """A call with these units on it."""
    return Call(id=key, assignments=tuple(Assignment(unit) for unit in units), **fields)


def fix(unit: str, seconds: float = 0, lat: float = 39.7) -> Position:
    """A fix that many seconds after noon."""
    return Position(unit=unit, lat=lat, lon=-104.9, at=NOON + timedelta(seconds=seconds))


def test_what_one_source_gives_passes_as_it_came() -> None:
    joint = Joint(cad=CAD, beds=BEDS)
    joint.take("cad", a_call("7", "u"), full=CALLS)
    joint.take("beds", Facility("7", "Detox"), full=FeedName.FACILITIES)
    assert [change.full for change in joint.changes] == [True, True]
    assert joint.row(CALLS, "7") is joint.changes[0].rows[0]


def test_the_same_id_from_two_systems_is_two_calls_and_one_conflict() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("county", a_call("7", nature="B"))
    joint.take("city", a_call("7", nature="A"))
    joint.take("county", a_call("7", nature="C"))
    assert {key: row.nature for key, row in joint.board[CALLS].items()} == {"7": "A", "county/7": "C"}  # type: ignore[union-attr]
    assert joint.conflicts == {("county/calls", SAME_ID, "7")}


def test_what_a_later_source_says_of_its_own_rows_is_rewritten_with_them() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("county", a_call("7", "u1"))
    joint.take("county", Unit("u1", "K 1", call="7"))
    joint.take("county", fix("u1"))
    joint.take("county", FollowUp("f", call="7"))
    assert joint.row(CALLS, "county/7").units == ("county/u1",)
    assert joint.row(UNITS, "county/u1").call == "county/7"
    assert joint.keys(POSITIONS) == {"county/u1"}
    assert joint.row(FeedName.FOLLOW_UPS, "county/f").call == "county/7"


def test_a_promise_that_tells_the_number_of_its_call_finds_the_call_of_its_own_source() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("city", a_call("1", number="26-7"))
    joint.take("county", FollowUp("f", call="26-7"))
    joint.take("county", a_call("7", number="26-7"))
    assert joint.row(FeedName.FOLLOW_UPS, "county/f").call == "county/7"
    joint.drop("county", CALLS, "7")
    assert joint.row(FeedName.FOLLOW_UPS, "county/f").call == "county/26-7"


def test_one_call_sign_in_two_sources_is_one_unit_and_the_first_source_speaks_for_it() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("county", Unit("9", "Van 1", kind="county"))
    joint.take("county", a_call("7", "9"))
    joint.take("city", Unit("a", "VAN1", kind="city"))
    assert {key: row.kind for key, row in joint.board[UNITS].items()} == {"a": "city"}  # type: ignore[union-attr]
    assert joint.row(CALLS, "county/7").units == ("a",)
    assert joint.conflicts == {("county/units", SAME_NAME, "9")}


def test_what_was_held_back_appears_when_the_first_source_drops_its_row() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("city", Unit("a", "Van 1"))
    joint.take("county", Unit("9", "van 1"))
    joint.take("county", a_call("7", "9"))
    joint.drop("city", UNITS, "a")
    assert joint.keys(UNITS) == {"county/9"}
    assert joint.row(CALLS, "county/7").units == ("county/9",)


def test_two_units_of_one_source_with_one_call_sign_stay_two() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("city", Unit("a", "Van 1"), Unit("b", "Van 1"))
    joint.take("county", Unit("9", "Van 1"))
    assert joint.keys(UNITS) == {"a", "b"}


def test_units_without_a_call_sign_are_never_taken_for_one() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("city", Unit("1"))
    joint.take("county", Unit("1"))
    assert joint.keys(UNITS) == {"1", "county/1"}


def test_the_same_house_in_two_lists_is_one_row() -> None:
    joint = Joint(city=BEDS, county=BEDS)
    joint.take("county", Facility("x", "Crisis Center", beds_free=3), Facility("y", "Detox"))
    joint.take("city", Facility("1", "crisis center", beds_free=5))
    assert joint.keys(FeedName.FACILITIES) == {"1", "county/y"}


def test_a_full_reply_replaces_the_rows_of_its_own_source_only() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("city", a_call("1"), a_call("2"), full=CALLS)
    joint.take("county", a_call("1"), full=CALLS)
    joint.take("city", a_call("2"), full=CALLS)
    assert joint.keys(CALLS) == {"2", "county/1"}
    assert not any(change.full for change in joint.changes)


@pytest.mark.parametrize(("second", "shown"), [(60, 1.0), (61, 2.0)])
def test_the_first_source_tells_where_a_unit_is_unless_its_fix_is_much_older(
    second: int, shown: float
) -> None:
    joint = Joint(cad=CAD, avl={POSITIONS})
    joint.take("cad", Unit("a", "Van 1"))
    joint.take("avl", fix("van1", second, lat=2.0))
    joint.take("cad", fix("a", 0, lat=1.0))
    assert joint.keys(POSITIONS) == {"a"}
    assert joint.row(POSITIONS, "a").lat == shown


def test_a_tracker_is_known_by_the_units_call_sign_whichever_came_first() -> None:
    joint = Joint(cad={CALLS, UNITS}, avl={POSITIONS})
    joint.take("avl", fix("VAN 1"), fix("stray"))
    assert joint.keys(POSITIONS) == {"VAN 1", "stray"}
    joint.take("cad", Unit("a", "van1"))
    assert joint.keys(POSITIONS) == {"a", "stray"}
    joint.take("cad", Unit("a", "van 2"))
    assert joint.keys(POSITIONS) == {"VAN 1", "stray"}


def test_the_units_id_comes_before_another_units_call_sign() -> None:
    joint = Joint(cad={CALLS, UNITS}, avl={POSITIONS})
    joint.take("cad", Unit("a", "b"), Unit("b", "c"))
    joint.take("avl", fix("b"))
    assert joint.keys(POSITIONS) == {"b"}


def test_calls_of_one_source_name_the_units_of_another() -> None:
    joint = Joint(calls={CALLS}, units={UNITS})
    joint.take("calls", a_call("7", "Van 1"))
    joint.take("units", Unit("a", "VAN 1"))
    assert joint.row(CALLS, "7").units == ("a",)


def test_nothing_is_told_where_a_reply_changes_nothing() -> None:
    joint = Joint(city=CAD, county=CAD)
    joint.take("city", Unit("a", "Van 1"), full=UNITS)
    told = len(joint.changes)
    joint.take("county", Unit("9", "Van 1"), full=UNITS)
    joint.take("city", Unit("a", "Van 1"), full=UNITS)
    assert len(joint.changes) == told


ids = st.sampled_from("abc")
names = st.sampled_from(["", "Van 1", "VAN1", "a", "b", "Van 2"])
SOURCES: Mapping[str, frozenset[FeedName]] = {
    "one": CAD | BEDS,
    "two": CAD | BEDS,
    "avl": frozenset({POSITIONS}),
    "three": frozenset({CALLS, UNITS}),
}


def _lists(made: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(made, max_size=3, unique_by=row_key)


ROWS: dict[FeedName, st.SearchStrategy[list[Any]]] = {
    CALLS: _lists(
        st.builds(
            lambda key, number, units: a_call(key, *units, number=number),
            ids,
            st.sampled_from(["", "a", "n"]),
            st.lists(ids, max_size=2),
        )
    ),
    UNITS: _lists(st.builds(lambda key, name, call: Unit(key, name, call=call), ids, names, ids)),
    POSITIONS: _lists(
        st.builds(fix, st.sampled_from(["a", "b", "Van 1", "van2"]), st.sampled_from([0, 50, 90, 200]))
    ),
    FeedName.FACILITIES: _lists(st.builds(Facility, ids, names)),
    FeedName.FOLLOW_UPS: _lists(st.builds(FollowUp, ids, st.sampled_from("abn"))),
}

Reply = tuple[str, FeedName, list[Row]]


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Reply], list[Reply]]:
    """The full replies of some sources, each feed's in its order, told in two different ways."""
    lines = [
        [(source, feed, rows) for rows in draw(st.lists(ROWS[feed], max_size=3))]
        for source, feeds in SOURCES.items()
        for feed in sorted(feeds)
    ]
    places = list(chain.from_iterable([n] * len(line) for n, line in enumerate(lines)))
    return _told(lines, places), _told(lines, draw(st.permutations(places)))


def _told(lines: list[list[Reply]], places: Iterable[int]) -> list[Reply]:
    rests = [iter(line) for line in lines]
    return [next(rests[place]) for place in places]


@given(story=stories())
def test_any_order_of_the_sources_replies_ends_in_the_same_board(
    story: tuple[list[Reply], list[Reply]],
) -> None:
    boards = []
    for replies in story:
        joint = Joint(**SOURCES)
        for source, feed, rows in replies:
            joint.take(source, *rows, full=feed)
        boards.append(joint.board)
    assert boards[0] == boards[1]


@given(story=stories())
def test_a_board_that_grew_is_the_board_that_was_told_at_once(story: tuple[list[Reply], list[Reply]]) -> None:
    grown, fresh = Joint(**SOURCES), Joint(**SOURCES)
    for source, feed, rows in story[0]:
        grown.take(source, *rows, full=feed)
    last = {(source, feed): rows for source, feed, rows in story[0]}
    for (source, feed), rows in last.items():
        fresh.take(source, *rows, full=feed)
    assert grown.board == fresh.board


@given(story=stories())
def test_no_call_of_any_source_is_lost(story: tuple[list[Reply], list[Reply]]) -> None:
    joint = Joint(**SOURCES)
    last: dict[str, int] = {}
    for source, feed, rows in story[1]:
        joint.take(source, *rows, full=feed)
        if feed is CALLS:
            last[source] = len(rows)
    assert len(joint.board[CALLS]) == sum(last.values())
