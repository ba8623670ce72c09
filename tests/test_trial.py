"""A source tried at the first run, over real HTTP: what each step says, and what is written once it is good."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trustme
from msgspec.structs import replace

from console.commands import entering
from console.commands.beginning import Beginning
from console.commands.connect import connection
from console.domain.feed import Feed
from console.domain.state import start
from console.domain.vocabulary import FeedName, Health
from console.feeds.spec import SignInKind, SourceSpec
from console.settings import load
from console.trial import trial
from console.ui.welcome.trying import Entered, Field, Kind, Step, StepState, Trial
from console.ui.welcome.ways import WAYS, Way
from tests.feeds.answers import body, call, now, page, status
from tests.feeds.chaos import Chaos

WITHIN_S = 15.0
CONSOLE = Kind("console", "SMART Console dispatch API", "", zoned=False)
OK, FAILED, WARNING, WAITING = StepState.OK, StepState.FAILED, StepState.WARNING, StepState.WAITING
FEEDS = ("calls", "units", "positions", "facilities", "follow_ups")
UNIT = {"id": "u1", "callsign": "STAR 1", "state": "available", "program": "clinician_ems"}

MAPPING = """
mapping_version = 1

[source]
name = "County"
time = "iso"

[source.auth]
kind = "none"

[[request]]
id = "active"
path = "/active"
every_s = 5
snapshot = "complete"

[[request.emit]]
kind = "call"
records = "rows"
[request.emit.fields]
id = "no"
state = { path = "is", map = "state" }

[map.state]
W = "pending"
"""


class Vault:
    """A keyring that remembers what was stored."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def __call__(self, name: str, secret: str) -> None:
        self.held[name] = secret


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the configuration of this person goes; its folder is not there yet."""
    return tmp_path / "smart-console" / "console.toml"


@pytest.fixture
def vault() -> Vault:
    """An empty keyring."""
    return Vault()


@pytest.fixture
def beginning(file: Path, vault: Vault) -> Iterator[Beginning]:
    """Nothing tried yet; all that was tried has ended after the test."""
    made = Beginning(file, vault)
    yield made
    made.close()


@pytest.fixture
async def server() -> AsyncIterator[Chaos]:
    """A server whose calls and units answer, its other feeds empty."""
    async with Chaos() as chaos:
        for feed in FEEDS:
            chaos.play(f"/v1/{feed}", page())
        chaos.play("/v1/calls", page(call(id="c1"), call(id="c2")))
        chaos.play("/v1/units", page(UNIT))
        yield chaos


def entered(url: str, **fields: Any) -> Entered:
    return Entered(CONSOLE, "city-cad", url, **fields)


async def tried(beginning: Beginning, done: Callable[[Trial], bool]) -> dict[str, Step]:
    """The steps by name, as soon as ``done``."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            trial = beginning.look()
            if done(trial):
                return {step.name: step for step in trial.steps}
            await asyncio.sleep(0.02)


def written(file: Path) -> str:
    """The configuration, empty where there is none."""
    return file.read_text(encoding="utf-8") if file.exists() else ""


def stopped(trial: Trial) -> bool:
    return any(step.state is FAILED for step in trial.steps)


def in_order(trial: Trial) -> bool:
    return trial.ready and all(step.state in (OK, WARNING) for step in trial.steps)


async def test_a_good_source_is_in_order_step_by_step(beginning: Beginning, server: Chaos) -> None:
    beginning.connect(entered(server.url))
    steps = await tried(beginning, in_order)
    assert list(steps)[:5] == ["Address", "Secure connection", "Sign-in", "Calls", "Units"]
    assert {step.state for step in steps.values()} == {OK}
    assert steps["Calls"].said.startswith("2 on the board")
    assert steps["Units"].said.startswith("1 on the board")


async def test_the_board_of_a_trial_is_the_board_of_the_source(beginning: Beginning, server: Chaos) -> None:
    beginning.connect(entered(server.url))
    await tried(beginning, in_order)
    board = beginning.look().board
    assert board is not None
    assert set(board.open_calls) == {"c1", "c2"}


