"""The bare cost of a jump: reading and decoding the rows that it needs, and nothing else."""

import sqlite3
from datetime import datetime
from time import perf_counter

from console.archive.codec.blocks import unpack
from console.archive.codec.boards import plain_of, thaw
from console.archive.spec import ArchiveSpec
from console.archive.store.tables import micros

CHECKPOINT = "SELECT run, seen, base, body FROM checkpoints WHERE at <= ? ORDER BY at DESC, seen DESC LIMIT 1"
BASE = "SELECT body FROM checkpoints WHERE run = ? AND seen = ?"
BLOCKS = "SELECT body FROM blocks WHERE run = ? AND last > ? AND since <= ? ORDER BY first"


class Bare:
    """One connection to the file of ``spec``."""

    def __init__(self, spec: ArchiveSpec) -> None:
        self._connection = sqlite3.connect(spec.url)

    def read(self, moment: datetime) -> float:
        """Seconds to read and decode the checkpoint before ``moment`` and the blocks behind it."""
        at = micros(moment)
        began = perf_counter()
        run, seen, base, body = self._connection.execute(CHECKPOINT, (at,)).fetchone()
        whole = None
        if base is not None:
            whole = plain_of(self._connection.execute(BASE, (run, base)).fetchone()[0])
        thaw(body, whole)
        for (block,) in self._connection.execute(BLOCKS, (run, seen, at)):
            unpack(block)
        return perf_counter() - began

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
