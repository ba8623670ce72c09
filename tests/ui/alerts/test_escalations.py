"""An escalated alarm stands in every window of the program, and is answered for on the live board."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Alarm
from console.domain.events import Acknowledged, Acted, CheckedIn
from console.domain.state import State
from console.domain.vocabulary import Reached
from console.session.live import Live
from console.ui.alerts.escalating import escalated
from console.ui.alerts.escalation_bar import ACKNOWLEDGE, REACHED, STANDS_MS, EscalationBar
from console.ui.alerts.escalations import Escalations
from console.ui.figures.listing import open_listing
from console.ui.figures.sources import feed_sheet
from console.ui.frame.head import Head
from console.ui.look.view import View
from console.ui.theme.theme import THEMES, Name
from tests.ui.alerts.board import BOARD, alarmed, emergency, overdue, waiting
from tests.ui.board import Acts, ago, later
from tests.ui.desk import Desk, keep, undress
from tests.ui.named import unnamed
from tests.ui.replayed import Replayed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints|grabbing)")

LATE = emergency(escalated_at=ago(1))
CALLED = alarmed(BOARD, LATE)


class Room:
    """A window on a board, or on a replay while that goes on, with its escalations."""

    def __init__(self, qtbot: QtBot) -> None:
        self.replayed = Replayed()
        self.desk = Desk(qtbot, BOARD, replayed=self.replayed).open(1_366, 768)
        assert self.replayed.live is not None
        self.live = self.replayed.live
        self.live.set(BOARD)
        self.acts = Acts()
        self.came: list[tuple[int, str]] = []
        self.escalations = Escalations(
            Live(self.live, self.acts), self.desk.view, self.replayed, self.desk.window, self._note
        )

    def _note(self, _state: State, alarms: tuple[Alarm, ...], new: Alarm) -> None:
        self.came.append((len(alarms), new.id))

    @property
    def done(self) -> list[Acted]:
        """What was done on the live board."""
        return self.acts.done


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication) -> Iterator[Room]:
    """A window over a live board."""
    made = Room(qtbot)
    yield made
    made.escalations.close()
    undress(qapp)


def bar(window: QWidget) -> EscalationBar | None:
    """The banner that is seen in ``window`` itself, not in one that is opened over it."""
    seen = (one for one in window.findChildren(EscalationBar) if one.window() is window)
    return next((one for one in seen if one.isVisibleTo(window)), None)


def shown(window: QWidget) -> EscalationBar:
    found = bar(window)
    assert found is not None
    return found


def press(room: Room) -> EscalationBar:
    """Press the button once what it is about has been in sight for long enough."""
    found = shown(room.desk.window)
    room.desk.qtbot.wait(STANDS_MS + 50)
    found.button.click()
    return found


def point(banner: EscalationBar) -> None:
    """Move the mouse onto the banner."""
    QApplication.sendEvent(banner, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))


FIRST = emergency("star4", escalated_at=ago(1), raised_at=ago(9))
SECOND = emergency("star5", escalated_at=ago(1), raised_at=ago(3))
MISSED = overdue("star4", escalated_at=ago(2), raised_at=ago(9))
MISSED_TOO = overdue("star5", escalated_at=ago(1), raised_at=ago(3))


def test_nothing_stands_there_while_all_is_answered_for(room: Room) -> None:
    room.live.set(alarmed(BOARD, emergency(), waiting("c1", escalated_at=ago(1))))
    assert bar(room.desk.window) is None


def test_the_window_says_what_since_when_and_what_to_do(room: Room) -> None:
    room.live.set(CALLED)
    text = shown(room.desk.window).text.text()
    assert text == "Nobody has acknowledged: STAR4 calls for help · since 16:27 · Call the team by radio now"


def test_several_are_told_by_the_first_of_them_and_their_number(room: Room) -> None:
    first = overdue(raised_at=ago(9), escalated_at=ago(8))
    room.live.set(alarmed(BOARD, LATE, first))
    text = shown(room.desk.window).text.text()
    assert "STAR5" in text
    assert text.endswith("and 1 more")


def test_what_goes_on_is_told_before_what_is_over() -> None:
    over = overdue(raised_at=ago(9), escalated_at=ago(8), active=False)
    assert escalated(alarmed(BOARD, over, LATE)) == (LATE, over)


def test_the_words_go_on_with_the_clock(room: Room) -> None:
    late = overdue(escalated_at=ago(1))
    room.live.set(alarmed(BOARD, late))
    before = shown(room.desk.window).text.text()
    room.live.set(alarmed(later(BOARD, 3_600 * 24), late))
    assert shown(room.desk.window).text.text() != before


def test_it_lies_over_everything_else_and_over_the_whole_width(room: Room, qtbot: QtBot) -> None:
    room.live.set(CALLED)
    qtbot.wait(20)
    banner, window = shown(room.desk.window), room.desk.window
    assert banner.mapTo(window, banner.rect().topLeft()).y() == 0
    assert banner.width() == window.width()
    assert banner.button.height() >= 28


def test_a_list_that_is_open_says_it_too(room: Room) -> None:
    listing = open_listing(room.desk.store, room.desk.view, feed_sheet(), room.desk.window)
    room.live.set(CALLED)
    assert "STAR4" in shown(listing).text.text()
    listing.close()


def test_a_list_that_is_opened_later_says_it_from_the_start(room: Room) -> None:
    room.live.set(CALLED)
    listing = open_listing(room.desk.store, room.desk.view, feed_sheet(), room.desk.window)
    assert "STAR4" in shown(listing).text.text()
    listing.close()


def test_a_panel_that_is_popped_out_says_it_and_says_it_no_more_once_it_is_back(room: Room) -> None:
    room.live.set(CALLED)
    dock = room.desk.window.arrangement.docks["calls"]
    dock.toggle()
    assert "STAR4" in shown(dock).text.text()
    dock.put_back()
    assert all(one.isHidden() for one in dock.findChildren(EscalationBar))


def test_the_map_in_a_window_of_its_own_says_it(room: Room) -> None:
    room.desk.window.arrangement.toggle("map")
    popped = room.desk.panels.map.window()
    room.live.set(CALLED)
    assert popped is not room.desk.window
    assert "STAR4" in shown(popped).text.text()
    room.desk.window.arrangement.map_back()


def test_the_window_of_a_replay_says_what_is_now(room: Room) -> None:
    room.live.set(CALLED)
    room.replayed.open()
    assert shown(room.desk.window).text.text().startswith("LIVE ALARM. Nobody has acknowledged: STAR4")
    room.replayed.back_to_live()
    assert shown(room.desk.window).text.text().startswith("Nobody has acknowledged: STAR4")


def test_a_replayed_escalation_is_no_banner(room: Room) -> None:
    room.replayed.open()
    room.desk.store.set(CALLED)
    assert bar(room.desk.window) is None


def test_every_kind_of_window_of_the_program_has_a_place_for_it(room: Room, qtbot: QtBot) -> None:
    room.live.set(CALLED)
    room.desk.window.room.does["shifts"]()
    room.desk.window.room.does["bookmark"]()
    room.desk.window.room.does["note"]()
    room.desk.window.room.does["kept"]()
    opened = [dialog for dialog in room.desk.window.findChildren(QDialog) if dialog.isVisible()]
    assert len(opened) >= 3
    assert all(bar(dialog) is not None for dialog in opened)
    for dialog in opened:
        dialog.close()


def test_acknowledging_goes_to_the_live_board_also_from_a_replay(room: Room) -> None:
    room.replayed.open()
    room.live.set(CALLED)
    press(room)
    (done,) = room.done
    assert isinstance(done, Acknowledged)
    assert done.alarms == (LATE.id,)
    room.replayed.back_to_live()


def test_a_press_right_after_another_alarm_came_into_sight_is_not_about_it(room: Room, qtbot: QtBot) -> None:
    room.live.set(alarmed(BOARD, FIRST, SECOND))
    qtbot.wait(STANDS_MS + 50)
    room.live.set(alarmed(BOARD, SECOND))
    shown(room.desk.window).button.click()
    assert room.done == []


def test_an_alarm_that_changed_while_the_button_was_down_is_not_acknowledged(
    room: Room, qtbot: QtBot
) -> None:
    room.live.set(alarmed(BOARD, FIRST, SECOND))
    qtbot.wait(STANDS_MS + 50)
    button = shown(room.desk.window).button
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    room.live.set(alarmed(BOARD, SECOND))
    qtbot.wait(STANDS_MS + 50)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert room.done == []


def test_the_alarm_that_somebody_points_at_stays_in_sight_until_they_leave(room: Room) -> None:
    room.live.set(alarmed(BOARD, SECOND))
    banner = shown(room.desk.window)
    point(banner)
    room.live.set(alarmed(BOARD, FIRST, SECOND))
    assert "STAR5" in banner.text.text()
    assert banner.text.text().endswith("and 1 more")
    QApplication.sendEvent(banner, QEvent(QEvent.Type.Leave))
    assert "STAR4" in banner.text.text()


def test_what_is_over_is_not_kept_in_sight_before_what_goes_on(room: Room) -> None:
    room.live.set(alarmed(BOARD, replace(SECOND, active=False, returned_at=ago(1))))
    banner = shown(room.desk.window)
    point(banner)
    room.live.set(alarmed(BOARD, FIRST, replace(SECOND, active=False, returned_at=ago(1))))
    assert "STAR4" in banner.text.text()


def test_an_alarm_that_is_answered_for_goes_also_from_under_the_mouse(room: Room) -> None:
    room.live.set(alarmed(BOARD, FIRST, SECOND))
    banner = shown(room.desk.window)
    point(banner)
    room.live.set(alarmed(BOARD, SECOND))
    assert "STAR5" in banner.text.text()


def test_of_those_that_came_together_the_longest_is_told_first() -> None:
    short, long = (
        overdue("aaa", since=ago(5), escalated_at=ago(1)),
        overdue("zzz", since=ago(50), escalated_at=ago(1)),
    )
    assert escalated(alarmed(BOARD, short, long)) == (long, short)


def test_the_menu_names_the_team_that_it_asks_about(room: Room) -> None:
    room.live.set(alarmed(BOARD, MISSED))
    (menu,) = press(room).findChildren(QMenu)
    assert all("STAR4" in action.text() for action in menu.actions())
    menu.close()


def test_the_menu_keeps_its_alarm_when_a_more_urgent_one_comes(room: Room) -> None:
    room.live.set(alarmed(BOARD, MISSED_TOO))
    (menu,) = press(room).findChildren(QMenu)
    room.live.set(alarmed(BOARD, MISSED, MISSED_TOO))
    assert menu.isVisible()
    menu.actions()[0].trigger()
    menu.close()
    (done,) = room.done
    assert isinstance(done, CheckedIn)
    assert done.unit == "star5"


def test_the_menu_closes_and_does_nothing_once_its_alarm_is_answered_for(room: Room) -> None:
    room.live.set(alarmed(BOARD, MISSED, MISSED_TOO))
    (menu,) = press(room).findChildren(QMenu)
    room.live.set(alarmed(BOARD, MISSED_TOO))
    assert not menu.isVisible()
    menu.actions()[0].trigger()
    assert room.done == []


def test_the_banner_goes_once_somebody_has_acknowledged(room: Room) -> None:
    room.live.set(CALLED)
    room.live.set(alarmed(BOARD, emergency(escalated_at=ago(1), acknowledged_at=ago(0))))
    assert bar(room.desk.window) is None


def test_a_team_that_was_not_asked_after_is_checked_in_and_not_acknowledged(room: Room) -> None:
    room.live.set(alarmed(BOARD, overdue(escalated_at=ago(1))))
    banner = shown(room.desk.window)
    assert banner.button.text() == REACHED
    press(room)
    (menu,) = banner.findChildren(QMenu)
    assert menu.isVisible()
    assert room.done == []
    menu.actions()[1].trigger()
    menu.close()
    (done,) = room.done
    assert isinstance(done, CheckedIn)
    assert (done.unit, done.how) == ("star5", Reached.PHONE)


def test_the_button_says_what_it_is_for_and_has_a_name(room: Room) -> None:
    room.live.set(CALLED)
    banner = shown(room.desk.window)
    assert banner.button.text() == ACKNOWLEDGE
    assert "STAR4" in banner.button.accessibleName()
    assert unnamed(banner) == []


def test_it_takes_no_focus_and_enter_in_a_dialog_is_the_dialogs(room: Room, qtbot: QtBot) -> None:
    dialog = keep(qtbot, QDialog(room.desk.window))
    inside = QWidget()
    inside.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(dialog).addWidget(inside)
    dialog.open()
    inside.setFocus()
    room.live.set(CALLED)
    assert dialog.focusWidget() is inside
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert room.done == []
    dialog.close()


def test_what_escalates_is_told_on_once(room: Room) -> None:
    room.live.set(CALLED)
    room.live.set(alarmed(later(BOARD, 1), LATE))
    room.live.set(alarmed(later(BOARD, 2), LATE, overdue(escalated_at=ago(0))))
    assert room.came == [(1, LATE.id), (2, "check_in_overdue:star5")]


def test_what_was_escalated_before_anybody_looked_is_shown_and_not_told_on(qtbot: QtBot, room: Room) -> None:
    room.live.set(CALLED)
    told: list[str] = []
    live = Live(room.live, room.acts)
    view, window = room.desk.view, room.desk.window
    again = Escalations(live, view, None, window, lambda _state, _all, new: told.append(new.id))
    assert told == []
    again.close()


def test_one_that_escalates_again_after_an_acknowledgement_is_told_on_again(room: Room) -> None:
    room.live.set(CALLED)
    room.live.set(BOARD)
    room.live.set(alarmed(BOARD, emergency(escalated_at=ago(0))))
    assert len(room.came) == 2


@pytest.mark.parametrize("set_aside", [{"suppressed_by": "x"}, {"out": True}, {"acknowledged_at": ago(1)}])
def test_what_is_set_aside_is_escalated_no_more(set_aside: dict[str, Any]) -> None:
    alarm = emergency(escalated_at=ago(1), **set_aside)
    assert escalated(alarmed(BOARD, alarm)) == ()


@pytest.mark.parametrize("name", ["dark", "light", "night"])
def test_it_is_dressed_with_the_theme(room: Room, name: Name) -> None:
    room.live.set(CALLED)
    theme = THEMES[name]
    room.desk.view.set(View(theme=theme, scale=2.0))
    banner = shown(room.desk.window)
    night = banner.styleSheet()
    assert (theme.p1 in night) is (name == "night")
    assert banner.button.minimumHeight() == 56


def test_words_that_need_two_lines_get_them(room: Room, qtbot: QtBot) -> None:
    dock = room.desk.window.arrangement.docks["calls"]
    dock.toggle()
    dock.resize(260, 500)
    room.live.set(CALLED)
    qtbot.wait(20)
    banner = shown(dock)
    needed = banner.text.heightForWidth(banner.text.width())
    assert needed <= banner.text.height() < needed + 20
    assert dock.height() == 500
    dock.put_back()


def test_the_head_is_as_high_as_what_stands_in_it(room: Room, qtbot: QtBot) -> None:
    head: Head = room.desk.window.head
    before = head.height()
    room.live.set(CALLED)
    qtbot.wait(20)
    assert head.height() >= before + shown(room.desk.window).height()
    room.live.set(BOARD)
    qtbot.wait(20)
    assert head.height() == before


def test_nobody_is_left_watching(room: Room) -> None:
    watched = room.live.watched
    room.escalations.close()
    assert room.live.watched == watched - 2
