"""The keys of alarms in the alarm list and in the other lists over the window."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Alarm
from console.domain.events import CheckedIn, Shelved
from console.domain.vocabulary import AlarmState, Reached
from console.domain.watching import catalog
from console.ui.alarms.alarm_list import open_alarms
from console.ui.alarms.list_acts import ListActs
from console.ui.attention.fields import ReachedField, ReasonField
from console.ui.coming.coming import open_coming
from console.ui.figures.listing import Listing, open_listing
from console.ui.figures.sources import feed_sheet
from tests.ui.attention.alarmed import alarmed, an_alarm, seen, waits
from tests.ui.attention.seat import Seat
from tests.ui.board import ago
from tests.ui.desk import undress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

K = Qt.Key
URGENT = waits(1, priority=1)
OLD, NEW = waits(2, raised_at=ago(9)), waits(3, raised_at=ago(3))
OVERDUE = an_alarm(catalog.CHECK_IN, "star7", priority=1)
F = TypeVar("F", bound=QWidget)


class Table:
    """A seat with the alarm list open over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.seat = Seat(qtbot, alarmed(URGENT, OLD, NEW, OVERDUE, seen(waits(4))))
        self.list = open_alarms(self.seat.store, self.seat.view, self.seat.acts, self.seat.window)
        (self.below,) = self.list.findChildren(ListActs)
        front(self.list, qtbot)

    def come_to(self, key: str) -> None:
        """Go to a row by the keyboard."""
        for _ in self.list.table.rows.ids:
            QTest.keyClick(self.list.table, K.Key_Down)
            if self.list.table.rows.id(self.list.table.currentIndex().row()) == key:
                return
        raise AssertionError(f"no row {key}")

    def field(self, kind: type[F]) -> F:
        """The field that is open in the list."""
        found = self.below.foot.field
        assert isinstance(found, kind)
        return found


def front(listing: Listing, qtbot: QtBot) -> None:
    """Bring it to the front, with the keyboard on its rows."""
    listing.activateWindow()
    listing.table.setFocus()
    qtbot.wait(20)


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Iterator[Table]:
    """Three alarms that wait and one that was seen."""
    made = Table(qtbot)
    yield made
    undress(qapp)


def test_the_first_step_into_the_list_skips_its_heading(table: Table) -> None:
    QTest.keyClick(table.list.table, K.Key_Down)
    assert table.list.table.currentIndex().row() == 1
    assert table.below.acknowledge.isVisible()


@pytest.mark.parametrize("alarm", [URGENT, OLD])
def test_a_acknowledges_the_row_that_the_keyboard_is_on(table: Table, alarm: Alarm) -> None:
    table.come_to(alarm.id)
    table.seat.press(K.Key_A)
    assert table.seat.acknowledged == [alarm.id]
    assert table.below.foot.said.startswith("Acknowledged here")


def test_a_without_a_row_takes_the_newest_of_priority_2_or_3(table: Table) -> None:
    table.seat.press(K.Key_A)
    assert table.seat.acknowledged == [NEW.id]


def test_a_on_a_row_that_is_no_alarm_takes_none(table: Table) -> None:
    table.below.take("ended:0")
    table.seat.press(K.Key_A)
    assert not table.seat.acts.done
    assert table.below.foot.said == "Select an alarm that stands."


def test_shift_a_takes_the_kind_of_the_row(table: Table) -> None:
    table.come_to(OLD.id)
    table.seat.press(K.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert set(table.seat.acknowledged) == {OLD.id, NEW.id}


def test_s_asks_in_the_list_and_enter_shelves(table: Table) -> None:
    table.come_to(OLD.id)
    table.seat.press(K.Key_S)
    field = table.field(ReasonField)
    assert field.isVisible()
    table.seat.write("family asked to wait")
    table.seat.press(K.Key_Return)
    assert isinstance(table.seat.acts.done[-1], Shelved)
    assert table.seat.state_of(OLD) is AlarmState.SHELVED
    assert table.list.isVisible()


def test_escape_closes_the_field_first_and_then_the_list(table: Table) -> None:
    table.come_to(OLD.id)
    table.seat.press(K.Key_S)
    table.seat.press(K.Key_Escape)
    assert (table.below.foot.field, table.list.isVisible()) == (None, True)
    table.seat.press(K.Key_Escape)
    assert not table.list.isVisible()


def test_an_overdue_check_in_is_offered_and_asked_for_by_a(table: Table) -> None:
    table.come_to(OVERDUE.id)
    assert [one.text() for one in table.below.findChildren(QPushButton) if one.isVisible()][:1] == [
        "Check in…"
    ]
    table.seat.press(K.Key_A)
    assert table.field(ReachedField).accessibleName().startswith("Check-in of STAR7")
    table.seat.press(K.Key_P)
    act = table.seat.acts.done[-1]
    assert isinstance(act, CheckedIn)
    assert (act.unit, act.how) == ("star7", Reached.PHONE)


def test_the_button_asks_too(table: Table) -> None:
    table.come_to(OVERDUE.id)
    QTest.mouseClick(table.below.acknowledge, Qt.MouseButton.LeftButton)
    assert table.field(ReachedField).isVisible()


def test_a_field_closes_with_its_alarm(table: Table) -> None:
    table.come_to(OLD.id)
    table.seat.press(K.Key_S)
    table.seat.store.set(alarmed(NEW))
    assert table.below.foot.said == "That alarm is over."


def test_in_another_list_the_keys_go_by_the_board(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(OLD, NEW))
    listing = open_listing(seat.store, seat.view, feed_sheet(), seat.window)
    front(listing, qtbot)
    seat.choose(OLD)
    seat.press(K.Key_A)
    assert seat.acknowledged == [OLD.id]
    seat.press(K.Key_Period)
    assert {one.objectName() for one in seat.window.findChildren(Listing)} == {"feeds", "away"}
    listing.close()
    undress(qapp)


def test_a_field_that_a_list_asked_for_gets_the_keyboard(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(OLD, NEW))
    listing = open_listing(seat.store, seat.view, feed_sheet(), seat.window)
    front(listing, qtbot)
    seat.choose(OLD)
    seat.press(K.Key_S)
    qtbot.wait(20)
    seat.write("known")
    seat.press(K.Key_Return)
    assert isinstance(seat.acts.done[-1], Shelved)
    listing.close()
    undress(qapp)


def test_the_next_two_hours_have_the_keys_too(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(OLD, NEW))
    coming = open_coming(seat.store, seat.view, seat.window)
    coming.activateWindow()
    coming.halves.setFocus()
    qtbot.wait(20)
    seat.press(K.Key_A)
    assert seat.acknowledged == [NEW.id]
    coming.close()
    undress(qapp)


def test_a_list_has_the_keys_of_alarms_and_of_the_handover(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(OLD))
    listing = open_listing(seat.store, seat.view, feed_sheet(), seat.window)
    keys = {action.shortcut().toString() for action in listing.actions()}
    assert {"A", "Shift+A", "S", ".", "Ctrl+P"} <= keys
    assert not any(action.autoRepeat() for action in listing.actions())
    listing.close()
    undress(qapp)
