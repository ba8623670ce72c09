"""The transport bar under a replay: each key and button does what it says, and nothing is left behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from console.domain.track import Gap, GapKind
from console.session.transport import SPEEDS
from console.ui.frame.keys import KEYS, REPLAY, clashes, remapped
from console.ui.transport.bar import TransportBar
from tests.ui.board import a_board, a_call
from tests.ui.desk import Desk, undress
from tests.ui.named import unnamed
from tests.ui.replayed import EIGHT, LINE, TRACK, TWENTY, Replayed, clock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

SHIFT, CTRL, NONE = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)
K = Qt.Key


class Table(Desk):
    """A window on a shift that can be replayed."""

    def __init__(self, qtbot: QtBot, replayed: Replayed, *, tables: bool = False) -> None:
        super().__init__(qtbot, a_board(), tables=tables, replayed=replayed)
        self.replayed = replayed

    @property
    def bar(self) -> TransportBar:
        assert self.window.below is not None
        assert self.window.below.bar is not None
        return self.window.below.bar

    def play(self, at: str = "12:00", width: int = 1_920, height: int = 1_080) -> "Table":
        """Open the window and the shift at that time."""
        self.open(width, height)
        self.replayed.open(at=clock(at))
        self.qtbot.wait(20)
        return self

    @property
    def now(self) -> str:
        """The recorded clock on the bar, after the next frame."""
        self.replayed.frame()
        return self.bar.clock.time.text()


def keys(text: str) -> None:
    """Type ``text`` where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Iterator[Table]:
    """A window that is not shown yet."""
    yield Table(qtbot, Replayed())
    undress(qapp)


def test_the_live_board_has_no_transport_bar(table: Table) -> None:
    table.open()
    assert table.window.below is not None
    assert (table.window.below.isVisible(), table.window.below.bar) == (False, None)


def test_a_replay_brings_the_bar_and_live_takes_it_away(table: Table) -> None:
    table.play()
    assert table.bar.isVisible()
    table.press(K.Key_L)
    assert not table.bar.isVisible()
    assert table.replayed.playback is None


def test_the_bar_tells_the_recorded_date_and_time_in_the_agency_s_zone(table: Table) -> None:
    table.play("14:05:22")
    assert table.bar.clock.date.text() == "Replay · Thu 19 Nov 2026 MST"
    assert table.now == "14:05:22"


@pytest.mark.parametrize(
    ("key", "held", "then"),
    [
        (K.Key_Right, NONE, "12:00:10"),
        (K.Key_Left, NONE, "11:59:50"),
        (K.Key_Right, SHIFT, "12:01:00"),
        (K.Key_Left, SHIFT, "11:59:00"),
        (K.Key_Semicolon, NONE, "12:00:01"),
        (K.Key_Comma, NONE, "11:59:59"),
        (K.Key_N, NONE, "13:00:00"),
        (K.Key_P, NONE, "09:40:00"),
        (K.Key_N, SHIFT, "16:00:00"),
        (K.Key_P, SHIFT, "11:30:00"),
        (K.Key_G, NONE, "15:31:00"),
    ],
)
def test_a_key_goes_to_another_moment(
    table: Table, key: Qt.Key, held: Qt.KeyboardModifier, then: str
) -> None:
    table.play("12:00").press(key, held)
    assert table.now == then


def test_space_plays_and_pauses(table: Table) -> None:
    table.play("12:00").press(K.Key_Space)
    table.replayed.frame(seconds=5)
    assert table.now == "12:00:05"
    table.press(K.Key_Space)
    table.replayed.frame(seconds=5)
    assert table.now == "12:00:05"


def test_up_and_down_go_through_the_speeds(table: Table) -> None:
    table.play()
    for _ in SPEEDS:
        table.press(K.Key_Up)
    assert table.bar.controls.speed.text() == "240×"
    for _ in SPEEDS:
        table.press(K.Key_Down)
    assert table.bar.controls.speed.text() == "¼×"


