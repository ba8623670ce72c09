"""A console without a screen that follows a recording, and says when its board had which event.

Run as a process of its own: ``python -m tests.benchmarks.follower URL FRAME_S``. It prints ``joined``, and once its
input is closed one line ``seen seconds`` for each frame that brought something, by the counter all processes share.
"""

import sys
from threading import Event, Thread
from time import monotonic

from console.archive.spec import ArchiveSpec
from console.domain.state import start
from console.following import Follower
from console.session.session import Session
from console.session.store import Store


def main(url: str, frame_s: float) -> None:
    """Follow until the input is closed."""
    over = Event()
    Thread(target=_read, args=(over,), daemon=True).start()
    broken: list[BaseException] = []
    follower = Follower(ArchiveSpec(url), broken.append)
    session = Session(follower.clock, follower.sequence, Store(start(follower.clock.now())))
    follower.start()
    seen, told = 0, list[str]()
    while not over.wait(frame_s):
        session.step()
        if session.store.value.seen > seen:
            if not seen:
                sys.stdout.write("joined\n")
                sys.stdout.flush()
            seen = session.store.value.seen
            told.append(f"{seen} {monotonic()}\n")
    follower.stop()
    assert not broken
    sys.stdout.writelines(told)


def _read(over: Event) -> None:
    sys.stdin.read()
    over.set()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
