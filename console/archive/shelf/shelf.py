"""The shelf of recorded shifts: which there are, what each looks like from the side, whether it is sound."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection

from console.archive.codec.digest import matching
from console.archive.shelf import axis, listing, overlaid
from console.archive.shelf.finding import NoSuchShift, found
from console.archive.shelf.index import BlockLine, Part, block_here, parts_of
from console.archive.store import reading
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError, Full, Lost
from console.archive.store.tables import blocks
from console.domain.track import Gap, ShiftLine, Track

__all__ = ["NoSuchShift", "Shelf"]

T = TypeVar("T")


class Shelf:
    """Reads; changes nothing. Every question may raise `ArchiveError`. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._damaged: dict[str, frozenset[tuple[int, bytes]]] = {}

    def shifts(self, now: datetime | None = None) -> tuple[ShiftLine, ...]:
        """All shifts, newest first. ``now`` tells whether who did not say that they stopped still record."""
        return self._listed(now)

    def find(self, text: str, now: datetime | None = None) -> ShiftLine:
        """The shift of that id, of that unique beginning of one, or that ``latest`` or ``yesterday`` means.

        Raises `NoSuchShift`.
        """
        heads = self._ask(listing.heads)
        try:
            meant = found(text, heads, now).id
        except NoSuchShift as error:
            if broken := reading.trouble(self._database):
                raise NoSuchShift(f"{error}. {broken}") from error
            raise
        return next(iter(self._listed(now, meant)), None) or found(text, (), now)

    def parts(self, shift: str) -> tuple[Part, ...]:
        """Which events of which runs a shift is, in order of time."""
        return self._ask(lambda connection: parts_of(connection, shift))

    def track(self, line: ShiftLine) -> Track:
        """The time axis of a shift. Damage is on it once `verify` has found it."""
        return self._ask(lambda connection: self._track(connection, line))

    def verify(self, line: ShiftLine, stop: Callable[[], bool] = bool) -> tuple[Gap, ...]:
        """Read every block of a shift, without decoding any, until ``stop``: the stretches that are damaged."""
        bad = set[tuple[int, bytes]]()
        parts = self._ask(lambda connection: _laid(connection, line))
        for part in parts:
            for block in part.blocks:
                if stop():
                    break
                if not self._sound(part.part.run, block):
                    bad.add((part.part.run, block.digest))
        self._damaged[line.id] = frozenset(bad)
        return tuple(gap for part in parts for gap in axis.broken(part, bad))

    def _sound(self, run: int, block: BlockLine) -> bool:
        """Whether the block is what was written; one that was settled meanwhile is another's."""
        try:
            row = reading.body(self._database, blocks, block_here(run, block))
        except (Lost, Full):
            raise
        except ArchiveError:
            return False
        place, times = (run, block.first, block.last), (block.since, block.until)
        return row is None or matching(row[0], place, row[1], times)

    def _track(self, connection: Connection, line: ShiftLine) -> Track:
        parts = _laid(connection, line)
        marks = [*axis.marked(parts), *overlaid.marked(connection, line.id)]
        until = max([line.until, *(part.end for part in parts)])
        return Track(
            line.since,
            until,
            axis.MINUTE,
            axis.density(parts, line.since, until),
            tuple(sorted(marks, key=lambda mark: mark.at)),
            tuple(axis.gaps(line.since, parts, self._damaged.get(line.id, ()), whole=self._whole(line.id))),
        )

    def _ask(self, query: Callable[[Connection], T]) -> T:
        return reading.ask(self._database, query)

    def _listed(self, now: datetime | None, only: str | None = None) -> tuple[ShiftLine, ...]:
        lines = self._ask(lambda connection: listing.lines(connection, now, only))
        return tuple(replace(line, damaged=not self._whole(line.id)) for line in lines)

    def _whole(self, shift: str) -> bool:
        """Whether nothing of a shift is known to be unreadable."""
        return shift not in (reading.damaged(self._database) or ()) and not self._damaged.get(shift)


def _laid(connection: Connection, line: ShiftLine) -> list[axis.Laid]:
    return [axis.laid(connection, part) for part in parts_of(connection, line.id)]