async def test_a_code_that_nobody_explained_is_named(beginning: Beginning, server: Chaos) -> None:
    server.play("/v1/calls", page(call(id="c1", state="rerouted")))
    beginning.connect(entered(server.url))
    steps = await tried(beginning, lambda trial: in_order(trial) and trial.steps[-1].state is WARNING)
    assert "Codes nobody explained" in steps["Codes and fields"].said
    assert "state" in steps["Codes and fields"].said
    assert steps["Codes and fields"].todo


async def test_a_source_by_its_mapping_is_tried_and_what_is_not_mapped_is_named(
    beginning: Beginning, server: Chaos, tmp_path: Path
) -> None:
    rows = [{"no": 1, "is": "W"}, {"no": 2, "is": "REROUTED"}]
    server.play("/active", body(msgspec.json.encode({"rows": rows})))
    mapping = tmp_path / "county.toml"
    await asyncio.to_thread(mapping.write_text, MAPPING, encoding="utf-8")
    kind = Kind("mapped", "Another JSON API", "", mapped=True)
    beginning.connect(Entered(kind, "county", server.url, mapping=str(mapping)))
    steps = await tried(beginning, lambda trial: in_order(trial) and trial.steps[-1].state is WARNING)
    assert steps["Calls"].said.startswith("2 on the board")
    assert "REROUTED" in steps["Codes and fields"].said


@pytest.mark.parametrize(
    ("answer", "step", "said"),
    [
        pytest.param(status(401), "Sign-in", "valid sign-in (401)", id="a refused token"),
        pytest.param(status(403), "Sign-in", "may not read this (403)", id="no right to read"),
        pytest.param(
            body(b"<html>Sign in</html>", kind="text/html"), "Sign-in", "a web page", id="a sign-in page"
        ),
        pytest.param(status(404), "Answer", "(404)", id="a wrong path"),
        pytest.param(status(400), "Answer", "refuses the request (400)", id="a request it rejects"),
        pytest.param(status(500), "Answer", "failed (500)", id="a server that fails"),
        pytest.param(body(b'{"api":'), "Answer", "", id="half a document"),
    ],
)
async def test_each_failure_stands_at_its_step(
    beginning: Beginning,
    server: Chaos,
    answer: object,
    step: str,
    said: str,
) -> None:
    server.play("/v1/service", answer)  # type: ignore[arg-type]  # an Answer of the parameters above
    beginning.connect(entered(server.url))
    steps = await tried(beginning, stopped)
    assert steps["Address"].state is OK
    assert steps[step].state is FAILED
    assert said in steps[step].said
    assert server.url in steps[step].said
    assert steps[step].todo


async def test_a_shut_port_fails_at_the_address(beginning: Beginning) -> None:
    beginning.connect(entered("http://127.0.0.1:9"))
    steps = await tried(beginning, stopped)
    assert steps["Address"].said == "Nothing listens at 127.0.0.1:9."
    assert steps["Address"].todo.startswith("Check the address and its port.")
    assert {step.state for step in list(steps.values())[1:]} == {WAITING}


async def test_an_unknown_authority_points_to_the_field_of_its_file_and_that_file_heals_it(
    beginning: Beginning, tmp_path: Path
) -> None:
    authority, file = trustme.CA(), tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    async with Chaos(tls=tls) as chaos:
        for feed in FEEDS:
            chaos.play(f"/v1/{feed}", page())
        beginning.connect(entered(chaos.url))
        secure = (await tried(beginning, stopped))["Secure connection"]
        assert (secure.state, secure.field) == (FAILED, Field.CA_FILE)
        assert f"“{Field.CA_FILE}”" in secure.todo
        assert "ca_file" not in secure.todo
        beginning.connect(entered(chaos.url, more={Field.CA_FILE: str(file)}))
        steps = await tried(beginning, in_order)
        assert steps["Secure connection"].state is OK


