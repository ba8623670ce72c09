"""Every shift of an archive as one line, with what it takes and what it lacks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import Connection, Row, func, select, true

from console.archive.shelf.index import Part, Run, run_of
from console.archive.shelf.process import gone
from console.archive.store.errors import Damaged
from console.archive.store.tables import SHIFT, blocks, checkpoints, moment, parts, shifts, span, writer
from console.archive.store.values import IMPOSSIBLE, whole, words
from console.domain.track import ShiftLine

SILENT = timedelta(minutes=1)
"""Without a sign of life for so long, a recorder that did not say that it stopped is taken to be gone."""

_ZERO = timedelta(0)


def heads(connection: Connection) -> tuple[ShiftLine, ...]:
    """All shifts, newest first, by what is said of them alone: enough to find one."""
    table = shifts.c
    if connection.scalar(select(parts.c.shift).where(parts.c.shift.not_in(select(table.id))).limit(1)):
        raise Damaged(IMPOSSIBLE)  # of a shift that is not there
    rows = connection.execute(select(shifts).order_by(table.since.desc(), table.id.desc()))
    return tuple(_head(row) for row in rows)


def lines(connection: Connection, now: datetime | None, only: str | None = None) -> tuple[ShiftLine, ...]:
    """All shifts, newest first, or ``only`` the one of that id.

    Without ``now`` a recorder that did not say that it stopped is taken to be there.
    """
    listing = _Listing(connection, now, only)
    return tuple(listing.line(head) for head in heads(connection) if only in {None, head.id})


def _head(row: Row[tuple[object, ...]]) -> ShiftLine:
    since, until = span(row.since, row.until, SHIFT)
    return ShiftLine(
        id=words(row.id),
        agency=words(row.agency),
        name=words(row.name),
        timezone=words(row.timezone),
        since=since,
        until=until,
        imported=row.kind == "import",
        calls=whole(row.calls),
        units=whole(row.units),
        held=row.held,
        held_because=words(row.held_because),
    )


class _Listing:
    """What is asked of the archive once for all shifts."""

    def __init__(self, connection: Connection, now: datetime | None, only: str | None) -> None:
        self._parts: dict[str, list[Part]] = defaultdict(list)
        table = parts.c
        wanted = select(table.shift, table.run, table.first, table.last, table.since, table.until)
        for shift, run, first, last, since, until in connection.execute(wanted.order_by(table.since)):
            part = Part(whole(run), whole(first), whole(last), *span(since, until, SHIFT))
            self._parts[words(shift)].append(part)
        numbers = {part.run for ours in self._parts.values() for part in ours}
        self._runs = {number: run for number in numbers if (run := run_of(connection, number)) is not None}
        self._last = {part.run: part.first for part in self._in_order()}
        self._sizes = _sizes(connection, only)
        self._holes = _holes(connection, only)
        self._writing = _writing(connection, now)

    def line(self, head: ShiftLine) -> ShiftLine:
        """``head`` with what its parts add to it."""
        ours = self._parts[head.id]
        going = any(self._going(part) for part in ours)
        return replace(
            head,
            until=max([head.until, *(self._end(part) for part in ours)]),
            going=going,
            ended_well=going or all(self._ended(part) for part in ours[-1:]),
            size=self._sizes.get(head.id, 0),
            gaps=self._missing(head.since, ours),
        )

    def _in_order(self) -> Sequence[Part]:
        return sorted((part for ours in self._parts.values() for part in ours), key=lambda part: part.first)

    def _run(self, part: Part) -> Run | None:
        """The run that ``part`` is the latest of."""
        return self._runs.get(part.run) if self._last[part.run] == part.first else None

    def _end(self, part: Part) -> datetime:
        run = self._run(part)
        return part.until if run is None else max(part.until, run.until)

    def _ended(self, part: Part) -> bool:
        run = self._run(part)
        return run is None or run.ended is not None

    def _going(self, part: Part) -> bool:
        return self._writing and not self._ended(part) and part.run == max(self._runs)

    def _missing(self, since: datetime, ours: Sequence[Part]) -> timedelta:
        total, reached = _ZERO, since
        for part in ours:
            total += max(_ZERO, part.since - reached) + self._holes.get((part.run, part.first), _ZERO)
            reached = max(reached, self._end(part))
        return total


def _sizes(connection: Connection, only: str | None) -> dict[str, int]:
    """Bytes of each shift's blocks and boards."""
    ours = true() if only is None else parts.c.shift == only
    sizes: dict[str, int] = defaultdict(int)
    block, board = blocks.c, checkpoints.c
    for table, within in (
        (blocks, (block.run == parts.c.run) & (block.first >= parts.c.first) & (block.last <= parts.c.last)),
        (
            checkpoints,
            (board.run == parts.c.run) & (board.seen >= parts.c.first - 1) & (board.seen <= parts.c.last),
        ),
    ):
        wanted = select(parts.c.shift, func.sum(func.length(table.c.body))).select_from(parts)
        for shift, size in connection.execute(wanted.join(table, within).where(ours).group_by(parts.c.shift)):
            sizes[shift] += int(size or 0)
    return sizes


def _holes(connection: Connection, only: str | None) -> dict[tuple[int, int], timedelta]:
    """How long events are missing inside each part, by its run and first event."""
    table = blocks.c
    ours = true() if only is None else table.run.in_(select(parts.c.run).where(parts.c.shift == only))
    pairs = (
        select(
            table.run,
            table.last,
            table.until,
            func.lead(table.first).over(partition_by=table.run, order_by=table.first).label("first"),
            func.lead(table.since).over(partition_by=table.run, order_by=table.first).label("since"),
        )
        .where(ours)
        .subquery()
    )
    wanted = (
        select(parts.c.run, parts.c.first, pairs.c.last, pairs.c.until, pairs.c.first, pairs.c.since)
        .join(pairs, (pairs.c.run == parts.c.run) & (pairs.c.first > parts.c.first))
        .where(pairs.c.first > pairs.c.last + 1, pairs.c.last <= parts.c.last, pairs.c.first <= parts.c.last)
    )
    lost: dict[tuple[int, int], timedelta] = defaultdict(timedelta)
    for run, part, last, until, first, since in connection.execute(wanted).all():
        whole, again = _whole(connection, run, last, first)
        lost[run, part] += max(_ZERO, moment(again or since) - moment(max(until, whole or until)))
    return lost


def _whole(connection: Connection, run: int, last: int, first: int) -> tuple[int | None, int | None]:
    """Until when the board is known to be whole before events that are missing, and from when on behind them."""
    table = checkpoints.c
    ours = select(func.max(table.at)).where(table.run == run, table.seen == last)
    after = select(func.min(table.at)).where(table.run == run, table.seen >= first - 1)
    return connection.scalar(ours), connection.scalar(after)


def _writing(connection: Connection, now: datetime | None) -> bool:
    """Whether somebody may be recording right now."""
    if now is None:
        return True
    row = connection.execute(select(writer.c.beat, writer.c.host, writer.c.pid)).first()
    return row is not None and now - moment(row.beat) < SILENT and not gone(row.host, row.pid)
