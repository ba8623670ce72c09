"""The worker process's own loop: takes one task at a time from a pipe until the pipe closes. No Qt."""

import signal
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

from console.feeds.adapter import Failed
from console.feeds.rows.reading import Unreadable

Memory = dict[str, Any]
"""What tasks keep between calls; it lives and dies with the process."""

Task = Callable[..., Iterable[Any]]
"""A function at the top level of a module: ``task(memory, *arguments)`` gives its answer in pieces."""


def serve(pipe: Connection) -> None:
    """Work until the parent closes its end or is gone.

    Each piece of an answer is sent as it comes, then ``None``; an `Unreadable` or `Failed` in its place.
    Anything unexpected ends the process, which the parent sees and counts.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    memory: Memory = {}
    try:
        while True:
            task, arguments = pipe.recv()
            _answer(pipe, task, (memory, *arguments))
    except (EOFError, OSError):
        return


def _answer(pipe: Connection, task: Task, arguments: tuple[Any, ...]) -> None:
    try:
        for piece in task(*arguments):
            pipe.send(piece)
    except (Unreadable, Failed) as error:
        pipe.send(error)
    else:
        pipe.send(None)
