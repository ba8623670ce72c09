"""Signing in: what each way sends, tokens that run out, secrets that are refused."""

import asyncio
import json
import logging
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import pytest
from msgspec.structs import replace

from console.domain.events import FeedReported
from console.domain.vocabulary import FeedName, Health
from console.feeds.spec import SignIn, SignInKind, SourceSpec, bearer
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.grants import Granted, grant
from console.feeds.wire.request import Request
from console.feeds.wire.sign_in import badge
from console.feeds.wire.wire import Wire
from console.session.clock import steady
from tests.feeds.answers import Answer, Asked, body, late, page, reset, status
from tests.feeds.board import QUICK, spec, watching
from tests.feeds.chaos import Chaos

ASK = Request("/v1/calls")
TOKEN = "/connect/token"
PASSWORD = SignIn(
    SignInKind.OAUTH2_PASSWORD, "hunter2", "watch", url=TOKEN, scope="openid offline", kept="keyring:city"
)
GOOD = page({"id": "c1"})


class Time:
    """Steady seconds that a test moves."""

    def __init__(self) -> None:
        self.s = 1_000.0

    def __call__(self) -> float:
        return self.s


def gives(token: str, **more: object) -> Answer:
    """A reply of a token address."""
    return body(json.dumps({"access_token": token, **more}).encode())


