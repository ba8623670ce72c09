"""``record`` as a process of its own, and what it wrote."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from console.archive.store.database import transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import moment, runs

STARTED_S = 30.0


@contextmanager
def recording(url: str, archive: str | Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A recorder that has begun, until the block ends; it is killed if it still runs then."""
    command = [
        sys.executable,
        "-m",
        "console",
        "record",
        "--source",
        url,
        "--archive",
        str(archive),
        *arguments,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("recording into"):
                    break
            yield process
        finally:
            process.kill()


def reached(archive: str | Path) -> list[tuple[datetime, bool]]:
    """Of each run up to when it is complete, and whether it ended well."""
    with open_database(str(archive)) as database, transaction(database) as connection:
        rows = connection.execute(select(runs.c.until, runs.c.ended).order_by(runs.c.id))
        return [(moment(row.until), row.ended is not None) for row in rows]
