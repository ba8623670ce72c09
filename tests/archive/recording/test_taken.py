"""A recorder whose place another console took reads, and records again once it may."""

from sqlalchemy import update

from console.archive.store.database import transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import micros, writer
from console.domain.recording import RecordingState
from tests.archive.recording.acts import moved
from tests.archive.recording.beside import Console
from tests.domain.builders import NOON


def test_a_recorder_whose_place_was_taken_reads(archives: tuple[str, str | None]) -> None:
    url, key = archives
    console = Console(url, key)
    console.happen(moved)
    console.work()
    with open_database(url, key=key, write=True) as other, transaction(other) as connection:
        connection.execute(update(writer).values(host="b", pid=7, since=micros(NOON)))
    for _ in range(2):
        console.happen(moved)
        console.work(30)
    reading = console.told[1]
    assert (reading.state, console.told[-1].state) == (RecordingState.READING, RecordingState.ON)
    assert "process 7" in reading.detail
    console.keeper.close()
