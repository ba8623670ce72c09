"""What is damaged is not shown; what is lost for a while is waited for; what is sound is shown all the same."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.store.database import Database, transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks, checkpoints
from console.domain.events import Noted, Recorded
from console.domain.state import advance
from tests.archive.conftest import Outage
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.builders import NOON, at, logs, moments

END = NOON + timedelta(seconds=150)
SOME = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


def _spoil(database: Database, run: int, place: int) -> None:
    """Other bytes in one of the run's blocks."""
    with transaction(database) as connection:
        firsts = connection.scalars(
            select(blocks.c.first).where(blocks.c.run == run).order_by(blocks.c.first)
        ).all()
        if firsts:
            which = (blocks.c.run == run) & (blocks.c.first == firsts[place % len(firsts)])
            connection.execute(update(blocks).where(which).values(body=b"other"))


@SOME
@given(logs(), st.integers(0, 9), st.lists(moments, min_size=1, max_size=6))
def test_with_a_damaged_block_a_jump_still_shows_what_playing_through_does(
    database: Database, events: list[Recorded], place: int, stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    _spoil(database, writing.log.number, place)
    there = shown(Replay(Tapes(database, writing.shift)), *stops)
    through = sorted(stop for stop in stops if stop <= stops[-1])
    assert there == shown(Replay(Tapes(database, writing.shift)), NOON, *through)
    writing.forget()


@SOME
@given(logs(), st.integers(0, 9))
def test_behind_the_damage_the_board_is_what_was_live(
    database: Database, events: list[Recorded], place: int
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    _spoil(database, writing.log.number, place)
    assert shown(Replay(Tapes(database, writing.shift)), NOON, END) == live(events, END)
    writing.forget()


@SOME
@given(logs(), st.lists(moments, min_size=1, max_size=6), st.booleans())
def test_without_checkpoints_it_shows_the_same(
    database: Database, events: list[Recorded], stops: list[datetime], warm: bool
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    with transaction(database) as connection:
        connection.execute(delete(checkpoints).where(checkpoints.c.run == writing.log.number))
    tapes = Tapes(database, writing.shift)
    if warm:
        tapes.warm(lambda: False)
    assert shown(Replay(tapes), *stops) == live(events, stops[-1])
    writing.forget()


@SOME
@given(logs(), st.lists(moments, min_size=1, max_size=6))
def test_with_damaged_checkpoints_it_shows_the_same(
    database: Database, events: list[Recorded], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    with transaction(database) as connection:
        ours = checkpoints.c.run == writing.log.number
        connection.execute(update(checkpoints).where(ours).values(body=b"other"))
    assert shown(Replay(Tapes(database, writing.shift)), *stops) == live(events, stops[-1])
    writing.forget()


def _notes(*minutes: float) -> list[Recorded]:
    return [Noted(at(minute), f"{minute}", "me") for minute in minutes]


def _texts(replay: Replay, minute: float) -> list[str]:
    return [note.text for note in shown(replay, at(minute)).notes]


def test_while_events_are_damaged_the_board_stays(database: Database) -> None:
    writing = Writing(database)
    writing.all(_notes(0.5, 1.2, 1.4, 2.5), at(3), minute=60)
    _spoil(database, writing.log.number, 1)
    replay = Replay(Tapes(database, writing.shift))
    assert [_texts(replay, minute) for minute in (1, 1.9, 2)] == [["0.5"], ["0.5"], ["0.5", "1.2", "1.4"]]
    writing.forget()


def test_events_that_were_lost_are_in_the_board_behind_them(database: Database) -> None:
    writing = Writing(database)
    writing.all(_notes(0.5), at(1), minute=60)
    writing.lose(_notes(1.5), at(2))
    writing.all(_notes(2.5), at(3), minute=60)
    replay = Replay(Tapes(database, writing.shift))
    assert [_texts(replay, minute) for minute in (1.9, 2, 3)] == [
        ["0.5"],
        ["0.5", "1.5"],
        ["0.5", "1.5", "2.5"],
    ]
    assert shown(replay, NOON, at(1.9), at(2.2)) == shown(replay, at(2.2))
    writing.forget()


def test_damage_without_any_board_behind_it_is_passed_over(database: Database) -> None:
    writing = Writing(database)
    writing.all(_notes(0.5, 1.5, 2.5), at(3), minute=60)
    writing.log.end(at(3))
    with transaction(database) as connection:
        connection.execute(delete(checkpoints).where(checkpoints.c.run == writing.log.number))
    _spoil(database, writing.log.number, 1)
    replay = Replay(Tapes(database, writing.shift))
    assert [_texts(replay, minute) for minute in (1.9, 2.9)] == [["0.5"], ["0.5", "2.5"]]
    assert shown(replay, NOON, at(1.9), at(2.9)) == shown(replay, at(2.9))
    writing.forget()


def test_a_second_run_begins_where_it_began(database: Database) -> None:
    one = Writing(database)
    one.all(_notes(0.5), at(1))
    one.log.end(at(1))
    two = Writing(database, at(10))
    two.all(_notes(10.5), at(11))
    replay = Replay(Tapes(database, one.shift))
    assert two.shift == one.shift
    assert [_texts(replay, minute) for minute in (1, 9, 10.2, 11)] == [["0.5"], ["0.5"], [], ["10.5"]]
    assert shown(replay, NOON, at(5), at(10.7)) == shown(replay, at(10.7))
    two.forget()
    one.forget()


def test_a_run_that_begins_while_the_shift_is_open_is_found(database: Database) -> None:
    one = Writing(database)
    one.all(_notes(0.5), at(1))
    one.log.end(at(1))
    tapes = Tapes(database, one.shift)
    two = Writing(database, at(10))
    two.all(_notes(10.5), at(11))
    tapes.look()
    assert (tapes.until, _texts(Replay(tapes), 11)) == (at(11), ["10.5"])
    two.forget()
    one.forget()


def test_while_nothing_recorded_the_ages_rise(database: Database) -> None:
    one = Writing(database)
    one.all(_notes(0.5), at(1))
    one.log.end(at(1))
    two = Writing(database, at(10))
    assert shown(Replay(Tapes(database, one.shift)), at(9)) == advance(live(_notes(0.5), at(1)), (), at(9))
    two.forget()
    one.forget()


def test_a_removed_archive_is_told_and_the_board_stays(tmp_path: Path) -> None:
    with archive(tmp_path) as database:
        Writing(database).all(_notes(0.5, 1.5, 5), at(20))
    path = tmp_path / "shifts.db"
    with open_database(str(path)) as database:
        replay = Replay(Tapes(database, "2026-11-19"))
        board = shown(replay, at(1))
        path.rename(tmp_path / "away.db")
        assert shown(replay, at(1), at(10)).at <= at(10)
        assert "The recording cannot be read" in replay.trouble
        (tmp_path / "away.db").rename(path)
        for _ in range(60):
            board = shown(replay, at(10))
        assert (replay.trouble, [note.text for note in board.notes]) == ("", ["0.5", "1.5", "5"])


def test_a_lost_server_is_waited_for(pg: str, outage: Outage, tmp_path: Path) -> None:
    from console.archive.store.lock import claim

    with claim(open_database(pg, write=True), NOON) as mine:
        writing = Writing(mine.database)
        writing.all(_notes(0.5, 1.5, 5), at(20))
        with open_database(pg) as database:
            tapes = Tapes(database, writing.shift)
            replay = Replay(tapes)
            outage.begin()
            assert shown(replay, at(1), at(10)).at <= at(10)
            assert "The recording cannot be read" in replay.trouble
            outage.end()
            tapes.try_again()
            board = shown(replay, at(10))
            assert (replay.trouble, [note.text for note in board.notes]) == ("", ["0.5", "1.5", "5"])


def test_one_jump_reads_few_blocks(database: Database) -> None:
    writing = Writing(database)
    writing.all(_notes(*(minute / 4 for minute in range(1, 400))), at(100), minute=60)
    tapes = Tapes(database, writing.shift)
    with transaction(database) as connection:
        count = connection.scalar(select(func.count()).where(blocks.c.run == writing.log.number))
    assert count == 100
    Replay(tapes).rewind(at(80))
    assert len(tapes.at(at(80)).index.blocks) == 100
    assert len(tapes._reader._blocks._values) <= 2
    writing.forget()