def lets_in(*tokens: str, answer: Answer = GOOD) -> Answer:
    """Data for whoever shows one of ``tokens``, else 401."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        known = asked.headers.get("authorization", "").removeprefix("Bearer ") in tokens
        await (answer if known else status(401))(asked, writer)

    return play


def invalid_grant() -> Answer:
    """The refusal of RFC 6749 section 5.2."""
    return body(b'{"error":"invalid_grant"}', code=400)


@asynccontextmanager
async def wired(server: Chaos, sign_in: SignIn, time: Time | None = None) -> AsyncIterator[Wire]:
    """A client that signs in at ``server``."""
    wire = Wire(SourceSpec(name="cad", url=server.url, sign_in=sign_in), QUICK, time or steady)
    try:
        yield wire
    finally:
        await wire.close()


def form(asked: Asked) -> dict[str, str]:
    """The form that a POST sent."""
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    return dict(parse_qsl(asked.body.decode()))


def bought(server: Chaos) -> list[Asked]:
    """What was sent to the token address."""
    return [asked for asked in server.asked if asked.path == TOKEN]


@pytest.mark.parametrize(
    ("sign_in", "header", "query"),
    [
        (SignIn(), {}, {}),
        (bearer("t0ken"), {"authorization": "Bearer t0ken"}, {}),
        (SignIn(SignInKind.HEADER, "k3y", name="X-Api-Key"), {"x-api-key": "k3y"}, {}),
        (SignIn(SignInKind.QUERY, "k3y", name="apikey"), {}, {"apikey": "k3y"}),
        (SignIn(SignInKind.BASIC, "pä:ss", "watch"), {"authorization": "Basic d2F0Y2g6cMOkOnNz"}, {}),
    ],
    ids=lambda each: str(each.kind) if isinstance(each, SignIn) else "",
)
async def test_a_secret_that_stays_goes_with_each_request(
    sign_in: SignIn, header: dict[str, str], query: dict[str, str]
) -> None:
    async with Chaos() as server, wired(server, sign_in) as wire:
        server.play("/v1/calls", GOOD)
        assert isinstance(await wire.get(Request("/v1/calls", (("a", "b"),))), Reply)
        (asked,) = server.asked
        shown = {name: text for name, text in asked.headers.items() if name in ("authorization", "x-api-key")}
        assert (shown, asked.query) == (header, {"a": "b", **query})


async def test_a_secret_in_the_address_is_warned_of_once_by_the_name_of_the_source_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Chaos() as server, wired(server, SignIn(SignInKind.QUERY, "k3y", name="apikey")) as wire:
        server.play("/v1/calls", GOOD)
        for _ in range(3):
            await wire.get(ASK)
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(told) == 1
    assert told[0].startswith("cad ")
    assert "k3y" not in caplog.text


async def test_a_password_buys_a_token_that_is_used_until_it_runs_out() -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, gives("t1", expires_in=3600))
        server.play("/v1/calls", lets_in("t1"))
        answers = [await wire.get(ASK) for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 200]
        (asked,) = bought(server)
        assert asked.method == "POST"
        assert form(asked) == {
            "grant_type": "password",
            "username": "watch",
            "password": "hunter2",
            "scope": "openid offline",
        }


async def test_client_credentials_go_by_the_header() -> None:
    sign_in = SignIn(SignInKind.OAUTH2_CLIENT, "s3cret", "console-7", url=TOKEN)
    async with Chaos() as server, wired(server, sign_in) as wire:
        server.play(TOKEN, gives("t1"))
        server.play("/v1/calls", lets_in("t1"))
        assert isinstance(await wire.get(ASK), Reply)
        (asked,) = bought(server)
        assert b64decode(asked.headers["authorization"].removeprefix("Basic ")) == b"console-7:s3cret"
        assert form(asked) == {"grant_type": "client_credentials"}


async def test_client_credentials_go_in_the_body_where_the_fields_name_the_client() -> None:
    fields = {"client_id": "console-7", "audience": "cad"}
    sign_in = SignIn(SignInKind.OAUTH2_CLIENT, "s3cret", url=TOKEN, fields=fields)
    async with Chaos() as server, wired(server, sign_in) as wire:
        server.play(TOKEN, gives("t1"))
        server.play("/v1/calls", lets_in("t1"))
        assert isinstance(await wire.get(ASK), Reply)
        (asked,) = bought(server)
        assert "authorization" not in asked.headers
        assert form(asked) == {"grant_type": "client_credentials", "client_secret": "s3cret", **fields}


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"remember": "yes"}, {"username": "watch", "password": "hunter2", "remember": "yes"}),
        (
            {"grant_type": "client_credentials", "email": "{username}", "password": "{secret}"},
            {"grant_type": "client_credentials", "email": "watch", "password": "hunter2"},
        ),
    ],
)
async def test_a_login_is_json_in_the_words_of_the_server(
    fields: dict[str, str], sent: dict[str, str]
) -> None:
    sign_in = SignIn(
        SignInKind.JSON_LOGIN, "hunter2", "watch", url=TOKEN, fields=fields, answer="data.session.token"
    )
    answer: Any = {"data": {"session": {"token": "t1", "expires_in": "3600"}}}
    async with Chaos() as server, wired(server, sign_in) as wire:
        server.play(TOKEN, body(json.dumps(answer).encode()))
        server.play("/v1/calls", lets_in("t1"))
        assert isinstance(await wire.get(ASK), Reply)
        (asked,) = bought(server)
        assert (asked.headers["content-type"], json.loads(asked.body)) == ("application/json", sent)


async def test_a_login_may_name_the_header_of_its_token() -> None:
    sign_in = SignIn(SignInKind.JSON_LOGIN, "hunter2", "watch", name="X-Session", url=TOKEN)
    async with Chaos() as server, wired(server, sign_in) as wire:
        server.play(TOKEN, gives("t1"))
        server.play("/v1/calls", GOOD)
        await wire.get(ASK)
        assert server.asked[-1].headers["x-session"] == "t1"
        assert "authorization" not in server.asked[-1].headers


@pytest.mark.parametrize(("life", "holds", "renews"), [(3600, 3539, 3541), (60, 53, 55)])
async def test_a_token_is_renewed_before_it_runs_out(life: int, holds: float, renews: float) -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, gives("t1", expires_in=life, refresh_token="r1"), gives("t2", expires_in=life))
        server.play("/v1/calls", lets_in("t1", "t2"))
        await wire.get(ASK)
        time.s += holds
        await wire.get(ASK)
        assert len(bought(server)) == 1
        time.s += renews - holds
        await wire.get(ASK)
        assert server.asked[-1].headers["authorization"] == "Bearer t2"
        assert form(bought(server)[-1]) == {
            "grant_type": "refresh_token",
            "refresh_token": "r1",
            "scope": "openid offline",
        }
        assert server.times("/v1/calls") == 3


async def test_a_refresh_token_that_is_not_replaced_goes_on_being_used() -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, gives("t1", expires_in=60, refresh_token="r1"), gives("t2", expires_in=60))
        server.play("/v1/calls", lets_in("t1", "t2"))
        for _ in range(3):
            await wire.get(ASK)
            time.s += 58
        spent = [form(asked).get("refresh_token") for asked in bought(server)]
        assert spent == [None, "r1", "r1"]


async def test_a_401_in_the_middle_of_a_shift_renews_once_for_all_and_leaves_no_gap() -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, gives("t1", refresh_token="r1"), late(0.05, gives("t2", refresh_token="r2")))
        server.play("/v1/calls", lets_in("t1"))
        await wire.get(ASK)
        server.play("/v1/calls", lets_in("t2"))
        answers = await asyncio.gather(*(wire.get(ASK) for _ in range(12)))
        assert {answer.status for answer in answers} == {200}
        assert len(bought(server)) == 2


async def test_a_401_in_the_middle_of_a_shift_is_not_seen_on_the_board() -> None:
    async with Chaos() as server:
        server.play("/v1/service", lets_in("t1", "t2", answer=server._scripts["/v1/service"][0]))
        server.play(TOKEN, gives("t1", refresh_token="r1"), gives("t2"))
        for feed in ("calls", "units"):
            server.play(f"/v1/{feed}", lets_in("t1", answer=page()), lets_in("t1", answer=page()))
        source = replace(spec(server, FeedName.CALLS, FeedName.UNITS), sign_in=PASSWORD)
        async with watching(source) as board:
            await board.until_feed("ok", "cad/units")
            for feed in ("calls", "units"):
                server.play(f"/v1/{feed}", lets_in("t2", answer=page({"id": "x"})))
            await board.until(lambda state: state.calls and state.units)
            reasons = {event.feed.reason for event in board.events(FeedReported)}
            assert reasons <= {"starting", "ok"}
        assert len(bought(server)) == 2


@pytest.mark.parametrize("refusal", [invalid_grant(), status(401), status(403), body(b'{"ok":false}')])
async def test_a_refused_password_is_sent_exactly_once(refusal: Answer) -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, refusal)
        first = await asyncio.gather(*(wire.get(ASK) for _ in range(6)))
        later = [await wire.get(ASK) for _ in range(6)]
        for answer in (*first, *later):
            assert isinstance(answer, Trouble)
            assert (answer.health, answer.reason) == (Health.AUTH, "password_refused")
            assert "smart-console secret set city" in answer.tip
            assert "hunter2" not in repr(answer)
        assert (len(bought(server)), server.times("/v1/calls")) == (1, 0)


async def test_a_person_may_have_a_refused_password_tried_once_more() -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, invalid_grant(), invalid_grant(), gives("t1"))
        server.play("/v1/calls", lets_in("t1"))
        for tried in (1, 2):
            for _ in range(3):
                assert isinstance(await wire.get(ASK), Trouble)
            assert len(bought(server)) == tried
            wire.again()
        assert isinstance(await wire.get(ASK), Reply)


async def test_f5_tries_a_refused_password_again_and_recovery_does_not() -> None:
    async with Chaos() as server:
        server.play(TOKEN, invalid_grant(), gives("t1"))
        server.play("/v1/calls", lets_in("t1"))
        server.play("/v1/service", lets_in("t1", answer=server._scripts["/v1/service"][0]))
        async with watching(replace(spec(server), sign_in=PASSWORD)) as board:
            feed = await board.until_feed("password_refused")
            assert feed.reported is Health.AUTH
            await asyncio.sleep(0.2)
            assert len(bought(server)) == 1
            board.hub.hurry()
            await board.until(lambda state: state.calls)


async def test_a_sign_in_that_ends_for_good_keeps_the_board_and_heals_without_a_restart() -> None:
    async with Chaos() as server:
        server.play(TOKEN, gives("t1", refresh_token="r1"), invalid_grant(), invalid_grant(), gives("t2"))
        server.play("/v1/service", lets_in("t1", "t2", answer=server._scripts["/v1/service"][0]))
        server.play("/v1/calls", lets_in("t1"))
        async with watching(replace(spec(server), sign_in=PASSWORD)) as board:
            await board.until(lambda state: state.calls)
            server.play("/v1/calls", lets_in("t2", answer=page({"id": "c1"}, {"id": "c2"})))
            feed = await board.until_feed("password_refused")
            assert board.state.calls.keys() == {"c1"}
            assert feed.detail.endswith("The last good data stay on the board.")
            board.hub.hurry()
            await board.until(lambda state: len(state.calls) == 2)


async def test_a_refused_refresh_spends_the_password_once_and_then_stops() -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, gives("t1", refresh_token="r1"), invalid_grant())
        server.play("/v1/calls", lets_in("t1"))
        await wire.get(ASK)
        server.play("/v1/calls", status(401))
        for _ in range(4):
            assert isinstance(await wire.get(ASK), Trouble)
        kinds = [form(asked)["grant_type"] for asked in bought(server)]
        assert kinds == ["password", "refresh_token", "password"]


async def test_a_token_address_that_is_down_costs_nothing_while_the_token_holds() -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, gives("t1", expires_in=3600), status(503))
        server.play("/v1/calls", lets_in("t1"))
        await wire.get(ASK)
        time.s += 3_550
        answers = [await wire.get(ASK) for _ in range(3)]
        assert {answer.status for answer in answers} == {200}
        assert len(bought(server)) == 2
        time.s += 60
        answer = await wire.get(ASK)
        assert isinstance(answer, Trouble)
        assert (answer.health, answer.reason) == (Health.DOWN, "server_error")


async def test_a_token_address_that_cuts_the_connection_is_no_refusal_and_tried_again_after_a_pause() -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, reset(), gives("t1"))
        server.play("/v1/calls", lets_in("t1"))
        first = await wire.get(ASK)
        assert isinstance(first, Trouble)
        assert (first.health, first.reason) == (Health.DOWN, "cut")
        time.s += 14.0
        meanwhile = await wire.get(ASK)
        assert isinstance(meanwhile, Trouble)
        assert (meanwhile.reason, meanwhile.wait) == ("sign_in_waits", 1.0)
        assert len(bought(server)) == 1
        time.s += 1.0
        assert isinstance(await wire.get(ASK), Reply)


async def test_a_secret_is_shown_four_times_a_minute_at_most_whoever_asks() -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, invalid_grant())
        for _ in range(9):
            await wire.get(ASK)
            wire.again()
        assert len(bought(server)) == 4
        time.s += 60.0
        await wire.get(ASK)
        assert len(bought(server)) == 5


async def test_a_token_address_that_wants_to_be_left_alone_is() -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, status(429, Retry_After="40"), gives("t1"))
        server.play("/v1/calls", lets_in("t1"))
        assert isinstance(await wire.get(ASK), Trouble)
        time.s += 39.0
        assert isinstance(await wire.get(ASK), Trouble)
        assert len(bought(server)) == 1
        time.s += 1.0
        assert isinstance(await wire.get(ASK), Reply)


async def test_one_thing_that_is_refused_does_not_spend_the_secret_over_and_over() -> None:
    time = Time()
    async with Chaos() as server, wired(server, PASSWORD, time) as wire:
        server.play(TOKEN, *(gives(f"t{count}") for count in range(1, 9)))
        server.play("/v1/calls", lets_in(*(f"t{count}" for count in range(1, 9))))
        server.play("/v1/theirs", status(401))
        for _ in range(10):
            answer = await wire.get(Request("/v1/theirs"))
            assert isinstance(answer, Trouble)
            assert (answer.reason, answer.status) == ("sign_in", 401)
            assert isinstance(await wire.get(ASK), Reply)
            time.s += 5.0
        assert len(bought(server)) == 2
        time.s += 20.0
        await wire.get(Request("/v1/theirs"))
        assert len(bought(server)) == 3


async def test_a_fresh_token_that_is_turned_down_is_told_and_not_asked_for_in_a_loop() -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, gives("t1"), gives("t2"))
        server.play("/v1/calls", status(401))
        answer = await wire.get(ASK)
        assert isinstance(answer, Trouble)
        assert (answer.health, answer.reason, answer.status) == (Health.AUTH, "sign_in", 401)
        assert (len(bought(server)), server.times("/v1/calls")) == (2, 2)


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ("keyring:denver", "smart-console secret set denver - then press F5."),
        ("env:DENVER", "the variable DENVER"),
        ("file:/etc/denver", "its file, then press F5."),
        ("", "smart-console secret set cad."),
    ],
)
async def test_a_token_that_is_refused_is_told_with_what_to_do_by_where_it_is_kept(
    kept: str, says: str
) -> None:
    async with Chaos() as server, wired(server, bearer("t0ken", kept)) as wire:
        server.play("/v1/calls", status(401))
        answer = await wire.get(ASK)
        assert isinstance(answer, Trouble)
        assert says in answer.tip
        assert server.times("/v1/calls") == 1


async def test_closing_ends_a_sign_in_that_is_under_way() -> None:
    async with Chaos() as server, wired(server, PASSWORD) as wire:
        server.play(TOKEN, late(20.0, gives("t1")))
        asking = asyncio.create_task(wire.get(ASK))
        await asyncio.sleep(0.05)
        await asyncio.wait_for(wire.close(), 1.0)
        assert isinstance(await asking, Trouble)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": SignInKind.OAUTH2_PASSWORD, "secret": "x", "username": "u"}, "lacks its `url`"),
        ({"kind": SignInKind.HEADER, "secret": "x"}, "lacks its `name`"),
        ({"kind": SignInKind.HEADER, "secret": "x", "name": "a b"}, "no name of a header"),
        ({"kind": SignInKind.JSON_LOGIN, "secret": "x", "url": "http://sso.example/"}, "must be https"),
    ],
)
def test_a_way_that_cannot_be_used_is_refused(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SignIn(**fields)


def test_nothing_that_holds_a_secret_prints_it() -> None:
    query = SignIn(SignInKind.QUERY, "hunter2", name="key")
    sent = grant(PASSWORD, "https://cad.example/token")
    held = (
        sent,
        Granted("hunter2", refresh="hunter2"),
        badge(SourceSpec("cad", "https://cad.example", sign_in=query)),
    )
    assert b"hunter2" in sent.body
    assert "hunter2" not in f"{held!r} {PASSWORD!r} {query}"
