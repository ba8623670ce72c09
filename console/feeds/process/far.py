"""Reading a reply in the worker process: what runs there, and what of it comes back."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.entities import Call, Facility, FollowUp, Position, Unit
from console.domain.vocabulary import FeedName
from console.feeds.adapters.kinds import adapter
from console.feeds.process.child import Memory
from console.feeds.rows.reading import Reading, Setting

ROWS = 500
"""Rows per piece: the engine decodes one in about 2 ms (measured), and lets others run between."""

T = TypeVar("T")


class Errand(msgspec.Struct, frozen=True):
    """Which reply this is; ``fresh`` when the process must not go by what it read before."""

    source: str
    kind: str
    feed: FeedName
    setting: Setting
    fresh: bool


def parts(rows: tuple[T, ...] | list[T]) -> Iterator[tuple[T, ...]]:
    """``rows`` in portions that can be worked on without holding up anybody."""
    for start in range(0, len(rows), ROWS):
        yield tuple(rows[start : start + ROWS])


def read(memory: Memory, errand: Errand, body: bytes) -> Iterator[bytes]:
    """The reading of ``body`` as msgpack: first without its rows, then the changed rows in portions."""
    reader = memory[errand.source] = memory.get(errand.source) or adapter(errand.kind)
    if errand.fresh:
        reader.held[errand.feed].forget()
    reading = reader.read(errand.feed, body, errand.setting)
    yield msgspec.msgpack.encode(replace(reading, changed=()))
    yield from map(msgspec.msgpack.encode, parts(reading.changed))


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
