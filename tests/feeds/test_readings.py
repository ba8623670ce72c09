"""What must hold for every reply, however its rows are ordered, cut into portions or damaged."""

import json
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.contract import Page, Row, ServedClock, row_key
from console.domain.entities import Call
from console.domain.events import CallsChanged
from console.domain.state import advance, start
from console.domain.vocabulary import FeedName
from console.feeds.adapters.native import Native
from console.feeds.rows.reading import Setting, Unreadable
from tests.domain.builders import NOON, calls

CALLS = FeedName.CALLS
SETTING = Setting(NOON + timedelta(hours=1))


def body(rows: Iterable[Call], *, full: bool = True, removed: tuple[str, ...] = ()) -> bytes:
    """A page of calls."""
    return msgspec.json.encode(Page(ServedClock(SETTING.now), "", full, tuple(rows), removed))


def folded(bodies: Iterable[bytes]) -> dict[str, Call]:
    """The calls on a board that took in these replies."""
    adapter, state = Native(), start(NOON)
    for content in bodies:
        reading = adapter.read(CALLS, content, SETTING)
        event = CallsChanged(NOON, "cad/calls", reading.changed, reading.gone)  # type: ignore[arg-type]  # calls
        state = advance(state, [event], NOON)
    return state.calls


@st.composite
def versions(draw: st.DrawFn) -> list[Call]:
    """Versions of a few calls, each with a moment of its own, in any order."""
    rows = draw(st.lists(calls(), max_size=8))
    moments = draw(st.permutations(range(len(rows))))
    return [
        msgspec.structs.replace(row, updated_at=NOON + timedelta(seconds=second))
        for row, second in zip(rows, moments, strict=True)
    ]


def newest(rows: Iterable[Call]) -> dict[str, Call]:
    """The last version of each call."""
    best: dict[str, Call] = {}
    for row in rows:
        held = best.get(row.id)
        if held is None or held.updated_at < row.updated_at:  # type: ignore[operator]  # both are set
            best[row.id] = row
    return best


@settings(max_examples=25)
@given(versions(), st.randoms(use_true_random=False))
def test_any_order_of_the_rows_in_a_reply_gives_the_same_board(rows: list[Call], dice: Any) -> None:
    shuffled = rows[:]
    dice.shuffle(shuffled)
    assert folded([body(rows)]) == folded([body(shuffled)]) == newest(rows)


@settings(max_examples=25)
@given(versions(), st.lists(st.integers(0, 8), max_size=4))
def test_any_split_into_increments_gives_the_same_board(rows: list[Call], cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    portions = [rows[left:right] for left, right in pairwise(edges)]
    assert folded(body(portion, full=False) for portion in portions) == newest(rows)


@settings(max_examples=25)
@given(st.lists(versions(), min_size=1, max_size=4))
def test_an_older_version_never_replaces_a_newer_one_that_is_still_there(replies: list[list[Call]]) -> None:
    adapter = Native()
    for rows in replies:
        before = dict(adapter.held[CALLS].rows)
        adapter.read(CALLS, body(rows), SETTING)
        for key, row in adapter.held[CALLS].rows.items():
            old = before.get(key, row)
            assert isinstance(old, Call)
            assert isinstance(row, Call)
            assert old.updated_at <= row.updated_at  # type: ignore[operator]  # both are set


@settings(max_examples=25)
@given(st.lists(st.lists(calls(), max_size=6, unique_by=lambda call: call.id), max_size=4))
def test_a_reading_is_the_difference_to_what_was_held(replies: list[list[Call]]) -> None:
    adapter = Native()
    told: dict[str, Row] = {}
    for rows in replies:
        reading = adapter.read(CALLS, body(rows), SETTING)
        if reading.vanished:
            reading = adapter.read(CALLS, body(rows), SETTING)
        assert all(told.get(row_key(row)) != row for row in reading.changed)
        told.update({row_key(row): row for row in reading.changed})
        for key in reading.gone:
            del told[key]
        assert told == {row.id: row for row in rows}


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["9999-12-31T23:59:59Z", "closed", "c1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
fields = st.dictionaries(
    st.sampled_from([*Call.__struct_fields__, "unit", "at", "beds", "due_at", "crew", "since"]), junk
)


@settings(max_examples=60)
@given(st.sampled_from(FeedName), st.lists(fields | junk, max_size=4))
def test_whatever_a_row_holds_it_is_read_or_counted_and_never_raises(feed: FeedName, rows: list[Any]) -> None:
    clock = '{"now":"2026-11-19T19:00:00Z"}'
    content = f'{{"clock":{clock},"cursor":"","full":true,"items":{json.dumps(rows)}}}'.encode()
    adapter = Native()
    reading = adapter.read(feed, content, SETTING)
    rejected = {flaw.row for flaw in reading.flaws if flaw.rejected}
    assert len(reading.changed) + len(rejected) <= reading.rows_read == len(rows)
    assert bool(reading.changed) or bool(rejected) or not rows
    encoded = msgspec.msgpack.encode(reading.changed)
    assert msgspec.msgpack.decode(encoded, type=list[dict[str, Any]]) is not None


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_read_or_refused_with_what_to_do(content: bytes) -> None:
    told = Unreadable("", ".", ".")
    try:
        Native().read(CALLS, content, SETTING)
    except Unreadable as error:
        told = error
    assert told.detail.endswith(".")
    assert told.tip.endswith(".")


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=3))
def test_a_damaged_page_is_read_in_part_or_refused_and_what_is_held_stays(place: int, damage: bytes) -> None:
    adapter = Native()
    good = body([Call(id="a", address="12 Alder Street"), Call(id="b")])
    adapter.read(CALLS, good, SETTING)
    spot = place % len(good)
    try:
        adapter.read(CALLS, good[:spot] + damage + good[spot + len(damage) :], SETTING)
    except Unreadable:
        assert set(adapter.held[CALLS].rows) == {"a", "b"}
