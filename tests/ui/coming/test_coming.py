"""The window of the next two hours: what it says, what it says is not known, and that it steals nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.domain.breaks import Breaks
from console.domain.state import State
from console.domain.vocabulary import Program, UnitState
from console.session.store import Store
from console.ui.coming.coming import EVERY_S, ComingWindow, open_coming
from console.ui.coming.halves import NO_BREAK_DUE, NO_BREAKS, NO_ENDS
from console.ui.coming.loads import MOST
from console.ui.look.view import View
from console.ui.table.table import RowsTable
from console.ui.teams.teams import TeamsPanel
from console.ui.theme import fonts, style
from console.ui.theme.theme import DARK
from tests.ui.board import Acts, a_board, a_unit, a_view, ago, later, on_scene
from tests.ui.desk import Desk
from tests.ui.named import unnamed

Make = Callable[..., tuple[ComingWindow, Store[State], Store[View]]]

SHIFT: dict[str, Any] = {"shift_from": ago(300), "shift_until": ago(-300)}
BUSY = a_unit("star1", state=UnitState.ON_SCENE, call="c1", **SHIFT)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    fonts.load()
    style.apply(qapp, DARK)
    kept: list[QWidget] = []

    def made(state: State, **view: Any) -> tuple[ComingWindow, Store[State], Store[View]]:
        store, seen, near = Store(state), a_view(**view), QWidget()
        near.resize(1_200, 800)
        window = open_coming(store, seen, near)
        for table in (window.halves, window.loads):
            QAbstractItemModelTester(
                table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, table.rows
            )
        qtbot.addWidget(near)
        kept.extend((near, window))
        qtbot.waitExposed(window)
        return window, store, seen

    yield made
    kept.clear()


def lines(table: RowsTable) -> list[str]:
    return [table.rows.plain(place).replace("\t", " | ") for place in range(table.rows.rowCount())]


def said(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_it_tells_the_half_hours_to_come(make: Make) -> None:
    leaves = a_unit("mc1", program=Program.MOBILE_CRISIS, shift_from=ago(400), shift_until=ago(-75))
    window, _, _ = make(a_board(units=[a_unit("star2", **SHIFT), leaves]))
    assert lines(window.halves) == [
        "now 16:30 | 2 | 2 | none | none | none",
        "17:00 | in 30 min | 2 | 2 | none | none | none",
        "17:30 | in 1 h 00 | 2 | 2 | none | none | none",
        "18:00 | in 1 h 30 | 1 | 1 | none | 1: MC1 | none",
        "18:30 | in 2 h 00 | 1 | 1 | none | none | none",
    ]


def test_without_shift_times_it_says_so_and_counts_those_teams_apart(make: Make) -> None:
    window, _, _ = make(a_board(units=[a_unit("star2")]))
    assert lines(window.halves)[0] == "now 16:30 | 0 + 1 open-ended | 0 + 1 open-ended | none | none | none"
    assert NO_ENDS in said(window)
    assert lines(window.loads) == ["STAR2 | clinician + EMT | — | — | 0 | — | —"]


def test_who_is_out_is_named_and_when_they_are_back_is_not_guessed(make: Make) -> None:
    meal = a_unit("star2", state=UnitState.OUT_OF_SERVICE, raw_state="MEAL", since=ago(9), **SHIFT)
    window, _, _ = make(a_board(units=[meal]))
    assert "Out now, return not known: STAR2 (out of service · MEAL · 9 min)." in said(window)
    assert NO_BREAKS in said(window)
    assert "1: STAR2" in lines(window.halves)[1]


def test_who_is_due_a_break_is_told_where_the_data_show_breaks(make: Make) -> None:
    units = [
        a_unit("star2", **{**SHIFT, "shift_from": ago(330)}),
        a_unit("star3", **{**SHIFT, "shift_from": ago(330)}),
    ]
    board = a_board(units=units)
    seen = Breaks(since=ago(400), last={"star3": ago(200)})
    window, _, _ = make(replace(board, breaks=seen))
    due = "Break due (5 h on shift with none seen): STAR2 since 16:00, STAR3 at 18:10."
    assert due in said(window)
    rested, _, _ = make(
        replace(board, breaks=Breaks(since=ago(400), last={"star2": ago(1), "star3": ago(1)}))
    )
    assert NO_BREAK_DUE in said(rested)


def test_who_should_be_there_and_is_not_and_who_stays_on_is_told(make: Make) -> None:
    units = [
        a_unit("late", state=UnitState.OFF_DUTY, shift_from=ago(10), shift_until=ago(-400)),
        a_unit("long", shift_from=ago(600), shift_until=ago(12)),
        a_unit("gone", state=UnitState.OFF_DUTY),
    ]
    window, _, _ = make(a_board(units=units))
    assert "Should be on duty by the shift's times and are not: LATE." in said(window)
    assert "On duty past the end of the shift: LONG (ended 16:18)." in said(window)
    assert "Off duty, next shift not given: GONE." in said(window)


def test_the_most_strained_team_comes_first_and_is_marked_in_words(make: Make) -> None:
    calls = [on_scene(1, "star1"), on_scene(2, "star2")]
    longer = replace(calls[0].assignments[0], assigned_at=ago(150))
    units = [a_unit("star2", state=UnitState.ON_SCENE, call="c2", **SHIFT), BUSY]
    window, _, _ = make(a_board([replace(calls[0], assignments=(longer,)), calls[1]], units))
    assert lines(window.loads) == [
        f"STAR1 | clinician + EMT | 5 h 00 | 21:30 | 1 | 2 h 30 | 50 % | {MOST}",
        "STAR2 | clinician + EMT | 5 h 00 | 21:30 | 1 | 20 min | 7 %",
    ]


def test_the_figures_say_since_when_calls_are_known(make: Make) -> None:
    window, _, _ = make(a_board([on_scene(1, "star1")], [BUSY]))
    assert "the oldest of 16:05." in said(window)
    empty, _, _ = make(a_board(units=[BUSY]))
    assert "there is none." in said(empty)


def test_it_follows_the_board_every_few_seconds_and_not_each_second(make: Make) -> None:
    window, store, _ = make(a_board(units=[a_unit("star2", **SHIFT)]))
    store.set(later(store.value, 1, units={}))
    assert len(lines(window.loads)) == 1
    store.set(later(store.value, EVERY_S))
    assert lines(window.loads) == []


def test_no_team_at_all_is_told(make: Make) -> None:
    window, _, _ = make(a_board())
    assert "No team is on the roster." in said(window)


def test_enter_on_a_team_selects_it(make: Make) -> None:
    window, _, view = make(a_board(units=[a_unit("star2", **SHIFT)]))
    window.loads.setFocus()
    window.loads.setCurrentIndex(window.loads.rows.index(0, 0))
    QTest.keyClick(window.loads, Qt.Key.Key_Return)
    assert view.value.unit == "star2"


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_opened_twice_there_is_one_and_closed_it_watches_nothing(make: Make) -> None:
    window, store, view = make(a_board(units=[BUSY]))
    near = window.parentWidget()
    assert near is not None
    assert open_coming(store, view, near) is window
    window.close()
    assert (store.watched, view.watched) == (0, 0)


def test_everything_in_it_has_a_name(make: Make) -> None:
    window, _, _ = make(a_board(units=[BUSY]))
    assert unnamed(window) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_five_moments_need_no_scrolling(make: Make, scale: float) -> None:
    window, _, _ = make(a_board(units=[BUSY]), scale=scale)
    assert not window.halves.verticalScrollBar().isVisible()


def test_large_type_on_a_small_screen_scrolls_and_lays_nothing_over_the_rows(make: Make) -> None:
    window, _, _ = make(a_board(units=[BUSY]), scale=2.0)
    window.resize(1_334, 500)
    QTest.qWait(20)
    edges = [window.halves.geometry(), window.loads.geometry()]
    labels = [label.geometry() for label in window.findChildren(QLabel) if label.isVisible()]
    assert not [(one, two) for one in edges for two in labels if one.intersects(two)]


def test_h_opens_it_over_the_board(qtbot: QtBot) -> None:
    desk = Desk(qtbot, a_board(units=[BUSY])).open()
    desk.press(Qt.Key.Key_H)
    assert [one.isVisible() for one in desk.window.findChildren(ComingWindow)] == [True]


def test_the_teams_header_opens_it(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, DARK)
    panel = TeamsPanel(Store(a_board(units=[BUSY])), a_view(), Acts())
    qtbot.addWidget(panel)
    panel.show()
    next(one for one in panel.findChildren(QPushButton) if one.text() == "Next 2 h").click()
    assert [one.isVisible() for one in panel.findChildren(ComingWindow)] == [True]


def test_it_goes_with_the_window(qtbot: QtBot) -> None:
    desk = Desk(qtbot, a_board(units=[BUSY])).open()
    desk.press(Qt.Key.Key_H)
    desk.window.close()
    assert desk.store.watched == 0
