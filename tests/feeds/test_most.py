"""A feed of more rows than the board takes: which stay, which are left out, and that none is taken for gone."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.contract import Row
from console.domain.entities import Call
from console.domain.vocabulary import CallState, FeedName
from console.feeds.rows.flaws import TOO_MANY
from console.feeds.rows.held import Held
from console.feeds.rows.reading import Reading
from tests.domain.builders import NOON

MOST = 3


def call(key: str, minute: int = 0, *, closed: bool = False) -> Call:
    state = CallState.CLOSED if closed else CallState.PENDING
    return Call(id=key, state=state, updated_at=NOON + timedelta(minutes=minute))


def left_out(reading: Reading[Row]) -> set[str]:
    return {flaw.row for flaw in reading.flaws if flaw.kind == TOO_MANY}


@given(st.permutations([call("a", 1), call("b", 2), call("c", 3), call("d", 9, closed=True), call("e", 4)]))
def test_open_calls_come_first_and_then_the_newest_in_whatever_order_they_are_sent(rows: list[Call]) -> None:
    held = Held(FeedName.CALLS, MOST)
    reading = held.gather_all(rows, (), NOON)
    assert held.rows.keys() == {"b", "c", "e"}
    assert left_out(reading) == {"a", "d"}


def test_what_is_held_is_not_put_out_for_others_and_goes_on_to_change() -> None:
    held = Held(FeedName.CALLS, MOST)
    held.gather_all([call("a"), call("b"), call("c")], (), NOON)
    reading = held.gather([call("a", 5), call("d", 9)], (), (), NOON)
    assert held.rows["a"] == call("a", 5)
    assert left_out(reading) == {"d"}


def test_what_was_left_out_comes_in_once_there_is_room() -> None:
    held = Held(FeedName.CALLS, MOST)
    rows = [call(key) for key in "abcd"]
    held.gather_all(rows, (), NOON)
    reading = held.gather([call("a")], (), ("b",), NOON)
    assert left_out(held.gather_all([rows[0], *rows[2:]], (), NOON)) == set()
    assert reading.gone == ("b",)
    assert held.rows.keys() == {"a", "c", "d"}


def test_no_room_is_no_end() -> None:
    held = Held(FeedName.CALLS, MOST)
    held.gather_all([call("a"), call("b"), call("c")], (), NOON)
    for _ in range(3):
        held.gather_all([call(key, 5) for key in "fedcba"], (), NOON)
    assert all(row.open for row in held.rows.values() if isinstance(row, Call))