@pytest.mark.parametrize(
    ("reason", "step", "field"),
    [
        ("client_certificate", "Secure connection", Field.CLIENT_CERT),
        ("hung_up", "Secure connection", Field.CLIENT_CERT),
        ("tls_version", "Secure connection", None),
        ("certificate", "Secure connection", None),
        ("cut", "Answer", Field.CLIENT_CERT),
        ("proxy", "Address", Field.PROXY),
    ],
)
def test_what_a_field_of_the_page_may_mend_is_told_with_its_name(
    reason: str, step: str, field: Field | None
) -> None:
    spec = SourceSpec(name="cad", url="https://cad.example.org")
    health = Health.AUTH if reason == "client_certificate" else Health.DOWN
    at = datetime(2026, 1, 19, 18, tzinfo=UTC)
    feed = Feed(
        "cad", FeedName.CALLS, timedelta(seconds=5), health, at, reason=reason, detail="No.", tip="Call them."
    )
    board = replace(start(at), feeds={feed.key: feed})
    failed = next(one for one in trial(spec, board).steps if one.state is FAILED)
    assert (failed.name, failed.field) == (step, field)
    assert field is None or f"“{field}”, under More" in failed.todo


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name or "usual")
def test_a_way_to_sign_in_that_lacks_a_field_names_it(beginning: Beginning, way: Way) -> None:
    more = {Field.SIGN_IN: way.name} if way.name else {}
    beginning.connect(entered("http://127.0.0.1:9", username="desk", secret="s3cret", more=more))
    said = "".join(step.said for step in beginning.look().steps if step.name == "Entry")
    assert [field for field in Field if f"“{field}”" in said] == list(way.needs)


def test_every_way_to_sign_in_is_offered() -> None:
    assert {way.name for way in WAYS} == {"", *SignInKind}


async def test_a_token_in_a_header_of_its_own_is_sent_there(beginning: Beginning, server: Chaos) -> None:
    more = {Field.SIGN_IN: "header", Field.HEADER: "X-Api-Key"}
    beginning.connect(entered(server.url, secret="s3cret-token", more=more))
    await tried(beginning, in_order)
    assert {asked.headers["x-api-key"] for asked in server.asked} == {"s3cret-token"}


async def test_a_name_that_nobody_knows_fails_at_the_address(beginning: Beginning) -> None:
    beginning.connect(entered("https://cad.invalid"))
    steps = await tried(beginning, stopped)
    assert "cad.invalid" in steps["Address"].said
    assert steps["Address"].state is FAILED


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("cad.example.org", "no web address"),
        ("http://cad.example.org", "in the clear"),
        ("https://cad.example.org?key=1", "no secret belongs in the address"),
        ("", "needs a name and an address"),
    ],
)
def test_an_address_that_must_not_be_used_is_refused_at_once(
    beginning: Beginning, url: str, said: str
) -> None:
    beginning.connect(entered(url))
    assert said in beginning.look().steps[0].said
    assert beginning.look().steps[0].name == "Entry"
    assert not beginning.look().ready


@pytest.mark.parametrize("answer", [status(404), status(401)], ids=["a wrong path", "a refused token"])
async def test_what_gave_neither_calls_nor_units_cannot_be_opened(
    beginning: Beginning, server: Chaos, file: Path, answer: object
) -> None:
    server.play("/v1/service", answer)  # type: ignore[arg-type]  # an Answer of the parameters above
    beginning.connect(entered(server.url))
    await tried(beginning, stopped)
    assert not beginning.look().ready
    assert beginning.take() != ""
    assert written(file) == ""


async def test_a_source_that_heals_during_the_trial_becomes_ready(
    beginning: Beginning, server: Chaos
) -> None:
    server.play("/v1/calls", status(503), status(503), page(call(id="c1")))
    server.play("/v1/units", status(503))
    beginning.connect(entered(server.url))
    steps = await tried(beginning, lambda trial: trial.ready and _state(trial, "Units") is WARNING)
    assert steps["Calls"].state is OK
    assert "(503)" in steps["Units"].said


