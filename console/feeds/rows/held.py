"""What one feed last gave, and what a new reply changes in it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from msgspec import Raw, json
from msgspec.structs import replace

from console.domain.contract import Page, Row
from console.domain.entities import Call, Position
from console.domain.vocabulary import FeedName
from console.feeds.rows.flaws import BAD_FIELD, BAD_ROW, DUPLICATE, REUSED, TOO_MANY, Flaw
from console.feeds.rows.history import another, ended, remembered, retired
from console.feeds.rows.leaps import SUSPECT, Leaps
from console.feeds.rows.most import MORE, MOST, beyond
from console.feeds.rows.reading import Reading
from console.feeds.rows.shift import shifted
from console.feeds.rows.taken import Marred, Put, Sorted

OUT_OF_ORDER = "out of order"

MANY = 5
"""Rows that do not all end between two looks: when none is left of so many, that is looked at twice."""

KEPT = timedelta(hours=24)
"""How long a call that is over is held, for the figures of its shift."""
AHEAD = timedelta(seconds=30)
"""How far a server's clock may be ahead of ours and its stamps still count."""


Read = Callable[[bytes], Row | Marred]


class Held:
    """The rows of one feed by id. A row whose bytes were in the last full reply is not decoded again."""

    def __init__(self, feed: FeedName, most: int = MOST) -> None:
        self.rows: dict[str, Row] = {}
        self._most = most
        fix = feed is FeedName.POSITIONS
        self._key: Callable[[Any], str] = attrgetter("unit" if fix else "id")
        self._version: Callable[[Any], datetime | None] = attrgetter("at" if fix else "updated_at")
        self._known: dict[bytes, Row | Marred] = {}
        self._ahead = timedelta()
        self._doubted = False
        self._missed: set[str] = set()
        self._leaps = Leaps()

    def know(self, rows: Iterable[Row], ahead: timedelta) -> None:
        """Hold ``rows``, which are corrected already by a clock that is ``ahead``."""
        self.rows, self._ahead = self.keyed(rows), ahead

    def forget(self) -> None:
        """Hold no rows, so that the next reply is given whole; what its bytes mean stays known."""
        self.rows.clear()

    def correct(self, ahead: timedelta) -> None:
        """Know that the source's clock is ``ahead`` of ours: what is held moves with what will be read."""
        if ahead != self._ahead:
            self.rows = {key: shifted(row, ahead - self._ahead) for key, row in self.rows.items()}
            self._ahead = ahead
            self._known.clear()

    def take(self, page: Page[Raw], read: Read, now: datetime) -> Reading[Row]:
        """Take in one reply at ``now``, each row read by ``read``.

        An empty page where rows are held is believed the second time only.
        """
        vanished = page.full and not page.items and bool(self.rows) and not self._doubted
        self._doubted = vanished
        if vanished:
            return Reading(page.cursor, page.clock, full=True, vanished=True)
        whole = not self.rows
        found = self._gathered(page.items, read, full=page.full)
        self._limit(found, self.rows.keys() & found.rows.keys() if page.full else self.rows.keys())
        put = self.put(found.rows, now)
        reading: Reading[Row] = Reading(
            page.cursor,
            page.clock,
            full=page.full,
            whole=whole,
            blind="" in found.rejected,
            changed=tuple(put.changed),
            sound=() if page.full else tuple(found.rows),
            rows_read=len(page.items),
            flaws=(*found.flaws, *put.late),
            retired=tuple(put.retired),
        )
        gone = self.absent(reading, found.rows) if page.full else set(page.removed) - found.rows.keys()
        return replace(reading, gone=self.drop(gone))

    def gather(
        self, entries: Sequence[Row | Marred], flaws: Iterable[Flaw], deleted: Collection[str], now: datetime
    ) -> Reading[Row]:
        """Take in some rows of a source at ``now``, and what it calls deleted; nothing else is gone."""
        found = self._sorted(entries, flaws)
        self._limit(found, self.rows.keys() - set(deleted))
        self._missed -= found.rows.keys()
        put = self.put(found.rows, now)
        return self._told(found, put, full=False, gone=self.drop(set(deleted) - found.rows.keys()))

    def gather_all(
        self, entries: Sequence[Row | Marred], flaws: Iterable[Flaw], now: datetime
    ) -> Reading[Row]:
        """Take in all rows of a source at ``now``.

        What is missing twice in a row is gone; a call is over then, which was observed and not told. Where
        nothing at all is left of many rows, the first look changes nothing.
        """
        found = self._sorted(entries, flaws)
        self._limit(found, self.rows.keys())
        active = {key for key, row in self.rows.items() if not isinstance(row, Call) or row.open}
        missing = set() if "" in found.rejected else active - found.rows.keys() - found.rejected
        if not entries and len(missing) >= MANY and not missing <= self._missed:
            self._missed = missing
            return Reading("", None, full=True, vanished=True)
        put = self.put(found.rows, now)
        over = missing & self._missed
        self._missed = missing - over
        put.changed += self._ended(over, now)
        lost = {key for key in over if not isinstance(self.rows[key], Call)}
        return self._told(found, put, full=True, gone=self.drop(lost | self._outdated(found, now)))

    def put(self, rows: dict[str, Row], now: datetime) -> Put:
        """Hold ``rows``: those that are new or different, and a flaw for each that is older than held.

        A held row from the future is no measure: when its server's clock is set right, all that follows
        looks older, and would be kept off the board until the false stamp is reached.
        """
        held, put, trusted = self.rows, Put(), now + AHEAD
        for key, row in rows.items():
            old = held.get(key)
            if old is row:
                continue
            if isinstance(old, Call) and isinstance(row, Call):
                if another(old, row):
                    put.retired.append(retired(old))
                    put.late.append(Flaw(key, REUSED, "id"))
                    old = None
                else:
                    row = remembered(old, row, now)  # noqa: PLW2901 - the same row, with what is known of it
            if old is not None and self._older(row, old) and self._dated(old, trusted):
                put.late.append(Flaw(key, BAD_ROW, OUT_OF_ORDER, version=_milliseconds(self._version(row))))
            elif old != row:
                held[key] = row
                put.changed.append(row)
        return put

    def drop(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Hold those no longer; the ones that were held, in order."""
        return tuple(key for key in sorted(keys) if self.rows.pop(key, None) is not None)

    def keyed(self, rows: Iterable[Row]) -> dict[str, Row]:
        """``rows`` by id."""
        return {self._key(row): row for row in rows}

    def absent(self, reading: Reading[Row], rows: dict[str, Row]) -> set[str]:
        """Ids that a full reply of ``rows`` does not have any more; a row it spoilt is still there."""
        if reading.blind:
            return set()
        return self.rows.keys() - rows.keys() - {flaw.row for flaw in reading.flaws if flaw.rejected}

    def _older(self, row: Row, other: Row) -> bool:
        mine, others = self._version(row), self._version(other)
        return mine is not None and others is not None and mine < others

    def _dated(self, row: Row, last: datetime) -> bool:
        stamp = self._version(row)
        return stamp is not None and stamp <= last

    def _told(self, found: Sorted, put: Put, *, full: bool, gone: tuple[str, ...]) -> Reading[Row]:
        return Reading(
            "",
            None,
            full=full,
            changed=tuple(put.changed),
            gone=gone,
            sound=() if full else tuple(found.rows),
            rows_read=len(found.rows) + len(found.rejected),
            flaws=(*found.flaws, *put.late),
            retired=tuple(put.retired),
        )

    def _ended(self, keys: Iterable[str], now: datetime) -> list[Row]:
        """The calls among ``keys``, over from now on."""
        calls = [row for key in sorted(keys) if isinstance(row := self.rows[key], Call)]
        over: list[Row] = [ended(call, now) for call in calls]
        self.rows |= self.keyed(over)
        return over

    def _outdated(self, found: Sorted, now: datetime) -> set[str]:
        """Calls that ended long ago and are not reported any more."""
        return {
            key
            for key, row in self.rows.items()
            if isinstance(row, Call)
            and not row.open
            and key not in found.rows
            and now - (row.closed_at or row.stamps.cleared_at or row.updated_at or now) > KEPT
        }

    def _gathered(self, items: Iterable[Raw], read: Read, *, full: bool) -> Sorted:
        known: dict[bytes, Row | Marred] = {}
        entries: list[Row | Marred] = []
        for raw in items:
            data = bytes(raw)
            known[data] = entry = self._known.get(data) or read(data)
            entries.append(entry)
        if full:
            self._known = known
        return self._sorted(entries, ())

    def _sorted(self, entries: Iterable[Row | Marred], flaws: Iterable[Flaw]) -> Sorted:
        found = Sorted(flaws=list(flaws))
        found.rejected |= {flaw.row for flaw in found.flaws if flaw.rejected}
        for entry in entries:
            if not isinstance(entry, Marred):
                self._keep(entry, found)
                continue
            found.flaws.extend(entry.flaws)
            if entry.row is None:
                found.rejected.add(entry.key)
            else:
                self._keep(entry.row, found)
        for key, row in found.rows.items():
            held = self.rows.get(key)
            if isinstance(row, Position) and isinstance(held, Position) and self._leaps.doubtful(held, row):
                found.rows[key] = held  # the last good fix, until another agrees with the new one
                found.flaws.append(Flaw(key, BAD_FIELD, SUSPECT, version=_milliseconds(row.at)))
        return found

    def _limit(self, found: Sorted, staying: Collection[str]) -> None:
        """Leave out, and count, what finds no room on the board beside what is held and is ``staying``."""
        for key in beyond(found.rows, staying, self._most):
            del found.rows[key]
            found.rejected.add(key)
            found.flaws.append(Flaw(key, TOO_MANY, MORE, rejected=True))

    def _keep(self, row: Row, found: Sorted) -> None:
        key = self._key(row)
        other = found.rows.get(key)
        if other is not None:
            found.flaws.append(Flaw(key, DUPLICATE, "id"))
            if self._older(row, other) or (not self._older(other, row) and _text(row) < _text(other)):
                return  # the newer; of two that cannot be told apart by age the same one in any order
        found.rows[key] = row


def _text(row: Row) -> bytes:
    return json.encode(row)


def _milliseconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1_000)
