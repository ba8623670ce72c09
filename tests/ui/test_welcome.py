"""The welcome page: three ways to a board by mouse and keyboard, and a trial told step by step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
)
from pytestqt.qtbot import QtBot

from console.ui.theme import fonts
from console.ui.welcome.choices import Choices
from console.ui.welcome.connect_page import ConnectPage
from console.ui.welcome.peek import Peek
from console.ui.welcome.shift_page import ShiftPage
from console.ui.welcome.trying import NO_TRIAL, Entered, Field, Kind, Step, StepState, Trial
from console.ui.welcome.ways import WAYS
from console.ui.welcome.window import WelcomeWindow
from tests.ui.board import a_board, a_call, a_unit
from tests.ui.desk import keep, undress
from tests.ui.named import unnamed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

KINDS = (
    Kind("console", "SMART Console dispatch API", "https://cad.example.org", zoned=False),
    Kind("mapped", "First Due", "", "https://api.example.org/v1", preset="first-due"),
    Kind("mapped", "Another JSON API", "https://cad.example.org", mapped=True),
)
BOARD = a_board([a_call(number) for number in range(1, 9)], [a_unit(f"u{number}") for number in range(8)])
GOOD = Trial((Step("Calls", StepState.OK, "8 on the board."),), BOARD, ready=True)
BAD = Trial((Step("Sign-in", StepState.FAILED, "It wants a sign-in (401).", "Check the token."),))
MORE = "More: sign-in, certificates and proxy"
STARTING = Trial((Step("Demo city", StepState.RUNNING, "Starting it."),))


class Tries:
    """Remembers what was asked for, and tells what the test says."""

    def __init__(self, *, keyring: bool = True) -> None:
        self.kinds, self.keyring = KINDS, keyring
        self.asked: list[object] = []
        self.trial = NO_TRIAL
        self.trouble = ""
        self.taken = self.left = 0

    def connect(self, entered: Entered) -> None:
        self.asked.append(entered)

    def demo(self) -> None:
        self.asked.append("demo")

    def shift(self, file: Path, at: str) -> None:
        self.asked.append((file, at))

    def look(self) -> Trial:
        return self.trial

    def take(self) -> str:
        self.taken += 1
        return self.trouble

    def leave(self) -> None:
        self.left += 1


class First:
    """The window of the first run, shown."""

    def __init__(self, qtbot: QtBot, tries: Tries) -> None:
        fonts.load()
        self.qtbot, self.tries = qtbot, tries
        self.window = keep(qtbot, WelcomeWindow(tries))
        self.window.resize(1_366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)

    def page(self) -> object:
        pages = self.window.centralWidget()
        assert isinstance(pages, QStackedWidget)
        return pages.currentWidget()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def button(self, text: str) -> QPushButton:
        return next(
            one for one in self.window.findChildren(QPushButton) if one.isVisible() and one.text() == text
        )

    def field(self, name: str) -> QLineEdit:
        found = self.window.findChildren(QLineEdit)
        return next(one for one in found if one.accessibleName() == name and one.isVisible())

    def asks(self, name: str) -> bool:
        found = self.window.findChildren(QLineEdit)
        return any(one.accessibleName() == name and one.isVisible() for one in found)

    def named(self, name: str) -> QPushButton:
        found = self.window.findChildren(QPushButton)
        return next(one for one in found if one.accessibleName() == name)

    def offer(self, name: str) -> None:
        found = self.window.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        found.click()

    def shows(self, text: str) -> bool:
        labels = self.window.findChildren(QLabel)
        return any(text in one.text() and one.isVisible() for one in labels)


@pytest.fixture
def tries() -> Tries:
    """Nothing is being tried."""
    return Tries()


@pytest.fixture
def first(qtbot: QtBot, qapp: QApplication, tries: Tries) -> Iterator[First]:
    """The window, at its three choices."""
    yield First(qtbot, tries)
    undress(qapp)


def trying(first: First, trial: Trial) -> None:
    """On the page of a source, with this trial going on."""
    first.offer("connect")
    first.tries.trial = trial
    first.field("Address").setText("https://cad.example.org")
    first.button("Try it").click()


def choose_way(first: First, place: int) -> None:
    """Choose a way to sign in."""
    found = first.window.findChildren(QComboBox)
    next(one for one in found if one.accessibleName() == Field.SIGN_IN).setCurrentIndex(place)


def test_enter_on_the_first_offer_asks_where_the_source_is(first: First) -> None:
    first.press(Qt.Key.Key_Return)
    assert isinstance(first.page(), ConnectPage)


def test_escape_goes_back_and_lets_go_of_the_trial(first: First, tries: Tries) -> None:
    trying(first, BAD)
    first.press(Qt.Key.Key_Escape)
    assert isinstance(first.page(), Choices)
    assert tries.left == 1


def test_a_page_that_comes_up_again_forgets_the_last_trial(first: First) -> None:
    trying(first, BAD)
    first.press(Qt.Key.Key_Escape)
    first.offer("connect")
    assert not first.shows("Check the token.")


def test_tab_visits_every_field_of_a_source_in_order(first: First) -> None:
    first.offer("connect")
    names = []
    for _ in range(6):
        names.append(getattr(QApplication.focusWidget(), "accessibleName", str)())
        first.press(Qt.Key.Key_Tab)
    assert names[:5] == ["Kind of source", "Address", "Name on the board", "User name", "Password or token"]
    assert names[5] == MORE


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_opens_and_closes_what_only_some_sources_need(first: First, key: Qt.Key) -> None:
    first.offer("connect")
    first.named(MORE).setFocus()
    seen = [first.asks(Field.CA_FILE)]
    for _ in range(2):
        first.press(key)
        seen.append(first.asks(Field.CA_FILE))
    assert seen == [False, True, False]


def test_tab_visits_what_only_some_sources_need_in_order(first: First) -> None:
    first.offer("connect")
    first.named(MORE).click()
    first.named(MORE).setFocus()
    names = []
    for _ in range(8):
        first.press(Qt.Key.Key_Tab)
        names.append(getattr(QApplication.focusWidget(), "accessibleName", str)())
    files = (Field.CA_FILE, Field.CLIENT_CERT, Field.CLIENT_KEY)
    beside = [text for field in files for text in (field, f"Browse for the file: {field}")]
    assert names == [Field.SIGN_IN, *beside, Field.PROXY]


def test_a_way_to_sign_in_asks_for_what_it_makes_use_of(first: First) -> None:
    first.offer("connect")
    first.named(MORE).click()
    for place, way in enumerate(WAYS):
        choose_way(first, place)
        shown = {field for field in (Field.HEADER, Field.TOKEN_URL, Field.SCOPE) if first.asks(field)}
        assert shown == set(way.asks)


def test_what_only_some_sources_need_is_tried_with_the_rest(first: First, tries: Tries) -> None:
    first.offer("connect")
    first.named(MORE).click()
    choose_way(first, [way.name for way in WAYS].index("oauth2_client"))
    first.field(Field.TOKEN_URL).setText(" /token ")
    first.field(Field.CA_FILE).setText("/etc/ca.pem")
    first.field(Field.PROXY).setText("http://proxy.example:3128")
    first.field(Field.PROXY).setFocus()
    first.press(Qt.Key.Key_Return)
    (entered,) = tries.asked
    assert isinstance(entered, Entered)
    assert entered.more == {
        Field.SIGN_IN: "oauth2_client",
        Field.TOKEN_URL: "/token",
        Field.CA_FILE: "/etc/ca.pem",
        Field.PROXY: "http://proxy.example:3128",
    }


def test_what_another_way_to_sign_in_asked_for_is_not_sent_along(first: First, tries: Tries) -> None:
    first.offer("connect")
    first.named(MORE).click()
    choose_way(first, [way.name for way in WAYS].index("header"))
    first.field(Field.HEADER).setText("X-Api-Key")
    choose_way(first, 0)
    first.button("Try it").click()
    (entered,) = tries.asked
    assert isinstance(entered, Entered)
    assert entered.more == {}


@pytest.mark.parametrize("field", [Field.CA_FILE, Field.CLIENT_CERT, Field.CLIENT_KEY])
def test_a_file_that_was_browsed_for_stands_in_its_field(first: First, field: Field) -> None:
    first.offer("connect")
    first.named(MORE).click()
    first.named(f"Browse for the file: {field}").click()
    dialog = first.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit("/etc/some.pem")
    dialog.close()
    assert first.field(field).text() == "/etc/some.pem"


@pytest.mark.parametrize("field", [Field.CA_FILE, Field.CLIENT_CERT, Field.PROXY])
def test_a_step_that_names_a_field_opens_it_and_brings_it_into_sight(first: First, field: Field) -> None:
    first.window.resize(1_366, 500)
    trying(first, Trial((Step("Secure connection", StepState.FAILED, "No.", "Choose it.", field),)))
    first.qtbot.waitUntil(lambda: not first.field(field).visibleRegion().isEmpty())


def test_what_is_tried_can_be_tried_again_without_scrolling(first: First) -> None:
    first.offer("connect")
    first.named(MORE).click()
    choose_way(first, [way.name for way in WAYS].index("oauth2_password"))
    first.qtbot.wait(20)
    assert first.button("Try it").visibleRegion().boundingRect() == first.button("Try it").rect()


def test_a_section_that_was_closed_again_stays_closed_while_the_same_step_fails(first: First) -> None:
    trying(first, Trial((Step("Secure connection", StepState.FAILED, "No.", "Do.", Field.CA_FILE),)))
    first.named(MORE).click()
    first.tries.trial = Trial((Step("Secure connection", StepState.FAILED, "No!", "Do.", Field.CA_FILE),))
    first.qtbot.waitUntil(lambda: first.shows("No!"))
    assert not first.asks(Field.CA_FILE)


def test_enter_in_a_field_tries_what_was_entered(first: First, tries: Tries) -> None:
    first.offer("connect")
    first.field("Address").setText(" https://cad.example.org ")
    first.field("Password or token").setText("s3cret")
    first.field("Password or token").setFocus()
    first.press(Qt.Key.Key_Return)
    assert tries.asked == [Entered(KINDS[0], "dispatch", "https://cad.example.org", secret="s3cret")]


def test_a_secret_is_never_shown(first: First, tries: Tries) -> None:
    first.offer("connect")
    field = first.field("Password or token")
    field.setText("s3cret")
    first.press(Qt.Key.Key_Return)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    first.button("Try it").click()
    assert "s3cret" not in repr(tries.asked)


def test_without_a_keyring_a_secret_is_named_and_not_entered(qtbot: QtBot, qapp: QApplication) -> None:
    first = First(qtbot, Tries(keyring=False))
    first.offer("connect")
    first.field("Password or token").setText("env:CAD_TOKEN")
    first.button("Try it").click()
    entered = first.tries.asked[0]
    assert isinstance(entered, Entered)
    assert (entered.secret, entered.reference) == ("", "env:CAD_TOKEN")
    undress(qapp)


def test_each_step_says_what_is_wrong_and_what_to_do(first: First) -> None:
    trying(first, BAD)
    assert first.shows("It wants a sign-in (401).\nCheck the token.")
    assert first.shows("failed")


def test_no_board_can_be_opened_before_calls_or_units_have_answered(first: First) -> None:
    trying(first, BAD)
    assert not first.button("Open the board").isEnabled()


def test_five_calls_and_units_are_shown_as_on_the_board(first: First) -> None:
    trying(first, GOOD)
    peek = first.window.findChild(Peek)
    assert isinstance(peek, Peek)
    assert peek.isVisible()
    assert peek.calls == ("c1", "c2", "c3", "c4", "c5")
    assert peek.units[1:6] == ("u0", "u1", "u2", "u3", "u4")


def test_a_board_that_is_opened_closes_the_window(first: First, tries: Tries) -> None:
    trying(first, GOOD)
    with first.qtbot.waitSignals([first.window.opened, first.window.closed]):
        first.button("Open the board").click()
    assert tries.taken == 1
    assert not first.window.isVisible()


def test_a_board_that_cannot_be_saved_says_why_and_stays(first: First, tries: Tries) -> None:
    trying(first, GOOD)
    tries.trouble = "the folder is full"
    first.button("Open the board").click()
    assert first.window.isVisible()
    assert first.shows("Not saved: the folder is full")


def test_a_kind_of_source_asks_for_what_it_needs(first: First) -> None:
    first.offer("connect")
    kind = first.window.findChild(QComboBox)
    assert isinstance(kind, QComboBox)
    asked = []
    for place in range(len(KINDS)):
        kind.setCurrentIndex(place)
        asked.append([name for name in ("Time zone of the agency", "Mapping file") if first.asks(name)])
    assert asked == [[], ["Time zone of the agency"], ["Time zone of the agency", "Mapping file"]]


def test_a_source_that_has_one_address_brings_it(first: First) -> None:
    first.offer("connect")
    kind = first.window.findChild(QComboBox)
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(1)
    assert first.field("Address").text() == "https://api.example.org/v1"
    first.field("Address").setText("https://mine.example.org")
    kind.setCurrentIndex(2)
    assert first.field("Address").text() == "https://mine.example.org"


def test_the_demo_opens_by_itself_once_it_is_served(first: First, tries: Tries) -> None:
    tries.trial = STARTING
    first.offer("demo")
    assert (tries.asked, tries.taken) == (["demo"], 0)
    assert first.shows("Starting it.")
    with first.qtbot.waitSignal(first.window.opened):
        tries.trial = GOOD


def test_while_the_demo_starts_nothing_else_can_be_chosen(first: First, tries: Tries) -> None:
    tries.trial = STARTING
    first.offer("demo")
    first.offer("shift")
    assert isinstance(first.page(), Choices)


def test_a_shift_is_opened_at_the_moment_asked_for(first: First, tries: Tries) -> None:
    first.offer("shift")
    first.field("File of the shift").setText("/data/shift.csv")
    first.field("Moment to open it at").setText("18:00")
    first.button("Open the board").click()
    assert tries.asked == [(Path("/data/shift.csv"), "18:00")]


def test_no_shift_is_opened_without_a_file(first: First) -> None:
    first.offer("shift")
    assert isinstance(first.page(), ShiftPage)
    assert not first.button("Open the board").isEnabled()


def test_the_file_that_was_chosen_stands_in_its_field(first: First) -> None:
    first.offer("shift")
    first.button("Choose…").click()
    dialog = first.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit("/data/shift.csv")
    dialog.close()
    assert first.field("File of the shift").text() == "/data/shift.csv"


def test_nothing_takes_the_focus_without_a_name(first: First) -> None:
    offers = first.window.findChildren(QPushButton)
    assert all(button.accessibleName() or button.text() for button in offers)
    fields = [name for name in unnamed(first.window) if name not in ("QPushButton", "QLineEdit")]
    assert fields == []


def test_type_of_twice_the_size_fits_the_smallest_window(first: First) -> None:
    trying(first, GOOD)
    for _ in range(10):
        QTest.keyClick(first.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    first.qtbot.wait(20)
    first.window.resize(1_366, 768)
    first.qtbot.wait(20)
    assert first.window.appearance.scale == 2.0
    assert (first.window.width(), first.window.height()) == (1_366, 768)


def test_what_only_some_sources_need_fits_its_column_at_twice_the_size(first: First) -> None:
    first.offer("connect")
    first.named(MORE).click()
    for _ in range(10):
        QTest.keyClick(first.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    for place in range(len(WAYS)):
        choose_way(first, place)
        first.qtbot.wait(20)
        column = next(
            one for one in first.window.findChildren(QScrollArea) if one.isAncestorOf(first.named(MORE))
        )
        content = column.widget()
        assert content is not None
        assert content.width() <= column.viewport().width()


def test_markup_from_a_server_is_shown_as_it_is(first: First) -> None:
    trying(first, Trial((Step("Answer", StepState.FAILED, "<b>no</b>"),)))
    said = [one for one in first.window.findChildren(QLabel) if "<b>no</b>" in one.text()]
    assert [one.textFormat() for one in said] == [Qt.TextFormat.PlainText]


@pytest.mark.parametrize("size", [(1_920, 1_080), (1_366, 768)])
def test_a_trial_in_order_is_seen_without_scrolling(first: First, size: tuple[int, int]) -> None:
    names = ("Address", "Secure connection", "Sign-in", "Calls", "Units", "Positions", "Beds", "Codes")
    first.window.resize(*size)
    trying(first, Trial(tuple(Step(name, StepState.OK, "In order.") for name in names), BOARD, ready=True))
    first.qtbot.wait(20)
    peek = first.window.findChild(Peek)
    assert isinstance(peek, Peek)
    bottom = peek.mapTo(first.window, peek.rect().bottomLeft()).y()
    assert bottom < first.button("Open the board").mapTo(first.window, peek.rect().topLeft()).y()
