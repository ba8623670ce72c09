"""A process beside the console for work that would hold the interpreter for too long."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from console.feeds.adapter import Failed
from console.feeds.process.child import Task, serve
from console.feeds.rows.reading import Unreadable


class WorkerLost(Exception):
    """The worker process died, or gave no answer in time; the next call starts another."""


class Worker:
    """Started by `warm` or by the first call, one task at a time, started again after a death.

    The pipe is read and written on one thread of its own, so the caller's loop stays free.
    """

    def __init__(self, patience_s: float = 60.0) -> None:
        self._patience_s = patience_s
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker-pipe")
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def warm(self) -> None:
        """Start the process now, so that the first call need not wait for it."""
        self._thread.submit(self._ready)

    def _ready(self) -> None:
        if self._pipe is None:
            self._start()

    async def call(self, task: Task, *arguments: Any) -> list[Any]:
        """What ``task(memory, *arguments)`` gives in the process; ``memory`` is kept between calls.

        ``task`` is a function at the top of a module that the process can import. Raises `WorkerLost`,
        and `Unreadable` or `Failed` where the task does.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._talk, task, arguments)

    def close(self) -> None:
        """End the process and wait until it has ended."""
        if self._process is not None:
            self._process.kill()
        self._thread.shutdown(cancel_futures=True)
        self._end()

    def _talk(self, task: Task, arguments: tuple[Any, ...]) -> list[Any]:
        try:
            pipe = self._pipe or self._start()
            pipe.send((task, arguments))
            return self._listen(pipe)
        except (EOFError, OSError) as error:
            self._end()
            raise WorkerLost from error

    def _listen(self, pipe: Connection) -> list[Any]:
        pieces: list[Any] = []
        while pipe.poll(self._patience_s):
            match pipe.recv():
                case None:
                    return pieces
                case Unreadable() | Failed() as error:
                    raise error
                case piece:
                    pieces.append(piece)
        raise TimeoutError

    def _start(self) -> Connection:
        # Not forked: the console has threads, and Qt does not survive a fork.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="worker", daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _end(self) -> None:
        pipe, process = self._pipe, self._process
        self._pipe = self._process = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()
