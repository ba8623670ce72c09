"""Rows that are wrong: each loses what is wrong with it, is counted, and takes no other row with it."""

import json
from datetime import timedelta
from typing import Any

import pytest

from console.domain.entities import NARRATIVE_LIMIT, Agency, Call
from console.domain.vocabulary import FeedName, Health
from console.feeds.process.worker import Worker
from tests.feeds.answers import body, call, now, page, service, text_page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

SCRIPT = "<script>alert('x')</script>"
CODES = ("id", "state", "origin", "police", "sensitivity")
TEXTS = [name for name in Call.__struct_fields__ if isinstance(getattr(Call(id="x"), name), str)]
WORDS = [name for name in TEXTS if name not in CODES]
LATER = now() + timedelta(hours=2)


ROWS = {
    "no id": '{"nature":"WELCHK"}',
    "an empty id": '{"id":""}',
    "a number for an id": '{"id":17}',
    "an id of 300 characters": json.dumps({"id": "x" * 300}),
    "no object": "3",
    "null": "null",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
async def test_a_row_that_cannot_be_told_from_others_is_counted_and_left_out_when_it_is(row: str) -> None:
    good = ",".join(f'{{"id":"c{number}"}}' for number in range(9))
    async with Chaos() as server:
        server.play("/v1/calls", text_page(f"[{good},{row}]"))
        async with watching(spec(server)) as board:
            await board.until(lambda state: len(state.calls) == 9)
            await board.until(lambda _: server.times("/v1/calls") > 3)
            assert sum(p.count for p in board.state.problems.values() if p.kind == "bad_row") == 1
            assert (board.feed().reported, board.feed().rejected) == (Health.OK, 1)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000])
async def test_a_number_that_is_none_costs_its_field_and_not_the_reply(number: str) -> None:
    async with Chaos() as server:
        server.play("/v1/calls", text_page(f'[{{"id":"a"}},{{"id":"b","lat":{number},"lon":-104.9}}]'))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert set(state.calls) == {"a", "b"}
            assert state.calls["b"].lat is None
            assert board.counted("bad_field", "lat") == 1


async def test_bytes_that_are_no_text_cost_no_row() -> None:
    content = (
        b'{"clock":{"now":"2026-11-19T19:00:00Z"},"cursor":"","full":true,"items":[{"id":"a","area":"\xff"}]}'
    )
    async with Chaos() as server:
        server.play("/v1/calls", body(content))
        async with watching(spec(server), skew=1e12) as board:
            state = await board.until(lambda state: state.calls)
            assert state.calls["a"].area == "\ufffd"
            assert board.counted("bad_field", "text encoding") == 1


async def test_a_byte_order_mark_is_not_in_the_way() -> None:
    content = (
        b'\xef\xbb\xbf{"clock":{"now":"2026-11-19T19:00:00Z"},"cursor":"","full":true,"items":[{"id":"a"}]}'
    )
    async with Chaos() as server:
        server.play("/v1/calls", body(content))
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.calls)


async def test_a_narrative_of_10_mb_is_cut_with_a_mark_of_the_whole(worker: Worker) -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page(call(narrative="x" * 10_000_000), {"id": "good"}))
        async with watching(spec(server, every=1.0), worker=worker, total=10.0) as board:
            state = await board.until(lambda state: state.calls)
            text = state.calls["bad"].narrative
            assert len(text) == NARRATIVE_LIMIT
            assert text.endswith("x [truncated 0c9a42b3]")
            assert "good" in state.calls
            assert board.counted("bad_field", "narrative") == 1


async def test_two_long_narratives_that_differ_in_their_tails_are_two() -> None:
    async with Chaos() as server:
        told = "x" * 2 * NARRATIVE_LIMIT
        server.play("/v1/calls", page(call(narrative=told)), page(call(narrative=f"{told} and a knife")))
        async with watching(spec(server)) as board:
            first = (await board.until(lambda state: state.calls)).calls["bad"].narrative
            await board.until(lambda state: state.calls["bad"].narrative != first)


async def test_script_in_every_text_field_stays_the_text_it_is() -> None:
    lines = dict.fromkeys((*WORDS, "id"), SCRIPT)
    async with Chaos() as server:
        server.play(
            "/v1/calls", page({**lines, "assignments": [{"unit": SCRIPT}], "disposition": {"code": SCRIPT}})
        )
        async with watching(spec(server)) as board:
            row = (await board.until(lambda state: state.calls)).calls[SCRIPT]
            assert {getattr(row, name) for name in WORDS} == {SCRIPT}
            assert row.units == (SCRIPT,)
            assert row.disposition is not None
            assert row.disposition.code == SCRIPT
            assert not board.state.problems


async def test_the_text_of_an_unknown_state_is_kept_beside_it() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page(call(state="EN_ROUTE_2"), call(id="other", state="X", raw_state="own")))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert [row.raw_state for row in state.calls.values()] == ["EN_ROUTE_2", "own"]


