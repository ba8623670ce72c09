"""Messages hold what changed and nothing else, and add up to the whole board."""

from operator import attrgetter

from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from console.domain.rows import merge
from console.domain.state import State
from console.domain.vocabulary import CallState, Program, Sensitivity, UnitState
from console.domain.watching.catalog import CHECK_IN, EMERGENCY, PENDING_LONG
from console.ui.look.view import View, with_call
from console.ui.map.outbox import Outbox
from console.ui.theme.theme import LIGHT
from tests.ui.board import alarmed, an_alarm
from tests.ui.map.boards import VIEW, board, call, city, fix, sent, unit
from tests.ui.map.mirror import Mirror

MAPS = {"demo-city": ["parks", "streets"]}
NONE = ("", "")

_keys = some.sampled_from(["a", "b", "c", "d"])
_units = some.lists(
    some.builds(unit, _keys, some.sampled_from(list(UnitState))), unique_by=lambda one: one.id
)
_lat = some.sampled_from([39.7, 39.65, 0.0, 12.0])
_fixes = some.lists(some.builds(fix, _keys, _lat), unique_by=lambda one: one.unit)
_states = some.sampled_from([CallState.PENDING, CallState.CLOSED, CallState.ON_SCENE])
_calls = some.lists(
    some.builds(call, _keys, some.one_of(some.none(), _lat), state=_states), unique_by=lambda one: one.id
)
_views = some.builds(lambda key: with_call(VIEW, key), some.one_of(some.just(""), _keys))


def _merged(before: State, after: State) -> State:
    """``after`` with the very objects of ``before`` where they are equal, as the session's fold has it."""

    return replace(
        after,
        units=merge(before.units, after.units.values(), (), attrgetter("id"), full=True),
        positions=merge(before.positions, after.positions.values(), (), attrgetter("unit"), full=True),
        calls=merge(before.calls, after.calls.values(), (), attrgetter("id"), full=True),
        open_calls=merge(before.open_calls, after.open_calls.values(), (), attrgetter("id"), full=True),
    )


_alarms = some.lists(
    some.builds(an_alarm, some.sampled_from([CHECK_IN, EMERGENCY, PENDING_LONG]), _keys), max_size=3
)
_boards = some.builds(
    lambda one, alarms: alarmed(one, *alarms), some.builds(board, _units, _fixes, _calls), _alarms
)


@given(some.lists(some.tuples(_boards, _views), min_size=2, max_size=6))
def test_a_page_that_saw_every_message_shows_what_a_new_page_shows(steps: list[tuple[State, View]]) -> None:
    outbox, page = Outbox(MAPS), Mirror()
    state = steps[0][0]
    for after, view in steps:
        state = _merged(state, after)
        page.take(outbox.message(state, view, NONE))
        fresh = Mirror()
        fresh.take(Outbox(MAPS).message(state, view, NONE))
        assert page.picture() == fresh.picture()


def test_nothing_is_told_twice() -> None:
    outbox = Outbox(MAPS)
    state = city()
    assert len(outbox.message(state, VIEW, NONE).units) == 3
    again = outbox.message(state, VIEW, NONE)
    assert again == type(again)(again.number)


def test_an_alarm_costs_the_row_of_its_call_or_unit_and_no_other() -> None:
    outbox = Outbox(MAPS)
    state = city()
    outbox.message(state, VIEW, NONE)
    calling = alarmed(state, an_alarm(PENDING_LONG, "1042", 2), an_alarm(CHECK_IN, "STAR 2", 1))
    told = outbox.message(calling, VIEW, NONE)
    assert [row[0] for row in told.calls] == ["1042"]
    assert [row[1] for row in told.units] == ["STAR 2"]
    assert [row[6:] for row in told.units] == [(1, "full", "overdue")]


def test_an_alarm_of_a_unit_off_duty_brings_it_back_to_no_map() -> None:
    outbox = Outbox(MAPS)
    state = board((unit("home", UnitState.OFF_DUTY),), (fix("home"),))
    outbox.message(state, VIEW, NONE)
    assert outbox.message(alarmed(state, an_alarm(CHECK_IN, "home", 1)), VIEW, NONE).units == []


def test_a_moved_unit_costs_sixteen_bytes_and_no_row() -> None:
    outbox = Outbox(MAPS)
    state = city()
    outbox.message(state, VIEW, NONE)
    moved = {**state.positions, "STAR 3": fix("STAR 3", 39.731)}
    told = outbox.message(replace(state, positions=moved), VIEW, NONE)
    assert told.units == []
    assert len(told.fixes) == 24  # 16 bytes as base64


