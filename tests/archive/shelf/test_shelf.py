"""The shelf tells which shifts there are and what of them is missing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, update

from console.archive.shelf.shelf import NoSuchShift, Shelf
from console.archive.store.database import Database, transaction
from console.archive.store.tables import blocks
from console.domain.entities import Call
from console.domain.events import Bookmarked, CallsChanged, FeedReported, Noted, Recorded
from console.domain.track import Gap, GapKind, MarkKind
from console.domain.vocabulary import CallState, Health
from tests.archive.replay.recorded import Writing, archive
from tests.domain.builders import NOON, at, feed


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with archive(tmp_path) as opened:
        yield opened


def _notes(*minutes: float) -> list[Recorded]:
    return [Noted(at(minute), "seen", "me", f"k{minute}") for minute in minutes]


def _written(database: Database, events: list[Recorded], until: float, began: float = 0) -> str:
    writing = Writing(database, at(began))
    writing.all(events, at(until), minute=60)
    writing.log.end(at(until))
    return writing.shift


def test_the_newest_shift_stands_first(database: Database) -> None:
    old, new = _written(database, [], 1), _written(database, [], 60 * 24 + 1, 60 * 24)
    assert [shift.id for shift in Shelf(database).shifts()] == [new, old]


def test_a_shift_tells_its_size_and_that_it_ended_well(database: Database) -> None:
    _written(database, _notes(0.5, 1.5), 2)
    line = Shelf(database).shifts()[0]
    assert line.size > 100
    assert (line.since, line.until, line.ended_well, line.going) == (NOON, at(2), True, False)


def test_a_shift_whose_recorder_was_killed_did_not_end_well(database: Database) -> None:
    Writing(database).all(_notes(0.5), at(2))
    line = Shelf(database).shifts(at(60))[0]
    assert (line.ended_well, line.going) == (False, False)


def test_a_shift_goes_on_while_its_recorder_gives_signs_of_life(database: Database) -> None:
    Writing(database).all(_notes(0.5), at(0.5))
    assert Shelf(database).shifts(at(0.6))[0].going


def test_the_time_without_a_console_is_missing(database: Database) -> None:
    first = _written(database, _notes(0.5), 1)
    assert _written(database, _notes(31), 32, 31) == first
    line = Shelf(database).shifts()[0]
    assert line.gaps == timedelta(minutes=30)
    assert Shelf(database).track(line).gaps == (Gap(at(1), at(31), GapKind.CONSOLE_OFF),)


def test_events_that_were_not_written_are_missing(database: Database) -> None:
    writing = Writing(database)
    writing.all(_notes(0.5), at(1))
    writing.lose(_notes(1.5, 2), at(3))
    writing.all(_notes(3.5), at(4))
    line = Shelf(database).shifts()[0]
    assert Shelf(database).track(line).gaps == (Gap(at(1), at(3), GapKind.LOST),)
    assert line.gaps == timedelta(minutes=2)


def test_a_removed_block_is_missing_until_the_board_after_it(database: Database) -> None:
    _written(database, _notes(0.5, 1.5, 2.5), 3)
    with transaction(database) as connection:
        connection.execute(delete(blocks).where(blocks.c.first == 2))
    line = Shelf(database).shifts()[0]
    assert Shelf(database).track(line).gaps == (Gap(at(1), at(2), GapKind.LOST),)


def test_a_block_of_other_bytes_is_found_damaged(database: Database) -> None:
    _written(database, _notes(0.5, 1.5, 2.5), 3)
    with transaction(database) as connection:
        connection.execute(update(blocks).where(blocks.c.first == 2).values(body=b"other"))
    shelf = Shelf(database)
    line = shelf.shifts()[0]
    assert shelf.track(line).gaps == ()
    assert shelf.verify(line) == (Gap(at(1), at(2), GapKind.DAMAGED),)
    assert shelf.track(line).gaps == shelf.verify(line)


def test_a_feed_that_was_down_leaves_a_gap(database: Database) -> None:
    def told(minute: float, reported: Health) -> Recorded:
        return FeedReported(at(minute), feed(reported=reported))

    _written(database, [told(0.1, Health.OK), told(1, Health.DOWN), told(3, Health.OK)], 4)
    line = Shelf(database).shifts()[0]
    assert Shelf(database).track(line).gaps == (Gap(at(1), at(3), GapKind.FEED_DOWN, "cad/calls"),)
    assert line.gaps == timedelta(0)


def test_the_marks_are_calls_that_came_and_closed_notes_and_bookmarks(database: Database) -> None:
    def changed(minute: float, state: CallState) -> Recorded:
        return CallsChanged(at(minute), "cad/calls", (Call("k1", state=state),))

    events = [
        FeedReported(at(0.1), feed()),
        changed(1, CallState.PENDING),
        Bookmarked(at(2), "look", "me"),
        Noted(at(3), "why", "me", "k1"),
        changed(4, CallState.CLOSED),
    ]
    _written(database, events, 5)
    track = Shelf(database).track(Shelf(database).shifts()[0])
    assert [(mark.at, mark.kind) for mark in track.marks] == [
        (at(1), MarkKind.CALL),
        (at(2), MarkKind.BOOKMARK),
        (at(3), MarkKind.NOTE),
        (at(4), MarkKind.CLOSED),
    ]


def test_the_density_counts_changed_calls_in_each_minute(database: Database) -> None:
    calls = tuple(Call(f"k{number}") for number in range(5))
    _written(database, [CallsChanged(at(1.2), "cad/calls", calls)], 3)
    assert Shelf(database).track(Shelf(database).shifts()[0]).density == (0, 5, 0)


def test_a_shift_is_found_by_its_beginning_and_as_the_latest(database: Database) -> None:
    old, new = _written(database, [], 1), _written(database, [], 60 * 24 + 1, 60 * 24)
    shelf = Shelf(database)
    assert shelf.find("2026-11-19").id == old
    assert shelf.find("2026-11-20").id == shelf.find("latest").id == new
    assert shelf.find("yesterday", at(60 * 25)).id == old


def test_a_beginning_of_several_is_refused_with_their_names(database: Database) -> None:
    old, new = _written(database, [], 1), _written(database, [], 60 * 24 + 1, 60 * 24)
    with pytest.raises(NoSuchShift, match=f"2 shifts begin with 2026: {new}, {old}"):
        Shelf(database).find("2026")


def test_a_slip_is_refused_with_what_is_near(database: Database) -> None:
    old = _written(database, [], 1)
    with pytest.raises(NoSuchShift, match=f"there is no shift 2026-11-91 .* there are {old}"):
        Shelf(database).find("2026-11-91")


def test_an_empty_archive_says_what_to_do(database: Database) -> None:
    with pytest.raises(NoSuchShift, match="record or import"):
        Shelf(database).find("latest")


def test_a_shift_that_is_listed_has_the_time_of_its_parts(database: Database) -> None:
    shift = _written(database, _notes(0.5), 1)
    part = Shelf(database).parts(shift)[0]
    assert replace(part, run=0) == type(part)(0, 1, 1, NOON, at(1))
