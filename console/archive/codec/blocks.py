"""A block of the log as bytes: its events in order, with the fixes of all of them as columns."""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from console.archive.codec import courses
from console.archive.codec.fixes import Fixes, in_columns, in_rows
from console.archive.codec.frame import LEVEL, Damaged, unwrapped, wrapped
from console.domain.entities import Position
from console.domain.events import PositionsChanged, Recorded

__all__ = ["Damaged", "pack", "unpack"]

VERSION = 1

FEW = 200
"""Fixes from which on columns pay. 100 take 0.35 ms and 15 bytes each as columns, 0.1 ms and 27 bytes as they are,
which is what a block of one second wants: it is soon replaced."""


class Block(Struct, frozen=True, array_like=True):
    """``counts`` says how many of the ``fixes`` each event has; without ``fixes`` the events hold them themselves."""

    events: tuple[Recorded, ...]
    counts: tuple[Annotated[int, Meta(ge=0)], ...] = ()
    fixes: Fixes | None = None


def pack(events: Sequence[Recorded], level: int = LEVEL) -> bytes:
    """The body of a block of ``events``; a lower ``level`` takes less time and more bytes."""
    fixes = [*chain.from_iterable(event.changed for event in events if isinstance(event, PositionsChanged))]
    block = Block(tuple(events)) if len(fixes) < FEW else _in_columns(events, fixes)
    return wrapped(VERSION, msgspec.msgpack.encode(block), level=level)


def unpack(body: bytes) -> list[Recorded]:
    """The events of a block, equal to those that were packed and in their order. Raises `Damaged`."""
    if body[:1] > bytes((VERSION,)):
        return courses.unpack(body)
    plain = unwrapped(VERSION, body)
    try:
        block = msgspec.msgpack.decode(plain, type=Block)
        return list(block.events) if block.fixes is None else _in_rows(block, block.fixes)
    except Damaged:
        raise
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise Damaged(f"it holds no events ({error})") from error


def _in_columns(events: Sequence[Recorded], fixes: Sequence[Position]) -> Block:
    return Block(
        tuple(
            replace(event, changed=()) if isinstance(event, PositionsChanged) else event for event in events
        ),
        tuple(len(event.changed) for event in events if isinstance(event, PositionsChanged)),
        in_columns(fixes),
    )


def _in_rows(block: Block, fixes: Fixes) -> list[Recorded]:
    events = list(block.events)
    places = [place for place, event in enumerate(events) if isinstance(event, PositionsChanged)]
    ends = [0]
    for count in block.counts:
        ends.append(ends[-1] + count)
    if len(places) != len(block.counts):
        raise Damaged("its positions are not those of its events")
    rows = in_rows(fixes, ends[-1])
    for place, (start, end) in zip(places, pairwise(ends), strict=True):
        events[place] = replace(events[place], changed=tuple(rows[start:end]))
    return events
