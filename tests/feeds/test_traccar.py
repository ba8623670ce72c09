"""Positions from Traccar: joined to units by alias, told in the board's own measures."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Exchange, Failed, Gathered
from console.feeds.adapters.kinds import adapter
from console.feeds.rows.reading import Unreadable
from console.feeds.spec import Dialect, SignIn, SignInKind, SourceSpec
from console.feeds.wire.finding import Reply, Trouble, down
from console.feeds.wire.request import Request
from tests.feeds.answers import body, now, status
from tests.feeds.board import watching
from tests.feeds.chaos import Chaos
from tests.samples import samples

SAVED, where_saved = samples("traccar")
DEVICES: list[dict[str, Any]] = [
    {"id": 1, "name": "STAR 1", "uniqueId": "8600", "status": "online"},
    {"id": 2, "name": "Van behind the clinic", "uniqueId": "8601", "status": "online"},
]


def fix(device: int, **fields: object) -> dict[str, object]:
    """A position as Traccar tells it."""
    at = (now() - timedelta(seconds=5)).isoformat()
    told = {"latitude": 39.74, "longitude": -104.99, "speed": 10.0, "course": 271.5, "accuracy": 4.8}
    return {"id": 7, "deviceId": device, "valid": True, "fixTime": at, **told, **fields}


def reply(value: object) -> Reply:
    """A saved reply."""
    return Reply(200, {}, json.dumps(value).encode(), 0.0, 0.0)


def asked(*answers: Reply | Trouble, dialect: Dialect | None = None) -> Gathered:
    """What a round of these answers gives."""
    talk: Exchange = adapter(dialect or Dialect("traccar")).ask("positions", fresh=True)
    assert next(talk) == (Request("/api/devices"), Request("/api/positions"))
    with pytest.raises(StopIteration) as end:
        talk.send(answers)
    found = end.value.value[FeedName.POSITIONS]
    assert isinstance(found, Gathered)
    return found


def source(server: Chaos, dialect: Dialect) -> SourceSpec:
    """Traccar at ``server``."""
    sign_in = SignIn(SignInKind.BASIC, "s3cret", "console")
    return SourceSpec("avl", server.url, dialect, sign_in, every={FeedName.POSITIONS: 0.01})


def test_a_device_without_an_alias_is_the_unit_of_its_name() -> None:
    (row,) = asked(reply(DEVICES), reply([fix(1)])).rows
    assert row["unit"] == "STAR 1"


@pytest.mark.parametrize("name", ["Van behind the clinic", "8601", "2"])
def test_an_alias_by_name_unique_id_or_number_joins_the_board_unit(name: str) -> None:
    (row,) = asked(reply(DEVICES), reply([fix(2)]), dialect=Dialect("traccar", units={name: "star-2"})).rows
    assert row["unit"] == "star-2"


def test_knots_become_meters_per_second() -> None:
    (row,) = asked(reply(DEVICES), reply([fix(1, speed=10.0)])).rows
    assert row["speed_mps"] == pytest.approx(5.144, abs=0.001)


def test_an_accuracy_of_nought_is_one_that_is_not_told() -> None:
    (row,) = asked(reply(DEVICES), reply([fix(1, accuracy=0)])).rows
    assert "accuracy_m" not in row


def test_an_invalid_fix_and_one_of_an_unknown_device_are_counted() -> None:
    found = asked(reply(DEVICES), reply([fix(1, valid=False), fix(9)]))
    told = [(flaw.row, flaw.kind, flaw.what) for flaw in found.flaws]
    assert (found.rows, told) == ([], [("STAR 1", "bad_row", "valid"), ("9", "orphan", "deviceId")])


def test_an_object_instead_of_a_list_is_no_traccar() -> None:
    talk = adapter(Dialect("traccar")).ask("positions", fresh=True)
    next(talk)
    with pytest.raises(Unreadable, match="not in the form of Traccar"):
        talk.send((reply({"error": "x"}), reply([])))


def test_one_list_without_the_other_changes_nothing() -> None:
    talk = adapter(Dialect("traccar")).ask("positions", fresh=True)
    next(talk)
    with pytest.raises(Failed):
        talk.send((reply(DEVICES), down("busy", "The server asks for fewer requests (429).", "Wait.")))


@where_saved
def test_the_saved_replies_give_their_one_position() -> None:
    answers = (
        Reply(200, {}, (SAVED / f"{name}.derived.json").read_bytes(), 0.0, 0.0)
        for name in ("devices", "positions")
    )
    (row,) = asked(*answers).rows
    assert (row["lat"], row["at"]) == (39.7392, datetime(2026, 7, 24, 18, 42, 51, 123_000, tzinfo=UTC))


async def test_the_board_shows_where_its_units_are() -> None:
    async with Chaos() as server:
        server.play("/api/devices", body(json.dumps(DEVICES).encode()))
        server.play("/api/positions", body(json.dumps([fix(1), fix(2)]).encode()))
        async with watching(source(server, Dialect("traccar", units={"8601": "star-2"}))) as board:
            state = await board.until(lambda state: len(state.positions) == 2)
        assert set(state.positions) == {"STAR 1", "star-2"}
        assert server.asked[0].headers["authorization"].startswith("Basic ")


async def test_the_last_good_fix_outlives_invalid_ones() -> None:
    bad = body(json.dumps([fix(1, valid=False)]).encode())
    async with Chaos() as server:
        server.play("/api/devices", body(json.dumps(DEVICES).encode()))
        server.play("/api/positions", body(json.dumps([fix(1)]).encode()), bad)
        async with watching(source(server, Dialect("traccar"))) as board:
            await board.until(lambda _: server.times("/api/positions") > 6)
            assert "STAR 1" in board.state.positions
            assert board.counted("bad_row", "valid") == 1


async def test_a_device_that_is_gone_twice_leaves_the_map() -> None:
    async with Chaos() as server:
        server.play("/api/devices", body(json.dumps(DEVICES).encode()))
        server.play(
            "/api/positions", body(json.dumps([fix(1), fix(2)]).encode()), body(json.dumps([fix(1)]).encode())
        )
        async with watching(source(server, Dialect("traccar"))) as board:
            await board.until(lambda state: len(state.positions) == 2)
            await board.until(lambda state: set(state.positions) == {"STAR 1"})
            assert board.feed("avl/positions").reported is Health.OK


async def test_a_refused_sign_in_shows_as_such() -> None:
    async with Chaos() as server:
        server.play("/api/devices", status(401))
        spec = replace(source(server, Dialect("traccar")), every={FeedName.POSITIONS: 0.05})
        async with watching(spec) as board:
            await board.until(
                lambda state: any(feed.reported is Health.AUTH for feed in state.feeds.values())
            )
            assert not board.state.positions
