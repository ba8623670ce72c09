"""Which lines there are: in order of priority and time, heaped in a flood, collapsed where nothing can be done."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Shelf
from console.domain.alarms.flood import Flood
from console.domain.state import State
from console.domain.vocabulary import UnitState
from console.domain.watching import catalog
from console.ui.attention.columns import more, what
from console.ui.attention.lines import SHOWN, Line, behind, lines
from console.ui.parts.clocks import present
from tests.ui.attention.alarmed import alarmed, an_alarm, ids, over, seen, waits
from tests.ui.board import NOW, a_unit, ago

HERE = present(NOW, alarmed().agency)
FLOOD = {"flood": Flood(since=ago(28), count=37)}


def shown(state: State, *opened: str) -> list[Line]:
    return sorted(lines(state, frozenset(opened), {}).values(), key=lambda line: line.place)


def keys(state: State, *opened: str) -> list[str]:
    return [line.key for line in shown(state, *opened)]


def test_lines_go_by_priority_and_then_the_newest_first() -> None:
    old, new = waits(1, raised_at=ago(9)), waits(2, raised_at=ago(3))
    mild, urgent = waits(3, priority=3, raised_at=ago(1)), waits(4, priority=1, raised_at=ago(20))
    assert keys(alarmed(old, mild, new, urgent)) == ids([urgent, new, old, mild])


def test_of_those_that_came_up_together_the_longest_stands_first() -> None:
    short, long = waits(1, since=ago(12)), waits(2, since=ago(40))
    assert keys(alarmed(short, long)) == ids([long, short])


def test_of_check_ins_that_came_together_the_longest_overdue_stands_first() -> None:
    long, short = (
        an_alarm(catalog.CHECK_IN, key, priority=1, since=ago(minutes))
        for key, minutes in (("star1", 30), ("star2", 40))
    )
    teams = [
        a_unit(key, state=UnitState.ON_SCENE, since=ago(minutes))
        for key, minutes in (("star1", 45), ("star2", 30))
    ]
    assert keys(alarmed(long, short, units=teams)) == ids([long, short])


def test_acknowledged_ones_stand_below_all_that_call() -> None:
    urgent, mild = seen(waits(1, priority=1)), waits(2, priority=3)
    assert keys(alarmed(urgent, mild)) == ids([mild, urgent])


def test_what_is_over_shares_one_line() -> None:
    (line,) = shown(alarmed(over(waits(1)), over(waits(2)), over(an_alarm(catalog.SILENT, "star5"))))
    assert what(line, HERE) == "3 are over and were not acknowledged"


def test_a_priority_1_that_is_over_is_told_on_the_shared_line() -> None:
    urgent = over(an_alarm(catalog.CHECK_IN, "star5", priority=1))
    (line,) = shown(alarmed(urgent, over(waits(1))))
    assert what(line, HERE) == "2 are over and were not acknowledged, 1 of priority 1"
    assert more(line, HERE) == "A acknowledges all but priority 1 · Enter lists them"
    assert line.priority == 1


def test_the_line_of_what_is_over_opens() -> None:
    one, two = over(waits(1, raised_at=ago(5))), over(waits(2, raised_at=ago(9)))
    assert keys(alarmed(one, two), "over:") == ["over:", two.id, one.id]


def test_what_is_held_back_names_its_feed() -> None:
    held = [replace(waits(number), suppressed_by="city-cad/calls") for number in (1, 2)]
    (line,) = shown(alarmed(*held))
    assert what(line, HERE) == "2 held back: city-cad calls give no data"


def test_shelved_and_out_of_service_have_no_line() -> None:
    shelf = Shelf(ago(1), ago(-14), "m.ruiz", "known")
    assert keys(alarmed(replace(waits(1), shelf=shelf), replace(waits(2), out=True))) == []


def test_a_flood_heaps_by_rule_and_counts() -> None:
    state = alarmed(*(waits(n, since=ago(10 + n)) for n in range(1, 8)), book=FLOOD)
    (line,) = shown(state)
    assert what(line, HERE) == "7 calls waiting too long, oldest 17:00"
    assert more(line, HERE) == "first at 16:28 · 7 not acknowledged · Enter lists them"


def test_a_flood_never_heaps_priority_1() -> None:
    urgent = [waits(n, priority=1) for n in (1, 2, 3)]
    assert set(keys(alarmed(*urgent, book=FLOOD))) == set(ids(urgent))


def test_the_earliest_of_a_heap_keeps_its_time_and_place() -> None:
    early = [waits(1, raised_at=ago(20)), waits(2, raised_at=ago(1))]
    later = [an_alarm(catalog.SILENT, key, raised_at=ago(10)) for key in ("star5", "star6")]
    state = alarmed(*later, *early, book=FLOOD)
    assert keys(state) == ["kind:pending_too_long", "kind:unit_silent"]
    assert "first at 16:10" in more(shown(state)[0], HERE)


def test_an_opened_heap_lists_the_earliest_first() -> None:
    late, early = waits(1, raised_at=ago(1)), waits(2, raised_at=ago(20))
    state = alarmed(late, early, an_alarm(catalog.SILENT, "star5"), book=FLOOD)
    assert keys(state, "kind:pending_too_long")[:3] == ["kind:pending_too_long", early.id, late.id]


def test_an_opened_heap_says_how_it_closes() -> None:
    state = alarmed(over(waits(1)), over(waits(2)))
    assert more(shown(state, "over:")[0], HERE) == "A acknowledges them all · Enter closes"


def test_one_alone_of_its_rule_is_no_heap() -> None:
    one = waits(1)
    assert keys(alarmed(one, book=FLOOD)) == [one.id]


def test_a_line_tells_which_alarms_it_speaks_of() -> None:
    one, two = over(waits(1, raised_at=ago(9))), over(waits(2, raised_at=ago(5)))
    assert ids(behind(alarmed(two, one), "over:")) == ids([one, two])


def test_lines_that_did_not_change_are_the_same_objects() -> None:
    state = alarmed(waits(1), over(waits(2)), over(waits(3)))
    first = lines(state, frozenset(), {})
    again = lines(state, frozenset(), first)
    assert all(again[key] is line for key, line in first.items())


ALARMS = st.lists(
    st.builds(
        waits,
        st.integers(1, 12),
        priority=st.integers(1, 3),
        active=st.booleans(),
        acknowledged_at=st.sampled_from([None, NOW]),
        suppressed_by=st.sampled_from(["", "city-cad/calls"]),
        out=st.booleans(),
        raised_at=st.integers(0, 30).map(ago),
    ),
    unique_by=lambda alarm: alarm.id,
)


@given(ALARMS, st.booleans())
def test_every_active_priority_1_that_is_not_set_aside_has_a_line_of_its_own(
    alarms: list[Alarm], flood: bool
) -> None:
    state = alarmed(*alarms, book=FLOOD if flood else {})
    urgent = {
        one.id for one in alarms if one.priority == 1 and one.active and not (one.out or one.suppressed_by)
    }
    assert urgent <= set(keys(state))


@given(ALARMS, st.booleans())
def test_every_alarm_that_calls_is_behind_exactly_one_line(alarms: list[Alarm], flood: bool) -> None:
    state = alarmed(*alarms, book=FLOOD if flood else {})
    behind_lines = [alarm.id for key in keys(state) for alarm in behind(state, key) if alarm.calling]
    assert sorted(behind_lines) == sorted(one.id for one in alarms if one.calling)


@given(ALARMS, ALARMS, st.booleans(), st.booleans())
def test_lines_do_not_depend_on_those_that_were_shown_before(
    earlier: list[Alarm], now: list[Alarm], flooded: bool, flood: bool
) -> None:
    opened = frozenset({"over:", "kind:pending_too_long"})
    held = lines(alarmed(*earlier, book=FLOOD if flooded else {}), opened, {})
    state = alarmed(*now, book=FLOOD if flood else {})
    fresh, kept = lines(state, opened, {}), lines(state, opened, held)
    assert {key: (line.place, what(line, HERE), more(line, HERE)) for key, line in kept.items()} == {
        key: (line.place, what(line, HERE), more(line, HERE)) for key, line in fresh.items()
    }


MANY = [waits(n, raised_at=ago(30, seconds=-n * 0.01)) for n in range(1, SHOWN + 701)]


def test_of_very_many_alarms_the_last_are_counted_on_one_line() -> None:
    found = shown(alarmed(*MANY))
    assert len(found) == SHOWN + 1
    assert what(found[-1], HERE) == "and 700 more"
    assert found[0].key == MANY[-1].id


def test_of_a_very_large_heap_the_last_members_are_counted_on_one_line() -> None:
    found = shown(alarmed(*MANY, waits(9_000, priority=1), book=FLOOD), "kind:pending_too_long")
    assert [what(line, HERE) for line in (found[0], found[-1])] == [
        "9000 welfare check has waited 18:02, limit 10:00",
        "and 700 more",
    ]
    assert len(found) == SHOWN + 3


def test_the_line_that_counts_the_others_is_about_no_alarm() -> None:
    state = alarmed(*MANY)
    assert behind(state, shown(state)[-1].key) == []
