"""What of a track is to be drawn on so many pixels: cells of density, and marks that do not cover each other."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from console.domain.track import Mark, MarkKind, Track
from console.ui.transport.scale import Scale

USUAL = 0.98
"""The part of the steps that the height is made for: a burst, as at the first reply, is cut off above."""

NOTES = (MarkKind.BOOKMARK, MarkKind.NOTE)


class Cell(Struct, frozen=True, gc=False):
    """One bar of the density: from ``left`` on, ``high`` from 0 to 1."""

    left: float
    width: float
    high: float


def usual(track: Track) -> int:
    """The density that fills the height."""
    counts = sorted(count for count in track.density if count)
    return counts[int(USUAL * (len(counts) - 1))] if counts else 1


def cells(track: Track, scale: Scale, least: float) -> list[Cell]:
    """The density in bars at least ``least`` pixels wide; where several steps share one, the highest counts."""
    full, count = usual(track), len(track.density)
    first = min(max((scale.since - track.since) // track.step, 0), count)
    last = min(max((scale.until - track.since) // track.step + 1, first), count)
    each = scale.width * (track.step / scale.length)
    start = scale.x(track.since)
    highest: dict[float, int] = {}
    for n in range(first, last):
        left = start + n * each
        left = left if each >= least else left // least * least
        highest[left] = max(highest.get(left, 0), track.density[n])
    wide = max(each, least)
    return [Cell(left, wide, min(many / full, 1.0)) for left, many in highest.items() if many]


def priority(mark: Mark) -> int:
    """An alarm's priority: the figure that its label begins with; 3 where it names none."""
    first = mark.label[:2].rstrip()
    return int(first) if first in ("1", "2", "3") else 3


def seen(track: Track, scale: Scale, kinds: Iterable[MarkKind]) -> list[Mark]:
    """The marks of ``kinds`` between the ends of the scale."""
    first = bisect_left(track.marks, scale.since, key=_at)
    last = bisect_left(track.marks, scale.until, key=_at)
    wanted = frozenset(kinds)
    return [mark for mark in track.marks[first : last + 1] if mark.kind in wanted and scale.shows(mark.at)]


def pixels(marks: Iterable[Mark], scale: Scale) -> list[int]:
    """The pixels that marks stand on, each once."""
    return sorted({round(scale.x(mark.at)) for mark in marks})


def alarms(marks: Iterable[Mark], scale: Scale, apart: float) -> dict[int, int]:
    """The priority of the alarm on each place; of those nearer than ``apart`` pixels the most urgent stays."""
    places: dict[int, int] = {}
    last: int | None = None
    for mark in marks:
        x, rank = round(scale.x(mark.at)), priority(mark)
        if last is not None and x - last < apart:
            if rank < places[last]:
                del places[last]
                places[x] = rank
                last = x
        else:
            places[x] = rank
            last = x
    return places


class Label(Struct, frozen=True):
    """A text beside a mark, cut to the room it has."""

    left: float
    text: str


class Room(Struct, frozen=True):
    """Where labels may stand: up to ``end``, ``gap`` pixels from their mark and from the next thing."""

    end: float
    gap: float
    least: float


def labels(
    named: Sequence[tuple[int, str]],
    taken: Iterable[tuple[float, float]],
    room: Room,
    fit: Callable[[str, int], tuple[str, float]],
) -> list[Label]:
    """The labels that have room: each ends before the next mark and before what is ``taken``.

    ``named`` are pixel and text of the marks from left to right; ``fit`` cuts a text to a width.
    """
    walls = sorted([*((float(x), float(x)) for x, _ in named), *taken])
    found = []
    for x, text in named:
        left = x + room.gap
        ahead = (start for start, end in walls if end > x)
        limit = min(next(ahead, room.end), room.end) - room.gap
        if text and limit - left >= room.least:
            found.append(Label(left, fit(text, int(limit - left))[0]))
    return found


def _at(mark: Mark) -> datetime:
    return mark.at
