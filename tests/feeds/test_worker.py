"""Large replies are read in a process of their own, and nothing shows that they were."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import psutil
import pytest

from console.domain.contract import Row, row_key
from console.domain.entities import Unit
from console.domain.events import UnitsChanged
from console.domain.vocabulary import FeedName, Health
from console.feeds.process.child import Task
from console.feeds.process.reader import Reader
from console.feeds.process.worker import Worker, WorkerLost
from console.feeds.rows.reading import Reading, Setting, Unreadable
from tests.feeds.answers import body, now, page
from tests.feeds.board import eventually, spec, watching
from tests.feeds.chaos import Chaos
from tests.feeds.tasks import count, die, hold, loaded, refuse, who

UNITS = FeedName.UNITS
FAR = 20_000


async def test_a_task_keeps_its_memory_between_calls(worker: Worker) -> None:
    assert [await worker.call(count) for _ in range(2)] == [[b"1"], [b"2"]]


async def test_what_a_task_cannot_read_comes_back_as_such_and_the_process_goes_on(worker: Worker) -> None:
    await worker.call(count)
    with pytest.raises(Unreadable, match="It cannot be read"):
        await worker.call(refuse)
    assert await worker.call(count) == [b"2"]


async def test_after_a_death_the_next_call_starts_another_process(worker: Worker) -> None:
    with pytest.raises(WorkerLost):
        await worker.call(die)
    assert await worker.call(count) == [b"1"]


async def test_a_process_that_gives_no_answer_is_given_up() -> None:
    worker = Worker(patience_s=0.5)
    await worker.call(count)
    with pytest.raises(WorkerLost):
        await worker.call(hold, 30.0)
    worker.close()


async def test_the_loop_runs_on_while_the_process_works(worker: Worker) -> None:
    await worker.call(count)
    working = asyncio.create_task(worker.call(hold, 0.2))
    ticks = 0
    while not working.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 10


async def test_the_process_knows_neither_qt_nor_http(worker: Worker) -> None:
    (names,) = await worker.call(loaded)
    assert not {"PySide6", "httpx", "shiboken6"} & set(names.decode().split("\n"))


async def test_an_interrupt_from_the_keyboard_does_not_reach_the_process(worker: Worker) -> None:
    (pid,) = await worker.call(who)
    os.kill(int(pid), signal.SIGINT)
    assert await worker.call(who) == [pid]


PARENT = """
import asyncio, os, sys
from console.feeds.process.worker import Worker
from tests.feeds.tasks import who
async def main():
    (pid,) = await Worker().call(who)
    print(pid.decode(), flush=True)
    os.kill(os.getpid(), 9)
if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_the_process_ends_when_the_console_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "parent.py"
    file.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    parent = await asyncio.create_subprocess_exec(
        sys.executable, str(file), stdout=asyncio.subprocess.PIPE, env=environment
    )
    told, _ = await parent.communicate()
    await eventually(lambda: not _runs(int(told)))


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def units(count: int, **changes: str) -> list[dict[str, Any]]:
    """Units with an area each, some of them another."""
    return [{"id": f"u{n:04}", "area": changes.get(f"u{n:04}", "D1"), "kind": "x" * 40} for n in range(count)]


async def test_a_large_reply_changes_only_what_changed(worker: Worker) -> None:
    async with Chaos() as server:
        server.play("/v1/units", page(*units(2_000)), page(*units(1_999, u0007="D2")))
        async with watching(spec(server, UNITS), worker=worker, far=FAR, total=5.0) as board:
            await board.until(lambda state: len(state.units) == 1_999)
            first, second = board.events(UnitsChanged)
            assert (first.full, len(first.changed)) == (True, 2_000)
            assert [unit.id for unit in second.changed] == ["u0007"]
            assert second.gone == ("u1999",)


async def test_a_large_reply_that_cannot_be_read_is_told_like_a_small_one(worker: Worker) -> None:
    async with Chaos() as server:
        server.play("/v1/units", page(*units(2_000)), body(b"[" * 30_000))
        async with watching(spec(server, UNITS), worker=worker, far=FAR, total=5.0) as board:
            await board.until(lambda state: state.units)
            assert (await board.until_feed("malformed", "cad/units")).reported is Health.DEGRADED
            assert len(board.state.units) == 2_000


def read_as(rows: list[dict[str, Any]], *, full: bool = True) -> bytes:
    """The body of a page."""
    return msgspec.json.encode({"clock": {"now": now()}, "cursor": "", "full": full, "items": rows})


class Desk:
    """A reader for which everything above 20 kB is large."""

    def __init__(self, worker: Worker) -> None:
        self.reader = Reader("cad", worker, FAR)

    async def read(self, rows: list[dict[str, Any]], *, full: bool = True) -> Reading[Row]:
        """Read a page of units."""
        return await self.reader.read(UNITS, read_as(rows, full=full), Setting(now()))

    @property
    def areas(self) -> dict[str, str]:
        """What is held."""
        rows = self.reader.held[UNITS].rows
        return {key: unit.area for key, unit in rows.items() if isinstance(unit, Unit)}


async def test_a_value_that_went_there_in_a_small_reply_and_back_in_a_large_one_is_seen(
    worker: Worker,
) -> None:
    desk = Desk(worker)
    await desk.read(units(1_000))
    await desk.read([{"id": "u0007", "area": "D2"}], full=False)
    assert desk.areas["u0007"] == "D2"
    reading = await desk.read(units(1_000))
    assert [row_key(row) for row in reading.changed] == ["u0007"]
    assert desk.areas["u0007"] == "D1"


async def test_a_row_that_came_in_a_small_reply_and_is_not_in_a_large_one_is_gone(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.read(units(1_000))
    await desk.read([{"id": "new"}], full=False)
    reading = await desk.read(units(1_000))
    assert reading.gone == ("new",)


async def test_a_newer_version_from_a_small_reply_outlives_an_older_one_in_a_large_one(
    worker: Worker,
) -> None:
    desk = Desk(worker)
    rows = units(1_000)
    rows[7]["updated_at"] = (now() - timedelta(minutes=2)).isoformat()
    await desk.read(rows)
    await desk.read([{"id": "u0007", "area": "D2", "updated_at": now().isoformat()}], full=False)
    reading = await desk.read(rows)
    assert desk.areas["u0007"] == "D2"
    assert [flaw.what for flaw in reading.flaws] == ["out of order"]


async def test_the_death_of_the_process_loses_no_change_and_is_counted(worker: Worker) -> None:
    desk = Desk(worker)
    await desk.read(units(1_000))
    (pid,) = await worker.call(who)
    os.kill(int(pid), signal.SIGKILL)
    reading = await desk.read(units(999, u0007="D2"))
    assert [row_key(row) for row in reading.changed] == ["u0007"]
    assert reading.gone == ("u0999",)
    assert [flaw.what for flaw in reading.flaws] == ["reading process restarted"]


class Dying(Worker):
    """A process that no reply survives."""

    async def call(self, task: Task, *arguments: Any) -> list[bytes]:
        """Die."""
        raise WorkerLost


async def test_where_no_process_can_be_had_a_large_reply_is_read_all_the_same() -> None:
    dying = Dying()
    reading = await Desk(dying).read(units(1_000))
    assert len(reading.changed) == 1_000
    assert [flaw.what for flaw in reading.flaws] == ["no reading process"]
    dying.close()
