"""The call board: what a row says, what is held back and why the list is empty."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Alarm, Shelf
from console.domain.definitions import KickBack, Limit
from console.domain.entities import Call, Stamps
from console.domain.state import State
from console.domain.vocabulary import CallState, FeedName, Health, Program, Sensitivity
from console.domain.watching.catalog import KICK_BACK, PENDING_LONG, SILENT
from console.session.store import Store
from console.ui.calls.call_filters import FILTERS, choices, chosen_text, passing
from console.ui.calls.call_rows import Sources, call_rows
from console.ui.calls.calls import CallsPanel
from console.ui.calls.calls_columns import COLUMNS
from console.ui.look.view import Filters, Order, View
from console.ui.parts.freshness import freshness
from console.ui.theme import fonts, style
from console.ui.theme.theme import DARK
from tests.ui.board import (
    NOW,
    PACK,
    Acts,
    a_board,
    a_call,
    a_unit,
    a_view,
    ago,
    alarmed,
    an_alarm,
    feed,
    feeds,
    later,
    on_scene,
)
from tests.ui.named import unnamed

Make = Callable[..., tuple[CallsPanel, Store[State], Store[View]]]
PLACES = {column.title or "badge": place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    fonts.load()
    style.apply(qapp, DARK)
    kept: list[CallsPanel] = []  # a widget nobody holds can be collected in the middle of its own painting

    def made(state: State, **view: Any) -> tuple[CallsPanel, Store[State], Store[View]]:
        store, seen = Store(state), a_view(**view)
        panel = CallsPanel(store, seen, Acts())
        QAbstractItemModelTester(
            panel.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.table.rows
        )
        panel.resize(560, 600)
        qtbot.addWidget(panel)
        kept.append(panel)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel, store, seen

    yield made
    kept.clear()


def numbers(panel: CallsPanel) -> list[str]:
    return [panel.table.rows.row(place).call.number for place in range(panel.table.rows.rowCount())]


def cell(panel: CallsPanel, number: int, column: str, role: Any = Qt.ItemDataRole.AccessibleTextRole) -> str:
    rows = panel.table.rows
    return str(rows.data(rows.index(rows.place(f"c{number}"), PLACES[column]), role) or "")


def said(panel: CallsPanel) -> str:
    """Every word in sight outside the table."""
    labels = (label for label in panel.findChildren(QLabel) if label.isVisible())
    buttons = (button for button in panel.findChildren(QAbstractButton) if button.isVisible())
    return "\n".join((*(label.text() for label in labels), *(button.text() for button in buttons)))


def picture(panel: CallsPanel) -> QImage:
    return panel.table.viewport().grab().toImage()


def has_color(image: QImage, color: str) -> bool:
    wanted = QColor(color).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_closed_call_is_not_on_the_board(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1), a_call(2)]))
    store.set(later(store.value, 1, calls={**store.value.calls, "c1": a_call(1, state=CallState.CLOSED)}))
    assert numbers(panel) == ["2"]


def test_over_a_limit_comes_first_then_priority_then_age(make: Make) -> None:
    waiting = [a_call(1, waits=2), a_call(2, waits=30), a_call(3, waits=12), a_call(4, waits=4, priority=1)]
    panel, _, _ = make(a_board([*waiting, a_call(5, waits=3), a_call(6, priority=None)]))
    assert numbers(panel) == ["2", "4", "3", "5", "1", "6"]


@pytest.mark.parametrize(("waits", "word", "color"), [(12, "over 10 min", "p2"), (21, "over 20 min", "p1")])
def test_a_wait_over_a_limit_has_a_color_and_a_word(make: Make, waits: int, word: str, color: str) -> None:
    panel, _, _ = make(a_board([a_call(1, waits=waits)]))
    assert word in cell(panel, 1, "State")
    assert has_color(picture(panel), getattr(DARK, color))


def test_a_call_goes_amber_on_the_second_its_limit_passes_though_nothing_was_sent(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1, waits=9)]))
    store.set(later(store.value, 59))
    assert "over" not in cell(panel, 1, "State")
    store.set(later(store.value, 1))
    assert "over 10 min" in cell(panel, 1, "State")


@pytest.mark.parametrize(
    ("state", "stamp"),
    [
        (CallState.ASSIGNED, "assigned_at"),
        (CallState.ENROUTE, "enroute_at"),
        (CallState.ON_SCENE, "on_scene_at"),
        (CallState.TRANSPORTING, "left_at"),
    ],
)
def test_every_state_has_a_limit_of_its_own_with_bar_and_word(
    make: Make, state: CallState, stamp: str
) -> None:
    pack = replace(PACK, limits={str(state): {"any": Limit(4, 8)}})
    calls = [a_call(n, state=state, stamps=Stamps(**{stamp: ago(n)})) for n in (2, 5, 10)]
    panel, _, _ = make(a_board(calls, definitions=pack))
    words = [cell(panel, n, "State").partition(" · ")[2] for n in (2, 5, 10)]
    assert words == ["", "over 4 min", "over 8 min"]
    assert cell(panel, 2, "Limit") == "25% of 8 min"


def test_the_badge_is_of_the_worst_alarm_and_says_what_became_of_it(make: Make) -> None:
    waits, soon = an_alarm(PENDING_LONG, "c1", 3), an_alarm(KICK_BACK, "c1", 2)
    panel, store, _ = make(alarmed(a_board([a_call(1)]), waits, soon))
    assert cell(panel, 1, "badge") == "priority 2 alarm"
    seen = replace(soon, acknowledged_at=NOW, acknowledged_by="m.ruiz")
    store.set(alarmed(store.value, waits, seen))
    assert cell(panel, 1, "badge") == "priority 2 alarm, acknowledged"
    store.set(alarmed(store.value, waits, replace(soon, shelf=Shelf(NOW, NOW, "m.ruiz", "known"))))
    assert cell(panel, 1, "badge") == "priority 3 alarm"
    store.set(alarmed(store.value))
    assert cell(panel, 1, "badge") == ""


def test_an_alarm_that_calls_is_filled_an_acknowledged_one_an_outline_and_a_shelved_one_gray(
    make: Make,
) -> None:
    alarm = an_alarm(PENDING_LONG, "c1", 3)
    panel, store, _ = make(alarmed(a_board([a_call(1)]), alarm))
    pictures = [picture(panel)]
    for fields in ({"acknowledged_at": NOW}, {"shelf": Shelf(NOW, NOW, "m.ruiz", "known")}):
        store.set(alarmed(store.value, replace(alarm, **fields)))
        pictures.append(picture(panel))
    assert all(one != other for one, other in combinations(pictures, 2))
    assert [has_color(image, DARK.p3) for image in pictures] == [True, True, False]


def test_a_shelved_alarm_does_not_hide_that_the_limit_is_passed(make: Make) -> None:
    shelved = an_alarm(PENDING_LONG, "c1", shelf=Shelf(NOW, NOW, "m.ruiz", "known"))
    panel, _, _ = make(alarmed(a_board([a_call(1, waits=12), a_call(2)]), shelved))
    assert "over 10 min" in cell(panel, 1, "State")
    assert has_color(picture(panel), DARK.p2)
    assert numbers(panel) == ["1", "2"]


def test_an_alarm_that_is_over_leaves_the_row(make: Make) -> None:
    over = an_alarm(PENDING_LONG, "c1", active=False, returned_at=NOW)
    panel, _, _ = make(alarmed(a_board([a_call(1)]), over))
    assert cell(panel, 1, "badge") == ""


def test_alarms_of_another_call_leave_the_row_as_it_is(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1), a_call(2)]))
    before = panel.table.rows.row(panel.table.rows.place("c2"))
    store.set(alarmed(store.value, an_alarm(PENDING_LONG, "c1"), an_alarm(SILENT, "c2")))
    assert panel.table.rows.row(panel.table.rows.place("c2")) is before


def test_the_worst_alarm_comes_first_and_acknowledging_it_moves_nothing(make: Make) -> None:
    board = a_board([a_call(1, waits=30), a_call(2), a_call(3)])
    bad = an_alarm(KICK_BACK, "c3", 1)
    panel, store, _ = make(alarmed(board, bad, an_alarm(PENDING_LONG, "c2", 2)))
    assert numbers(panel) == ["3", "2", "1"]
    store.set(later(alarmed(store.value, replace(bad, acknowledged_at=NOW), an_alarm(SILENT, "c2", 2)), 1))
    assert numbers(panel) == ["3", "1", "2"]


def test_an_eligible_call_counts_down_to_the_moment_when_policy_hands_it_to_police(make: Make) -> None:
    pack = replace(PACK, kick_back=KickBack(after={"2": 25}, warn=5))
    calls = [a_call(1, waits=10, eligible=True), a_call(2, waits=10, eligible=False), a_call(3, priority=3)]
    panel, store, _ = make(a_board(calls, definitions=pack))
    assert "police in 15 min" in cell(panel, 1, "Nature")
    assert "police" not in cell(panel, 2, "Nature") + cell(panel, 3, "Nature")
    assert not has_color(picture(panel), DARK.p2) or "over" in cell(panel, 1, "State")
    store.set(later(store.value, 11 * 60))
    assert "police in 4 min" in cell(panel, 1, "Nature")
    assert panel.table.rows.row(panel.table.rows.place("c1")).soon
    store.set(later(store.value, 5 * 60))
    assert "police due since 16:45" in cell(panel, 1, "Nature")


def test_a_call_nobody_wrote_to_for_an_hour_says_so(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1, updated_at=ago(59))]))
    assert "not updated" not in cell(panel, 1, "Nature")
    store.set(later(store.value, 60))
    assert "not updated for 1 h 00" in cell(panel, 1, "Nature")
    store.set(later(store.value, 1, calls={"c1": a_call(1, updated_at=NOW)}))
    assert "not updated" not in cell(panel, 1, "Nature")


def test_a_calm_board_has_no_alarm_color(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1), on_scene(2, "star1")], [a_unit("star1")]))
    image = picture(panel)
    assert not any(has_color(image, color) for color in (DARK.p1, DARK.p2, DARK.p3, DARK.stale))


def test_the_clock_of_a_row_ticks_with_the_second(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1, waits=5)]))
    assert cell(panel, 1, "Time") == "05:00"
    store.set(later(store.value, 7))
    assert cell(panel, 1, "Time") == "05:07"


def test_only_teams_still_committed_stand_on_a_row_by_callsign(make: Make) -> None:
    call = on_scene(1, "star1", "mc4")
    gone = replace(call, assignments=(replace(call.assignments[0], cleared_at=ago(1)), call.assignments[1]))
    panel, _, _ = make(a_board([gone], [a_unit("star1"), a_unit("mc4", callsign="MC 4")]))
    assert cell(panel, 1, "Team") == "MC 4"


def test_a_new_callsign_reaches_the_rows_of_its_calls(make: Make) -> None:
    panel, store, _ = make(a_board([on_scene(1, "star1")]))
    assert cell(panel, 1, "Team") == "star1"
    store.set(later(store.value, 1, units={"star1": a_unit("star1", callsign="STAR 1")}))
    assert cell(panel, 1, "Team") == "STAR 1"


def test_an_unknown_state_is_quoted_as_the_source_gave_it(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1, state=CallState.UNKNOWN, raw_state="10-97 HOLD")]))
    assert "Unknown" in cell(panel, 1, "State")
    assert "«10-97 HOLD»" in cell(panel, 1, "State")
    assert cell(panel, 1, "Time") == "—"


def test_a_call_the_source_dropped_stays_and_says_since_when(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1)]))
    store.set(later(store.value, 1, missing={"c1": ago(26)}))
    assert "not reported since 16:04" in cell(panel, 1, "Nature")
    assert "check CAD" in cell(panel, 1, "State")
    assert numbers(panel) == ["1"]


def test_when_the_feed_stops_rows_stay_hatched_with_the_time_they_are_of(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1)]))
    calm = picture(panel)
    store.set(later(store.value, 1, feeds=feeds(feed(FeedName.CALLS, ago(26, 50)))))
    assert numbers(panel) == ["1"]
    assert "as of 16:03:22" in said(panel)
    assert picture(panel) != calm


def test_a_feed_reported_down_is_old_at_once_and_one_that_is_late_is_not() -> None:
    down = feeds(feed(FeedName.CALLS, reported=Health.DOWN))
    late = feeds(feed(FeedName.CALLS, ago(0, 9)))
    assert not freshness(down, FeedName.CALLS, NOW).current
    assert freshness(late, FeedName.CALLS, NOW).current


def test_a_hidden_call_shows_no_nature_anywhere_and_cannot_be_searched_by_it(make: Make) -> None:
    call = a_call(1, nature_text="Suicide threat", nature="SUITHR", sensitivity=Sensitivity.HIDE)
    panel, _, view = make(a_board([call]))
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    told = "".join(cell(panel, 1, name, role) for name in PLACES for role in roles)
    assert "uicid" not in told
    assert "SUITHR" not in told
    view.set(replace(view.value, filters=Filters(text="suici")))
    assert numbers(panel) == []


def test_the_age_of_a_call_is_told_with_its_local_time(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1, waits=12)]))
    assert "received 12 min · 16:18" in cell(panel, 1, "Nature", Qt.ItemDataRole.ToolTipRole)


def test_the_tooltip_says_why_the_badge_and_the_limit_may_differ_in_color(make: Make) -> None:
    late = a_call(1, waits=12)
    mild = an_alarm(PENDING_LONG, late.id, priority=3)
    panel, _, _ = make(alarmed(a_board([late]), mild))
    assert "go by the limit that is passed, the badge by" in cell(
        panel, 1, "Nature", Qt.ItemDataRole.ToolTipRole
    )


def test_markup_in_the_data_is_text_in_cells_and_in_tooltips(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1, nature_text="<img src=file:x>", area="<b>D3</b>")]))
    assert cell(panel, 1, "Nature", Qt.ItemDataRole.DisplayRole) == "<img src=file:x>"
    assert "<img" not in cell(panel, 1, "Nature", Qt.ItemDataRole.ToolTipRole)


def test_elsewhere_calls_are_held_back_and_counted_until_asked_for(make: Make) -> None:
    panel, _, view = make(a_board([a_call(1), a_call(2, program=Program.POLICE)]))
    assert numbers(panel) == ["1"]
    assert "1 of 2" in said(panel)
    button = next(b for b in panel.findChildren(QToolButton) if b.text() == "1 police, EMS hidden")
    button.click()
    assert view.value.filters.elsewhere
    assert sorted(numbers(panel)) == ["1", "2"]


def test_a_chip_says_what_is_chosen_and_how_many_that_is(make: Make) -> None:
    calls = [a_call(n, program=Program.OUTREACH if n < 3 else Program.MOBILE_CRISIS) for n in range(5)]
    panel, _, view = make(a_board([*calls, a_call(9, program=Program.POLICE)]))
    view.set(replace(view.value, filters=Filters(programs=frozenset({Program.OUTREACH}))))
    assert "outreach 3 of 5" in said(panel)
    assert "3 of 6" in said(panel)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_choice_in_a_chips_menu_filters_the_board(make: Make) -> None:
    panel, _, view = make(a_board([a_call(1, area="D3"), a_call(2, area="D5")]))
    chip = panel._header._chips[1]
    chip.click()
    action = next(a for a in chip._menu.actions() if a.text().startswith("D5"))
    action.trigger()
    chip._menu.close()
    assert view.value.filters.areas == {"D5"}
    assert numbers(panel) == ["2"]


def test_filters_that_hide_everything_say_so_and_can_be_cleared(make: Make) -> None:
    panel, _, view = make(a_board([a_call(1)]), filters=Filters(areas=frozenset({"D9"})))
    assert "None of 1 open calls passes the filters." in said(panel)
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Show all calls of the program").click()
    assert view.value.filters == Filters()
    assert numbers(panel) == ["1"]


def test_a_board_of_elsewhere_calls_says_that_there_is_none_for_the_program(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1, program=Program.POLICE)]))
    assert "No open call for the program.\n1 police, EMS hidden." in said(panel)


@pytest.mark.parametrize(
    ("given_feeds", "words"),
    [
        (feeds(), "No open calls."),
        ({}, "Not read yet."),
        (feeds(feed(FeedName.CALLS, None, reported=Health.STARTING)), "Not read yet."),
        (
            feeds(feed(FeedName.CALLS, None, reported=Health.DOWN, detail="no route", tip="check the cable")),
            "check the cable",
        ),
        (feeds(feed(FeedName.CALLS, ago(5))), "No open calls as of 16:25:12"),
    ],
)
def test_an_empty_board_says_why_it_is_empty(make: Make, given_feeds: Any, words: str) -> None:
    panel, _, _ = make(a_board(feeds=given_feeds))
    assert words in said(panel)


def test_a_click_selects_and_a_selection_made_elsewhere_scrolls_here(make: Make) -> None:
    panel, _, view = make(a_board([a_call(n, waits=1 + n / 100) for n in range(60)]))
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert view.value.call == panel.table.rows.id(0)
    last = panel.table.rows.id(59)
    view.set(replace(view.value, call=last))
    assert 0 <= panel.table.rowViewportPosition(59) < panel.table.viewport().height()


def test_the_order_a_person_chose_is_kept_in_the_view(make: Make) -> None:
    panel, _, view = make(a_board([a_call(1, waits=30), a_call(2), a_call(3)]))
    panel.table.horizontalHeader().sectionClicked.emit(PLACES["Call"])
    panel.table.horizontalHeader().sectionClicked.emit(PLACES["Call"])
    assert view.value.order == Order("Call", descending=True)
    assert numbers(panel) == ["3", "2", "1"]


def test_closing_the_panel_leaves_nobody_watching(make: Make) -> None:
    panel, store, view = make(a_board([a_call(1)]))
    panel.close()
    assert (store.watched, view.watched) == (0, 0)


def test_every_control_has_a_name_for_those_who_listen(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1), a_call(2, program=Program.POLICE)]))
    buttons = [button for button in panel.findChildren(QAbstractButton) if button.isVisible()]
    assert panel.table.accessibleName()
    assert all(button.accessibleName() or button.text() for button in buttons)


def width_of(panel: CallsPanel, column: str) -> int:
    return panel.table.columnWidth(PLACES[column])


@pytest.mark.parametrize("width", [425, 437, 440])
def test_a_call_number_of_a_fire_department_stands_in_full(make: Make, width: int) -> None:
    board = a_board([a_call(180230000 + n, area=f"District {n}") for n in range(40)])
    panel, _, _ = make(board)
    panel.resize(width, 500)
    needed = panel.table._cells.look.body.metrics.horizontalAdvance("180230001")
    assert width_of(panel, "Call") >= needed + panel.table._cells.look.pad
    assert width_of(panel, "Nature") >= 60


@pytest.mark.parametrize("width", [437, 560])
def test_type_at_200_percent_leaves_the_nature_and_folds_the_state_into_it(make: Make, width: int) -> None:
    panel, _, _ = make(a_board([a_call(1366 + n) for n in range(40)]), scale=2.0)
    panel.resize(width, 500)
    assert width_of(panel, "Nature") >= 120
    folded = [column.title for column in panel.table._cells.folded]
    assert ("State" in folded) is panel.table.isColumnHidden(PLACES["State"])


def test_a_state_that_is_folded_away_takes_its_limit_along(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1, waits=12)]), scale=2.0)
    panel.resize(437, 500)
    row, now = panel.table.rows.row(0), panel.table.rows.now
    assert "queued over 10 min" in [column.folded(row, now) for column in panel.table._cells.folded]


@pytest.mark.parametrize("width", [425, 432, 440, 560, 640, 800])
def test_the_table_does_not_move_when_the_feed_fails(make: Make, width: int) -> None:
    police = [a_call(100 + n, program=Program.POLICE) for n in range(47)]
    panel, store, _ = make(a_board([*(a_call(n) for n in range(17)), *police]))
    panel.resize(width, 500)
    before = panel.table.geometry()
    store.set(later(store.value, 1, feeds=feeds(feed(FeedName.CALLS, ago(26, 50)))))
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert "as of 16:03:22" in said(panel)
    assert panel.table.geometry() == before
    chips = panel._header._chips
    assert len({chip.y() for chip in chips}) == 1


def test_a_click_on_the_selected_call_lets_go_of_it(make: Make) -> None:
    panel, _, view = make(a_board([a_call(1), a_call(2)]))
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert view.value.call == ""


def test_enter_on_the_selected_call_lets_go_of_it_and_the_arrows_leave_it(make: Make) -> None:
    panel, _, view = make(a_board([a_call(1), a_call(2)]), call="c1")
    panel.table.setCurrentIndex(panel.table.rows.index(0, 0))
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Up)
    assert view.value.call == "c1"
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert view.value.call == ""


def test_a_police_call_that_stays_on_the_board_says_that_it_is_with_police_and_eligible(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1, program=Program.POLICE, eligible=True), a_call(2)]))
    assert "police · eligible" in cell(panel, 1, "Nature")
    assert "with police" in cell(panel, 1, "State")
    assert "eligible" not in cell(panel, 2, "Nature")


def test_a_team_that_joins_later_widens_its_column(make: Make) -> None:
    panel, store, _ = make(a_board([a_call(1)]))
    before = width_of(panel, "Team")
    store.set(later(store.value, 1, calls={"c1": on_scene(1, "outreach-12")}))
    panel.resize(700, 500)
    assert width_of(panel, "Team") > before


def test_whatever_takes_the_focus_on_the_call_board_has_a_name(make: Make) -> None:
    panel, _, _ = make(a_board([a_call(1), a_call(2, program=Program.POLICE)]))
    assert unnamed(panel) == []


calls = st.lists(
    st.builds(
        a_call,
        st.integers(1, 6),
        state=st.sampled_from(CallState),
        priority=st.sampled_from([None, 1, 2, 3]),
        waits=st.integers(0, 40),
        program=st.sampled_from([None, *Program]),
        area=st.sampled_from(["", "D3"]),
    ),
    max_size=6,
).map(lambda found: {call.id: call for call in found})


alarms = st.lists(
    st.builds(
        an_alarm,
        st.sampled_from([PENDING_LONG, KICK_BACK, SILENT]),
        st.sampled_from(["c1", "c2", "c3"]),
        st.sampled_from([1, 2, 3]),
        active=st.booleans(),
        acknowledged_at=st.sampled_from([None, NOW]),
    ),
    max_size=4,
).map(lambda found: {alarm.id: alarm for alarm in found})


@given(st.lists(st.tuples(calls, alarms, st.integers(0, 1_200)), min_size=1, max_size=4))
def test_rows_made_step_by_step_are_those_made_from_scratch(
    steps: list[tuple[dict[str, Call], dict[str, Alarm], int]],
) -> None:
    pack = replace(PACK, kick_back=KickBack(after={"2": 25}), limits={"on_scene": {"any": Limit(4, 8)}})
    held: Any = {}
    old = Sources()
    for board, standing, seconds in steps:
        new, now = Sources(board, {}, pack, old.callsigns, standing), ago(-seconds / 60)
        held, old = call_rows(held, old, new, now), new
        assert held == call_rows({}, Sources(), new, now)


@given(calls, st.sampled_from(FILTERS))
def test_the_counts_of_a_filter_add_up_to_the_calls_it_can_show(board: dict[str, Call], one: Any) -> None:
    rows = call_rows({}, Sources(), Sources(board, {}, PACK), NOW)
    able = passing(rows, Filters())
    assert sum(choice.count for choice in choices(rows, one, Filters())) == len(able)
    for choice in choices(rows, one, Filters()):
        chosen = replace(Filters(), **{one.field: frozenset({choice.value})})
        assert len(passing(rows, chosen)) == choice.count
        assert chosen_text(rows, one, chosen).endswith(f"{choice.count} of {len(able)}")
