"""What is read of the newest run: the events behind those that are known, and boards to go on from."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, select

from console.archive.codec.blocks import Damaged, unpack
from console.archive.codec.boards import plain_of, thaw
from console.archive.codec.digest import matching
from console.archive.store.tables import blocks, checkpoints, moment, runs
from console.archive.store.values import raw
from console.domain.events import Recorded
from console.domain.state import State, advance, start


class Going(Struct, frozen=True):
    """A recorder's run: complete up to ``upto``; ``host`` and ``pid`` say which console records it."""

    id: int
    began: datetime
    upto: datetime
    ended: bool
    host: str = ""
    pid: int = 0


class Block(Struct, frozen=True, gc=False):
    """A block as it stands in the archive, neither verified nor decoded."""

    run: int
    first: int
    last: int
    since: datetime
    until: datetime
    digest: bytes
    body: bytes


class Behind(Struct, frozen=True):
    """The events that follow, complete up to ``upto``; ``stuck``: the next ones are missing or damaged."""

    events: list[Recorded]
    upto: datetime
    stuck: bool = False


def newest(connection: Connection) -> Going | None:
    """The run that was begun last; ``None`` where none is recorded yet."""
    table = runs.c
    row = connection.execute(
        select(table.id, table.began, table.until, table.ended, table.host, table.pid)
        .where(table.kind == "live")
        .order_by(table.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return Going(row.id, moment(row.began), moment(row.until), row.ended is not None, row.host, row.pid)


def blocks_after(connection: Connection, run: int, seen: int) -> list[Block]:
    """The blocks with an event behind the first ``seen``, in order."""
    table = blocks.c
    wanted = select(table.first, table.last, table.since, table.until, raw(table.digest), raw(table.body))
    found = connection.execute(wanted.where(table.run == run, table.last > seen).order_by(table.first))
    return [
        Block(run, row.first, row.last, moment(row.since), moment(row.until), row.digest, row.body)
        for row in found
    ]


def read(found: Iterable[Block], seen: int, upto: datetime) -> Behind:
    """The events of blocks behind the first ``seen``: of a block that took the place of others the rest.

    ``upto`` is what the run is known to be complete to.
    """
    events = list[Recorded]()
    for block in found:
        due = seen + len(events) + 1
        if block.first > due:
            return Behind(events, upto, stuck=True)
        try:
            events += _verified(block)[due - block.first :]
        except Damaged:
            return Behind(events, upto, stuck=True)
        upto = max(upto, block.until)
    return Behind(events, upto)


def board_behind(connection: Connection, run: int, seen: int) -> State | None:
    """The newest board of the run that has folded more than ``seen`` events and can be read."""
    table = checkpoints.c
    wanted = select(table.seen, table.base).where(table.run == run, table.seen > seen)
    for row in connection.execute(wanted.order_by(table.seen.desc())).all():
        try:
            base = None if row.base is None else plain_of(_body(connection, run, row.base))
            state = thaw(_body(connection, run, row.seen), base)
        except Damaged:
            continue
        if state.seen == row.seen:
            return state
    return None


def last_board(connection: Connection) -> State | None:
    """The board at the end of the newest run, as far as it can be read; ``None`` where none is recorded yet."""
    found = newest(connection)
    if found is None:
        return None
    board = board_behind(connection, found.id, -1) or start(found.began)
    behind = read(blocks_after(connection, found.id, board.seen), board.seen, found.upto)
    return advance(board, behind.events, max(board.at, behind.upto))


def _verified(block: Block) -> list[Recorded]:
    place, times = (block.run, block.first, block.last), (block.since, block.until)
    if not matching(block.digest, place, block.body, times):
        raise Damaged("its digest does not match")
    events = unpack(block.body)
    if len(events) != block.last - block.first + 1:
        raise Damaged("it holds more or fewer events than it says")
    return events


def _body(connection: Connection, run: int, seen: int) -> bytes:
    table = checkpoints.c
    row = connection.execute(
        select(raw(table.digest), raw(table.body)).where(table.run == run, table.seen == seen)
    ).first()
    if row is None or not matching(row.digest, (run, seen, seen), row.body):
        raise Damaged("it is missing or its digest does not match")
    body: bytes = row.body
    return body
