"""A shift from alarm to acknowledgement, as somebody at the desk hears and sees it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.events import Acknowledged, Muted, Unmuted
from console.escalation import AlarmSettings
from console.ui.alerts.alerts import Alerts, Boards
from console.ui.alerts.desktop import Desktop
from console.ui.alerts.escalation_bar import STANDS_MS, EscalationBar
from console.ui.alerts.hearing import SOUNDS
from console.ui.alerts.lacks import NO_DEVICE
from console.ui.frame.command import CommandBar
from console.ui.table.table import RowsTable
from tests.domain.alarming import on_scene, waiting
from tests.domain.builders import NOON
from tests.ui.alerts.board import BOARD, Played, a_mute, alarmed
from tests.ui.alerts.shift import Shift
from tests.ui.board import Acts, later
from tests.ui.desk import Desk, keep, undress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints|grabbing)")


@pytest.fixture
def shift(qtbot: QtBot, qapp: QApplication) -> Iterator[Shift]:
    """A calm shift."""
    made = Shift(qtbot)
    yield made
    made.close()
    undress(qapp)


def banner(shift: Shift) -> EscalationBar | None:
    bars = shift.desk.window.findChildren(EscalationBar)
    return next((one for one in bars if one.isVisibleTo(shift.desk.window)), None)


def sound(shift: Shift) -> str:
    note = shift.desk.window.status._sound
    return "" if note.isHidden() else note.text()


def said(shift: Shift) -> str:
    labels = shift.desk.window.head.banner.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(shift.desk.window))


def press_m(shift: Shift) -> None:
    shift.desk.window.setFocus()
    shift.desk.press(Qt.Key.Key_M)


def emergency(shift: Shift, key: str = "k0") -> None:
    shift.append(on_scene(key, shift.clock.now(), emergency=True))


def test_a_calm_shift_is_silent(shift: Shift) -> None:
    assert shift.go(5) == []
    assert (banner(shift), sound(shift)) == (None, "")


def test_a_call_for_help_is_heard_repeated_and_escalated_until_somebody_answers(shift: Shift) -> None:
    emergency(shift)
    assert shift.go(2) == ["p1"]
    assert shift.go(5) == ["p1"]
    assert banner(shift) is None
    assert "escalated" in shift.go(6)
    bar = banner(shift)
    assert bar is not None
    shift.desk.qtbot.wait(STANDS_MS + 50)
    bar.button.click()
    shift.go(1)
    assert isinstance(shift.done[-1], Acknowledged)
    assert banner(shift) is None
    assert shift.go(10) == []


def test_m_mutes_what_is_there_with_a_countdown_and_the_banner_stays(shift: Shift) -> None:
    emergency(shift)
    shift.go(2)
    press_m(shift)
    assert shift.go(1) == []
    assert sound(shift).startswith("MUTED 01:5")
    assert shift.go(20) == []
    assert banner(shift) is not None
    assert sound(shift).startswith("MUTED 01:3")


def test_a_new_alarm_of_priority_2_breaks_the_mute(shift: Shift) -> None:
    press_m(shift)
    shift.go(1)
    shift.append(waiting("k1", shift.clock.now()))
    heard: list[str] = []
    for _ in range(14):
        heard = heard or shift.go(1)
    assert heard == ["p2"]
    assert sound(shift) == "SOUND IS BACK"
    shift.go(11)
    assert sound(shift) == ""


def test_m_again_gives_the_sound_back(shift: Shift) -> None:
    press_m(shift)
    shift.go(1)
    press_m(shift)
    shift.go(1)
    assert sound(shift) != "SOUND IS BACK"
    assert [type(act) for act in shift.done] == [Muted, Unmuted]
    assert sound(shift) == ""


def test_a_mute_ends_by_itself(shift: Shift) -> None:
    press_m(shift)
    shift.go(122)
    assert sound(shift) == ""


def test_a_press_on_the_countdown_gives_the_sound_back(shift: Shift) -> None:
    press_m(shift)
    shift.go(1)
    shift.desk.window.status._sound.click()
    shift.go(1)
    assert isinstance(shift.done[-1], Unmuted)


@pytest.mark.parametrize(("query", "heard"), [("test the alarm", list(SOUNDS)), ("mute the alarm", [])])
def test_the_command_bar_has_the_acts(shift: Shift, query: str, heard: list[str]) -> None:
    command: CommandBar = shift.desk.window.command
    command.open()
    command._field.setText(query)
    table: RowsTable = command.table
    command._go(next(iter(table.rows.ids)))
    assert shift.player.live == heard
    shift.go(1)
    assert bool(sound(shift)) is not bool(heard)


def test_without_audio_a_badge_says_so_and_the_escalation_is_seen(shift: Shift) -> None:
    shift.player.lack = NO_DEVICE
    shift.player.changed.emit()
    assert sound(shift) == "NO AUDIO"
    emergency(shift)
    shift.go(13)
    assert banner(shift) is not None


def test_a_press_on_the_badge_looks_again(shift: Shift) -> None:
    shift.player.lack = NO_DEVICE
    shift.player.changed.emit()
    looked = shift.player.looks
    shift.desk.window.status._sound.click()
    assert shift.player.looks == looked + 1


def test_a_test_that_nobody_can_hear_says_why(shift: Shift) -> None:
    shift.player.lack = NO_DEVICE
    shift.alerts.test()
    assert shift.player.live == []
    assert "No tone can be heard: this workstation has no sound output" in said(shift)


def test_without_a_live_board_m_mutes_the_replay(qtbot: QtBot, qapp: QApplication) -> None:
    desk, acts, player = Desk(qtbot, BOARD), Acts(), Played()
    boards = Boards(desk.store, acts, desk.view, None, None)
    alerts = Alerts(boards, desk.window, player, Desktop(QIcon()))
    alerts.mute()
    assert isinstance(acts.done[0], Muted)
    desk.store.set(alarmed(later(BOARD, 1), mute=a_mute(60)))
    assert desk.window.status._sound.text() == "MUTED 00:59"
    alerts.close()
    undress(qapp)


def test_a_press_on_a_notice_brings_the_window_forward(qtbot: QtBot, qapp: QApplication) -> None:
    desk, desktop = Desk(qtbot, BOARD), Desktop(QIcon())
    alerts = Alerts(Boards(desk.store, Acts(), desk.view, None, None), desk.window, Played(), desktop)
    desk.open()
    other = keep(qtbot, QWidget())
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    desktop.pressed.emit()
    qtbot.waitUntil(desk.window.isActiveWindow)
    alerts.close()
    undress(qapp)


def test_the_end_of_the_window_leaves_nobody_watching_and_no_sound(qtbot: QtBot, qapp: QApplication) -> None:
    shift = Shift(qtbot)
    shift.desk.window.close()
    shift.close()
    emergency(shift)
    assert shift.player.closed
    assert shift.go(2) == []
    undress(qapp)


def test_a_command_that_cannot_be_started_is_told_in_the_banner(qtbot: QtBot, qapp: QApplication) -> None:
    shift = Shift(qtbot, AlarmSettings(on_escalation=("/nowhere/pager", "{rule}")))
    emergency(shift)
    shift.go(13)
    qtbot.waitUntil(lambda: "The command pager for escalated alarms could not be started" in said(shift))
    shift.close()
    undress(qapp)


def test_the_volume_is_the_configured_one_but_for_priority_1(qtbot: QtBot, qapp: QApplication) -> None:
    shift = Shift(qtbot, AlarmSettings(volume=0.1))
    shift.append(waiting("k1", NOON))
    shift.go(14)
    emergency(shift)
    shift.go(2)
    assert shift.player.volumes[:2] == [0.1, 0.5]
    shift.close()
    undress(qapp)
