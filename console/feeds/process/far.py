"""Reading a reply in the worker process: what runs there, and what of it comes back."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.entities import Call, Facility, FollowUp, Position, Unit
from console.domain.vocabulary import FeedName
from console.feeds.adapters.kinds import adapter
from console.feeds.adapters.native import Native
from console.feeds.process.child import Memory
from console.feeds.process.interpreter import Asks, Harvest, Interpreter
from console.feeds.rows.reading import Reading, Setting
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble

ROWS = 500
"""Rows per piece: the engine decodes one in about 2 ms (measured), and lets others run between."""

T = TypeVar("T")


class Errand(msgspec.Struct, frozen=True):
    """Which reply this is; ``fresh`` when the process must not go by what it read before."""

    source: str
    feed: FeedName
    setting: Setting
    fresh: bool


class Talk(msgspec.Struct, frozen=True):
    """Which round of which source a step belongs to; ``fresh`` when everything is asked for anew."""

    source: str
    dialect: Dialect
    round: str
    setting: Setting
    fresh: bool


class Forgotten(msgspec.Struct, frozen=True):
    """The process does not know the round, because it is another process: begin again, with what is held."""


Portion = tuple[FeedName, bytes]
"""Some rows of one feed, as msgpack."""


def parts(rows: tuple[T, ...] | list[T]) -> Iterator[tuple[T, ...]]:
    """``rows`` in portions that can be worked on without holding up anybody."""
    for start in range(0, len(rows), ROWS):
        yield tuple(rows[start : start + ROWS])


def read(memory: Memory, errand: Errand, body: bytes) -> Iterator[bytes]:
    """The reading of ``body`` as msgpack: first without its rows, then the changed rows in portions."""
    reader = memory[errand.source] = memory.get(errand.source) or Native()
    if errand.fresh:
        reader.held[errand.feed].forget()
    reading = reader.read(errand.feed, body, errand.setting)
    yield msgspec.msgpack.encode(replace(reading, changed=()))
    yield from map(msgspec.msgpack.encode, parts(reading.changed))


def begin(memory: Memory, talk: Talk, known: tuple[Portion, ...] | None) -> Iterator[Any]:
    """The first step of a round: an `Asks`, or a `Harvest` without its rows and then those as `Portion`s.

    ``known`` are the rows that the console holds; ``None`` says that the process holds the same.
    """
    if known is None and talk.source not in memory:
        yield Forgotten()
        return
    if known is not None:
        memory[talk.source] = interpreter = Interpreter(adapter(talk.dialect))
        returned = Returned()
        for feed in dict(known):
            rows = (row for name, piece in known if name is feed for row in returned.rows(feed, piece))
            interpreter.hold(rows, feed, talk.setting.ahead)
    interpreter = memory[talk.source]
    yield from _step(interpreter.begin(talk.round, fresh=talk.fresh, setting=talk.setting))


def hear(memory: Memory, talk: Talk, answers: tuple[Reply | Trouble, ...]) -> Iterator[Any]:
    """The next step of a round, as `begin` gives the first."""
    if talk.source not in memory or not memory[talk.source].talking(talk.round):
        yield Forgotten()
        return
    yield from _step(memory[talk.source].hear(talk.round, answers, talk.setting))


def _step(step: Asks | Harvest) -> Iterator[Any]:
    if isinstance(step, Asks):
        yield step
        return
    readings = {feed: what for feed, what in step.items() if isinstance(what, Reading)}
    yield {**step, **{feed: replace(reading, changed=()) for feed, reading in readings.items()}}
    for feed, reading in readings.items():
        yield from portions(feed, reading.changed)


def portions(feed: FeedName, rows: tuple[Row, ...] | list[Row]) -> Iterator[Portion]:
    """``rows`` packed for the other process."""
    return ((feed, msgspec.msgpack.encode(part)) for part in parts(rows))


class Returned:
    """Decodes what comes back from `read`."""

    def __init__(self) -> None:
        self._head = msgspec.msgpack.Decoder(Reading[Any])
        self._rows: dict[FeedName, msgspec.msgpack.Decoder[Any]] = {
            FeedName.CALLS: msgspec.msgpack.Decoder(tuple[Call, ...]),
            FeedName.UNITS: msgspec.msgpack.Decoder(tuple[Unit, ...]),
            FeedName.POSITIONS: msgspec.msgpack.Decoder(tuple[Position, ...]),
            FeedName.FACILITIES: msgspec.msgpack.Decoder(tuple[Facility, ...]),
            FeedName.FOLLOW_UPS: msgspec.msgpack.Decoder(tuple[FollowUp, ...]),
        }

    def head(self, piece: bytes) -> Reading[Any]:
        """The first piece."""
        return self._head.decode(piece)

    def rows(self, feed: FeedName, piece: bytes) -> tuple[Row, ...]:
        """One of the others."""
        found: tuple[Row, ...] = self._rows[feed].decode(piece)
        return found
