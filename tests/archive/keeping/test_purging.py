"""A purge leaves nothing of a shift in any file, and everything of the others."""

import random
from pathlib import Path

import pytest
from sqlalchemy import func, select

from console.archive.keeping.holding import Kept, hold
from console.archive.keeping.purging import purge
from console.archive.recording.entries import Run
from console.archive.recording.log import Log
from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import audit, blocks, checkpoints, marks, overlay, parts, runs, shifts
from console.domain.state import start
from tests.archive.keeping import shifts as made
from tests.domain.builders import NOON

Archive = tuple[str, str | None]
ROWS = (blocks, checkpoints, marks, overlay, parts, shifts, runs)


def words(seed: int) -> str:
    """Twenty thousand characters that no compression makes much of, so that rows fill several pages."""
    return random.Random(seed).randbytes(10_000).hex()


def counts(database: Database) -> list[int]:
    with transaction(database) as connection:
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in ROWS]


def traces(database: Database, shift: str, said: str) -> list[bytes]:
    """Bytes of everything that a shift has in the archive."""
    with transaction(database) as connection:
        run = connection.scalars(select(parts.c.run).where(parts.c.shift == shift)).one()
        bodies = [
            body
            for table in (blocks, checkpoints)
            for body in connection.scalars(select(table.c.body).where(table.c.run == run))
        ]
    pieces = [body[at : at + 40] for body in bodies for at in range(40, len(body) - 40, 1500)]
    return [*pieces, said[:60].encode(), f"origin-{said[:40]}".encode(), b"trainee did this", shift.encode()]


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_nothing_of_a_purged_shift_is_left_in_any_file(tmp_path: Path) -> None:
    with open_database(str(tmp_path / "a.db"), write=True) as database, claim(database, NOON):
        made.record(database, "kept", NOON, words(1))
        shift = made.record(database, "gone", NOON + made.HOUR, words(2))
        made.act(database, shift, b"trainee did this")
        with alone(database) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(tmp_path / "a.db.v1.bak"),))
        canaries = traces(database, shift, words(2))
        before = bytes_of(tmp_path)
        across = [canary for canary in canaries if canary not in before]
        assert len(across) <= len(canaries) // 5, "a few may lie across two pages, where no search finds them"
        assert {b"trainee did this", shift.encode(), words(2)[:60].encode()}.isdisjoint(across)
        purged = purge(database, shift, "sam", NOON)
        after = bytes_of(tmp_path)
        left = [canary for canary in canaries[:-1] if canary in after]
        assert (left, purged.left) == ([], "")
        with alone(database) as connection:
            assert connection.exec_driver_sql("PRAGMA freelist_count").scalar() == 0
        with transaction(database) as connection:
            assert list(connection.scalars(select(shifts.c.name))) == ["kept"]
            assert connection.execute(select(audit.c.who, audit.c.act, audit.c.subject)).all() == [
                ("sam", "purge", shift)
            ]


def test_purging_takes_back_all_that_recording_wrote(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        made.record(database, "day", NOON)
        before = counts(database)
        shift = made.record(database, "night", NOON + made.HOUR)
        made.act(database, shift, b"a note")
        assert counts(database) != before
        purge(database, shift, "sam", NOON)
        assert counts(database) == before


@pytest.mark.parametrize("gone", ["day", "night"])
def test_of_two_shifts_of_one_run_the_other_keeps_its_events_and_its_first_board(
    archives: Archive, gone: str
) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        log = Log(database, Run("run"))
        log.begin(start(NOON), made.turn("day", NOON))
        board = made.write(log, "day", start(NOON))
        ids = {"day": log.shift}
        log.turn(made.turn("night", board.at), made.nothing(board), board)
        ids["night"] = log.shift
        made.write(log, "night", board)
        log.end(board.at + made.HOUR)
        purge(database, ids[gone], "sam", NOON)
        with transaction(database) as connection:
            events = connection.execute(select(blocks.c.first, blocks.c.last)).all()
            boards = list(connection.scalars(select(checkpoints.c.seen).order_by(checkpoints.c.seen)))
        assert (events, boards) == (([(5, 8)], [4, 8]) if gone == "day" else ([(1, 4)], [0, 4]))


def test_a_held_shift_is_refused_with_who_and_why(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON)
        hold(database, shift, "counsel", "case 17", NOON)
        before = counts(database)
        with pytest.raises(Kept, match=r"held by counsel since 2026-11-19 19:00 UTC: case 17"):
            purge(database, shift, "sam", NOON)
        assert counts(database) == before


def test_the_shift_that_is_being_recorded_is_refused(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON, end=False)
        with pytest.raises(Kept, match="is being recorded"):
            purge(database, shift, "sam", NOON)
        assert purge(database, shift, "sam", NOON, recording=False).bytes > 0


def test_a_shift_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        open_database(str(tmp_path / "a.db"), write=True) as database,
        claim(database, NOON),
        pytest.raises(ArchiveError, match="there is no shift nowhere"),
    ):
        purge(database, "nowhere", "sam", NOON)


def test_while_somebody_reads_the_file_the_purge_says_that_its_journal_is_left(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    with open_database(url, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON)
        with open_database(url) as reader, transaction(reader) as connection:
            connection.execute(select(shifts)).all()
            assert "its journal" in purge(database, shift, "sam", NOON).left
        assert Path(f"{url}-wal").stat().st_size > 0