def test_brackets_set_a_loop_and_backspace_takes_it_away(table: Table) -> None:
    table.play("12:00").press(K.Key_BracketLeft)
    table.replayed.opened.seek(clock("12:30"))
    table.press(K.Key_BracketRight)
    assert table.replayed.clock.loop.length == timedelta(minutes=30)
    table.press(K.Key_Backspace)
    assert table.replayed.clock.loop.length is None


def test_a_backslash_takes_the_loop_away_too(table: Table) -> None:
    table.play("12:00").press(K.Key_BracketLeft)
    table.press(K.Key_Backslash)
    assert table.replayed.clock.loop.since is None


def test_where_nothing_comes_the_bar_says_so(table: Table) -> None:
    table.play("17:00").press(K.Key_N)
    assert table.bar.controls.status.text() == "No later call or alarm in this shift"
    assert table.now == "17:00:00"


def test_previous_leaves_the_mark_that_was_passed_a_moment_ago(table: Table) -> None:
    table.play("13:00")
    table.replayed.opened.run_at(60.0)
    table.press(K.Key_Space)
    table.replayed.frame(seconds=1)
    table.press(K.Key_P)
    assert table.now == "09:40:00"


def test_a_list_keeps_its_arrows_until_space_gives_them_to_the_transport(
    qtbot: QtBot, qapp: QApplication
) -> None:
    table = Table(qtbot, Replayed(TRACK, LINE, a_call(1), a_call(2)), tables=True).play("12:00")
    assert table.calls is not None
    table.calls.table.setFocus()
    table.press(K.Key_Right)
    table.press(K.Key_Up)
    assert (table.now, table.bar.controls.speed.text()) == ("12:00:00", "1×")
    table.press(K.Key_Space)
    table.press(K.Key_Space)
    table.press(K.Key_Right)
    assert table.now == "12:00:10"
    undress(qapp)


def test_a_text_field_keeps_every_key_of_the_replay(table: Table) -> None:
    table.play("12:00")
    field = QLineEdit(table.panels.calls)
    field.show()
    field.setFocus()
    for key in (K.Key_N, K.Key_Space, K.Key_Comma, K.Key_Backspace, K.Key_Left, K.Key_Up):
        table.press(key)
    assert table.now == "12:00:00"
    assert field.text() == "n "
    assert not table.replayed.clock.running


def test_space_on_a_button_presses_the_button(table: Table) -> None:
    table.play("12:00")
    table.bar.ways.later.setFocus()
    table.press(K.Key_Space)
    assert not table.replayed.clock.running


def test_on_the_live_board_the_keys_of_a_replay_are_free(table: Table) -> None:
    table.open()
    pressed = []
    table.panels.map.keyPressEvent = lambda event: pressed.append(event.key())  # type: ignore[method-assign]
    table.panels.map.setFocus()
    for key in (K.Key_Space, K.Key_Left, K.Key_N):
        table.press(key)
    assert pressed == [K.Key_Space, K.Key_Left, K.Key_N]


def test_live_on_the_live_board_changes_nothing(table: Table) -> None:
    table.open().press(K.Key_L)
    assert table.store.value is table.replayed.board


def test_shift_left_on_the_live_board_goes_back_into_the_running_shift(table: Table) -> None:
    table.open().press(K.Key_Left, SHIFT)
    assert table.replayed.went_back == [timedelta(seconds=60)]


def test_the_command_bar_offers_what_can_be_done_now(table: Table) -> None:
    table.open().press(K.Key_K, CTRL)
    keys("replay: next call")
    assert "do next_stop" not in table.window.command.table.rows.ids
    table.press(K.Key_Escape)
    table.replayed.open()
    table.press(K.Key_K, CTRL)
    keys("replay: next call")
    assert "do next_stop" in table.window.command.table.rows.ids


def test_half_an_hour_back_is_found_in_the_command_bar(table: Table) -> None:
    table.open().press(K.Key_K, CTRL)
    keys("back 30")
    table.press(K.Key_Return)
    assert table.replayed.went_back == [timedelta(minutes=30)]


