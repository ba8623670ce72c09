"""What the wire sends at all, where to, and by way of whom."""

import asyncio

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.vocabulary import FeedName, Health
from console.feeds.spec import SignIn, SignInKind, SourceSpec, bearer
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.reach import Outgoing, Reach
from console.feeds.wire.request import Request, behind
from console.feeds.wire.transport import Transport
from console.feeds.wire.wire import Wire
from console.session.clock import steady
from tests.feeds.answers import Asked, body, hang, page, reset, status
from tests.feeds.board import QUICK, spec, watching
from tests.feeds.chaos import Chaos

REQUESTS = 500


def source(server: Chaos, **more: object) -> SourceSpec:
    """A source with a query that is asked by POST, and a token address."""
    sign_in = SignIn(SignInKind.OAUTH2_CLIENT, "x", url="/token")
    return replace(
        SourceSpec(name="cad", url=f"{server.url}/api", posts=("/unitQuery",), sign_in=sign_in), **more
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/calls"),
        ("POST", "/api/unitQuery/../close"),
        ("POST", "/unitQuery"),
        ("PUT", "/api/unitQuery"),
        ("PATCH", "/api/calls"),
        ("DELETE", "/api/calls/1"),
        ("OPTIONS", "/api/calls"),
        ("get", "/api/calls"),
    ],
)
async def test_nothing_that_could_change_anything_leaves_the_console(method: str, path: str) -> None:
    async with Chaos() as server:
        where = source(server)
        transport = Transport(where, Reach(where), QUICK, steady)
        answer = await transport.send(Outgoing(method, f"{server.url}{path}"))
        assert isinstance(answer, Trouble)
        assert (answer.health, answer.reason) == (Health.DEGRADED, "not_a_query")
        assert server.connections == 0
        await transport.close()


async def test_a_query_is_asked_by_post_where_the_source_declares_it() -> None:
    async with Chaos() as server:
        server.play("/api/unitQuery", body(b"[]"))
        wire = Wire(source(server, sign_in=bearer("t0ken")), QUICK, steady)
        asking = Request(
            "/unitQuery", headers=(("Content-Type", "application/json"),), method="POST", body=b"{}"
        )
        assert isinstance(await wire.get(asking), Reply)
        assert isinstance(await wire.get(replace(asking, path="/closeCall")), Trouble)
        (asked,) = server.asked
        assert (asked.method, asked.path, asked.body) == ("POST", "/api/unitQuery", b"{}")
        await wire.close()


async def test_a_page_of_the_same_server_is_followed_with_its_query_as_it_is() -> None:
    async with Chaos() as server:
        server.play("/other/calls", page())
        wire = Wire(spec(server), QUICK, steady)
        await wire.get(Request(f"{server.url}/other/calls?page=2&$where=a%20%3E%20'b'"))
        await wire.get(Request(f"{server.url}/other/calls?page=3", (("page", "3"), ("size", "50"))))
        assert [asked.query for asked in server.asked] == [
            {"page": "2", "$where": "a > 'b'"},
            {"page": "3", "size": "50"},
        ]
        await wire.close()


async def test_no_address_of_another_server_is_followed_with_the_token() -> None:
    async with Chaos() as server, Chaos() as other:
        wire = Wire(spec(server), QUICK, steady)
        host = server.url.removeprefix("http://")
        for path in (
            f"{other.url}/v1/calls",
            f"https://{host}/v1/calls",
            f"http://localhost:{server.port}/v1/calls",
            f"http://user:pass@{host}/v1/calls",
            f"file://{host}/etc/passwd",
            "http://[::1/v1/calls",
        ):
            answer = await wire.get(Request(path))
            assert isinstance(answer, Trouble)
            assert answer.reason == "elsewhere", path
        assert server.asked == other.asked == []
        await wire.close()


@pytest.mark.parametrize("path", ["@other.example/x", ".other.example/x", ":1/x", "//other.example/x"])
async def test_a_path_never_becomes_part_of_the_name_of_a_host(path: str) -> None:
    async with Chaos() as server:
        wire = Wire(spec(server), QUICK, steady)
        assert isinstance(await wire.get(Request(path)), Reply)
        assert server.times(path if path.startswith("/") else f"/{path}") <= 1
        assert len(server.asked) == 1
        await wire.close()


async def test_the_proxy_that_the_configuration_names_is_used() -> None:
    async with Chaos() as proxy:
        proxy.play("/v1/calls", page())
        here = SourceSpec(name="cad", url="http://127.0.0.1:9", proxy=proxy.url)
        wire = Wire(here, QUICK, steady)
        assert isinstance(await wire.get(Request("/v1/calls")), Reply)
        await wire.close()


async def test_a_proxy_that_lets_nobody_through_is_told() -> None:
    async with Chaos() as proxy:
        far = SourceSpec(name="cad", url="https://cad.example", proxy=proxy.url)
        wire = Wire(far, QUICK, steady)
        answer = await wire.get(Request("/v1/calls"))
        assert isinstance(answer, Trouble)
        assert (answer.health, answer.reason) == (Health.DOWN, "proxy")
        assert proxy.asked[0].method == "CONNECT"
        assert "`proxy`" in answer.tip
        await wire.close()


