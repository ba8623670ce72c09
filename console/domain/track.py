"""A recorded shift seen from the side: where it begins and ends, how much happened when, what is missing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

SOON = timedelta(seconds=10)
"""Within which the first rows come to a console that was just started."""

_SECOND = timedelta(seconds=1)


class MarkKind(StrEnum):
    """What stands on the time axis, and what ``N`` and ``P`` stop at."""

    CALL = "call"
    """A call was first seen."""

    CLOSED = "closed"
    ALARM = "alarm"
    BOOKMARK = "bookmark"
    NOTE = "note"
    ACT = "act"
    """Somebody did something about an alarm."""


class Mark(Struct, frozen=True, gc=False):
    """One moment worth finding. ``subject`` is the id it is about, ``label`` what to call it."""

    at: datetime
    kind: MarkKind
    subject: str = ""
    label: str = ""


class GapKind(StrEnum):
    """Why there is nothing to see, or nothing fresh."""

    CONSOLE_OFF = "console_off"
    """No console was recording."""

    FEED_DOWN = "feed_down"
    """The console was there, a feed was not."""

    LOST = "lost"
    """Events that the archive could not take."""

    DAMAGED = "damaged"
    """What was written cannot be read any more."""


class Gap(Struct, frozen=True, gc=False):
    """A stretch that the recording does not know, or knows only in part; ``what`` names the feed or the cause."""

    since: datetime
    until: datetime
    kind: GapKind
    what: str = ""


class ShiftLine(Struct, frozen=True):
    """One recorded shift, as a list shows it. ``size`` in bytes; ``going``: it is being recorded right now.

    ``gaps`` is the time that is missing, ``ended_well`` whether the last recorder said that it stopped, ``damaged``
    whether some of it is known to be unreadable.
    """

    id: str
    agency: str
    name: str
    timezone: str
    since: datetime
    until: datetime
    imported: bool = False
    going: bool = False
    ended_well: bool = True
    calls: int = 0
    units: int = 0
    size: int = 0
    gaps: timedelta = timedelta(0)
    held: bool = False
    held_because: str = ""
    damaged: bool = False


class Track(Struct, frozen=True):
    """The time axis of one shift: ``density`` counts changed calls and units in each ``step`` from ``since`` on."""

    since: datetime
    until: datetime
    step: timedelta = timedelta(minutes=1)
    density: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def beginning(self) -> datetime:
        """Where there is something to see first: behind what nobody recorded, and a second behind the first rows."""
        gap = self.gap(self.since)
        began = self.since if gap is None else gap.until
        calls = (mark.at for mark in self.marks if mark.kind is MarkKind.CALL and mark.at >= began)
        first = next(calls, began)
        return min(first + _SECOND, self.until) if began < first <= began + SOON else began

    def after(self, at: datetime, kinds: Iterable[MarkKind]) -> Mark | None:
        """The first mark of ``kinds`` later than ``at``."""
        wanted = [mark for mark in self.marks if mark.kind in set(kinds)]
        place = bisect_right(wanted, at, key=_at)
        return wanted[place] if place < len(wanted) else None

    def before(self, at: datetime, kinds: Iterable[MarkKind]) -> Mark | None:
        """The last mark of ``kinds`` earlier than ``at``."""
        wanted = [mark for mark in self.marks if mark.kind in set(kinds)]
        place = bisect_left(wanted, at, key=_at)
        return wanted[place - 1] if place else None

    def gap(self, at: datetime) -> Gap | None:
        """The stretch without any recording that ``at`` lies in; a feed that was down is no such stretch."""
        return next((gap for gap in self.gaps if _whole(gap) and gap.since <= at < gap.until), None)

    def next_gap(self, at: datetime) -> Gap | None:
        """The stretch without any recording that ``at`` lies in, or the next one."""
        later = [gap for gap in self.gaps if _whole(gap) and gap.until > at]
        return min(later, key=lambda gap: gap.since, default=None)


def _at(mark: Mark) -> datetime:
    return mark.at


def _whole(gap: Gap) -> bool:
    return gap.kind is not GapKind.FEED_DOWN
