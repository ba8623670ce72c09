"""The time axis of a shift: how much happened in each minute, the marks, and what is missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, select

from console.archive.recording.marking import FEED_DOWN, FEED_UP
from console.archive.shelf.index import (
    BlockLine,
    CheckpointLine,
    Part,
    block_lines,
    checkpoint_lines,
    latest_first,
    run_of,
)
from console.archive.store.tables import marks, moment
from console.archive.store.values import words
from console.domain.track import Gap, GapKind, Mark, MarkKind

MINUTE = timedelta(minutes=1)
STEP = timedelta(minutes=10)
"""What of a longer block is told apart, by the marks in it: an import's blocks last for hours."""

_QUIET = 0.5
"""What ten minutes without a mark count for, where one mark counts for one."""

_PEOPLES = {kind.value: kind for kind in MarkKind}


class Row(Struct, frozen=True, gc=False):
    """A mark as it stands in the archive."""

    at: datetime
    kind: str
    subject: str
    label: str


class Laid(Struct, frozen=True):
    """One part and all that is known of it without reading any event."""

    part: Part
    end: datetime
    blocks: tuple[BlockLine, ...]
    checkpoints: tuple[CheckpointLine, ...]
    rows: tuple[Row, ...]


def laid(connection: Connection, part: Part) -> Laid:
    """What there is of ``part``."""
    latest = part.first == latest_first(connection, part.run)
    last = None if latest else part.last
    run = run_of(connection, part.run)
    table = marks.c
    wanted = select(table.at, table.kind, table.subject, table.label).where(
        table.run == part.run, table.seen >= part.first
    )
    if last is not None:
        wanted = wanted.where(table.seen <= last)
    return Laid(
        part,
        max(part.until, run.until) if latest and run is not None else part.until,
        tuple(block_lines(connection, part.run, part.first - 1, last)),
        tuple(checkpoint_lines(connection, part.run, part.first - 2, last)),
        tuple(
            Row(moment(at), words(kind), words(subject), words(label))
            for at, kind, subject, label in connection.execute(wanted.order_by(table.at, table.id)).all()
        ),
    )


def density(parts: Sequence[Laid], since: datetime, until: datetime) -> tuple[int, ...]:
    """The changed rows of each minute; those of a longer block are spread over its time, most to where marks are."""
    counts = [0.0] * max(1, -((since - until) // MINUTE))
    for part in parts:
        busy = Counter((row.at - since) // STEP for row in part.rows)
        for line in part.blocks:
            first = _held((line.since - since) // MINUTE, len(counts))
            last = _held((line.until - since) // MINUTE, len(counts))
            shares = [_share(line, since + minute * MINUTE) for minute in range(first, last + 1)]
            long = line.until - line.since > STEP
            weights = [
                share * (_QUIET + busy[minute * MINUTE // STEP]) if long else share
                for minute, share in enumerate(shares, first)
            ]
            rows = line.rows * sum(shares) / (sum(weights) or 1.0)
            for minute, weight in enumerate(weights, first):
                counts[minute] += rows * weight
    return tuple(round(count) for count in counts)


def _held(minute: int, count: int) -> int:
    return min(max(minute, 0), count - 1)


def _share(line: BlockLine, minute: datetime) -> float:
    """How much of the block's time lies in the minute."""
    length = line.until - line.since
    if length <= timedelta(0):
        return 1.0
    inside = min(line.until, minute + MINUTE) - max(line.since, minute)
    return max(0.0, inside / length)


def marked(parts: Sequence[Laid]) -> list[Mark]:
    """The marks that people look for."""
    rows = (row for part in parts for row in part.rows if row.kind in _PEOPLES)
    return [Mark(row.at, _PEOPLES[row.kind], row.subject, row.label) for row in rows]


def gaps(
    since: datetime, parts: Sequence[Laid], damaged: Iterable[tuple[int, bytes]], *, whole: bool = True
) -> list[Gap]:
    """All that is missing, in order of time; ``damaged`` names blocks by their run and digest.

    Of a shift that is not ``whole``, what is missing inside a part was once there.
    """
    found, reached, bad = list[Gap](), since, set(damaged)
    for part in parts:
        if part.part.since > reached:
            found.append(Gap(reached, part.part.since, GapKind.CONSOLE_OFF))
        found += _lost(part) if whole else _gone(part)
        found += broken(part, bad)
        found += _feeds_down(part)
        reached = max(reached, part.end)
    return sorted(found, key=lambda gap: (gap.since, gap.until))


def _lost(part: Laid) -> list[Gap]:
    """Numbers that no block holds; the last one may be followed by a board alone."""
    found, due, until = list[Gap](), part.part.first, part.part.since
    whole = {line.seen: line.at for line in part.checkpoints}
    for line in part.blocks:
        if line.first > due:
            found.append(Gap(until, _goes_on(part, line.first - 1, line.since), GapKind.LOST))
        due, until = line.last + 1, max(line.until, whole.get(line.last, line.until))
    beyond = [line for line in part.checkpoints if line.seen >= due]
    if beyond and beyond[0].at > until:
        found.append(Gap(until, beyond[0].at, GapKind.LOST))
    return found


def _gone(part: Laid) -> list[Gap]:
    """Numbers that no block holds any more, the last ones too."""
    found = [Gap(gap.since, gap.until, GapKind.DAMAGED) for gap in _lost(part)]
    last = max((line.last for line in part.blocks), default=part.part.first - 1)
    boards = (line.at for line in part.checkpoints if line.seen >= last)
    until = max([part.part.since, *(line.until for line in part.blocks), *boards])
    if last < part.part.last and until < part.end:
        found.append(Gap(until, part.end, GapKind.DAMAGED))
    return found


def broken(part: Laid, bad: set[tuple[int, bytes]]) -> list[Gap]:
    """The stretches of ``part`` that blocks of the digests ``bad`` leave: when they begin may be damaged too.

    Blocks that follow each other leave one stretch.
    """
    found, since = list[Gap](), part.part.since
    for line in part.blocks:
        if (part.part.run, line.digest) not in bad:
            since = line.until
            continue
        until = _goes_on(part, line.last, part.end)
        if found and found[-1].until >= since:
            since = found.pop().since
        found.append(Gap(since, until, GapKind.DAMAGED))
        since = until
    return found


def _goes_on(part: Laid, seen: int, otherwise: datetime) -> datetime:
    """When the board is whole again behind event ``seen``: at the next checkpoint, else with the next block."""
    boards = (line.at for line in part.checkpoints if line.seen >= seen)
    following = (line.since for line in part.blocks if line.first > seen)
    return next(boards, None) or next(following, otherwise)


def _feeds_down(part: Laid) -> list[Gap]:
    found, down = list[Gap](), dict[str, Row]()
    for row in part.rows:
        if row.kind == FEED_DOWN:
            down.setdefault(row.subject, row)
        elif row.kind == FEED_UP and row.subject in down:
            found.append(Gap(down.pop(row.subject).at, row.at, GapKind.FEED_DOWN, row.subject))
    return found + [Gap(row.at, part.end, GapKind.FEED_DOWN, row.subject) for row in down.values()]
