"""Who is due a break: teams that were seen on shift for hours without one, where the data show breaks at all."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.breaks import AFTER, GAP, Breaks
from console.domain.coming import coming
from console.domain.entities import Unit
from console.domain.events import AgencyDescribed, CarriedOver, Recorded, UnitsChanged
from console.domain.state import State, advance, start
from console.domain.vocabulary import Program, UnitState
from console.domain.watching.carrying import carried_from
from tests.domain.builders import AGENCY, NOON, at

HOUR = 60
LUNCH, REST = UnitState.OUT_OF_SERVICE, UnitState.AVAILABLE


def team(key: str, state: UnitState = UnitState.ON_SCENE, since: float = 0, **fields: object) -> Unit:
    times: dict[str, object] = {"shift_from": NOON, "shift_until": at(10 * HOUR), **fields}
    return Unit(key, program=Program.OUTREACH, state=state, since=at(since), **times)  # type: ignore[arg-type]  # a test's keyword arguments


def units(minutes: float, *rows: Unit, gone: tuple[str, ...] = ()) -> UnitsChanged:
    return UnitsChanged(at(minutes), "cad/units", rows, gone)


def board(minutes: float, *events: Recorded, began: float = 0) -> State:
    first = AgencyDescribed(at(began), "cad", replace(AGENCY, shift_from=NOON))
    return advance(start(at(began)), [first, *events], at(minutes))


def due(minutes: float, *events: Recorded, began: float = 0) -> list[tuple[str, datetime]] | None:
    found = coming(board(minutes, *events, began=began)).breaks
    return None if found is None else list(found)


EATEN = (units(2 * HOUR, team("b", LUNCH, 2 * HOUR)), units(2.5 * HOUR, team("b", REST, 2.5 * HOUR)))
ALL = (units(0, team("a"), team("b", REST)), *EATEN)


def test_a_team_is_due_a_break_five_hours_after_its_shift_began() -> None:
    assert due(5.5 * HOUR, *ALL) == [("a", at(5 * HOUR)), ("b", at(7.5 * HOUR))]


def test_what_comes_due_within_two_hours_is_told_and_nothing_later() -> None:
    assert due(3.1 * HOUR, *ALL) == [("a", at(5 * HOUR))]
    assert due(2.9 * HOUR, *ALL) == []


def test_where_the_data_show_no_break_nothing_is_said() -> None:
    assert due(6 * HOUR, units(0, team("a"), team("b", REST))) is None


def test_a_break_of_the_shift_before_shows_nothing_of_this_one() -> None:
    turned = AgencyDescribed(at(3 * HOUR), "cad", replace(AGENCY, shift_from=at(3 * HOUR)))
    assert due(6 * HOUR, *ALL, turned) is None


def test_nothing_that_was_before_the_console_looked_counts_as_time_without_a_break() -> None:
    late = (units(4 * HOUR, team("a"), team("b", LUNCH, 3.9 * HOUR)),)
    assert due(7.5 * HOUR, *late, began=4 * HOUR) == [("a", at(9 * HOUR))]
    assert due(6 * HOUR, *late, began=4 * HOUR) == []


def test_a_team_on_its_break_off_duty_or_at_its_end_is_due_none() -> None:
    assert due(6 * HOUR, *ALL, units(5 * HOUR, team("a", LUNCH, 5 * HOUR))) == [("b", at(7.5 * HOUR))]
    assert due(6 * HOUR, *ALL, units(5 * HOUR, team("a", UnitState.OFF_DUTY, 5 * HOUR))) == [
        ("b", at(7.5 * HOUR))
    ]
    ends = units(5 * HOUR, team("a", shift_until=at(5 * HOUR)), team("b", REST, shift_until=at(7 * HOUR)))
    assert due(6 * HOUR, *ALL, ends) == []


def test_a_team_without_the_time_of_its_shift_is_not_told_of() -> None:
    assert due(6 * HOUR, *ALL, units(3 * HOUR, team("a", shift_from=None))) == [("b", at(7.5 * HOUR))]


def test_of_a_team_that_left_the_roster_nothing_is_remembered() -> None:
    assert board(4 * HOUR, *ALL, units(3 * HOUR, gone=("b",))).breaks.last == {}


def test_a_restart_remembers_what_was_seen_just_before_and_nothing_older() -> None:
    before = board(4 * HOUR, *ALL)
    for gap, held in ((GAP, before.breaks), (GAP + timedelta(seconds=1), Breaks())):
        now = before.at + gap
        assert carried_from(before, start(now), now).breaks == held
    again = before.at + GAP
    rows = units(4 * HOUR + 11, team("a"), team("b", REST))
    after = advance(start(again), [CarriedOver(again, breaks=before.breaks), rows], at(5.5 * HOUR))
    assert coming(after).breaks == (("a", NOON + AFTER), ("b", at(2.5 * HOUR) + AFTER))
