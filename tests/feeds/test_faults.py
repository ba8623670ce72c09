"""Every way in which a server can fail to give data: the board stays, the reason and the remedy are told."""

import gzip

import pytest

from console.domain.vocabulary import FeedName, Health
from console.feeds.wire.limits import MIB
from tests.feeds.answers import Answer, body, drip, hang, head, late, page, raw, reset, status, text_page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

CALL = {"id": "c1", "address": "12 Alder Street", "priority": 2}
GOOD = page(CALL)
PAGE = b'{"clock":{"now":"2026-11-19T19:00:00Z"},"cursor":"","full":true,"items":[{"id":"c1"}]}'
HALF = head(200, {"Content-Type": "application/json"}, 1_000) + PAGE
LOGIN = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
BOMB = gzip.compress(bytes(40 * MIB), compresslevel=1)

FAULTS = {
    "accepts and never answers": (hang, Health.DOWN, "timeout"),
    "drips its body": (drip(HALF, 0.01), Health.DOWN, "slow"),
    "drips its head": (drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5_000, 0.01), Health.DOWN, "slow"),
    "cuts its body": (raw(HALF), Health.DOWN, "cut"),
    "resets before its answer": (reset(), Health.DOWN, "cut"),
    "resets in its body": (reset(HALF), Health.DOWN, "cut"),
    "speaks no HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), Health.DOWN, "cut"),
    "sends an endless header": (raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000), Health.DOWN, "cut"),
    "fails with 500": (status(500), Health.DOWN, "server_error"),
    "fails with 503": (status(503), Health.DOWN, "server_error"),
    "has no such page": (status(404), Health.DOWN, "not_found"),
    "refuses with 400": (status(400), Health.DOWN, "rejected"),
    "asks for fewer requests": (status(429), Health.DOWN, "busy"),
    "refuses the token": (status(401), Health.AUTH, "sign_in"),
    "forbids the feed": (status(403), Health.AUTH, "forbidden"),
    "redirects to a sign-in": (status(302, Location="https://sso.example/"), Health.AUTH, "redirect"),
    "shows a login page as 200": (body(LOGIN, kind="text/html; charset=utf-8"), Health.AUTH, "web_page"),
    "calls a login page JSON": (body(b"\n " + LOGIN), Health.AUTH, "web_page"),
    "answers 204": (status(204), Health.DEGRADED, "empty"),
    "answers 200 with nothing": (body(b""), Health.DEGRADED, "empty"),
    "answers 304 unasked": (status(304), Health.DOWN, "rejected"),
    "answers in plain text": (body(b"busy", kind="text/plain"), Health.DEGRADED, "not_json"),
    "cuts its JSON": (body(PAGE[:-30]), Health.DEGRADED, "malformed"),
    "nests without end": (text_page('[{"x":' + "[" * 100_000), Health.DEGRADED, "malformed"),
    "answers a list": (body(b"[]"), Health.DEGRADED, "malformed"),
    "answers null": (body(b"null"), Health.DEGRADED, "malformed"),
    "leaves out its clock": (body(b'{"cursor":"","full":true,"items":[]}'), Health.DEGRADED, "malformed"),
    "says it is packed and is not": (body(PAGE, Content_Encoding="gzip"), Health.DEGRADED, "malformed"),
    "packs in its own way": (body(PAGE, Content_Encoding="br"), Health.DEGRADED, "malformed"),
    "packs half a body": (
        body(gzip.compress(PAGE)[:-20], Content_Encoding="gzip"),
        Health.DEGRADED,
        "malformed",
    ),
    "sends a gzip bomb": (body(BOMB, Content_Encoding="gzip"), Health.DEGRADED, "too_large"),
    "announces 50 MB": (raw(head(200, {}, 50 * MIB)), Health.DEGRADED, "too_large"),
    "sends 50 MB unannounced": (raw(head(200, {}, None) + b" " * (50 * MIB)), Health.DEGRADED, "too_large"),
}


@pytest.mark.parametrize(("answer", "health", "reason"), FAULTS.values(), ids=FAULTS.keys())
async def test_the_board_stays_and_says_what_to_do_when_the_server(
    answer: Answer, health: Health, reason: str
) -> None:
    async with Chaos() as server:
        server.play("/v1/calls", GOOD, answer)
        async with watching(spec(server)) as board:
            before = (await board.until(lambda state: state.calls)).feeds["cad/calls"]
            feed = await board.until_feed(reason)
            assert board.state.calls["c1"].address == "12 Alder Street"
            assert feed.reported is health
            assert feed.since > before.since
            assert feed.next_try is not None
            assert feed.detail.endswith(".")
            assert feed.tip.endswith(".")


@pytest.mark.parametrize("answer", [answer for answer, _, _ in FAULTS.values()], ids=FAULTS.keys())
async def test_the_board_heals_by_itself_after_the_server(answer: Answer) -> None:
    async with Chaos() as server:
        server.play("/v1/calls", answer, page({"id": "c1"}, {"id": "c2"}))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: len(state.calls) == 2)
            feed = state.feeds["cad/calls"]
            assert (feed.reported, feed.detail, feed.tip) == (Health.OK, "", "")
            assert feed.answered_at is not None


async def test_a_good_answer_is_dated_and_a_bad_one_is_not() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", GOOD, body(b"{"))
        async with watching(spec(server)) as board:
            good = (await board.until(lambda state: state.calls)).feeds["cad/calls"].answered_at
            await board.until_feed("malformed")
            await board.until(lambda _: server.times("/v1/calls") > 3)
            assert board.feed().answered_at == good


async def test_a_wrong_answer_is_counted_as_a_problem_each_time() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", GOOD, body(b"{"), body(b"{"), GOOD)
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 4)
            await board.until_feed("ok")
            assert board.counted("bad_answer", "malformed") == 2


async def test_a_slow_server_is_waited_for() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", late(0.15, GOOD))
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.calls)
            assert board.feed().reported is Health.OK


async def test_a_server_that_is_not_there_is_told_for_each_feed_until_it_is() -> None:
    async with Chaos() as server:
        source = spec(server)
        port = server.port
    async with watching(source) as board:
        feed = await board.until_feed("refused")
        assert feed.reported is Health.DOWN
        assert str(port) in feed.detail
        async with Chaos(port) as server:
            server.play("/v1/calls", GOOD)
            await board.until(lambda state: state.calls)


async def test_a_connection_that_ended_while_idle_costs_no_poll() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", GOOD, reset(), GOOD)
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 4)
            assert {feed.reported for feed in board.state.feeds.values()} == {Health.OK}
            assert board.counted("bad_answer", "cut") == 0


async def test_an_empty_board_is_believed_the_second_time() -> None:
    async with Chaos() as server:
        server.play("/v1/units", page({"id": "u1"}), page())
        async with watching(spec(server, FeedName.UNITS, every=0.1)) as board:
            await board.until(lambda state: state.units)
            feed = await board.until_feed("vanished", "cad/units")
            assert feed.reported is Health.DEGRADED
            assert board.state.units
            await board.until(lambda state: not state.units)


async def test_the_token_is_sent_and_never_shown() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", GOOD, status(401))
        source = spec(server)
        async with watching(source) as board:
            feed = await board.until_feed("sign_in")
            assert server.asked[-1].headers["authorization"] == "Bearer s3cret"
            assert "s3cret" not in f"{source!r} {feed!r} {board.state.problems!r}"