def test_a_unit_that_comes_after_its_position_is_placed() -> None:
    outbox, page = Outbox(MAPS), Mirror()
    positions = (fix("late"),)
    page.take(outbox.message(board(positions=positions), VIEW, NONE))
    page.take(outbox.message(board((unit("late"),), positions), VIEW, NONE))
    assert len(page.fixes) == 1


def test_a_team_off_duty_is_not_shown() -> None:
    page = Mirror()
    page.take(Outbox(MAPS).message(board((unit("home", UnitState.OFF_DUTY),), (fix("home"),)), VIEW, NONE))
    assert page.units == {}


def test_locations_that_cannot_be_true_are_counted_and_not_drawn() -> None:
    page = Mirror()
    wrong = (
        call("none", None, None),
        call("nowhere", 0.0, -0.0),
        call("swapped", -104.92, 39.72),
        call("abroad", 48.1, 11.6),
    )
    units = (unit("swapped"), unit("nowhere"))
    fixes = (fix("swapped", 11.6, 48.1), fix("nowhere", 0.0, 0.0))
    told = Outbox(MAPS).message(board(units, fixes, (*wrong, call("right"))), VIEW, NONE)
    page.take(told)
    assert list(page.calls) == ["right"]
    assert page.fixes == {}
    assert told.notes == (
        ("4 calls without a valid location", False),
        ("2 teams without a position", False),
    )


def test_a_call_that_is_to_be_hidden_is_not_placed() -> None:
    told = Outbox(MAPS).message(board(calls=(call("1", sensitivity=Sensitivity.HIDE),)), VIEW, NONE)
    assert told.calls == []
    assert told.notes == (("1 call withheld by the dispatch system's label", False),)


def test_elsewhere_calls_come_when_the_filters_let_them() -> None:
    state = board(calls=(call("theft", program=Program.POLICE, eligible=False),))
    outbox = Outbox(MAPS)
    assert outbox.message(state, VIEW, NONE).calls == []
    wide = replace(VIEW, filters=replace(VIEW.filters, elsewhere=True))
    assert [row[0] for row in outbox.message(state, wide, NONE).calls] == ["theft"]


def test_a_closed_call_goes() -> None:
    outbox = Outbox(MAPS)
    outbox.message(city(), VIEW, NONE)
    shut = replace(city().calls["1042"], state=CallState.CLOSED)
    told = outbox.message(replace(city(), calls={"1042": shut}, open_calls={}), VIEW, NONE)
    assert sorted(told.calls_gone) == ["1039", "1042"]


def test_a_chosen_call_is_linked_to_the_teams_still_on_it() -> None:
    parts = sent("A", "B")
    over = replace(parts[1], cleared_at=city().at)
    state = board(
        (unit("A"), unit("B"), unit("C", call="1")),
        (fix("A"), fix("B"), fix("C")),
        (call("1", assignments=(parts[0], over)),),
    )
    told = Outbox(MAPS).message(state, with_call(VIEW, "1"), NONE)
    assert told.chosen is not None
    slots = {row[0]: row[1] for row in told.units}
    assert [slots[slot] for slot in told.chosen.links] == ["A", "C"]


def test_a_new_theme_alone_is_told_alone() -> None:
    outbox = Outbox(MAPS)
    outbox.message(city(), VIEW, NONE)
    told = outbox.message(city(), replace(VIEW, theme=LIGHT), NONE)
    assert told.look == LIGHT
    assert told.base is None


def test_a_base_map_that_is_not_served_is_not_asked_for() -> None:
    agency = replace(city().agencies["test"], base_map="../../etc")
    told = Outbox(MAPS).message(replace(city(), agencies={"test": agency}), VIEW, NONE)
    assert told.base is not None
    assert (told.base.name, told.base.files) == ("", ())
    assert told.notes is not None
    assert ("no base map for this area", False) in told.notes


def test_a_card_is_told_again_when_the_page_asks_again() -> None:
    outbox = Outbox(MAPS)
    assert outbox.message(city(), VIEW, ("call", "1042")).card is not None
    assert outbox.message(city(), VIEW, ("call", "1042")).card is None
    outbox.repeat_card()
    assert outbox.message(city(), VIEW, ("call", "1042")).card is not None
