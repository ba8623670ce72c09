"""TLS on a real socket: who is trusted, what is told of who is not, and who the console is."""

import socket
import ssl
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from console.domain.vocabulary import Health
from console.feeds.spec import SourceSpec, Tls
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request
from console.feeds.wire.validity import ends
from console.feeds.wire.wire import Wire
from console.session.clock import steady, wall
from tests.feeds.answers import page
from tests.feeds.board import QUICK, watching
from tests.feeds.chaos import Chaos

ASK = Request("/v1/calls")
DAY = timedelta(days=1)


class Agency(Struct):
    """An agency's own authority, and the file of it that a configuration names."""

    authority: trustme.CA
    ca_file: str
    folder: Path

    def client(self, by: trustme.CA | None = None) -> Tls:
        """A certificate for the console in files, issued ``by`` somebody."""
        issued = (by or self.authority).issue_cert("console@agency.example")
        cert, key = self.folder / "client.pem", self.folder / "client.key"
        issued.cert_chain_pems[0].write_to_path(cert)
        issued.private_key_pem.write_to_path(key)
        return Tls(self.ca_file, str(cert), str(key))


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    """An authority that no workstation knows."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return Agency(authority, str(tmp_path / "ca.pem"), tmp_path)


def server_side(cert: trustme.LeafCert) -> ssl.SSLContext:
    """A server that shows ``cert``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    cert.configure_cert(context)
    return context


@asynccontextmanager
async def asked(context: ssl.SSLContext, tls: Tls) -> AsyncIterator[tuple[Wire, Reply | Trouble, Chaos]]:
    """What came of one request to a server with ``context``."""
    async with Chaos(tls=context) as server:
        server.play("/v1/calls", page())
        wire = Wire(SourceSpec(name="cad", url=server.url, tls=tls), QUICK, steady)
        try:
            yield wire, await wire.get(ASK), server
        finally:
            await wire.close()


async def one_answer(url: str, tls: Tls) -> Reply | Trouble:
    """What came of one request."""
    wire = Wire(SourceSpec(name="cad", url=url, tls=tls), QUICK, steady)
    try:
        return await wire.get(ASK)
    finally:
        await wire.close()


async def test_the_authority_that_the_configuration_names_is_trusted(agency: Agency) -> None:
    context = server_side(agency.authority.issue_cert("localhost"))
    async with asked(context, Tls(agency.ca_file)) as (wire, answer, _):
        assert isinstance(answer, Reply)
        assert wire.notices(wall()) == ()


@pytest.mark.parametrize(
    ("name", "days", "known", "reason", "says"),
    [
        ("localhost", 30, False, "unknown_authority", "comes from nobody this workstation trusts"),
        ("localhost", -1, True, "certificate", "has expired"),
        ("other.example", 30, True, "certificate", "is for another name"),
    ],
)
async def test_each_fault_of_a_certificate_is_told_in_its_own_words_and_nothing_is_sent(
    agency: Agency, name: str, days: int, known: bool, reason: str, says: str
) -> None:
    since, until = wall() - 60 * DAY, wall() + days * DAY
    context = server_side(agency.authority.issue_cert(name, not_before=since, not_after=until))
    async with asked(context, Tls(agency.ca_file if known else "")) as (_, answer, server):
        assert isinstance(answer, Trouble)
        assert (answer.health, answer.reason) == (Health.DOWN, reason)
        assert answer.detail == f"The certificate of localhost:{server.port} {says}."
        assert "Nothing was sent" in answer.tip
        assert not server.asked


def wants_to_know(context: ssl.SSLContext, agency: Agency) -> ssl.SSLContext:
    """The server asks who the console is."""
    context.verify_mode = ssl.CERT_REQUIRED
    agency.authority.configure_trust(context)
    return context


@contextmanager
def alerting(context: ssl.SSLContext) -> Iterator[str]:
    """The address of a server that says why it refuses a handshake, which asyncio's own does not."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5.0)

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            plain.settimeout(1.0)
            with context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False) as end:
                with suppress(OSError):
                    end.do_handshake()
                with suppress(OSError):
                    end.shutdown(
                        socket.SHUT_WR
                    )  # in plain from here on: what comes in must be read, or it resets
                    while end.recv(4096):
                        pass

    thread = Thread(target=serve)
    thread.start()
    try:
        yield f"https://localhost:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def old(context: ssl.SSLContext) -> ssl.SSLContext:
    """The server knows nothing newer than TLS 1.1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


def before_1_3(context: ssl.SSLContext) -> ssl.SSLContext:
    """The server knows nothing newer than TLS 1.2."""
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


async def test_a_server_that_wants_to_know_the_console_is_shown_its_certificate(agency: Agency) -> None:
    context = server_side(agency.authority.issue_cert("localhost"))
    async with asked(wants_to_know(context, agency), agency.client()) as (_, answer, _):
        assert isinstance(answer, Reply)


@pytest.mark.parametrize("version", [before_1_3, lambda context: context], ids=["1.2", "1.3"])
async def test_a_server_that_is_shown_no_certificate_or_a_wrong_one_says_so(
    agency: Agency, version: Callable[[ssl.SSLContext], ssl.SSLContext]
) -> None:
    context = version(wants_to_know(server_side(agency.authority.issue_cert("localhost")), agency))
    shown = {
        "was given none": Tls(agency.ca_file),
        "does not accept this console's own certificate": agency.client(by=trustme.CA()),
    }
    with alerting(context) as url:
        for says, tls in shown.items():
            answer = await one_answer(url, tls)
            assert isinstance(answer, Trouble)
            assert (answer.health, answer.reason) == (Health.AUTH, "client_certificate")
            assert says in answer.detail
            assert "`client_cert`" in answer.tip


