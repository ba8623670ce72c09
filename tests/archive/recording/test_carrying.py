"""What was done about alarms holds over a restart of the console: nothing is repeated, nothing is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.archive.recording.keeper import MOST_WAIT_S, READING_S
from console.domain.alarms.alarm import alarm_id
from console.domain.entities import Position
from console.domain.events import (
    Acknowledged,
    AgencyDescribed,
    CarriedOver,
    CheckedIn,
    FeedReported,
    PositionsChanged,
    Recorded,
    Shelved,
    TakenOut,
)
from console.domain.vocabulary import AlarmState, Health, Reached
from console.domain.watching.catalog import CHECK_IN, PENDING_LONG
from tests.archive.conftest import Outage
from tests.archive.recording.beside import Console
from tests.domain.alarming import BEGINNING, FEEDS, on_scene, waiting
from tests.domain.builders import AGENCY, NOON, at, feed

HOUR = timedelta(hours=1)
SEEN, SHELVED, OPEN = (alarm_id(PENDING_LONG, key) for key in ("k0", "k1", "k2"))
DUE = alarm_id(CHECK_IN, "k3")


def happened(*events: Recorded) -> list[Callable[[object], Recorded]]:
    """The events as they are, whenever they arrive."""
    return [lambda moment, event=event: replace(event, at=moment) for event in events]  # type: ignore[misc]  # bound now


def rows() -> list[Recorded]:
    """Three calls that wait since noon, and a team on scene since then."""
    return [*(waiting(key, NOON) for key in ("k0", "k1", "k2")), on_scene("k3", NOON)]


def recorded(url: str, key: str | None = None) -> Console:
    """A console on which alarms came up, of which one was acknowledged and one shelved, and that then dies."""
    console = Console(url, key)
    console.happen(*happened(*BEGINNING))
    console.work()
    console.happen(*happened(*rows()))
    console.work()
    console.happen(at=at(seconds=20))
    console.happen(
        lambda moment: Acknowledged(moment, (SEEN,), "me"),
        lambda moment: Shelved(moment, SHELVED, moment + timedelta(seconds=18), "known", "me"),
        lambda moment: CheckedIn(moment, "k3", Reached.RADIO, "me"),
        lambda moment: TakenOut(moment, "clock_skew", "broken", "me"),
        at=at(seconds=22),
    )
    console.work()
    console.happen(at=at(seconds=24))
    console.work()
    assert console.board.alarms.tones
    return console


def again(console: Console, began: timedelta, shift: str = "Day", name: str = "Test City") -> Console:
    """The next console, ``began`` after noon, which shows the same rows."""
    return begun(Console(console.url, console.key, began=NOON + began), shift, name)


def begun(after: Console, shift: str = "Day", name: str = "Test City") -> Console:
    agency = replace(AGENCY, name=name, timezone="UTC" if name == "Elsewhere" else AGENCY.timezone)
    if shift != "Day":
        agency = replace(agency, shift=shift, shift_from=NOON + timedelta(seconds=25))
    first, _, *rest = BEGINNING
    start = after.clock.now()
    here = PositionsChanged(start, "cad/positions", (Position("k3", 39.7, -104.9, start),))
    after.happen(*happened(first, AgencyDescribed(start, "cad", agency), *rest, *rows(), here))
    for second in range(8):
        after.happen(at=start + timedelta(seconds=second))
        after.work()
    return after


def states(console: Console) -> dict[str, AlarmState]:
    return {name: alarm.state for name, alarm in console.board.alarms.standing.items()}


def test_what_was_done_holds_after_the_console_died(archives: tuple[str, str | None]) -> None:
    first = recorded(*archives)
    first.keeper._leave()
    after = again(first, timedelta(seconds=30))
    alarms = after.board.alarms
    assert states(after)[SEEN] is AlarmState.ACKNOWLEDGED
    assert states(after)[SHELVED] is AlarmState.SHELVED
    assert states(after)[OPEN] is AlarmState.UNACKNOWLEDGED
    assert alarms.standing[SEEN].acknowledged_by == "me"
    assert (alarms.checked["k3"].at, [*alarms.out]) == (at(seconds=22), ["clock_skew"])
    assert DUE not in alarms.standing
    assert alarms.tones == ()
    after.keeper.close()


def test_a_shelved_alarm_comes_back_at_its_time_and_the_check_in_clock_goes_on(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    first.keeper.close()
    after = again(first, timedelta(seconds=30))
    after.happen(at=at(seconds=39.9))
    assert states(after)[SHELVED] is AlarmState.SHELVED
    after.happen(at=at(seconds=40))
    assert states(after)[SHELVED] is AlarmState.UNACKNOWLEDGED
    after.happen(at=at(seconds=51))
    assert DUE not in states(after)
    after.happen(at=at(seconds=53))
    assert after.board.alarms.standing[DUE].raised_at == at(seconds=52)
    after.keeper.close()


def test_shelves_end_with_the_shift(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    first.keeper.close()
    after = again(first, timedelta(seconds=30), shift="Night")
    assert states(after)[SHELVED] is AlarmState.UNACKNOWLEDGED
    assert states(after)[SEEN] is AlarmState.ACKNOWLEDGED
    after.keeper.close()


@pytest.mark.parametrize(("began", "name"), [(17 * HOUR, "Test City"), (timedelta(seconds=30), "Elsewhere")])
def test_a_run_of_long_ago_or_of_another_agency_says_nothing(
    tmp_path: Path, began: timedelta, name: str
) -> None:
    first = recorded(str(tmp_path / "a.db"))
    first.keeper.close()
    after = again(first, began, name=name)
    assert states(after)[SEEN] is AlarmState.UNACKNOWLEDGED
    assert [event.alarms for event in after.events if isinstance(event, CarriedOver)] == [()]
    after.keeper.close()


def test_an_agency_that_changed_its_name_is_the_same(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    first.keeper.close()
    after = again(first, timedelta(seconds=30), name="City of Test")
    assert states(after)[SEEN] is AlarmState.ACKNOWLEDGED
    after.keeper.close()


def unheard(first: Console, began: timedelta) -> Console:
    """The next console, ``began`` after noon, to which no source answers: ten seconds later."""
    after = Console(first.url, first.key, began=NOON + began)
    start = after.clock.now()
    down = [
        FeedReported(start, feed(name=name, answered_at=None, reported=Health.DOWN, since=start))
        for name in FEEDS
    ]
    after.happen(*happened(BEGINNING[0], *down))
    for second in range(10):
        after.happen(at=start + timedelta(seconds=second))
        after.work()
    assert not after.board.agencies
    return after


def test_with_a_clock_that_was_set_back_nothing_is_lost_and_nothing_put_off_for_longer(
    tmp_path: Path,
) -> None:
    first = recorded(str(tmp_path / "a.db"))
    first.keeper.close()
    after, began = unheard(first, timedelta(minutes=-5)), NOON - timedelta(minutes=5)
    shelf = after.board.alarms.standing[SHELVED].shelf
    assert states(after)[SEEN] is AlarmState.ACKNOWLEDGED
    assert shelf is not None
    assert shelf.until - began <= timedelta(seconds=24)
    assert after.board.alarms.checked["k3"].at <= began + timedelta(seconds=4)
    after.keeper.close()


def test_where_every_source_is_down_at_the_start_alarms_stand_as_they_were_left(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    first.keeper.close()
    after = unheard(first, timedelta(seconds=25))
    alarms = after.board.alarms
    assert [states(after)[name] for name in (SEEN, SHELVED, OPEN)] == [
        AlarmState.ACKNOWLEDGED,
        AlarmState.SHELVED,
        AlarmState.UNACKNOWLEDGED,
    ]
    assert (alarms.checked["k3"].at, [*alarms.out]) == (at(seconds=22), ["clock_skew"])
    after.keeper.close()


def test_without_an_earlier_run_alarms_are_said_at_the_first_look(tmp_path: Path) -> None:
    console = begun(Console(str(tmp_path / "a.db"), began=at(seconds=30)))
    assert {tone.at for tone in console.board.alarms.tones} >= {at(seconds=31)}
    console.keeper.close()


def test_where_the_archive_cannot_be_opened_nothing_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    console = begun(Console(str(tmp_path / "file" / "a.db"), began=at(seconds=30)))
    assert [event.alarms for event in console.events if isinstance(event, CarriedOver)] == [()]
    console.keeper.close()


def test_what_an_archive_holds_that_cannot_be_reached_at_the_start_comes_once_it_can(
    outage: Outage, pg: str
) -> None:
    first = recorded(pg)
    first.keeper.close()
    outage.begin()
    after = again(first, timedelta(seconds=30))
    assert states(after)[SEEN] is AlarmState.UNACKNOWLEDGED
    outage.end()
    for _ in range(4):
        after.work(MOST_WAIT_S)
    assert states(after)[SEEN] is AlarmState.ACKNOWLEDGED
    assert states(after)[SHELVED] is AlarmState.SHELVED
    after.keeper.close()


def test_where_the_archive_hangs_alarms_are_said_after_five_seconds(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"), began=at(seconds=30))
    console.happen(*happened(*BEGINNING, *rows()))
    console.happen(at=at(seconds=34))
    assert not console.board.alarms.tones
    console.happen(at=at(seconds=36))
    assert console.board.alarms.tones
    console.keeper.close()


def test_a_console_that_takes_the_recording_over_learns_what_was_done_at_the_other(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    beside = again(first, timedelta(seconds=24))
    assert states(beside)[SEEN] is AlarmState.ACKNOWLEDGED
    first.happen(lambda moment: Acknowledged(moment, (OPEN,), "other"), at=at(seconds=34))
    first.work()
    assert states(beside)[OPEN] is AlarmState.UNACKNOWLEDGED
    first.keeper.close()
    beside.happen(at=at(seconds=36))
    for _ in range(3):
        beside.work(READING_S)
    assert beside.board.alarms.standing[OPEN].acknowledged_by == "other"
    beside.keeper.close()


def test_what_was_acknowledged_here_holds_though_the_other_console_did_not(tmp_path: Path) -> None:
    first = recorded(str(tmp_path / "a.db"))
    beside = again(first, timedelta(seconds=24))
    beside.happen(lambda moment: Acknowledged(moment, (OPEN,), "here"), at=at(seconds=34))
    first.keeper.close()
    for _ in range(3):
        beside.work(READING_S)
    assert beside.board.alarms.standing[OPEN].acknowledged_by == "here"
    beside.keeper.close()
