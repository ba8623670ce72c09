"""The orphan list: a person answers for what left the board, and it leaves the list."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.events import SignedOff
from console.domain.state import State, reduce
from console.domain.strip import Strip
from console.domain.strips import UNDISPOSED
from console.session.store import Store
from console.ui.figures.listing import Listing
from console.ui.strips.orphans import open_orphans
from tests.ui.board import Acts, a_board, a_call, a_view, ago
from tests.ui.desk import Desk, keep

STRIPS = {
    "c2": Strip("1002", ago(5), UNDISPOSED, call="c2"),
    "c1": Strip("1001", ago(20), UNDISPOSED, call="c1", area="D3"),
}


def opened(qtbot: QtBot, state: State) -> tuple[Listing, Store[State], Acts]:
    desk = Desk(qtbot, state).open()
    store, acts = Store(state), Acts()
    return keep(qtbot, open_orphans(store, a_view(), acts, desk.window)), store, acts


def field_of(listing: Listing) -> QLineEdit:
    return listing.findChildren(QLineEdit)[0]


def texts(listing: Listing) -> str:
    return "\n".join(label.text() for label in listing.findChildren(QLabel))


def test_the_oldest_is_ready_to_be_signed_and_the_button_waits_for_words(qtbot: QtBot) -> None:
    board = a_board([a_call(1), a_call(2)], strips=STRIPS, dispositions=True)
    listing, store, acts = opened(qtbot, board)
    field, button = field_of(listing), listing.findChildren(QPushButton)[0]
    assert "Left without an owner  2" in texts(listing)
    assert not button.isEnabled()
    field.setText("  county outreach  ")
    assert button.isEnabled()
    button.click()
    (act,) = acts.done
    assert act == SignedOff(act.at, "c1", "county outreach", "m.ruiz")
    assert not button.isEnabled()
    store.set(reduce(store.value, act))
    assert "Left without an owner  1" in texts(listing)
    assert "the last by m.ruiz to county outreach" in texts(listing)


def test_a_chosen_row_is_the_one_that_enter_signs(qtbot: QtBot) -> None:
    board = a_board([a_call(1), a_call(2)], strips=STRIPS, dispositions=True)
    listing, _store, acts = opened(qtbot, board)
    QTest.keyClick(listing.table, Qt.Key.Key_Down)
    QTest.keyClick(listing.table, Qt.Key.Key_Return)
    field = field_of(listing)
    field.setText("police, case 88")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [act.strip for act in acts.done if isinstance(act, SignedOff)] == ["c2"]


def test_an_empty_list_says_whether_anything_could_be_told(qtbot: QtBot) -> None:
    listing, store, _acts = opened(qtbot, a_board([a_call(1)]))
    assert "no disposition yet" in texts(listing)
    store.set(a_board([a_call(1)], dispositions=True, strips={}))
    assert "Nothing left the board unanswered for" in texts(listing)


def test_the_field_names_what_is_signed_and_follows_the_keyboard(qtbot: QtBot) -> None:
    listing, _store, acts = opened(qtbot, a_board([a_call(1), a_call(2)], strips=STRIPS, dispositions=True))
    assert field_of(listing).accessibleName() == "1001: handed to, or outcome"
    QTest.keyClick(listing.table, Qt.Key.Key_Down)
    assert field_of(listing).accessibleName() == "1002: handed to, or outcome"
    assert field_of(listing).accessibleName() in texts(listing)
    field_of(listing).setText("county outreach")
    QTest.keyClick(field_of(listing), Qt.Key.Key_Return)
    assert acts.done[0] == SignedOff(acts.done[0].at, "c2", "county outreach", "m.ruiz")


def test_what_left_the_list_meanwhile_is_not_signed_and_the_words_stay(qtbot: QtBot) -> None:
    listing, store, acts = opened(qtbot, a_board([a_call(1), a_call(2)], strips=STRIPS, dispositions=True))
    field_of(listing).setText("county outreach")
    store.set(replace(store.value, strips={"c2": STRIPS["c2"]}))
    QTest.keyClick(field_of(listing), Qt.Key.Key_Return)
    assert (acts.done, field_of(listing).text()) == ([], "county outreach")


def test_escape_takes_back_what_was_typed_before_it_closes_the_list(qtbot: QtBot) -> None:
    listing, _store, _acts = opened(qtbot, a_board([a_call(1)], strips=STRIPS, dispositions=True))
    listing.activateWindow()
    field_of(listing).setFocus()
    qtbot.wait(20)
    field_of(listing).setText("county outreach")
    QTest.keyClick(field_of(listing), Qt.Key.Key_Escape)
    assert (field_of(listing).text(), listing.isVisible()) == ("", True)
