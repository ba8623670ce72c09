"""A shift that is over, written as a whole, in each kind of database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from console.archive.codec.blocks import unpack
from console.archive.codec.courses import Whole, encoded
from console.archive.recording.past import SPAN, Bringer, Entered, PastShift, bring, known
from console.archive.shelf.index import parts_of, run_of
from console.archive.store.database import transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks, marks, micros
from console.domain.entities import Agency, Call
from console.domain.events import CallsChanged
from console.domain.track import Mark, MarkKind

NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)
EVENTS = [CallsChanged(NOON + SPAN * number / 2, "cad/calls", (Call(f"c{number}"),)) for number in range(5)]
PAST = PastShift(
    short="cad",
    agency=Agency("City", "America/Denver", shift="Day"),
    since=NOON,
    until=NOON + timedelta(hours=12),
    events=[(event.at, encoded(Whole(event)), 1, b"") for event in EVENTS],
    marks=[Mark(event.at, MarkKind.CALL, event.changed[0].id, "n") for event in EVENTS],
    calls=5,
    units=0,
)
BY = Bringer("supervisor", NOON, "log.csv", "1.0")


def test_a_past_shift_is_read_back_as_it_was_written(archives: tuple[str, str | None]) -> None:
    url, key = archives
    with claim(open_database(url, key=key, write=True), NOON) as held:
        assert bring(held.database, "import 1", PAST, BY) == Entered("cad-2026-11-19", ())
        with transaction(held.database) as connection:
            (part,) = parts_of(connection, "cad-2026-11-19")
            wanted = select(blocks.c.body).where(blocks.c.run == part.run).order_by(blocks.c.first)
            bodies = connection.scalars(wanted).all()
            run = run_of(connection, part.run)
            seen = [(row.seen, row.at, row.kind) for row in connection.execute(marks.select())]
    assert [event for body in bodies for event in unpack(body)] == EVENTS
    assert run is not None
    assert (run.kind, run.ended, len(bodies)) == ("import", PAST.until, 3)
    assert seen == [(number, micros(event.at), "call") for number, event in enumerate(EVENTS, 1)]


def test_a_past_shift_is_written_once(archives: tuple[str, str | None]) -> None:
    url, key = archives
    with claim(open_database(url, key=key, write=True), NOON) as held:
        bring(held.database, "import 1", PAST, BY)
        assert bring(held.database, "import 1", PAST, BY) is None
        assert known(held.database) == {"import 1"}