async def test_a_server_that_speaks_only_tls_1_1_is_told(agency: Agency) -> None:
    with alerting(old(server_side(agency.authority.issue_cert("localhost")))) as url:
        answer = await one_answer(url, Tls(agency.ca_file))
    assert isinstance(answer, Trouble)
    assert (answer.health, answer.reason) == (Health.DOWN, "tls_version")
    assert "speaks only TLS older than 1.2" in answer.detail


@pytest.mark.parametrize("version", [before_1_3, old, lambda context: context], ids=["1.2", "1.1", "1.3"])
async def test_a_server_that_hangs_up_without_a_word_gets_a_hint_of_what_it_may_want(
    agency: Agency, version: Callable[[ssl.SSLContext], ssl.SSLContext]
) -> None:
    context = version(wants_to_know(server_side(agency.authority.issue_cert("localhost")), agency))
    async with asked(context, Tls(agency.ca_file)) as (_, answer, _):
        assert isinstance(answer, Trouble)
        assert answer.health is Health.DOWN
        assert answer.tip.endswith("want a certificate of this console (`client_cert`).")


async def test_a_certificate_that_ends_in_ten_days_is_told_once(agency: Agency) -> None:
    context = server_side(agency.authority.issue_cert("localhost", not_after=wall() + 10 * DAY))
    async with asked(context, Tls(agency.ca_file)) as (wire, _, _):
        (notice,) = wire.notices(wall())
        assert (notice.kind, notice.what) == ("certificate", f"ends on {wall() + 10 * DAY:%Y-%m-%d}")
        assert wire.notices(wall()) == ()


async def test_a_certificate_that_ends_soon_is_a_problem_on_the_board(agency: Agency) -> None:
    context = server_side(agency.authority.issue_cert("localhost", not_after=wall() + 10 * DAY))
    async with Chaos(tls=context) as server:
        server.play("/v1/calls", page({"id": "c1"}))
        source = SourceSpec(name="cad", url=server.url, tls=Tls(agency.ca_file), every={})
        async with watching(source) as board:
            state = await board.until(lambda state: state.problems)
            assert [problem.kind for problem in state.problems.values()] == ["certificate"]
            assert board.feed().reported is Health.OK


async def test_a_source_without_its_authority_is_down_on_the_board_and_heals_with_the_certificate(
    agency: Agency,
) -> None:
    async with Chaos(tls=server_side(trustme.CA().issue_cert("localhost"))) as server:
        source = SourceSpec(name="cad", url=server.url, tls=Tls(agency.ca_file))
        port = server.port
        async with watching(source) as board:
            feed = await board.until_feed("unknown_authority")
            assert feed.reported is Health.DOWN
            await server.__aexit__(None, None, None)
            async with Chaos(port, server_side(agency.authority.issue_cert("localhost"))) as healed:
                healed.play("/v1/calls", page({"id": "c1"}))
                await board.until(lambda state: state.calls)


@pytest.mark.parametrize(
    ("tls", "why"),
    [
        (Tls(ca_file="nowhere.pem"), "ca_file nowhere.pem cannot be used"),
        (Tls(client_cert="nowhere.pem"), "client_cert nowhere.pem cannot be used"),
        (Tls(client_key="some.key"), "client_key without client_cert"),
    ],
)
def test_files_that_cannot_be_used_are_named(tls: Tls, why: str) -> None:
    with pytest.raises(ValueError, match=f"source cad: {why}"):
        Wire(SourceSpec(name="cad", url="https://localhost", tls=tls), QUICK, steady)


def test_a_key_under_a_passphrase_is_refused_and_nobody_is_asked(agency: Agency) -> None:
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
        load_pem_private_key,
    )

    tls = agency.client()
    key = load_pem_private_key(Path(tls.client_key).read_bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"passphrase"))
    Path(tls.client_key).write_bytes(locked)
    with pytest.raises(ValueError, match="without a passphrase"):
        Wire(SourceSpec(name="cad", url="https://localhost", tls=tls), QUICK, steady)


def test_nothing_older_than_tls_1_2_is_spoken() -> None:
    from console.feeds.wire.secure import context

    made = context(SourceSpec(name="cad", url="https://localhost"))
    assert made.minimum_version is ssl.TLSVersion.TLSv1_2
    assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize(
    "until", [datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC), datetime(2051, 1, 2, tzinfo=UTC)]
)
def test_the_end_of_a_certificate_is_read_from_its_bytes(agency: Agency, until: datetime) -> None:
    issued = agency.authority.issue_cert("localhost", not_after=until)
    assert ends(ssl.PEM_cert_to_DER_cert(issued.cert_chain_pems[0].bytes().decode())) == until


@given(st.data())
def test_no_bytes_that_a_server_shows_break_anything(data: st.DataObject) -> None:
    der = bytearray(CERTIFICATE)
    for _ in range(data.draw(st.integers(0, 4))):
        der[data.draw(st.integers(0, 200))] = data.draw(st.integers(0, 255))
    found = ends(bytes(der[: data.draw(st.integers(0, len(der)))]))
    assert found is None or found.tzinfo is UTC


CERTIFICATE = ssl.PEM_cert_to_DER_cert(trustme.CA().cert_pem.bytes().decode())
