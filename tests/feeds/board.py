"""A hub on a chaos server, and the board that its events fold to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from console.domain.due import Due
from console.domain.events import Event, Recorded
from console.domain.feed import Feed
from console.domain.state import State, start
from console.domain.vocabulary import FeedName
from console.feeds.hub import Hub
from console.feeds.process.worker import Worker
from console.feeds.spec import SourceSpec, bearer
from console.feeds.wire.limits import Limits
from console.session.clock import LiveClock, steady
from console.session.sequence import Sequence
from console.session.session import Session
from console.session.store import Store
from tests.feeds.chaos import Chaos

QUICK = Limits(
    connect=0.5,
    read=0.3,
    write=0.5,
    pool=0.5,
    total=0.4,
    retry_first=0.01,
    retry_most=0.03,
    retry_auth=0.03,
    service=30.0,
)
"""The real limits, some fifty times shorter."""

WITHIN_S = 5.0
TICK_S = 0.004

E = TypeVar("E", bound=Event)


class Heard:
    """A source that remembers what it handed out."""

    can = Sequence.can

    def __init__(self, sequence: Sequence) -> None:
        self.events: list[Recorded] = []
        self._sequence = sequence

    def take(self, seen: int, until: datetime) -> Due:
        """What the sequence gives."""
        due = self._sequence.take(seen, until)
        self.events += due.events
        return due

    def rewind(self, to: datetime) -> State:
        """What the sequence gives."""
        return self._sequence.rewind(to)


class Board:
    """The session's side: folds what the hub tells, as the screen thread would."""

    def __init__(self, hub: Hub, sequence: Sequence, clock: LiveClock) -> None:
        self.hub = hub
        self.clock = clock
        self._heard = Heard(sequence)
        self._session = Session(clock, self._heard, Store(start(clock.now())))

    @property
    def heard(self) -> list[Recorded]:
        """Every event so far, in order."""
        self._session.step()
        return self._heard.events

    def events(self, kind: type[E]) -> list[E]:
        """The events of one kind so far."""
        return [event for event in self.heard if isinstance(event, kind)]

    @property
    def state(self) -> State:
        """The board now."""
        self._session.step()
        return self._session.store.value

    def feed(self, key: str = "cad/calls") -> Feed:
        """How a feed does."""
        return self.state.feeds[key]

    def counted(self, kind: str, what: str) -> int:
        """How often a problem was counted."""
        found = (p for p in self.state.problems.values() if (p.kind, p.what) == (kind, what))
        return sum(problem.count for problem in found)

    async def until(self, seen: Callable[[State], object]) -> State:
        """Wait for the board to look so."""
        await eventually(lambda: seen(self.state))
        return self.state

    async def until_feed(self, reason: str, key: str = "cad/calls") -> Feed:
        """Wait for a feed to report ``reason``."""
        state = await self.until(lambda state: key in state.feeds and state.feeds[key].reason == reason)
        return state.feeds[key]


async def eventually(seen: Callable[[], object]) -> None:
    """Wait until it is so, within a few seconds."""
    for _ in range(int(WITHIN_S / TICK_S)):
        if seen():
            return
        await asyncio.sleep(TICK_S)
    raise TimeoutError


def spec(server: Chaos, *feeds: FeedName, name: str = "cad", every: float = 0.01) -> SourceSpec:
    """A source at ``server``."""
    names = feeds or (FeedName.CALLS,)
    return SourceSpec(
        name=name, url=server.url, sign_in=bearer("s3cret"), feeds=names, every=dict.fromkeys(names, every)
    )


@asynccontextmanager
async def watching(
    *specs: SourceSpec, worker: Worker | None = None, clock: LiveClock | None = None, **limits: float
) -> AsyncIterator[Board]:
    """A hub that polls ``specs`` and the board it feeds."""
    clock = clock or LiveClock()
    sequence = Sequence(clock)
    own = worker or Worker()
    hub = Hub(specs, sequence, clock, steady, own, replace(QUICK, **limits))
    running = asyncio.create_task(hub.run())
    try:
        yield Board(hub, sequence, clock)
    finally:
        hub.stop()
        await asyncio.wait_for(running, WITHIN_S)
        if worker is None:
            own.close()
