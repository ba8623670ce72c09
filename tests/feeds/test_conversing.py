"""A round that is held in the worker process loses nothing when that process dies, forgets or cannot be had."""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from console.domain.contract import Row
from console.domain.entities import Position
from console.domain.vocabulary import FeedName
from console.feeds.adapter import Failed
from console.feeds.process.child import Task
from console.feeds.process.conversing import Conversing
from console.feeds.process.worker import Worker, WorkerLost
from console.feeds.rows.flaws import WORKER
from console.feeds.rows.reading import Reading, Setting, Unreadable
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble, down
from console.feeds.wire.request import Request
from tests.domain.builders import NOON
from tests.feeds.tasks import who

POSITIONS = FeedName.POSITIONS
SETTING = Setting(NOON)
DEVICES = [{"id": number, "name": f"u{number}"} for number in range(9)]


def fix(device: int, lat: float = 39.7, ago: int = 60) -> dict[str, Any]:
    """A fix of a device."""
    at = (NOON - timedelta(seconds=ago)).isoformat()
    return {"deviceId": device, "valid": True, "latitude": lat, "longitude": -104.9, "fixTime": at}


class Desk:
    """A Traccar server whose fixes the test sets, and the console's side of it."""

    def __init__(self, worker: Worker, name: str = "avl") -> None:
        self.talk = Conversing(name, Dialect("traccar"), worker)
        self.fixes: list[dict[str, Any]] = []
        self.setting = SETTING
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        self.trouble: Trouble | None = None

    async def ask(self, requests: tuple[Request, ...]) -> tuple[Reply | Trouble, ...]:
        """Answer."""
        if self.meanwhile is not None:
            await self.meanwhile()
        bodies = (DEVICES, self.fixes)
        return tuple(
            self.trouble or Reply(200, {}, json.dumps(told).encode(), 0.0, 0.0)
            for _, told in zip(requests, bodies, strict=True)
        )

    async def round(self, *fixes: dict[str, Any]) -> Reading[Row]:
        """One round in which these fixes are served."""
        self.fixes = list(fixes)
        harvest = await self.talk.converse("positions", lambda: self.setting, self.ask, fresh=False)
        reading = harvest[POSITIONS]
        assert isinstance(reading, Reading)
        return reading

    @property
    def held(self) -> dict[str, Row]:
        """What the console holds."""
        return self.talk.held[POSITIONS].rows


def ids(reading: Reading[Row]) -> list[str]:
    """Which rows changed."""
    return [row.unit for row in reading.changed if isinstance(row, Position)]


def counted(reading: Reading[Row]) -> list[str]:
    """What is told of the process."""
    return [flaw.what for flaw in reading.flaws if flaw.kind == WORKER]


async def kill(worker: Worker) -> None:
    """End the process as a crash would."""
    (pid,) = await worker.call(who)
    os.kill(int(pid), signal.SIGKILL)


async def test_only_what_changed_comes_back(worker: Worker) -> None:
    desk = Desk(worker)
    assert ids(await desk.round(fix(1), fix(2))) == ["u1", "u2"]
    assert ids(await desk.round(fix(1), fix(2, lat=39.71, ago=50))) == ["u2"]
    assert set(desk.held) == {"u1", "u2"}


async def test_a_process_that_died_between_two_rounds_is_told_what_is_held(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.round(fix(1), fix(2))
    await kill(worker)
    reading = await desk.round(fix(1), fix(2, lat=39.71, ago=50))
    assert (ids(reading), counted(reading)) == (["u2"], ["reading process restarted"])


async def test_a_process_that_dies_in_the_middle_of_a_round_costs_no_round(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.round(fix(1))

    async def once() -> None:
        desk.meanwhile = None
        await kill(worker)

    desk.meanwhile = once
    reading = await desk.round(fix(1), fix(2))
    assert (ids(reading), counted(reading)) == (["u2"], ["reading process restarted"])


async def test_a_process_that_another_source_started_anew_is_told_what_is_held(worker: Worker) -> None:
    desk, other = Desk(worker), Desk(worker, "other")
    await desk.round(fix(1), fix(2))
    await kill(worker)
    await other.round(fix(5))
    reading = await desk.round(fix(2), fix(3))
    assert (ids(reading), counted(reading)) == (["u3"], [])
    assert (await desk.round(fix(2), fix(3))).gone == ("u1",)


async def test_a_round_that_the_process_forgot_begins_again(worker: Worker) -> None:
    desk, other = Desk(worker), Desk(worker, "other")
    await desk.round(fix(1))

    async def once() -> None:
        desk.meanwhile = None
        await kill(worker)
        await other.round(fix(5))

    desk.meanwhile = once
    assert ids(await desk.round(fix(1), fix(2))) == ["u2"]


async def test_two_rounds_that_begin_together_do_not_end_each_other(worker: Worker) -> None:
    desk = Desk(worker)
    desk.fixes = [fix(1)]
    rounds = [desk.talk.converse("positions", lambda: SETTING, desk.ask, fresh=True) for _ in range(3)]
    for harvest in await asyncio.gather(*rounds):
        reading = harvest[POSITIONS]
        assert isinstance(reading, Reading)
        assert counted(reading) == []
    assert set(desk.held) == {"u1"}


async def test_trouble_changes_nothing(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.round(fix(1))
    desk.trouble = down("cut", "It was cut.", "Wait.")
    with pytest.raises(Failed):
        await desk.round(fix(2))
    desk.trouble = None
    assert set(desk.held) == {"u1"}
    assert ids(await desk.round(fix(1), fix(2))) == ["u2"]


async def test_what_cannot_be_read_changes_nothing(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.round(fix(1))
    with pytest.raises(Unreadable):
        await desk.talk.converse("positions", lambda: SETTING, _nonsense, fresh=False)
    assert set(desk.held) == {"u1"}


async def _nonsense(requests: tuple[Request, ...]) -> tuple[Reply | Trouble, ...]:
    return tuple(Reply(200, {}, b'{"a":1}', 0.0, 0.0) for _ in requests)


async def test_a_clock_that_turns_out_wrong_moves_what_is_held_once(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.round(fix(1))
    ahead = timedelta(minutes=7)
    desk.setting = Setting(NOON, None, ahead)
    await kill(worker)
    for _ in range(2):
        await desk.round(fix(1))
        held = desk.held["u1"]
        assert isinstance(held, Position)
        assert held.at == NOON - timedelta(seconds=60) - ahead


class Dying(Worker):
    """A process that no task survives."""

    async def call(self, task: Task, *arguments: Any) -> list[Any]:
        """Die."""
        raise WorkerLost


async def test_where_no_process_can_be_had_rounds_are_held_here_all_the_same() -> None:
    dying = Dying()
    desk = Desk(dying)
    reading = await desk.round(fix(1), fix(2))
    assert (ids(reading), counted(reading)) == (["u1", "u2"], ["no reading process"])
    assert (await desk.round(fix(2))).gone == ()
    assert (await desk.round(fix(2))).gone == ("u1",)
    dying.close()
