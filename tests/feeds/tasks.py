"""Work for the worker process, as tests give it."""

import os
import signal
import sys
import time
from collections.abc import Iterator

from console.feeds.process.child import Memory
from console.feeds.rows.reading import Unreadable


def count(memory: Memory) -> Iterator[bytes]:
    """How often this was called in one process."""
    memory["count"] = memory.get("count", 0) + 1
    yield str(memory["count"]).encode()


def refuse(_memory: Memory) -> Iterator[bytes]:
    """Give a piece, then find that the rest cannot be read."""
    yield b"x"
    raise Unreadable("no", "It cannot be read.", "Do something.")


def die(_memory: Memory) -> Iterator[bytes]:
    """End the process in the middle of an answer."""
    yield b"x"
    os.kill(os.getpid(), signal.SIGKILL)


def hold(_memory: Memory, seconds: float) -> Iterator[bytes]:
    """Answer after a while."""
    time.sleep(seconds)
    yield b"x"


def loaded(_memory: Memory) -> Iterator[bytes]:
    """Which modules the process has loaded."""
    yield "\n".join(sys.modules).encode()


def who(_memory: Memory) -> Iterator[bytes]:
    """The id of the process."""
    yield str(os.getpid()).encode()
