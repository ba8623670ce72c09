"""What the keys do: the selected alarm first, never priority 1 unseen, and each act into the one sequence."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Alarm, Shelf
from console.domain.alarms.flood import Flood
from console.domain.events import CheckedIn, PutBack, Shelved, TakenOut, Unshelved
from console.domain.state import State
from console.domain.vocabulary import AlarmState, Reached
from console.domain.watching import catalog
from console.session.playing import Playing
from console.ui.attention.choosing import SELECT_IT
from console.ui.attention.fields import REACHED, ReachedField, ReasonField
from console.ui.attention.menu import offers
from console.ui.frame.keys import KEYS
from console.ui.look.view import with_alarm, with_call, with_unit
from tests.ui.attention.alarmed import alarmed, an_alarm, ids, over, seen, waits
from tests.ui.attention.seat import Seat
from tests.ui.board import ago
from tests.ui.desk import undress
from tests.ui.replayed import LINE, TRACK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

SHIFT = Qt.KeyboardModifier.ShiftModifier
URGENT, OLD, NEW = (
    waits(1, priority=1, raised_at=ago(1)),
    waits(2, raised_at=ago(9)),
    waits(3, raised_at=ago(3)),
)
SILENT = an_alarm(catalog.SILENT, "star5", raised_at=ago(5))
OVERDUE = an_alarm(catalog.CHECK_IN, "star7", priority=1)
HELP = an_alarm(catalog.EMERGENCY, "star8", priority=1)
BOARD = alarmed(URGENT, OLD, NEW, SILENT, OVERDUE, HELP)


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication) -> Iterator[Seat]:
    """Six alarms, three of them of priority 1."""
    yield Seat(qtbot, BOARD)
    undress(qapp)


def test_a_acknowledges_the_selected_alarm(seat: Seat) -> None:
    seat.choose(OLD)
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [OLD.id]


def test_a_without_a_selection_acknowledges_the_newest_of_priority_2_or_3(seat: Seat) -> None:
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [NEW.id]


def test_a_says_what_it_acknowledged_and_where(seat: Seat) -> None:
    seat.press(Qt.Key.Key_A)
    assert seat.said == "Acknowledged here: 3 welfare check waits too long"


def test_a_priority_1_is_acknowledged_where_it_is_selected(seat: Seat) -> None:
    seat.choose(URGENT)
    seat.press(Qt.Key.Key_A)
    assert seat.state_of(URGENT) is AlarmState.ACKNOWLEDGED


def test_a_with_priority_1_alone_asks_to_select_it(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(URGENT))
    seat.press(Qt.Key.Key_A)
    assert not seat.acts.done
    assert seat.said == "1 of priority 1: select it, then press A."
    undress(qapp)


def test_a_with_nothing_there_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed())
    seat.press(Qt.Key.Key_A)
    assert seat.said == "Nothing to acknowledge."
    undress(qapp)


def test_a_goes_by_the_call_that_is_selected_on_the_board(seat: Seat) -> None:
    seat.view.set(with_call(seat.view.value, "c2"))
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [OLD.id]


@pytest.mark.parametrize("chosen", [{"call": "c1"}, {"unit": "star8"}, {"unit": "star7"}])
def test_a_takes_no_priority_1_of_a_call_or_team_that_was_selected_to_be_read(
    seat: Seat, chosen: dict[str, str]
) -> None:
    seat.view.set(replace(seat.view.value, **chosen))
    seat.press(Qt.Key.Key_A)
    assert not seat.acts.done
    assert seat.panel.foot.field is None
    assert seat.said == SELECT_IT


def test_a_takes_no_priority_1_that_came_to_the_selected_call_meanwhile(
    qtbot: QtBot, qapp: QApplication
) -> None:
    seat = Seat(qtbot, alarmed(OLD))
    seat.view.set(with_call(seat.view.value, "c1"))
    seat.store.set(alarmed(OLD, URGENT))
    seat.press(Qt.Key.Key_A)
    assert not seat.acts.done
    undress(qapp)


def test_a_with_a_call_that_no_alarm_tells_of_takes_the_newest(seat: Seat) -> None:
    seat.view.set(with_call(seat.view.value, "c77"))
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [NEW.id]


def test_a_twice_on_one_alarm_says_that_it_was_seen(seat: Seat) -> None:
    seat.choose(OLD)
    seat.press(Qt.Key.Key_A)
    seat.press(Qt.Key.Key_A)
    assert len(seat.acts.done) == 1
    assert seat.said == "The selected one was acknowledged already."


def test_shift_a_acknowledges_all_of_the_kind_but_priority_1(seat: Seat) -> None:
    seat.choose(OLD)
    seat.press(Qt.Key.Key_A, SHIFT)
    assert sorted(seat.acknowledged) == sorted(ids([OLD, NEW]))
    assert seat.state_of(SILENT) is AlarmState.UNACKNOWLEDGED


def test_shift_a_on_a_selected_priority_1_takes_its_milder_ones_only(seat: Seat) -> None:
    seat.choose(URGENT)
    seat.press(Qt.Key.Key_A, SHIFT)
    assert URGENT.id not in seat.acknowledged


def test_a_letter_that_somebody_types_is_no_act(seat: Seat) -> None:
    field = QLineEdit(seat.window)
    field.show()
    field.setFocus()
    seat.press(Qt.Key.Key_A)
    assert field.text() == "a"
    assert not seat.acts.done


def test_an_overdue_check_in_asks_how_the_team_was_reached(seat: Seat) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    assert seat.field(ReachedField).accessibleName() == "Check-in of STAR7: how was it reached?"


@pytest.mark.parametrize(
    ("key", "how"),
    [
        (Qt.Key.Key_R, Reached.RADIO),
        (Qt.Key.Key_P, Reached.PHONE),
        (Qt.Key.Key_X, Reached.APP),
        (Qt.Key.Key_N, Reached.NOT_REACHED),
    ],
)
def test_one_key_says_how_it_was_reached(seat: Seat, key: Qt.Key, how: Reached) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    seat.press(key)
    act = seat.acts.done[-1]
    assert isinstance(act, CheckedIn)
    assert (act.unit, act.how) == ("star7", how)
    assert seat.panel.foot.field is None


def test_a_second_press_of_the_key_that_opened_the_field_answers_nothing(seat: Seat) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    seat.press(Qt.Key.Key_A)
    assert seat.field(ReachedField).accessibleName().startswith("Check-in of STAR7")
    assert not seat.acts.done


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_X])
def test_a_held_key_answers_nothing(seat: Seat, key: Qt.Key) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    QApplication.sendEvent(seat.field(ReachedField), held)
    assert not seat.acts.done


def test_no_key_of_the_field_is_one_that_acts_on_alarms() -> None:
    acting = {text for key in KEYS if key.act in ("acknowledge", "shelve", "mute") for text in key.keys}
    assert acting.isdisjoint(text[0] for _, text, _ in REACHED)


def test_escape_closes_the_field_and_keeps_the_selection(seat: Seat) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    seat.press(Qt.Key.Key_Escape)
    assert seat.panel.foot.field is None
    assert seat.view.value.alarm == OVERDUE.id
    assert not seat.acts.done


def shelve(seat: Seat, alarm: Alarm, why: str) -> ReasonField[timedelta]:
    seat.choose(alarm)
    seat.press(Qt.Key.Key_S)
    field: ReasonField[timedelta] = seat.field(ReasonField)
    seat.write(why)
    return field


def test_s_asks_for_a_reason_before_it_shelves(seat: Seat) -> None:
    field = shelve(seat, OLD, "  ")
    seat.press(Qt.Key.Key_Return)
    assert not any(button.isEnabled() for button in field.buttons)
    assert not seat.acts.done


def test_a_shelf_keeps_how_long_and_why(seat: Seat) -> None:
    field = shelve(seat, OLD, "family asked to wait")
    QTest.mouseClick(field.buttons[1], Qt.MouseButton.LeftButton)
    act = seat.acts.done[-1]
    assert isinstance(act, Shelved)
    assert (act.until - act.at, act.reason) == (timedelta(minutes=15), "family asked to wait")
    assert seat.state_of(OLD) is AlarmState.SHELVED


def test_a_shelf_can_be_undone(seat: Seat) -> None:
    shelve(seat, OLD, "a slip")
    seat.press(Qt.Key.Key_Return)
    seat.panel.foot.undo.click()
    assert isinstance(seat.acts.done[-1], Unshelved)


def test_a_shelf_that_comes_to_nothing_is_not_told(seat: Seat) -> None:
    field = shelve(seat, OLD, "family asked to wait")
    seat.store.set(alarmed(over(OLD), NEW))
    assert seat.panel.foot.field is None
    assert seat.said == "That alarm is over."
    field.buttons[0].click()
    assert not seat.acts.done


def test_a_shelf_is_told_as_long_as_it_is(seat: Seat) -> None:
    field = shelve(seat, OLD, "family asked to wait")
    seat.store.set(alarmed(replace(OLD, priority=1), NEW))
    field.buttons[2].click()
    act = seat.acts.done[-1]
    assert isinstance(act, Shelved)
    assert (act.until - act.at, "until 16:45" in seat.said) == (timedelta(minutes=15), True)


def test_a_field_goes_on_while_other_alarms_end(seat: Seat) -> None:
    field = shelve(seat, OLD, "family asked")
    seat.store.set(alarmed(OLD))
    assert seat.panel.foot.field is field


@pytest.mark.parametrize("board", [alarmed(NEW), alarmed(over(OVERDUE)), alarmed(seen(OVERDUE))])
def test_a_check_in_that_was_answered_elsewhere_is_not_asked_for(seat: Seat, board: State) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    seat.store.set(board)
    calling = OVERDUE.id in board.alarms.standing and board.alarms.standing[OVERDUE.id].calling
    assert (seat.panel.foot.field is not None) is calling


def test_taking_out_an_alarm_that_is_over_says_so(seat: Seat) -> None:
    seat.choose(SILENT)
    seat.panel.does["take_out"]()
    seat.write("known")
    seat.store.set(alarmed(NEW))
    assert seat.said == "That alarm is over."
    assert not seat.acts.done


def test_priority_1_is_offered_no_longer_than_its_cap(seat: Seat) -> None:
    assert [step.seconds // 60 for step in seat.panel.hand.steps(URGENT)] == [5, 15]


def test_s_without_a_selection_shelves_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(URGENT))
    seat.press(Qt.Key.Key_S)
    assert seat.panel.foot.field is None
    assert seat.said == "Select one alarm to shelve it."
    undress(qapp)


def test_a_call_for_help_is_never_shelved(seat: Seat) -> None:
    seat.choose(HELP)
    seat.press(Qt.Key.Key_S)
    assert seat.panel.foot.field is None
    assert "never shelved" in seat.said


def test_a_call_for_help_is_offered_no_way_out_of_service(seat: Seat) -> None:
    texts = [text for text, _ in offers(seat.panel.hand, seat.store.value, HELP.id)]
    assert texts == ["Acknowledge\tA"]


def test_a_rule_is_taken_out_with_a_reason_and_can_be_put_back(seat: Seat) -> None:
    does = dict(offers(seat.panel.hand, seat.store.value, SILENT.id))
    does["Take all “no position” out of service…"]()
    seat.write("AVL is down city-wide")
    seat.press(Qt.Key.Key_Return)
    act = seat.acts.done[-1]
    assert isinstance(act, TakenOut)
    assert (act.what, act.reason) == (catalog.SILENT, "AVL is down city-wide")
    assert seat.state_of(SILENT) is AlarmState.OUT_OF_SERVICE
    seat.panel.foot.undo.click()
    assert isinstance(seat.acts.done[-1], PutBack)


def test_one_alarm_is_taken_out_by_its_id(seat: Seat) -> None:
    does = dict(offers(seat.panel.hand, seat.store.value, SILENT.id))
    does["Take this alarm out of service…"]()
    seat.write("known")
    seat.press(Qt.Key.Key_Return)
    act = seat.acts.done[-1]
    assert isinstance(act, TakenOut)
    assert act.what == SILENT.id


def test_a_heap_is_acknowledged_as_a_whole(qtbot: QtBot, qapp: QApplication) -> None:
    seat = Seat(qtbot, alarmed(URGENT, OLD, NEW, SILENT, book={"flood": Flood(since=ago(9), count=20)}))
    seat.view.set(with_alarm(seat.view.value, "kind:pending_too_long"))
    seat.press(Qt.Key.Key_A)
    assert sorted(seat.acknowledged) == sorted(ids([OLD, NEW]))
    undress(qapp)


def test_what_is_over_is_acknowledged_as_a_whole_and_gone(qtbot: QtBot, qapp: QApplication) -> None:
    gone = [over(waits(4)), over(waits(5, priority=3)), seen(waits(6))]
    seat = Seat(qtbot, alarmed(*gone))
    seat.view.set(with_alarm(seat.view.value, "over:"))
    seat.press(Qt.Key.Key_A)
    assert set(seat.store.value.alarms.standing) == {gone[2].id}
    undress(qapp)


def test_a_priority_1_that_is_over_is_acknowledged_by_itself_only(qtbot: QtBot, qapp: QApplication) -> None:
    urgent, mild = over(waits(4, priority=1)), over(waits(5))
    seat = Seat(qtbot, alarmed(urgent, mild))
    seat.view.set(with_alarm(seat.view.value, "over:"))
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [mild.id]
    seat.press(Qt.Key.Key_A)
    assert seat.said == "Priority 1 is acknowledged one by one: select it and press A."
    seat.choose(urgent)
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [urgent.id]
    undress(qapp)


def test_the_menu_of_a_shelved_one_offers_nothing_to_acknowledge(seat: Seat) -> None:
    put = replace(OLD, shelf=Shelf(ago(1), ago(-9), "m.ruiz", "known"))
    texts = [text for text, _ in offers(seat.panel.hand, alarmed(put), put.id)]
    assert "Acknowledge\tA" not in texts


def test_acts_in_a_replay_say_that_they_stay_in_it(seat: Seat) -> None:
    seat.playing.set(Playing(LINE, TRACK))
    seat.press(Qt.Key.Key_A)
    assert seat.said.startswith("Acknowledged in this replay only")


def test_what_was_asked_of_one_board_is_not_answered_on_another(seat: Seat) -> None:
    seat.choose(OVERDUE)
    seat.press(Qt.Key.Key_A)
    seat.playing.set(Playing(LINE, TRACK))
    assert seat.panel.foot.field is None
    assert seat.view.value.alarm == ""


def test_what_was_done_on_one_board_is_not_undone_on_another(seat: Seat) -> None:
    shelve(seat, OLD, "a slip")
    seat.press(Qt.Key.Key_Return)
    seat.playing.set(Playing(LINE, TRACK))
    assert not seat.panel.foot.undo.isVisible()


def test_a_check_in_is_kept_of_any_selected_team(seat: Seat) -> None:
    seat.view.set(with_unit(seat.view.value, "star5"))
    seat.panel.does["check_in"]()
    seat.press(Qt.Key.Key_P)
    act = seat.acts.done[-1]
    assert isinstance(act, CheckedIn)
    assert (act.unit, act.how) == ("star5", Reached.PHONE)


def test_a_check_in_without_a_team_asks_to_select_one(seat: Seat) -> None:
    seat.panel.does["check_in"]()
    assert seat.said == "Select a team first."


def test_the_command_bar_takes_the_selected_kind_out_of_service(seat: Seat) -> None:
    seat.choose(SILENT)
    seat.panel.does["take_out_kind"]()
    seat.write("known")
    seat.press(Qt.Key.Key_Return)
    act = seat.acts.done[-1]
    assert isinstance(act, TakenOut)
    assert act.what == catalog.SILENT


def test_the_command_bar_takes_no_call_for_help_out_of_service(seat: Seat) -> None:
    seat.choose(HELP)
    seat.panel.does["take_out"]()
    assert seat.panel.foot.field is None
    assert "always in service" in seat.said