async def test_positions_alone_can_be_saved_and_say_that_calls_must_come_from_elsewhere(
    beginning: Beginning, server: Chaos, file: Path
) -> None:
    fix = {"deviceId": 1, "valid": True, "fixTime": f"{now():%Y-%m-%dT%H:%M:%SZ}", "latitude": 39.7}
    server.play("/api/devices", body(msgspec.json.encode([{"id": 1, "name": "STAR 1"}])))
    server.play("/api/positions", body(msgspec.json.encode([{"id": 7, "longitude": -104.9, **fix}])))
    beginning.connect(Entered(Kind("traccar", "Traccar", "", zoned=False), "avl", server.url))
    steps = await tried(beginning, lambda trial: trial.ready)
    assert steps["Board"].state is WARNING
    assert steps["Board"].said == "Positions: 1; a board needs calls from another source."
    assert beginning.take() == ""
    assert load(file).source[0].kind == "traccar"


async def test_positions_do_not_stand_in_for_calls_that_a_source_gives(
    beginning: Beginning, server: Chaos
) -> None:
    for feed in ("calls", "units"):
        server.play(f"/v1/{feed}", status(503))
    beginning.connect(entered(server.url))
    await tried(beginning, lambda trial: _state(trial, "Positions") is OK)
    assert not beginning.look().ready


def _state(trial: Trial, name: str) -> StepState | None:
    return next((step.state for step in trial.steps if step.name == name), None)


async def test_what_is_saved_is_what_was_tried_without_the_secret(
    beginning: Beginning, server: Chaos, file: Path, vault: Vault
) -> None:
    beginning.connect(entered(server.url, secret="s3cret-token"))
    await tried(beginning, in_order)
    assert beginning.take() == ""
    assert vault.held == {"city-cad": "s3cret-token"}
    assert "s3cret-token" not in written(file)
    assert load(file).source[0].secret == "keyring:city-cad"
    assert beginning.connection is not None
    again = connection(load(file), file.parent, lambda name: vault.held[name.removeprefix("keyring:")])
    (used,), (read,) = beginning.connection.specs, again.specs
    assert replace(used, renew=None) == replace(read, renew=None)


async def test_the_secret_is_sent_while_it_is_tried(beginning: Beginning, server: Chaos) -> None:
    beginning.connect(entered(server.url, secret="s3cret-token"))
    await tried(beginning, in_order)
    assert {asked.headers["authorization"] for asked in server.asked} == {"Bearer s3cret-token"}


async def test_a_user_name_signs_in_by_password(beginning: Beginning, server: Chaos) -> None:
    beginning.connect(entered(server.url, username="supervisor", secret="s3cret"))
    await tried(beginning, in_order)
    assert {asked.headers["authorization"].split()[0] for asked in server.asked} == {"Basic"}


async def test_without_a_keyring_nothing_is_saved_that_needs_one(server: Chaos, file: Path) -> None:
    beginning = Beginning(file, None)
    beginning.connect(entered(server.url, secret="s3cret-token"))
    await tried(beginning, in_order)
    assert "no keyring" in beginning.take()
    assert written(file) == ""
    beginning.close()


def test_a_mapping_that_is_not_named_is_asked_for(beginning: Beginning) -> None:
    beginning.connect(Entered(entering.kinds()[-1], "county", "https://cad.example.org"))
    assert "mapping file" in beginning.look().steps[0].said


def test_a_past_shift_that_is_not_there_says_so(beginning: Beginning, tmp_path: Path) -> None:
    beginning.shift(tmp_path / "gone.csv", "")
    asyncio.run(tried(beginning, stopped))
    assert "gone.csv" in beginning.look().steps[0].said


def test_a_past_shift_is_served_and_can_be_opened(beginning: Beginning, tmp_path: Path) -> None:
    row = {
        "call_number": "1",
        "unit_id": "E01",
        "call_type": "Medical Incident",
        "received_dttm": "2018-01-19T18:00:00.000",
        "entry_dttm": "2018-01-19T18:01:00.000",
        "dispatch_dttm": "2018-01-19T18:02:00.000",
        "response_dttm": "2018-01-19T18:03:00.000",
        "available_dttm": "2018-01-19T18:33:00.000",
    }
    shift = tmp_path / "shift.json"
    shift.write_bytes(msgspec.json.encode([row]))
    beginning.shift(shift, "18:10")
    asyncio.run(tried(beginning, lambda trial: trial.ready))
    assert beginning.take() == ""
    assert beginning.connection is not None
    assert beginning.connection.specs[0].url.startswith("http://127.0.0.1:")
