"""The key map: no clashes, each key does its act, and a letter that is typed stays a letter."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.ui.frame.keys import KEYS, RESERVED, clashes, remapped
from console.ui.frame.shortcuts import REPEATS
from console.ui.look.view import View, with_call, with_unit
from tests.ui.board import a_board, a_call
from tests.ui.desk import Desk, undress

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """An open window."""
    yield Desk(qtbot, a_board([a_call(1042)])).open()
    undress(qapp)


def test_no_two_acts_want_the_same_key() -> None:
    assert clashes((*KEYS, *RESERVED)) == ()


def test_a_remapped_key_that_clashes_is_found() -> None:
    keys = remapped(KEYS, {"fit": ("Ctrl+0",)})
    assert clashes(keys) == (("Ctrl+0", "fit", "reset_layout"),)


def test_a_clash_is_found_however_the_key_is_written() -> None:
    keys = remapped(KEYS, {"fit": ("ctrl+k",)})
    assert [pair[1:] for pair in clashes(keys)] == [("find", "fit")]


def test_f_fits_the_map(desk: Desk) -> None:
    desk.press(Qt.Key.Key_F)
    assert desk.fit.times == 1


def test_f_in_a_text_field_is_the_letter(desk: Desk) -> None:
    field = QLineEdit(desk.panels.calls)
    field.show()
    field.setFocus()
    desk.press(Qt.Key.Key_F)
    assert (field.text(), desk.fit.times) == ("f", 0)


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_K, CTRL)]
)
def test_the_command_bar_opens_with_its_keys(desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    desk.press(key, held)
    assert desk.window.command.isVisible()


def test_only_what_moves_goes_on_while_its_key_is_held(desk: Desk) -> None:
    held = {action.text() for action in desk.window.actions() if action.autoRepeat()}
    assert {"larger", "smaller"} <= held <= REPEATS
    assert REPEATS.isdisjoint({"acknowledge", "acknowledge_kind", "shelve", "mute", "bookmark", "handover"})


def test_a_question_mark_opens_the_key_page_and_closes_it_again(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Question, SHIFT)
    assert desk.window.key_page.isVisible()
    desk.press(Qt.Key.Key_Question, SHIFT)
    assert not desk.window.key_page.isVisible()


def test_escape_closes_the_key_page_and_gives_the_focus_back(desk: Desk) -> None:
    desk.panels.teams.setFocus()
    desk.press(Qt.Key.Key_Question, SHIFT)
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.key_page.isVisible()
    assert QApplication.focusWidget() is desk.panels.teams


@pytest.mark.parametrize("panel", ["calls", "map", "metrics", "teams"])
@pytest.mark.parametrize("choose", [with_call, with_unit])
def test_escape_on_the_board_clears_the_selection_wherever_the_focus_is(
    desk: Desk, panel: str, choose: Callable[[View, str], View]
) -> None:
    desk.view.set(choose(desk.view.value, "c1042"))
    getattr(desk.panels, panel).setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.isVisible()
    assert (desk.view.value.call, desk.view.value.unit) == ("", "")


def test_escape_while_somebody_types_leaves_the_selection(desk: Desk) -> None:
    desk.view.set(with_call(desk.view.value, "c1042"))
    field = QLineEdit(desk.panels.calls)
    field.show()
    field.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.view.value.call == "c1042"


def test_escape_closes_what_is_on_top_before_it_clears_the_selection(desk: Desk) -> None:
    desk.view.set(with_call(desk.view.value, "c1042"))
    desk.press(Qt.Key.Key_Question, SHIFT)
    desk.press(Qt.Key.Key_Escape)
    assert (desk.window.key_page.isVisible(), desk.view.value.call) == (False, "c1042")


def test_the_key_page_names_every_key_and_every_formula(desk: Desk) -> None:
    texts = "\n".join(label.text() for label in desk.window.key_page.findChildren(QLabel))
    assert all(key.what in texts for key in KEYS)
    assert "S / (E − open)" in texts
    assert "R / T" in texts


def test_an_overlay_leaves_banner_and_strip_in_sight(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Question, SHIFT)
    head = desk.window.menuWidget()
    assert head is not None
    assert desk.window.key_page.y() >= head.height()


def test_plus_and_minus_change_the_size_of_type_within_its_bounds(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Minus, CTRL)
    assert desk.view.value.scale == 1.0
    for _ in range(12):
        desk.press(Qt.Key.Key_Plus, CTRL)
    assert desk.view.value.scale == 2.0


def test_f6_goes_round_the_panels(desk: Desk) -> None:
    seen = []
    for _ in range(5):
        desk.press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        seen.append(focus.objectName() if focus else "")
    assert seen == ["calls", "map", "metrics", "teams", "detail"]
