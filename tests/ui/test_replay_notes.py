"""Notes about a call: written on its card, masked like what the caller said, kept when feeds are away."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.events import Noted
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.session.store import Store
from console.ui.detail.call_notes import note_lines
from console.ui.detail.detail import DetailPanel
from console.ui.look.view import View, with_call
from console.ui.parts.clocks import present
from console.ui.theme import fonts
from tests.ui.board import Acts, a_board, a_call, a_unit, a_view, ago, feed, feeds
from tests.ui.desk import keep, undress

NOTE = Noted(ago(2), "Ada Fenn is her sister", "ann", "c1")
BOARD = replace(
    a_board([a_call(1), a_call(2)], [a_unit("star1")]),
    notes=(NOTE, Noted(ago(1), "Other call", "bo", "c2"), Noted(ago(1), "Shift", "bo")),
)


class Desk:
    """The detail panel with a call selected."""

    def __init__(self, qtbot: QtBot, board: State) -> None:
        fonts.load()
        self.store: Store[State] = Store(board)
        self.view: Store[View] = a_view(call="c1")
        self.verbs = Acts()
        self.panel = keep(qtbot, DetailPanel(self.store, self.view, self.verbs))
        self.panel.resize(400, 700)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.field = self.panel.findChildren(QLineEdit)[0]

    @property
    def lines(self) -> list[str]:
        """The card as it is read, one line a row."""
        rows = self.panel.table.rows
        return [rows.plain(place) for place in range(rows.rowCount())]

    def select(self, call: str) -> None:
        """Select another call."""
        self.view.set(with_call(self.view.value, call))


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """A card with one note."""
    yield Desk(qtbot, BOARD)
    undress(qapp)


def test_a_note_stands_on_the_card_of_its_call_with_time_and_author_and_masked(desk: Desk) -> None:
    at = desk.lines.index(next(line for line in desk.lines if line.startswith("Notes")))
    (note,) = desk.lines[at + 1 :]
    assert [part for part in note.split("\t") if part] == ["16:28:12", "•••• masked", "ann"]


def test_a_note_is_read_only_while_the_card_is_held(desk: Desk) -> None:
    button = next(found for found in desk.panel.findChildren(QPushButton) if "Hold" in found.text())
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert "Ada Fenn is her sister" in desk.lines[-1]
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert "Ada Fenn" not in desk.lines[-1]
    assert desk.verbs.revealed == ["c1"]


def test_enter_keeps_a_note_about_the_selected_call_and_empties_the_field(desk: Desk) -> None:
    QTest.keyClicks(desk.field, "called back")
    QTest.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.verbs.noted == [("called back", "c1")]
    assert desk.field.text() == ""


def test_an_empty_note_is_not_kept(desk: Desk) -> None:
    QTest.keyClicks(desk.field, "  ")
    QTest.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.verbs.noted == []


def test_what_is_typed_stays_with_its_call_while_another_is_looked_at(desk: Desk) -> None:
    QTest.keyClicks(desk.field, "for call 1")
    desk.select("c2")
    assert desk.field.text() == ""
    QTest.keyClicks(desk.field, "for call 2")
    desk.select("c1")
    assert desk.field.text() == "for call 1"
    QTest.keyClick(desk.field, Qt.Key.Key_Return)
    assert desk.verbs.noted == [("for call 1", "c1")]


def test_what_is_typed_outlives_every_change_of_the_board(desk: Desk) -> None:
    QTest.keyClicks(desk.field, "half a sen")
    desk.store.set(replace(BOARD, calls={**BOARD.calls, "c1": a_call(1, priority=1)}, notes=()))
    assert desk.field.text() == "half a sen"
    assert not any(line.startswith("Notes") for line in desk.lines)


def test_a_unit_takes_no_notes(desk: Desk) -> None:
    desk.view.set(replace(desk.view.value, call="", unit="star1"))
    assert not desk.field.isVisible()


def test_notes_can_be_written_while_the_source_is_away(qtbot: QtBot, qapp: QApplication) -> None:
    away = feeds(feed(FeedName.CALLS, ago(9), reported=Health.DOWN))
    desk = Desk(qtbot, replace(BOARD, feeds=away))
    QTest.keyClicks(desk.field, "by radio: on scene")
    QTest.keyClick(desk.field, Qt.Key.Key_Return)
    undress(qapp)
    assert desk.verbs.noted == [("by radio: on scene", "c1")]


def test_the_whole_of_a_long_note_is_read_on_hover_while_held() -> None:
    text = "word " * 200
    now = present(ago(0), None)
    (held,) = note_lines([replace(NOTE, text=text)], now, revealed=True)
    (masked,) = note_lines([replace(NOTE, text=text)], now, revealed=False)
    assert held.note.split() == text.split()
    assert masked.note == ""