async def test_of_two_rows_with_one_id_the_newest_stands_and_both_are_counted() -> None:
    old, new = now() - timedelta(minutes=2), now() - timedelta(minutes=1)
    async with Chaos() as server:
        twice = (call(updated_at=new, area="new"), call(updated_at=old, area="old"))
        server.play("/v1/calls", page(*twice))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert state.calls["bad"].area == "new"
            await board.until(lambda _: server.times("/v1/calls") > 3)
            assert board.counted("duplicate", "id") == 1


async def test_an_older_version_never_replaces_a_newer_one() -> None:
    old, new = now() - timedelta(minutes=2), now() - timedelta(minutes=1)
    async with Chaos() as server:
        server.play(
            "/v1/calls", page(call(updated_at=new, area="new")), page(call(updated_at=old, area="old"))
        )
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 4)
            assert board.state.calls["bad"].area == "new"
            assert board.counted("bad_row", "out of order") == 1


async def test_a_stamp_of_a_clock_that_was_ahead_keeps_no_later_row_off_the_board() -> None:
    false, true = now() + timedelta(minutes=7), now()
    async with Chaos() as server:
        server.play(
            "/v1/calls",
            page(call(updated_at=false, area="before"), ahead=timedelta(minutes=7)),
            page(call(updated_at=true, area="after")),
        )
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.calls and state.calls["bad"].area == "after")
            assert board.counted("bad_row", "out of order") == 0


async def test_when_a_fifth_of_the_rows_cannot_be_read_the_feed_is_degraded_until_they_can() -> None:
    good = [{"id": f"c{number}"} for number in range(7)]
    async with Chaos() as server:
        server.play("/v1/calls", page(*good, {}, {}, {}))
        async with watching(spec(server)) as board:
            feed = await board.until_feed("rejected")
            assert feed.reported is Health.DEGRADED
            assert feed.rejected == 3
            assert feed.detail.startswith("3 of 10 rows")
            assert feed.tip
            server.play("/v1/calls", page(*good))
            assert (await board.until_feed("ok")).rejected == 0


async def test_a_column_renamed_to_nothing_leaves_the_board_as_it_was() -> None:
    async with Chaos() as server:
        server.play("/v1/units", page({"id": "u1"}, {"id": "u2"}), page({"ID": "u1"}, {"ID": "u2"}))
        async with watching(spec(server, FeedName.UNITS)) as board:
            await board.until(lambda state: state.units)
            await board.until_feed("rejected", "cad/units")
            assert set(board.state.units) == {"u1", "u2"}


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"lat": 0, "lon": 0}, "location 0/0"),
        ({"lat": -104.9, "lon": 39.7}, "location swapped?"),
        ({"lat": None, "lon": -104.9}, "lat"),
        ({"at": "yesterday"}, "at"),
    ],
)
async def test_a_fix_that_cannot_be_true_leaves_the_last_good_one(row: dict[str, Any], what: str) -> None:
    good = {"unit": "u1", "lat": 39.7, "lon": -104.9, "at": now()}
    async with Chaos() as server:
        server.play("/v1/positions", page(good), page({**good, **row}))
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            await board.until(lambda state: state.positions)
            await board.until(lambda _: board.counted("bad_row", what))
            assert board.state.positions["u1"].lat == 39.7


async def test_a_fix_from_the_future_is_as_old_as_its_arrival() -> None:
    async with Chaos() as server:
        server.play("/v1/positions", page({"unit": "u1", "lat": 39.7, "lon": -104.9, "at": LATER}))
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            state = await board.until(lambda state: state.positions)
            assert abs(state.positions["u1"].at - board.clock.now()) < timedelta(seconds=5)
            assert board.counted("bad_field", "at") == 1


async def test_the_fresh_stamps_of_a_server_seven_minutes_ahead_are_taken_and_corrected() -> None:
    ahead = now() + timedelta(minutes=7)
    row = {"unit": "u1", "lat": 39.7, "lon": -104.9, "at": ahead}
    async with Chaos() as server:
        server.play("/v1/positions", page(row, ahead=timedelta(minutes=7)))
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            state = await board.until(lambda state: state.positions)
            assert abs(state.positions["u1"].at - now()) < timedelta(seconds=5)
            assert board.counted("bad_field", "at") == 0


async def test_what_is_planned_may_lie_in_the_future() -> None:
    async with Chaos() as server:
        server.play("/v1/follow_ups", page({"id": "f1", "due_at": now() + timedelta(days=30)}))
        async with watching(spec(server, FeedName.FOLLOW_UPS)) as board:
            state = await board.until(lambda state: state.follow_ups)
            assert state.follow_ups["f1"].due_at is not None
            assert not state.problems


async def test_a_stamp_of_another_zone_is_shown_as_utc() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page(call(updated_at="2026-11-19T12:00:00-07:00")))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert str(state.calls["bad"].updated_at) == "2026-11-19 19:00:00+00:00"
            assert not state.problems


async def test_a_field_the_console_does_not_know_is_no_problem() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page(call(weather={"rain": [1, 2]})))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert not state.problems


async def test_an_agency_with_wrong_words_still_gives_its_calls() -> None:
    async with Chaos() as server:
        server.play("/v1/service", service(agency={"name": 5, "bounds": [9, 9], "shift_from": "soon"}))
        server.play("/v1/calls", page(call()))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert state.agency == Agency()
