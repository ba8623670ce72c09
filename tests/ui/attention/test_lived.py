"""From the log to the panel and back: what the rules find is on the screen, and a key press is in the sequence."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.events import Recorded, UnitsChanged
from console.domain.state import advance, start
from console.domain.vocabulary import AlarmState, CallState, Reached
from tests.domain.alarming import BEGINNING, on_scene, waiting
from tests.domain.builders import NOON
from tests.ui.attention.seat import Seat
from tests.ui.desk import undress

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)"),
    pytest.mark.usefixtures("undressed"),
]


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """The application as it was."""
    yield
    undress(qapp)


class Lived(Seat):
    """A seat at a board on which time passes."""

    def __init__(self, qtbot: QtBot, *events: Recorded) -> None:
        super().__init__(qtbot, advance(start(NOON), (*BEGINNING, *events), NOON))

    def after(self, seconds: float, *events: Recorded) -> list[str]:
        """The lines that many seconds past noon."""
        self.store.set(advance(self.store.value, events, NOON + timedelta(seconds=seconds)))
        rows = self.panel.table.rows
        return [str(rows.data(rows.index(row, 1))) for row in range(rows.rowCount())]


CALL = "pending_too_long:k0"


def test_a_call_over_its_limit_comes_up_with_the_second(qtbot: QtBot) -> None:
    seat = Lived(qtbot, waiting("k0", NOON))
    assert seat.after(11) == []
    assert seat.after(12) == ["N-k0 WELCHK has waited 00:12, limit 00:12"]
    assert seat.after(15) == ["N-k0 WELCHK has waited 00:15, limit 00:12"]


def test_a_key_acknowledges_what_stands(qtbot: QtBot) -> None:
    seat = Lived(qtbot, waiting("k0", NOON))
    seat.after(12)
    seat.press(Qt.Key.Key_A)
    assert seat.store.value.alarms.standing[CALL].state is AlarmState.ACKNOWLEDGED


def test_a_worse_priority_calls_again(qtbot: QtBot) -> None:
    seat = Lived(qtbot, waiting("k0", NOON))
    seat.after(12)
    seat.press(Qt.Key.Key_A)
    assert seat.after(42) == ["N-k0 WELCHK has waited 00:42, limit 00:42"]
    assert seat.panel.blinking.running


def test_what_ended_unseen_shares_the_line_of_what_is_over(qtbot: QtBot) -> None:
    seat = Lived(qtbot, waiting("k0", NOON))
    seat.after(12)
    closed = replace(waiting("k0", NOON, CallState.CLOSED), at=NOON + timedelta(seconds=14))
    assert seat.after(18, closed) == ["1 is over and was not acknowledged"]


def test_what_ended_after_it_was_seen_is_gone(qtbot: QtBot) -> None:
    seat = Lived(qtbot, waiting("k0", NOON))
    seat.after(12)
    seat.press(Qt.Key.Key_A)
    closed = replace(waiting("k0", NOON, CallState.CLOSED), at=NOON + timedelta(seconds=14))
    assert seat.after(18, closed) == []


def test_a_team_that_was_reached_is_asked_after_anew(qtbot: QtBot) -> None:
    seat = Lived(qtbot, on_scene("k1", NOON))
    assert [line for line in seat.after(31) if "check-in" in line]
    seat.choose(seat.store.value.alarms.standing["check_in_overdue:k1"])
    seat.press(Qt.Key.Key_A)
    seat.press(Qt.Key.Key_R)
    assert seat.store.value.alarms.checked["k1"].how is Reached.RADIO
    assert not [line for line in seat.after(35) if "check-in" in line]


def test_units_without_any_alarm_leave_the_panel_calm(qtbot: QtBot) -> None:
    seat = Lived(qtbot, UnitsChanged(NOON, "cad/units", ()))
    assert seat.after(60) == []
