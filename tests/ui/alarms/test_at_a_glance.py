"""What of the alarms is always in sight: the counts in the strip, what was put aside in the status line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Out, Shelf
from console.domain.alarms.flood import Flood
from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.ui.attention.attention import AttentionPanel
from console.ui.figures.alarm_face import alarm_face
from console.ui.figures.listing import Listing
from console.ui.figures.strip import Strip
from console.ui.figures.tiles import Tile
from console.ui.frame.layout import Layout
from console.ui.frame.status_notes import aside_note
from console.ui.parts.clocks import present
from tests.ui.attention.alarmed import alarmed, over, seen, waits
from tests.ui.board import NOW, ago
from tests.ui.desk import Desk, undress

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)"),
    pytest.mark.usefixtures("undressed"),
]

HERE = present(NOW, alarmed().agency)
SHELVED = replace(waits(9), shelf=Shelf(ago(3), ago(-12), "m.ruiz", "known"))
OUT = {"clock_skew": Out(ago(120), "k.lee", "known")}


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """The application as it was."""
    yield
    undress(qapp)


def counts(state: State) -> list[tuple[int, str]]:
    return [(span.badge, span.text) for span in alarm_face(state, HERE).line]


def test_the_strip_counts_by_priority_what_stands() -> None:
    state = alarmed(
        waits(1, priority=1), waits(2), seen(waits(3)), waits(4, priority=3), over(waits(5)), SHELVED
    )
    assert counts(state) == [(1, "1"), (2, "2"), (3, "1")]


def test_each_badge_keeps_its_place_where_none_stands() -> None:
    assert counts(alarmed()) == [(1, "0"), (2, "0"), (3, "0")]


def test_below_stands_what_nobody_has_seen() -> None:
    assert alarm_face(alarmed(waits(1), seen(waits(2)), waits(3)), HERE).note == "2 not seen"


def test_a_flood_is_told_below() -> None:
    assert (
        alarm_face(alarmed(waits(1), book={"flood": Flood(since=ago(9))}), HERE).note == "flood since 16:21"
    )


def test_the_tile_reads_aloud_with_its_priorities() -> None:
    assert alarm_face(alarmed(waits(1)), HERE).said == (
        "Alarms alarm priority 1 0 alarm priority 2 1 alarm priority 3 0"
    )


def tile(desk: Desk, name: str) -> Tile:
    strip = desk.window.findChild(Strip)
    assert isinstance(strip, Strip)
    found = strip.findChild(Tile, name)
    assert isinstance(found, Tile)
    return found


def test_the_alarms_stand_beside_the_data_age_at_the_right(qtbot: QtBot) -> None:
    desk = Desk(qtbot, alarmed(waits(1))).open()
    alarms, ages = tile(desk, "alarms"), tile(desk, "data_age")
    assert alarms.geometry().right() + 1 == ages.geometry().left()
    assert ages.geometry().right() + 1 == desk.window.width()


@pytest.mark.parametrize("width", [1_920, 1_366])
def test_pressing_the_tile_opens_the_list(qtbot: QtBot, width: int) -> None:
    desk = Desk(qtbot, alarmed(waits(1))).open(width, 768)
    QTest.mouseClick(tile(desk, "alarms"), Qt.MouseButton.LeftButton)
    assert [one.objectName() for one in desk.window.findChildren(Listing)] == ["alarms"]


def test_shelved_and_out_of_service_are_told_as_long_as_there_are_any() -> None:
    assert aside_note(alarmed(SHELVED, book={"out": OUT}).alarms).text == "1 shelved · 1 out of service"
    assert aside_note(alarmed(waits(1)).alarms).text == ""


def aside(desk: Desk) -> QToolButton | None:
    buttons = desk.window.statusBar().findChildren(QToolButton)
    return next((one for one in buttons if "shelved" in one.text() and one.isVisible()), None)


def test_the_status_line_shows_shelved_alarms_until_they_are_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot, alarmed(SHELVED)).open()
    button = aside(desk)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [one.objectName() for one in desk.window.findChildren(Listing)] == ["alarms"]
    desk.store.set(alarmed(replace(SHELVED, shelf=None)))
    assert aside(desk) is None


@pytest.mark.parametrize(
    "what",
    [
        "Acknowledge the selected alarm, else the newest of priority 2 or 3",
        "Acknowledge all alarms of the kind, never priority 1",
        "Shelve the selected alarm for a while",
        "All alarms: shelved, held back, out of service",
        "Figures of the alarms, against the guideline",
        "Blinking of priority 1: on or off",
        "Check in with the selected team",
        "Take the selected alarm out of service",
        "Take all alarms of the selected kind out of service",
    ],
)
def test_the_command_bar_offers_every_act(qtbot: QtBot, what: str) -> None:
    desk = Desk(qtbot, alarmed()).open()
    desk.window.command.open()
    QTest.keyClicks(QApplication.focusWidget() or desk.window, what)
    rows = desk.window.command.table.rows
    assert rows.row(0).text == what


def test_that_nothing_blinks_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "layout.json"
    first = Desk(qtbot, alarmed(), Layout(file, "1")).open()
    first.window.appearance.blink()
    first.window.close()
    second = Desk(qtbot, alarmed(), Layout(file, "1")).open()
    assert second.view.value.still


def test_f6_comes_to_the_alarms_first(qtbot: QtBot) -> None:
    desk = Desk(qtbot, alarmed(waits(1))).open()
    desk.press(Qt.Key.Key_F6)
    panel = desk.window.findChild(AttentionPanel)
    focus = QApplication.focusWidget()
    assert isinstance(panel, QWidget)
    assert focus is not None
    assert panel.isAncestorOf(focus)
    assert desk.store.value.alarms.standing["pending_too_long:c1"].state is AlarmState.UNACKNOWLEDGED
