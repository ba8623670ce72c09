"""An opened shift stays what it is, whatever happens to the archive, and what is done in it is not lost."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from console.archive.keeping.purging import purge
from console.archive.shelf.overlaid import done
from console.archive.spec import ArchiveSpec
from console.archive.store.database import Database, transaction
from console.archive.store.tables import overlay
from console.domain.entities import Call
from console.domain.events import Acted, AgencyDescribed, Bookmarked, CallsChanged, Noted, Recorded
from console.library import Library
from console.recorded import CannotRead, Opened
from console.session.clock import FixedClock
from console.session.session import Session
from console.session.store import Store
from tests.archive.replay.recorded import Writing, archive, shown
from tests.domain.builders import AGENCY, NOON, at

END = at(minutes=30)
MARK = Bookmarked(at(minutes=5), "here", "me")


def call(key: str, minute: float) -> Recorded:
    return CallsChanged(at(minutes=minute), "cad/calls", (Call(key),))


CALLS = [call(f"k{minute}", minute) for minute in range(1, 30)]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def writing(database: Database) -> Writing:
    """A shift that is over."""
    written = Writing(database)
    written.all(CALLS, END, minute=60)
    written.log.end(END)
    return written


def library(database: Database) -> Library:
    assert database.path is not None
    return Library(ArchiveSpec(database.name), lambda: END, database.path.parent / "unsaved")


class Lost:
    """The archive's file is away for a while."""

    def __init__(self, database: Database) -> None:
        assert database.path is not None
        self._here = database.path
        self._away = database.path.with_suffix(".away")

    def __enter__(self) -> None:
        self._here.rename(self._away)

    def __exit__(self, *_: object) -> None:
        self._away.rename(self._here)


def saved(database: Database, shift: str) -> list[Acted]:
    with transaction(database) as connection:
        return done(connection, shift).acts


def test_a_shift_that_is_removed_while_it_is_open_stays_as_it_was_and_that_is_told(
    database: Database, writing: Writing
) -> None:
    shelf = library(database)
    opened = shelf.open(writing.shift)
    clock = FixedClock(at(minutes=20))
    session = Session(clock, opened.source, Store(opened.first))
    session.step()
    purge(database, writing.shift, "me", END, recording=False)
    for moment in (at(minutes=25), at(minutes=1), END):
        clock.set(moment)
        session.step()
        board = session.store.value
        assert board.at <= moment
        assert {*board.calls} == {f"k{minute}" for minute in range(1, 30) if at(minutes=minute) <= board.at}
    line, track, trouble = shelf.look(writing.shift)
    assert (line, track) == (opened.line, opened.track)
    assert trouble.startswith("This shift was removed from the archive, as was seen at 19:30 UTC")
    shelf.close()


def test_a_bookmark_shows_in_a_shift_that_is_opened_again_at_once(
    database: Database, writing: Writing
) -> None:
    shelf = library(database)
    shelf.open(writing.shift).overlay.add(MARK)
    again = shelf.open(writing.shift)
    assert shown(again.source, at(minutes=6)).bookmarks == (MARK,)
    shelf.close()
    assert saved(database, writing.shift) == [MARK]


def test_a_bookmark_made_while_the_archive_was_lost_is_saved_when_its_shift_is_opened_again(
    database: Database, writing: Writing
) -> None:
    shelf = library(database)
    opened = shelf.open(writing.shift)
    with Lost(database):
        opened.overlay.add(MARK)
        with pytest.raises(CannotRead):
            shelf.look(writing.shift)
    shelf.open(writing.shift)
    assert shelf.look(writing.shift)[2] == ""
    shelf.close()
    assert saved(database, writing.shift) == [MARK]


def test_a_bookmark_is_kept_and_told_of_where_the_console_is_closed_without_its_archive(
    database: Database, writing: Writing, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = library(database)
    opened = shelf.open(writing.shift)
    with Lost(database), caplog.at_level(logging.WARNING):
        opened.overlay.add(MARK)
        shelf.close()
    assert "One entry in this replay since 19:30 UTC not saved yet" in caplog.text
    later = library(database)
    assert shown(later.open(writing.shift).source, at(minutes=6)).bookmarks == (MARK,)
    later.close()
    assert saved(database, writing.shift) == [MARK]


def test_a_bookmark_does_not_come_back_with_another_shift_of_the_same_name(
    database: Database, writing: Writing
) -> None:
    shelf = library(database)
    opened = shelf.open(writing.shift)
    with Lost(database):
        opened.overlay.add(MARK)
        shelf.close()
    purge(database, writing.shift, "me", END, recording=False)
    again = Writing(database)
    again.all(CALLS, END, minute=60)
    assert again.shift == writing.shift
    later = library(database)
    assert shown(later.open(again.shift).source, at(minutes=6)).bookmarks == ()
    later.close()


def test_a_note_that_cannot_be_read_is_told_of(database: Database, writing: Writing) -> None:
    shelf = library(database)
    shelf.open(writing.shift).overlay.add(MARK)
    shelf.close()
    with transaction(database) as connection:
        connection.execute(update(overlay).values(body=b"garbage"))
    later = library(database)
    later.open(writing.shift)
    assert "cannot be read any more" in later.look(writing.shift)[2]
    later.close()


def test_as_corrected_goes_on_while_the_shift_is_recorded(database: Database) -> None:
    going = Writing(database)
    going.all([call("early", 1)], at(minutes=2), minute=60)
    shelf = Library(ArchiveSpec(database.name), lambda: END)
    opened = shelf.open(going.shift)
    corrected = opened.corrected()
    assert {*shown(corrected, at(minutes=2)).calls} == {"early"}
    changed = CallsChanged(at(minutes=4), "cad/calls", (Call("early", address="Main St"), Call("late")))
    going.all([changed], at(minutes=5), minute=60)
    assert shown(corrected, at(minutes=4.5)).calls == shown(opened.source, at(minutes=4.5)).calls
    shelf.look(going.shift)
    assert shown(corrected, at(minutes=3)).calls["early"].address == "Main St"
    shelf.close()


def test_a_shift_opens_where_its_agency_and_first_rows_are_known(database: Database) -> None:
    going = Writing(database)
    going.all([AgencyDescribed(at(seconds=3), "cad", AGENCY), call("k", 0.2)], at(minutes=2))
    opened = _open(database, going.shift)
    assert opened.opening == at(seconds=13)
    board = shown(opened.source, opened.opening)
    assert (bool(board.agencies), {*board.calls}) == (True, {"k"})


def test_a_shift_without_rows_opens_at_its_start(database: Database) -> None:
    going = Writing(database)
    going.all([Noted(at(seconds=3), "quiet", "me")], at(minutes=2))
    assert _open(database, going.shift).opening == NOON


def _open(database: Database, shift: str) -> Opened:
    shelf = library(database)
    opened = shelf.open(shift)
    shelf.close()
    return opened


def test_only_few_shifts_stay_open(database: Database) -> None:
    names = []
    for day in range(4):
        began = NOON + timedelta(days=day)
        going = Writing(database, began)
        going.all([Noted(began + timedelta(minutes=1), "quiet", "me")], began + timedelta(minutes=2))
        names.append(going.shift)
    shelf = library(database)
    for name in names:
        shelf.open(name)
    with pytest.raises(CannotRead, match="open it again"):
        shelf.look(names[0])
    assert shelf.look(names[-1])[2] == ""
    shelf.close()
