"""A follower's board is the recorder's, whatever happens between the two."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from console.archive.recording.entries import remove
from console.archive.store.database import Database, transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks, checkpoints
from console.domain.state import State
from tests.archive.conftest import RAW_KEY, Outage
from tests.archive.following.recording import Following, Recorder, called, mirror, moved, same, seconds
from tests.domain.builders import NOON, logs

_runs = count(1)
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE %s"
LISTENS = "LISTEN%"


def cut(url: str) -> None:
    """End every follower's waiting connection, as a network does that drops them."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(CUT, [LISTENS])


def test_a_follower_shows_what_is_recorded(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    recorder.say(called("a", seconds(1)), upto=seconds(1.5))
    with Following(pg) as following:
        following.until(same(recorder))
        recorder.say(called("b", seconds(2)), upto=seconds(2))
        recorder.say(upto=seconds(3))
        assert following.until(same(recorder)) == recorder.board


def test_a_follower_joins_by_the_newest_board_and_goes_on_from_it(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    recorder.say(called("a", seconds(1)), upto=seconds(1.5))
    recorder.settle()
    recorder.say(called("b", seconds(2)), upto=seconds(2))
    with transaction(shared) as connection:
        connection.execute(delete(blocks).where(blocks.c.last == 1))  # the board holds what it said
    with Following(pg) as following:
        assert following.until(same(recorder)) == recorder.board


def test_a_block_that_took_the_place_of_others_is_not_folded_twice(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    with Following(pg) as following:
        for number in range(1, 20):
            recorder.say(called(f"c{number}", seconds(number)), upto=seconds(number))
            if number % 3 == 0:
                recorder.settle()
        assert following.until(same(recorder)) == recorder.board


STEPS = st.lists(st.sampled_from(["say", "beat", "settle", "cut"]), min_size=3, max_size=25)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs(), STEPS)
def test_no_cut_loses_or_repeats_an_event(
    pg: str, shared: Database, log: list[object], steps: list[str]
) -> None:
    number = next(_runs)
    recorder = Recorder(shared, f"run-{number}", NOON + timedelta(hours=number))
    events = moved(log, recorder.board.at) if log else []  # type: ignore[arg-type]  # of `logs`
    seen: list[State] = []
    with Following(pg) as following:
        for step in steps:
            if step == "cut":
                cut(pg)
            elif step == "settle" and recorder.events:
                recorder.settle()
            elif step == "say" and events:
                event = events.pop(0)
                recorder.say(event, upto=event.at)
            else:
                recorder.say(upto=recorder.board.at)
            seen.append(following.mirror.true)
        for event in events:
            recorder.say(event, upto=event.at)
        seen.append(following.until(same(recorder)))
    assert [board for board in seen if board.at >= recorder.first.at and board != recorder.at(board)] == []


def test_what_was_recorded_while_the_database_was_away_comes_with_it(
    pg: str, shared: Database, outage: Outage
) -> None:
    recorder = Recorder(shared, "one")
    with Following(pg) as following:
        recorder.say(called("a", seconds(1)), upto=seconds(1))
        following.until(same(recorder))
        outage.begin()
        outage.end()
        shared.engine.dispose()  # the recorder's own connection went too
        recorder.say(called("b", seconds(2)), upto=seconds(2))
        recorder.say(called("c", seconds(600)), upto=seconds(600))
        recorder.settle()
        assert following.until(same(recorder)) == recorder.board


def test_a_follower_that_comes_back_late_skips_to_a_newer_board(
    pg: str, shared: Database, outage: Outage
) -> None:
    recorder = Recorder(shared, "one")
    with Following(pg) as following:
        following.until(lambda board: board.at == NOON)
        outage.begin()
        outage.end()
        shared.engine.dispose()  # the recorder's own connection went too
        for minute in range(1, 6):
            recorder.say(called(f"c{minute}", seconds(60 * minute)), upto=seconds(60 * minute))
            recorder.settle()
        assert following.until(same(recorder)) == recorder.board


def test_a_recorder_that_starts_again_brings_a_new_board(pg: str, shared: Database) -> None:
    first = Recorder(shared, "one", seconds(100))
    with Following(pg) as following:
        first.say(called("a", seconds(101)), upto=seconds(101))
        following.until(same(first))
        second = Recorder(shared, "two", seconds(90))  # its clock is behind the other's
        second.say(called("b", seconds(91)), upto=seconds(91))
        assert following.until(same(second)) == second.board


def test_a_run_that_is_taken_back_is_left_for_the_next(pg: str, shared: Database) -> None:
    Recorder(shared, "old")
    recorder = Recorder(shared, "one", seconds(100))
    with Following(pg) as following:
        recorder.say(called("a", seconds(101)), upto=seconds(101))
        following.until(same(recorder))
        with transaction(shared) as connection:
            remove(connection, recorder.log.number)
        again = Recorder(shared, "two", seconds(5))
        again.say(called("b", seconds(6)), upto=seconds(6))
        assert following.until(same(again)) == again.board


def test_behind_a_damaged_block_the_board_waits_for_the_next_checkpoint(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    for number in range(1, 4):
        recorder.say(called(f"c{number}", seconds(number)), upto=seconds(number))
    with transaction(shared) as connection:
        connection.execute(update(blocks).where(blocks.c.first == 2).values(body=b"flipped"))
    with Following(pg) as following:
        following.until(lambda board: board.at == seconds(3))
        recorder.say(upto=seconds(4))
        assert following.until(lambda board: board.at == seconds(4)) == recorder.at(following.mirror.true)
        assert "damaged" in told(following)
        recorder.settle()
        assert following.until(same(recorder)) == recorder.board
        assert told(following) == ""


def told(following: Following) -> str:
    """What the board says of its recording; empty where that is as the recorder says."""
    board = following.mirror.take(0, NOON).base
    return board.recording.detail if board is not None and board.recording is not None else ""


def test_damaged_boards_are_passed_over_for_an_older_one(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    for number in range(1, 4):
        recorder.say(called(f"c{number}", seconds(number)), upto=seconds(number))
        recorder.settle()
    with transaction(shared) as connection:
        connection.execute(update(checkpoints).where(checkpoints.c.seen > 1).values(digest=b"bad"))
    with Following(pg) as following:
        assert following.until(same(recorder)) == recorder.board


@pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])
def test_a_file_on_this_workstation_is_followed_too(tmp_path: Path, key: str | None) -> None:
    url = str(tmp_path / "shifts.db")
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        recorder = Recorder(database, "one")
        with Following(url, key=key) as following:
            recorder.say(called("a", seconds(1)), upto=seconds(1))
            following.until(same(recorder))
            recorder.say(called("b", seconds(2)), upto=seconds(2.5))
            assert following.until(same(recorder)) == recorder.board


def test_a_follower_may_come_before_the_archive(pg: str) -> None:
    with (
        Following(pg, mirror()) as following,
        open_database(pg, write=True) as database,
        claim(database, NOON),
    ):
        recorder = Recorder(database, "one")
        recorder.say(called("a", seconds(1)), upto=seconds(1))
        assert following.until(same(recorder)) == recorder.board


def test_a_follower_takes_one_connection_of_the_server(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    with Following(pg) as following:
        recorder.say(called("a", seconds(1)), upto=seconds(1))
        following.until(same(recorder))
        with transaction(shared) as connection:
            count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            assert connection.exec_driver_sql(count).scalar() == 2  # the recorder's, and this one
