"""The client: what it sends, what it keeps open, what it refuses to do."""

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from console.domain.vocabulary import Health
from console.feeds.spec import SourceSpec
from console.feeds.wire.body import Body, Damaged, TooLarge
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.limits import MIB
from console.feeds.wire.request import Request
from console.feeds.wire.told import unconnected
from console.feeds.wire.wire import Wire
from console.session.clock import steady
from tests.feeds.answers import Answer, Asked, body, drip, hang, head, late, page, status
from tests.feeds.board import QUICK, spec
from tests.feeds.chaos import Chaos

ASK = Request("/v1/calls", (("since", "a b&c"),))


@asynccontextmanager
async def wired(server: Chaos, **limits: float) -> AsyncIterator[Wire]:
    """A client of ``server``, with nothing left open afterwards."""
    wire = Wire(spec(server), replace(QUICK, **limits), steady)
    try:
        yield wire
    finally:
        await wire.close()


async def test_a_request_carries_the_token_the_query_and_nothing_that_changes_anything() -> None:
    async with Chaos() as server, wired(server) as wire:
        server.play("/v1/calls", page())
        await wire.get(ASK)
        (asked,) = server.asked
        assert (asked.method, asked.query) == ("GET", {"since": "a b&c"})
        assert asked.headers["authorization"] == "Bearer s3cret"
        assert asked.headers["accept-encoding"] == "gzip"


async def test_one_connection_serves_request_after_request() -> None:
    async with Chaos() as server, wired(server) as wire:
        server.play("/v1/calls", page(), status(304), status(500), page())
        for _ in range(6):
            await wire.get(ASK)
        assert server.connections == 1


async def test_no_more_than_four_requests_are_under_way() -> None:
    seen: list[int] = []

    async def counting(asked: Asked, writer: asyncio.StreamWriter) -> None:
        seen.append(server.busy)
        await asyncio.sleep(0.02)
        await page()(asked, writer)

    async with Chaos() as server, wired(server) as wire:
        server.play("/v1/calls", counting)
        await asyncio.gather(*(wire.get(ASK) for _ in range(12)))
        assert max(seen) == 4


async def test_many_requests_at_a_struggling_server_leave_the_client_as_good_as_new() -> None:
    async with Chaos() as server, wired(server, read=0.05) as wire:
        server.play("/v1/calls", hang)
        await asyncio.gather(*(wire.get(ASK) for _ in range(24)))
        server.play("/v1/calls", page())
        answers = await asyncio.gather(*(wire.get(ASK) for _ in range(8)))
        assert all(isinstance(answer, Reply) for answer in answers)


async def test_a_head_that_drips_in_costs_the_others_no_answer() -> None:
    slow = drip(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5_000, 0.01)
    async with Chaos() as server, wired(server, total=0.2) as wire:
        server.play("/v1/slow", slow)
        server.play("/v1/calls", late(0.15, page()))
        stuck, answer = await asyncio.gather(wire.get(Request("/v1/slow")), _after(0.1, wire))
        assert isinstance(stuck, Trouble)
        assert stuck.reason == "slow"
        assert isinstance(answer, Reply)


async def _after(seconds: float, wire: Wire) -> Reply | Trouble:
    await asyncio.sleep(seconds)
    return await wire.get(ASK)


async def test_a_redirect_is_not_followed_and_the_token_goes_nowhere_else() -> None:
    async with Chaos() as server, Chaos() as other, wired(server) as wire:
        server.play("/v1/calls", status(307, Location=f"{other.url}/v1/calls"))
        answer = await wire.get(ASK)
        assert isinstance(answer, Reply)
        assert answer.status == 307
        assert not other.asked


async def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with Chaos() as server, wired(server) as wire:
        server.play("/v1/calls", page())
        assert isinstance(await wire.get(ASK), Reply)


async def test_an_address_may_have_a_path_before_the_api() -> None:
    async with Chaos() as server:
        server.play("/agency/7/v1/calls", page())
        wire = Wire(SourceSpec(name="cad", url=f"{server.url}/agency/7/"), QUICK, steady)
        assert isinstance(await wire.get(ASK), Reply)
        await wire.close()


async def test_a_packed_answer_is_unpacked() -> None:
    async with Chaos() as server, wired(server) as wire:
        server.play("/v1/calls", body(gzip.compress(b"{}"), Content_Encoding="gzip"))
        answer = await wire.get(ASK)
        assert isinstance(answer, Reply)
        assert answer.body == b"{}"


async def test_a_closed_client_asks_nothing() -> None:
    async with Chaos() as server, wired(server) as wire:
        await wire.close()
        assert isinstance(await wire.get(ASK), Trouble)
        assert not server.asked


async def test_closing_ends_what_is_under_way_in_every_phase() -> None:
    half: Answer = drip(head(200, {}, 500) + b"x" * 400, 0.01)
    async with Chaos() as server:
        wire = Wire(spec(server), replace(QUICK, read=30.0, total=30.0), steady)
        server.play("/v1/hang", hang)
        server.play("/v1/drip", half)
        asking = [asyncio.create_task(wire.get(Request(path))) for path in ("/v1/hang", "/v1/drip")]
        await asyncio.sleep(0.1)
        asking.append(asyncio.create_task(wire.get(Request("/v1/hang"))))
        await asyncio.sleep(0)
        await wire.close()
        answers = await asyncio.wait_for(asyncio.gather(*asking), 2.0)
        assert all(isinstance(answer, Trouble) for answer in answers)


async def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    unpacked = Body("gzip", 2 * MIB)
    with pytest.raises(TooLarge):
        unpacked.feed(gzip.compress(bytes(200 * MIB), compresslevel=1))
    assert unpacked.size <= 2 * MIB + 1


def test_a_packing_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(Damaged):
        Body("br", MIB)


def certificate(code: int) -> ssl.SSLCertVerificationError:
    """OpenSSL's refusal with a verify code."""
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("cause", "reason", "words"),
    [
        (certificate(10), "certificate", "has expired"),
        (certificate(18), "unknown_authority", "nobody this workstation trusts"),
        (certificate(20), "unknown_authority", "nobody this workstation trusts"),
        (certificate(62), "certificate", "for another name"),
        (certificate(64), "certificate", "for another name"),
        (certificate(1), "certificate", "cannot be verified"),
        (ssl.SSLError("tlsv1 alert protocol version"), "tls_version", "older than 1.2"),
        (ssl.SSLError("wrong version number"), "tls", "no secure connection"),
        (socket.gaierror(-2, "Name or service not known"), "unknown_host", "not known to the network"),
        (ConnectionRefusedError(), "refused", "Nothing listens at"),
        (OSError(113, "No route to host"), "no_connection", "No connection to"),
    ],
)
def test_each_way_of_not_connecting_is_told_in_its_own_words(cause: OSError, reason: str, words: str) -> None:
    error = ConnectionError("")
    error.__cause__ = cause
    told = unconnected(error, "cad.example")
    assert (told.health, told.reason) == (Health.DOWN, reason)
    assert words in told.detail
    assert "cad.example" in told.detail
    assert told.tip.endswith(".")