@pytest.mark.parametrize(
    "proxy", ["127.0.0.1:3128", "socks5://proxy.example", "http://me:pass@proxy.example"]
)
def test_a_proxy_that_cannot_be_used_is_refused(proxy: str) -> None:
    with pytest.raises(ValueError, match="its proxy must be") as refused:
        SourceSpec(name="cad", url="https://cad.example", proxy=proxy)
    assert "pass" not in str(refused.value).replace("password", "")


async def test_a_name_that_the_network_does_not_know_is_told() -> None:
    patient = replace(QUICK, connect=30.0, total=60.0)  # some networks take their time to say no
    wire = Wire(SourceSpec(name="cad", url="https://cad.invalid"), patient, steady)
    answer = await wire.get(Request("/v1/calls"))
    assert isinstance(answer, Trouble)
    assert (answer.health, answer.reason) == (Health.DOWN, "unknown_host")
    assert "cad.invalid" in answer.detail
    await wire.close()


async def test_a_feed_that_the_sign_in_may_not_read_leaves_the_others_alive() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "c1"}))
        server.play("/v1/units", status(403))
        async with watching(spec(server, FeedName.CALLS, FeedName.UNITS)) as board:
            feed = await board.until_feed("forbidden", "cad/units")
            assert feed.reported is Health.AUTH
            await board.until(lambda state: state.calls)
            assert board.feed("cad/calls").reported is Health.OK


async def test_five_hundred_requests_to_a_server_that_does_everything_wrong_leave_the_pool_as_new() -> None:
    kinds = (page(), reset(), hang, status(503), page())
    count = 0

    async def anything(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        await kinds[count % len(kinds)](asked, writer)

    async with Chaos() as server:
        wire = Wire(spec(server), replace(QUICK, read=0.02), steady)
        server.play("/v1/calls", anything)
        await asyncio.gather(*(wire.get(Request("/v1/calls")) for _ in range(REQUESTS)))
        server.play("/v1/calls", page())
        before = server.connections
        answers = await asyncio.gather(*(wire.get(Request("/v1/calls")) for _ in range(REQUESTS)))
        assert all(isinstance(answer, Reply) for answer in answers)
        assert server.connections - before <= QUICK.in_flight
        await wire.close()


async def test_five_hundred_requests_that_are_cancelled_strand_no_connection() -> None:
    async with Chaos() as server:
        wire = Wire(spec(server), replace(QUICK, read=0.1), steady)
        server.play("/v1/calls", hang)
        asking = [asyncio.create_task(wire.get(Request("/v1/calls"))) for _ in range(REQUESTS)]
        for task in asking:
            await asyncio.sleep(0.0005)
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        server.play("/v1/calls", page())
        answers = await asyncio.gather(*(wire.get(Request("/v1/calls")) for _ in range(8)))
        assert all(isinstance(answer, Reply) for answer in answers)
        await wire.close()


PATHS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            ["http", "https", ":", "//", "/", "@", "[", "]", "\\", "?", "#", ".", "..", "%2f", "%", "\t", "\n",
             "cad.example", "evil.example", "8443", "443", "é", "\u202e", "\ud800", " ", "&", "="]
        ),
        max_size=9,
    ).map("".join),
)  # fmt: skip


@pytest.mark.parametrize(
    ("links", "url"),
    [
        (("/eido/1",), "https://cad.example/eido/1"),
        (("2",), "https://cad.example/api/2"),
        (("?page=2",), "https://cad.example/api/calls?page=2"),
        (("calls/2", "3"), "https://cad.example/api/calls/3"),
        (("calls/2", "../x", "?y=1"), "https://cad.example/api/x?y=1"),
        (("https://cad.example/z/1", "2"), "https://cad.example/z/2"),
        (("//evil.example/1",), "https://evil.example/1"),
    ],
)
def test_a_reference_is_resolved_against_the_address_of_what_it_stands_in(
    links: tuple[str, ...], url: str
) -> None:
    reach = Reach(SourceSpec(name="cad", url="https://cad.example/api"))
    assert reach.whole("/calls", (), links) == url
    assert (reach.refused(Outgoing("GET", url)) is None) == ("evil" not in url)


@given(st.lists(PATHS, min_size=1, max_size=4))
def test_leaving_out_references_that_make_no_matter_leads_to_the_same_place(links: list[str]) -> None:
    reach = Reach(SourceSpec(name="cad", url="https://cad.example:8443/api"))
    short: tuple[str, ...] = ()
    for link in links:
        short = behind(short, link)
    url, long = reach.whole("/calls", (), short), reach.whole("/calls", (), tuple(links))
    assert url == long or reach.refused(Outgoing("GET", long))


@given(PATHS, st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=2), st.lists(PATHS))
@example("http://[::1/x", [("page", "2")], [])
@example("https://cad.example:8443\\@evil.example/", [], [])
@example("", [], ["//[::1/x"])
def test_whatever_a_reply_names_the_console_goes_to_its_own_source_or_nowhere(
    path: str, query: list[tuple[str, str]], links: list[str]
) -> None:
    reach = Reach(SourceSpec(name="cad", url="https://cad.example:8443/api"))
    url = reach.whole(path, tuple(query), tuple(links))
    if reach.refused(Outgoing("GET", url)) is None:
        sent = httpx.Request("GET", url).url
        assert (sent.scheme, sent.host, sent.port, sent.userinfo) == ("https", "cad.example", 8443, b"")
