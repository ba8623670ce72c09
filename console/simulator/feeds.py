"""The two kinds of feed behind the API: one read from a timeline, one worked out from the moment."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Raw

from console.simulator.shift import Subject
from console.simulator.timeline import Change
from console.simulator.wire import encode, moved

Rows = tuple[Raw, tuple[str, ...]]
"""A JSON array of rows, and the ids of the rows that left."""

_MILLISECOND = timedelta(milliseconds=1)


class Feed(Protocol):
    """One feed as the server reads it; a version is a whole number that never falls."""

    def version(self, at: datetime) -> int:
        """The version that stands at ``at``, a moment of the shift's own stamps."""
        ...

    def full(self, version: int) -> Raw:
        """All rows of ``version``, as a JSON array."""
        ...

    def since(self, old: int, version: int) -> Rows:
        """The rows that changed between two versions, and those that left."""
        ...

    def fingerprint(self) -> str:
        """Differs when the feed would say anything else at any moment."""
        ...


class RecordedFeed:
    """A feed whose version is a count of the timeline's changes. Each row is encoded once, at the start."""

    def __init__(self, changes: Sequence[Change], by: timedelta) -> None:
        self._moments = [change.at for change in changes]
        self._keys = [change.key for change in changes]
        self._rows = [b"" if change.row is None else encode(moved(change.row, by)) for change in changes]
        self._board: dict[str, bytes] = {}
        self._board_at = 0

    def version(self, at: datetime) -> int:
        return bisect_right(self._moments, at)

    def full(self, version: int) -> Raw:
        if version < self._board_at:
            self._board, self._board_at = {}, 0
        for key, row in self._between(self._board_at, version):
            if row:
                self._board[key] = row
            else:
                self._board.pop(key, None)
        self._board_at = version
        return _array(self._board.values())

    def since(self, old: int, version: int) -> Rows:
        last = dict(self._between(old, version))
        return _array(row for row in last.values() if row), tuple(key for key, row in last.items() if not row)

    def fingerprint(self) -> str:
        return hashlib.blake2b(b"\n".join(self._rows), digest_size=8).hexdigest()

    def _between(self, old: int, version: int) -> Iterator[tuple[str, bytes]]:
        return zip(self._keys[old:version], self._rows[old:version], strict=True)


class MovingFeed:
    """A feed of rows that are functions of the moment; its version is the millisecond of the newest change."""

    def __init__(self, subjects: Sequence[Subject], start: datetime, by: timedelta) -> None:
        self._subjects = subjects
        self._start = start
        self._by = by
        self._encoded: dict[str, tuple[int, bytes]] = {}

    def version(self, at: datetime) -> int:
        at_ms = (at - self._start) // _MILLISECOND
        return max((moment for s in self._subjects if (moment := s.changed(at_ms)) is not None), default=0)

    def full(self, version: int) -> Raw:
        return _array(
            self._row(s, moment) for s in self._subjects if (moment := s.changed(version)) is not None
        )

    def since(self, old: int, version: int) -> Rows:
        rows: list[bytes] = []
        gone: list[str] = []
        for subject in self._subjects:
            moment = subject.changed(version)
            if moment is None:
                if subject.changed(old) is not None:
                    gone.append(subject.key)
            elif moment > old:
                rows.append(self._row(subject, moment))
        return _array(rows), tuple(gone)

    def fingerprint(self) -> str:
        return f"{self._start.isoformat()}+{len(self._subjects)}"

    def _row(self, subject: Subject, moment: int) -> bytes:
        kept = self._encoded.get(subject.key)
        if kept is None or kept[0] != moment:
            kept = self._encoded[subject.key] = (moment, encode(moved(subject.row(moment), self._by)))
        return kept[1]


def _array(rows: Iterable[bytes]) -> Raw:
    return Raw(b"[" + b",".join(rows) + b"]")
