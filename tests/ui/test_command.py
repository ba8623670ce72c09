"""The command bar: what it finds, in which order, and that leaving it changes nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.vocabulary import CallState, Sensitivity
from console.ui.frame.finder import MOST, Entry, best, entries, score
from tests.ui.board import a_board, a_call, a_unit
from tests.ui.desk import Desk, undress

BOARD = a_board(
    [
        a_call(1042, caller_name="Rosalind Finch", narrative="a blue door"),
        a_call(1047, nature_text="Intoxicated person"),
        a_call(1033, state=CallState.CLOSED),
    ],
    [a_unit("star 3"), a_unit("mc 2")],
)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """A window with the command bar open."""
    desk = Desk(qtbot, BOARD).open()
    desk.window.command.open()
    yield desk
    undress(qapp)


def found(query: str) -> list[str]:
    return [entry.key for entry in best(query, entries(BOARD, {}))]


def typed(desk: Desk, text: str) -> None:
    field = desk.window.command.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)


def test_a_beginning_is_nearer_than_a_word_and_a_word_than_scattered_letters() -> None:
    near = [score("star", text) for text in ("STAR 3", "old star", "upstart", "some tall area r")]
    assert near[:3] == [0, 1, 2]
    assert near[3] is not None
    assert near[3] > 2


def test_letters_out_of_order_are_not_found() -> None:
    assert score("ba", "abc") is None


def test_a_call_is_found_by_its_number() -> None:
    assert found("1047") == ["call c1047"]


def test_a_call_is_found_by_letters_of_its_nature() -> None:
    assert found("intox")[0] == "call c1047"


def test_a_team_is_found_by_its_callsign() -> None:
    assert found("star3") == ["unit star 3"]


def test_open_calls_come_before_closed_ones() -> None:
    assert found("10") == ["call c1042", "call c1047", "call c1033"]


def test_what_is_masked_cannot_be_searched_for() -> None:
    assert found("rosalind") == []
    assert found("blue door") == []


def test_a_call_to_be_hidden_is_not_found_by_its_nature() -> None:
    board = a_board([a_call(1, nature_text="Suicide threat", sensitivity=Sensitivity.HIDE)])
    assert best("suicide", entries(board, {})) == ()


def test_no_more_rows_are_shown_than_can_be_read() -> None:
    many = [Entry(f"do {n}", f"act {n}", "", "", f"act {n}") for n in range(100)]
    assert len(best("act", many)) == MOST


def test_enter_selects_the_call_that_was_found(desk: Desk) -> None:
    typed(desk, "1047")
    desk.press(Qt.Key.Key_Return)
    assert (desk.view.value.call, desk.window.command.isVisible()) == ("c1047", False)


def test_enter_selects_the_team_that_was_found(desk: Desk) -> None:
    typed(desk, "mc 2")
    desk.press(Qt.Key.Key_Return)
    assert desk.view.value.unit == "mc 2"


def test_arrows_move_to_the_next_row_and_round(desk: Desk) -> None:
    typed(desk, "104")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.view.value.call == "c1047"


def test_an_action_is_done(desk: Desk) -> None:
    typed(desk, "theme: night")
    desk.press(Qt.Key.Key_Return)
    assert desk.view.value.theme.name == "night"


def test_a_row_is_chosen_with_the_mouse_too(desk: Desk) -> None:
    typed(desk, "1047")
    desk.window.command.table.picked.emit("call c1047")
    assert desk.view.value.call == "c1047"


def test_enter_on_nothing_found_keeps_the_bar_open(desk: Desk) -> None:
    typed(desk, "zzzz")
    desk.press(Qt.Key.Key_Return)
    assert desk.window.command.isVisible()


def test_escape_changes_nothing_and_gives_the_focus_back(desk: Desk) -> None:
    desk.window.command.close_bar()
    desk.panels.teams.setFocus()
    desk.window.command.open()
    typed(desk, "1047")
    before = desk.view.value
    desk.press(Qt.Key.Key_Escape)
    assert desk.view.value is before
    assert QApplication.focusWidget() is desk.panels.teams


def test_the_bar_opens_empty_again(desk: Desk) -> None:
    typed(desk, "1047")
    desk.press(Qt.Key.Key_Escape)
    desk.window.command.open()
    field = desk.window.command.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == ""


def test_when_nothing_is_found_the_bar_says_so_and_what_to_try(desk: Desk) -> None:
    typed(desk, "zzzz")
    texts = [label.text() for label in desk.window.command.findChildren(QLabel) if label.isVisible()]
    assert texts == ["Nothing found for «zzzz». Try a call number, a call-sign or an action."]
    assert not desk.window.command.table.isVisible()