def test_t_asks_for_a_time_and_goes_there(table: Table) -> None:
    table.play("12:00").press(K.Key_T)
    keys("07:30")
    table.press(K.Key_Return)
    assert "is not in this shift" in table.bar.go_to.said.text()
    assert table.now == "12:00:00"
    table.bar.go_to.field.clear()
    QTest.keyClicks(table.bar.go_to.field, "9:41:05")
    table.press(K.Key_Return)
    assert (table.now, table.bar.go_to.isVisible()) == ("09:41:05", False)


def test_escape_closes_the_field_for_a_time(table: Table) -> None:
    table.play("12:00").press(K.Key_T)
    assert table.bar.go_to.isVisible()
    table.press(K.Key_Escape)
    assert not table.bar.go_to.isVisible()
    assert QApplication.focusWidget() is table.bar.axis


def test_the_corrected_board_shows_when_it_is_read(table: Table) -> None:
    table.play()
    table.bar.ways.later.click()
    assert "Reading" in table.bar.controls.status.text()
    assert table.bar.ways.then.isChecked()
    table.replayed.opened.offer(table.replayed.corrected)
    assert table.bar.ways.later.isChecked()
    table.press(K.Key_C)
    assert table.bar.ways.then.isChecked()


def test_a_chosen_speed_is_played(table: Table) -> None:
    table.play()
    menu = table.bar.controls.speed.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "30×").trigger()
    assert table.bar.controls.speed.text() == "30×"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("12:00", "Paused"),
        ("15:10", "No recording 15:04–15:31 · G skips"),
        ("20:00", "At the end of the shift"),
    ],
)
def test_the_bar_says_how_the_replay_goes(table: Table, at: str, said: str) -> None:
    table.play(at)
    assert table.bar.controls.status.text() == said


def test_a_gap_of_seconds_is_told_to_the_second(qtbot: QtBot, qapp: QApplication) -> None:
    gap = Gap(clock("15:10"), clock("15:10:09"), GapKind.CONSOLE_OFF)
    table = Table(qtbot, Replayed(replace(TRACK, gaps=(gap,)), LINE)).play("15:10:04")
    assert table.bar.controls.status.text() == "No recording 15:10:00–15:10:09 · G skips"
    undress(qapp)


def test_a_running_shift_says_that_there_is_nothing_newer(qtbot: QtBot, qapp: QApplication) -> None:
    table = Table(qtbot, Replayed(TRACK, replace(LINE, going=True))).play("20:00")
    table.press(K.Key_Space)
    table.replayed.frame(seconds=1)
    assert table.bar.controls.status.text() == "At the newest moment"
    undress(qapp)


def test_trouble_is_said_before_all_else(table: Table) -> None:
    table.play("15:10")
    table.replayed.opened.learn(LINE, TRACK, "The archive cannot be read since 15:12. Check the disk.")
    assert table.bar.controls.status.text().startswith("The archive cannot be read")


def test_without_a_live_board_the_way_out_closes_the_window(qtbot: QtBot, qapp: QApplication) -> None:
    table = Table(qtbot, Replayed(live=False)).play()
    assert table.bar.ways.back.text() == "Close the replay"
    table.bar.ways.back.click()
    assert not table.window.isVisible()
    undress(qapp)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [1_366, 1_920])
def test_no_text_of_the_bar_is_cut_off(table: Table, width: int, scale: float) -> None:
    table.view.set(replace(table.view.value, scale=scale))
    table.play("15:10", width=width)
    table.qtbot.wait(20)
    bar = table.bar
    assert bar.width() <= table.window.width()
    parts: list[QAbstractButton | QLabel] = [
        *bar.findChildren(QAbstractButton),
        bar.clock.date,
        bar.clock.time,
    ]
    for part in parts:
        box = part.rect().translated(part.mapTo(bar, QPoint(0, 0)))
        assert bar.rect().contains(box), part.objectName() or part.text()
        wide = part.fontMetrics().horizontalAdvance(part.text())
        assert wide <= part.width(), part.text()
        assert part.fontMetrics().height() <= part.height(), part.text()
    status = bar.controls.status
    assert status.fontMetrics().horizontalAdvance(status.text()) <= status.width()


