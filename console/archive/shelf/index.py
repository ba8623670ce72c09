"""The rows that say where things are: runs, parts of shifts, blocks and checkpoints without what they hold."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, select

from console.archive.store.errors import Damaged
from console.archive.store.tables import RUN, SHIFT, blocks, checkpoints, moment, parts, runs, span
from console.archive.store.values import IMPOSSIBLE, raw, whole


class Run(Struct, frozen=True):
    """One recorder's unbroken sequence. ``ended`` is ``None`` while it goes on, or where it broke off."""

    id: int
    kind: str
    began: datetime
    until: datetime
    ended: datetime | None


class Part(Struct, frozen=True):
    """The events ``first`` to ``last`` of a run, from ``since`` until ``until``."""

    run: int
    first: int
    last: int
    since: datetime
    until: datetime


class BlockLine(Struct, frozen=True, gc=False):
    """Where the events ``first`` to ``last`` are; ``rows`` counts the calls and units that they change."""

    first: int
    last: int
    since: datetime
    until: datetime
    digest: bytes
    rows: int
    settled: bool


class CheckpointLine(Struct, frozen=True, gc=False):
    """Where the board after ``seen`` events is; ``base`` is the ``seen`` of the one that it needs."""

    seen: int
    at: datetime
    base: int | None


def parts_of(connection: Connection, shift: str) -> tuple[Part, ...]:
    """The parts of a shift in order of time."""
    table = parts.c
    rows = connection.execute(
        select(table.run, table.first, table.last, table.since, table.until)
        .where(table.shift == shift)
        .order_by(table.since, table.run, table.first)
    )
    return tuple(
        Part(whole(run), whole(first), whole(last), *span(since, until, SHIFT))
        for run, first, last, since, until in rows
    )


def run_of(connection: Connection, run: int) -> Run | None:
    """The run of that number; ``None`` where it was purged. Raises `Damaged` where a shift is still of it."""
    table = runs.c
    row = connection.execute(
        select(table.id, table.kind, table.began, table.until, table.ended).where(table.id == run)
    ).first()
    if row is None:
        if connection.scalar(select(func.count()).where(parts.c.run == run)):
            raise Damaged(IMPOSSIBLE)
        return None
    ended = None if row.ended is None else moment(row.ended)
    return Run(row.id, row.kind, *span(row.began, row.until, RUN), ended)


def block_lines(connection: Connection, run: int, after: int, last: int | None = None) -> list[BlockLine]:
    """The blocks of ``run`` with an event behind number ``after``, and none that begins behind ``last``."""
    table = blocks.c
    wanted = select(
        table.first, table.last, table.since, table.until, raw(table.digest), table.rows, table.settled
    ).where(table.run == run, table.last > after)
    if last is not None:
        wanted = wanted.where(table.first <= last)
    found = connection.execute(wanted.order_by(table.first)).all()
    return [
        BlockLine(
            whole(first),
            whole(end),
            moment(since),
            moment(until),
            digest if isinstance(digest, bytes) else b"",
            whole(rows),
            settled,
        )
        for first, end, since, until, digest, rows, settled in found
    ]


def block_here(run: int, line: BlockLine) -> ColumnElement[bool]:
    """Where that block is; nowhere once another took its place."""
    table = blocks.c
    return and_(
        table.run == run, table.first == line.first, table.last == line.last, table.digest == line.digest
    )


def checkpoint_lines(
    connection: Connection, run: int, after: int, last: int | None = None
) -> list[CheckpointLine]:
    """The checkpoints of ``run`` behind event number ``after`` and up to ``last``."""
    table = checkpoints.c
    wanted = select(table.seen, table.at, table.base).where(table.run == run, table.seen > after)
    if last is not None:
        wanted = wanted.where(table.seen <= last)
    return [
        CheckpointLine(whole(seen), moment(at), None if base is None else whole(base))
        for seen, at, base in connection.execute(wanted.order_by(table.seen)).all()
    ]


def checkpoint_here(run: int, seen: int) -> ColumnElement[bool]:
    """Where that checkpoint is."""
    return and_(checkpoints.c.run == run, checkpoints.c.seen == seen)


LATEST = 3
"""Checkpoints before a part that are looked at, in case that the last ones are damaged."""


def floor(connection: Connection, part: Part) -> int:
    """After how many events of its run reading a part may begin: a run can go on for weeks."""
    table = checkpoints.c
    seen = connection.scalars(
        select(table.seen)
        .where(table.run == part.run, table.seen < part.first)
        .order_by(table.seen.desc())
        .limit(LATEST)
    ).all()
    return seen[-1] if seen else 0


def latest_first(connection: Connection, run: int) -> int:
    """The first event of the run's last part, in whichever shift."""
    return connection.scalar(select(func.max(parts.c.first)).where(parts.c.run == run)) or 0
