"""What one feed last gave, and what a new reply changes in it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from msgspec import Raw, Struct
from msgspec.structs import replace

from console.domain.contract import Page, Row
from console.domain.vocabulary import FeedName
from console.feeds.rows.flaws import BAD_ROW, DUPLICATE, Flaw
from console.feeds.rows.reading import Reading

OUT_OF_ORDER = "out of order"
AHEAD = timedelta(seconds=30)
"""How far a server's clock may be ahead of ours and its stamps still count."""


class Marred(Struct, frozen=True):
    """A row with something wrong: what is left of it, or ``None``; ``key`` is its id, empty if unusable."""

    key: str
    row: Row | None
    flaws: tuple[Flaw, ...]


class Gathered(Struct):
    """The rows of one reply by id, the ids that came without a row that can be shown, and all flaws."""

    rows: dict[str, Row] = {}
    rejected: set[str] = set()
    flaws: list[Flaw] = []


Read = Callable[[bytes], Row | Marred]


class Held:
    """The rows of one feed by id. A row whose bytes were in the last full reply is not decoded again."""

    def __init__(self, feed: FeedName) -> None:
        self.rows: dict[str, Row] = {}
        fix = feed is FeedName.POSITIONS
        self._key: Callable[[Any], str] = attrgetter("unit" if fix else "id")
        self._version: Callable[[Any], datetime | None] = attrgetter("at" if fix else "updated_at")
        self._known: dict[bytes, Row | Marred] = {}
        self._doubted = False

    def forget(self) -> None:
        """Hold no rows, so that the next reply is given whole; what its bytes mean stays known."""
        self.rows.clear()

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
        changed, late = self.put(found.rows, now)
        reading: Reading[Row] = Reading(
            page.cursor,
            page.clock,
            full=page.full,
            whole=whole,
            blind="" in found.rejected,
            changed=tuple(changed),
            sound=() if page.full else tuple(found.rows),
            rows_read=len(page.items),
            flaws=(*found.flaws, *late),
        )
        gone = self.absent(reading, found.rows) if page.full else set(page.removed) - found.rows.keys()
        return replace(reading, gone=self.drop(gone))

    def put(self, rows: dict[str, Row], now: datetime) -> tuple[list[Row], list[Flaw]]:
        """Hold ``rows``: those that are new or different, and a flaw for each that is older than held.

        A held row from the future is no measure: when its server's clock is set right, all that follows
        looks older, and would be kept off the board until the false stamp is reached.
        """
        held, changed, late, trusted = self.rows, [], [], now + AHEAD
        for key, row in rows.items():
            old = held.get(key)
            if old is row:
                continue
            if old is not None and self._older(row, old) and self._dated(old, trusted):
                late.append(Flaw(key, BAD_ROW, OUT_OF_ORDER, version=_milliseconds(self._version(row))))
            elif old != row:
                held[key] = row
                changed.append(row)
        return changed, late

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

    def _gathered(self, items: Iterable[Raw], read: Read, *, full: bool) -> Gathered:
        found = Gathered()
        known: dict[bytes, Row | Marred] = {}
        for raw in items:
            data = bytes(raw)
            known[data] = entry = self._known.get(data) or read(data)
            if not isinstance(entry, Marred):
                self._keep(entry, found)
                continue
            found.flaws.extend(entry.flaws)
            if entry.row is None:
                found.rejected.add(entry.key)
            else:
                self._keep(entry.row, found)
        if full:
            self._known = known
        return found

    def _keep(self, row: Row, found: Gathered) -> None:
        key = self._key(row)
        if key in found.rows:
            found.flaws.append(Flaw(key, DUPLICATE, "id"))
            if self._older(row, found.rows[key]):
                return
        found.rows[key] = row


def _milliseconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1_000)