def test_parts_of_the_bar_do_not_lie_over_each_other(table: Table) -> None:
    table.view.set(replace(table.view.value, scale=2.0))
    table.play("15:10", width=1_366)
    table.qtbot.wait(20)
    parts = (table.bar.clock, table.bar.controls, table.bar.axis, table.bar.ways)
    assert not any(
        one.geometry().intersects(two.geometry()) for one in parts for two in parts if one is not two
    )


def test_at_200_percent_on_a_small_screen_most_of_the_window_is_the_board(table: Table) -> None:
    table.view.set(replace(table.view.value, scale=2.0))
    table.play("15:10", width=1_366, height=768)
    table.qtbot.wait(20)
    assert table.bar.height() <= 768 * 0.28


def test_everything_that_takes_the_focus_has_a_name(table: Table) -> None:
    table.play()
    assert unnamed(table.bar) == []


def test_each_button_tells_its_key(table: Table) -> None:
    table.play()
    assert "Key: N" in table.bar.controls.buttons["next_stop"].toolTip()
    assert "Key: Space" in table.bar.controls.buttons["play"].toolTip()


def test_a_remapped_key_of_the_replay_is_tested_for_clashes() -> None:
    keys = remapped(KEYS, {"play": ("K",)})
    assert clashes(keys) == ()
    assert clashes(remapped(KEYS, {"play": ("F",)})) == (("F", "fit", "play"),)


def test_the_key_page_names_the_keys_of_a_replay(table: Table) -> None:
    table.open()
    texts = {label.text() for label in table.window.key_page.findChildren(QLabel)}
    assert {key.what for key in REPLAY} <= texts


def test_nothing_watches_when_the_window_is_closed(table: Table) -> None:
    table.play()
    table.window.close()
    assert (table.store.watched, table.view.watched, table.replayed.playing.watched) == (0, 0, 0)


def test_the_board_gets_its_room_back_after_the_replay(table: Table) -> None:
    table.open()
    before = table.panels.map.height()
    table.replayed.open()
    table.qtbot.wait(30)
    assert table.panels.map.height() < before
    table.press(K.Key_L)
    table.qtbot.wait(30)
    assert abs(table.panels.map.height() - before) <= 2


def test_in_a_replay_the_map_keeps_its_share_of_what_is_left(table: Table) -> None:
    table.view.set(replace(table.view.value, scale=2.0))
    table.play(width=1_366, height=1_000)
    table.qtbot.wait(30)
    assert table.panels.map.height() > table.panels.metrics.height()


def test_while_the_playhead_is_held_the_replay_stands_and_then_goes_on(table: Table) -> None:
    table.play("12:00").press(K.Key_Space)
    axis = table.bar.axis
    place = QPoint(axis.place(clock("14:00")), 40)
    QTest.mousePress(axis, Qt.MouseButton.LeftButton, NONE, place)
    held = table.replayed.clock.running
    QTest.mouseRelease(axis, Qt.MouseButton.LeftButton, NONE, place)
    assert (held, table.replayed.clock.running) == (False, True)
    assert abs(table.replayed.clock.now() - clock("14:00")) <= timedelta(minutes=1)


def test_a_playhead_dragged_to_the_end_stays_there(table: Table) -> None:
    table.play("12:00").press(K.Key_Space)
    axis = table.bar.axis
    QTest.mouseClick(axis, Qt.MouseButton.LeftButton, NONE, QPoint(axis.width() - 1, 40))
    assert (table.now, table.replayed.clock.running) == ("20:00:00", False)


def test_a_shift_that_is_over_stands_at_its_ends(table: Table) -> None:
    table.play("08:00").press(K.Key_Left)
    assert table.replayed.clock.now() == EIGHT
    table.replayed.opened.seek(TWENTY)
    table.press(K.Key_Right)
    assert table.replayed.clock.now() == TWENTY
