"""Which shift a recording belongs to, and what stands on its time axis."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from console.archive.codec.boards import thaw
from console.archive.store.tables import checkpoints, marks, micros, parts, shifts
from console.domain.entities import Agency
from console.domain.state import start
from tests.archive.recording.acts import (
    CLOSED,
    answered,
    bookmarked,
    call,
    calls,
    described,
    down,
    moved,
    noted,
    units,
)
from tests.archive.recording.beside import Console, Held
from tests.domain.builders import AGENCY, NOON, at

HOUR = timedelta(hours=1)
NIGHT = replace(AGENCY, shift="Night / Süd", shift_from=at(minutes=90))


def shelf(url: str) -> list[tuple[Any, ...]]:
    return [(row.id, row.calls, row.units) for row in Held(url).rows(shifts)]


def stretches(url: str) -> list[tuple[Any, ...]]:
    return [(row.shift, row.run, row.first, row.last) for row in Held(url).rows(parts, parts.c.since)]


def test_a_shift_is_called_by_its_local_day_and_its_name(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.work()
    assert shelf(console.url) == [("2026-11-19", 0, 0)]
    console.happen(described())
    console.work()
    assert shelf(console.url) == [("2026-11-19-day", 0, 0)]


def test_what_came_before_the_agency_was_known_is_of_its_shift(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(answered)
    console.work()
    console.happen(described(), units("u1", "u2"), at=at(minutes=3))
    console.work()
    (row,) = Held(console.url).rows(shifts)
    assert stretches(console.url) == [("2026-11-19-day", 1, 1, len(console.events) - 1 + 1)]
    assert (row.agency, row.timezone, row.units) == ("Test City", "America/Denver", 2)
    assert row.since == micros(AGENCY.shift_from or NOON)


def test_a_shift_begins_with_the_event_that_tells_of_it(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(described(), calls(call("old", CLOSED, NOON), call("open")))
    console.work()
    console.happen(moved, at=at(minutes=89))
    console.happen(described(NIGHT), moved, at=at(minutes=90))
    console.work()
    console.keeper.close()
    last = len(console.events)
    assert stretches(console.url) == [
        ("2026-11-19-day", 1, 1, last - 2),
        ("2026-11-19-night-sud", 1, last - 1, last),
    ]
    row = next(row for row in Held(console.url).rows(checkpoints) if row.seen == last - 2)
    board = thaw(row.body, None)
    assert (board.at, board.agency) == (at(minutes=90), AGENCY)


def test_calls_that_were_over_are_of_the_shift_before(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    rows = call("old", CLOSED, NOON), call("open")
    console.happen(described(), calls(*rows), units("u1"))
    console.work()
    console.happen(described(NIGHT), calls(*rows, call("new")), at=at(minutes=91))
    console.work()
    assert shelf(console.url) == [("2026-11-19-day", 2, 1), ("2026-11-19-night-sud", 2, 1)]


def test_without_a_shift_of_its_own_an_agency_has_one_each_local_day(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(described(Agency(name="Plain City", timezone="America/Denver")), moved)
    console.work()
    for hours in (11, 12):
        console.happen(moved, at=NOON + hours * HOUR)
        console.work()
    console.keeper.close()
    last = len(console.events)
    assert stretches(console.url) == [
        ("2026-11-19", 1, 1, last - 1),
        ("2026-11-20", 1, last, last),
    ]
    midnight = NOON + 12 * HOUR
    assert Held(console.url).boards()[last - 1].at == midnight


def test_a_console_that_opens_again_goes_on_with_the_shift(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    for minutes in (0, 20):
        console = Console(url, began=at(minutes=minutes))
        console.happen(described(), calls(call("a")))
        console.work()
        console.keeper.close()
    assert [(shift, run) for shift, run, _, _ in stretches(url)] == [
        ("2026-11-19-day", 1),
        ("2026-11-19-day", 2),
    ]
    assert [row.subject for row in Held(url).rows(marks) if row.kind == "call"] == ["a"]


def test_another_agency_s_shift_of_that_name_is_another(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    for name in ("Here", "There"):
        console = Console(url)
        console.happen(described(replace(AGENCY, name=name)))
        console.work()
        console.keeper.close()
    assert [row[0] for row in shelf(url)] == ["2026-11-19-day", "2026-11-19-day-2"]


def test_the_same_hours_recorded_twice_are_two_shifts(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    for _ in range(2):
        console = Console(url)
        console.happen(described(), at=NOON)
        console.happen(moved, at=at(minutes=10))
        console.work()
        console.keeper.close()
    assert [row[0] for row in shelf(url)] == ["2026-11-19-day", "2026-11-19-day-2"]


def test_calls_and_people_s_words_stand_on_the_time_axis(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(calls(call("a"), call("history", CLOSED, NOON)), answered)
    console.happen(calls(call("a", CLOSED, at(seconds=9))), noted, bookmarked, at=at(seconds=9))
    console.happen(calls(call("short", CLOSED, at(seconds=20))), at=at(seconds=20))
    console.work()
    found = [(row.seen, row.kind, row.subject, row.label) for row in Held(console.url).rows(marks)]
    assert found == [
        (1, "call", "a", "N-a"),
        (3, "closed", "a", "N-a"),
        (4, "note", "a", ""),
        (5, "bookmark", "me", "look again"),
        (6, "call", "short", "N-short"),
        (6, "closed", "short", "N-short"),
    ]


def test_a_call_that_goes_on_into_the_next_shift_has_one_mark(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(described(), calls(call("a")))
    console.work()
    console.happen(described(NIGHT), calls(call("a"), call("b")), at=at(minutes=91))
    console.work()
    assert [row.subject for row in Held(console.url).rows(marks)] == ["a", "b"]


def test_a_feed_that_goes_and_comes_leaves_two_marks(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(answered, down, down, answered, answered)
    console.work()
    found = [(row.seen, row.kind, row.subject) for row in Held(console.url).rows(marks)]
    assert found == [(2, "feed_down", "cad/calls"), (4, "feed_up", "cad/calls")]


def test_a_board_that_was_never_fed_can_be_opened(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.work()
    assert Held(console.url).boards()[0] == start(NOON)


@pytest.mark.parametrize("told", [True, False])
def test_a_served_shift_goes_on_however_often_the_console_opens_again(tmp_path: Path, told: bool) -> None:
    url, served = str(tmp_path / "a.db"), NOON + 5 * HOUR
    agency = replace(AGENCY, shift_from=served - HOUR if told else None)
    for seconds in range(0, 50, 10):
        console = Console(url, began=at(seconds=seconds))
        console.happen(answered)
        console.work()
        now = served + timedelta(seconds=30 * seconds)  # thirty times as fast as the workstation's clock
        console.sequence.restart(partial(console.clock.set, now))
        console.happen(described(agency), calls(call("a")))
        console.work()
        console.happen(moved, at=now + timedelta(seconds=120))
        console.work()
        console.keeper.close()
    assert [row[0] for row in shelf(url)] == ["2026-11-19-day"]
    found = [(row.since, row.until) for row in Held(url).rows(parts, parts.c.since)]
    assert found == [
        (micros(served + timedelta(seconds=begun)), micros(served + timedelta(seconds=begun + 120)))
        for begun in range(0, 1_500, 300)
    ]
