"""A shift is listed, played and annotated alike in a plain file, an encrypted one and a shared database."""

from datetime import timedelta
from functools import partial

from sqlalchemy import delete

from console.archive.replay.overlay import Overlay, Place
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf.overlaid import done
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks
from console.domain.events import Noted, Recorded
from console.domain.track import Gap, GapKind
from tests.archive.replay.recorded import Writing, live, shown
from tests.domain.builders import NOON, at

EVENTS: list[Recorded] = [Noted(at(minute), f"{minute}", "me") for minute in (0.5, 1.5, 2.5)]


def test_a_shift_plays_in_every_kind_of_archive(archives: tuple[str, str | None]) -> None:
    url, key = archives
    with (
        claim(open_database(url, key=key, write=True), NOON) as mine,
        open_database(url, key=key) as database,
    ):
        writing = Writing(mine.database)
        writing.all(EVENTS, at(3), minute=60)
        line = Shelf(database).find("latest")
        assert (line.since, line.until, line.gaps) == (NOON, at(3), timedelta(0))
        assert shown(Replay(Tapes(database, line.id)), at(2)) == live(EVENTS, at(2))


def test_an_act_is_saved_beside_a_recorder_in_every_kind_of_archive(archives: tuple[str, str | None]) -> None:
    url, key = archives
    with (
        claim(open_database(url, key=key, write=True), NOON) as mine,
        open_database(url, key=key) as database,
    ):
        writing = Writing(mine.database)
        writable = partial(open_database, url, key=key, write=True, create=False)
        place = Place(writing.shift, writing.log.number, writable)
        overlay = Overlay(place, lambda: NOON)
        for minute in range(5):
            writing.write([Noted(at(minute), "theirs", "me")], at(minute))
            overlay.add(Noted(at(minute), "mine", "me"))
        writing.settle()
        assert overlay.trouble == ""
        with transaction(database) as connection:
            assert done(connection, writing.shift).acts == list(overlay.acts())
        overlay.close()


def test_what_is_missing_is_told_in_every_kind_of_archive(archives: tuple[str, str | None]) -> None:
    url, key = archives
    with claim(open_database(url, key=key, write=True), NOON) as mine:
        Writing(mine.database).all(EVENTS, at(3), minute=60)
        with transaction(mine.database) as connection:
            connection.execute(delete(blocks).where(blocks.c.first == 2))
        line = Shelf(mine.database).find("latest")
        assert line.gaps == timedelta(minutes=1)
        assert Shelf(mine.database).track(line).gaps == (Gap(at(1), at(2), GapKind.LOST),)
