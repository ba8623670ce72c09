"""Where the blocks and checkpoints of one part are, and how that is learned while they are being written."""

from datetime import datetime
from operator import attrgetter

from msgspec import Struct
from sqlalchemy import Connection

from console.archive.shelf.index import (
    BlockLine,
    CheckpointLine,
    Part,
    Run,
    block_lines,
    checkpoint_lines,
    floor,
)

_seen, _time = attrgetter("seen"), attrgetter("at", "seen")


class Lines(Struct, frozen=True):
    """Where everything of a part is, as of one moment of its recording. ``latest``: the run has no later part."""

    run: Run
    part: Part
    latest: bool
    blocks: tuple[BlockLine, ...]
    checkpoints: tuple[CheckpointLine, ...]

    @property
    def end(self) -> datetime:
        """Up to when it is complete."""
        return max(self.part.until, self.run.until) if self.latest else self.part.until

    @property
    def last(self) -> int | None:
        """The number of the last event that belongs to it; ``None`` where that is the run's last."""
        return None if self.latest else self.part.last

    @property
    def growing(self) -> bool:
        """Whether more may come, as far as anybody said."""
        return self.latest and self.run.ended is None


def read(connection: Connection, run: Run, part: Part, *, latest: bool) -> Lines:
    """Where everything of ``part`` is."""
    last = None if latest else part.last
    after = floor(connection, part)
    return Lines(
        run,
        part,
        latest,
        tuple(block_lines(connection, run.id, after, last)),
        _in_time(checkpoint_lines(connection, run.id, after - 1, last)),
    )


def grown(known: Lines, connection: Connection, run: Run, part: Part, *, latest: bool) -> Lines:
    """``known`` and what was written since; of the last minute many blocks may have become one."""
    if known.run == run and known.part == part and known.latest == latest:
        return known
    settled = 0
    while settled < len(known.blocks) and known.blocks[settled].settled:
        settled += 1
    kept = known.blocks[:settled]
    boards = sorted(known.checkpoints, key=_seen)[:-1]  # the last may have moved in time
    last = None if latest else part.last
    fresh = block_lines(connection, run.id, kept[-1].last if kept else floor(connection, part), last)
    more = checkpoint_lines(connection, run.id, boards[-1].seen if boards else -1, last)
    return Lines(run, part, latest, (*kept, *fresh), _in_time([*boards, *more]))


def _in_time(found: list[CheckpointLine]) -> tuple[CheckpointLine, ...]:
    """As they are looked for; a damaged time, which is noticed once the board is read, misplaces only its own."""
    return tuple(sorted(found, key=_time))
