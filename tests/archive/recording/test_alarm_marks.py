"""An alarm stands on the time axis at the moment at which it was told: once, whatever happens to the console."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from console.archive.replay.tapes import Tapes
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import checkpoints, marks
from console.domain.events import Recorded
from console.domain.track import Mark, MarkKind
from tests.archive.recording.acts import answered
from tests.archive.recording.beside import Console
from tests.archive.recording.test_carrying import again, begun, happened, recorded, rows
from tests.archive.replay.recorded import Writing, archive, live
from tests.domain.alarming import BEGINNING, alarm_logs, waiting
from tests.domain.builders import NOON, at

QUARTER = timedelta(seconds=30)


def axis(url: str, shift: str = "latest") -> list[Mark]:
    with open_database(url) as database:
        shelf = Shelf(database)
        return [mark for mark in shelf.track(shelf.find(shift)).marks if mark.kind is MarkKind.ALARM]


def test_an_alarm_is_marked_when_it_is_told_and_again_when_it_worsens(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(*happened(*BEGINNING, waiting("k0", NOON)))
    for second in range(50):
        console.happen(answered, at=at(seconds=second))
        console.work()
    console.keeper.close()
    found = axis(console.url)
    assert [(mark.at, mark.subject, mark.label) for mark in found] == [
        (at(seconds=12), "k0", "2 N-k0 waits too long"),
        (at(seconds=42), "k0", "1 N-k0 waits too long"),
    ]


def test_a_restart_marks_no_alarm_twice(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    before = axis(first.url)
    first.keeper.close()
    after = again(first, QUARTER)
    after.keeper.close()
    assert len(before) > 2
    assert axis(first.url) == before


def test_what_stands_when_the_first_console_starts_is_marked_when_it_is_told(tmp_path: Path) -> None:
    console = begun(Console(str(tmp_path / "a.db"), began=at(seconds=30)))
    console.happen(*happened(*rows()))
    console.work()
    console.keeper.close()
    assert {mark.at for mark in axis(console.url)} == {at(seconds=31)}


def test_a_shift_without_boards_has_its_alarms_once_they_were_made(tmp_path: Path) -> None:
    with archive(tmp_path) as database:
        writing = Writing(database)
        writing.all([*BEGINNING, waiting("k0", NOON)], at(9))
        with transaction(database) as connection:
            connection.execute(checkpoints.delete())
            connection.execute(marks.delete())
        tapes = Tapes(database, writing.shift)
        tapes.warm(lambda: False)
        assert ("1 N-k0 waits too long", at(seconds=42)) in [(mark.label, mark.at) for mark in tapes.alarms]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=alarm_logs())
def test_every_mark_is_an_alarm_of_its_moment(
    tmp_path_factory: pytest.TempPathFactory, log: list[Recorded]
) -> None:
    console = Console(str(tmp_path_factory.mktemp("any") / "a.db"))
    for event in log:
        console.happen(lambda _moment, event=event: event, at=event.at)  # type: ignore[misc]  # bound now
        console.work()
    console.keeper.close()
    for mark in axis(console.url):
        board = live(console.events, mark.at)
        told = [alarm for alarm in board.alarms.standing.values() if alarm.announced_at == mark.at]
        assert mark.subject in [alarm.subject for alarm in told]
