"""The list of recorded shifts: what each is and lacks, and the way onto the screen."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.session.replays import Choices
from console.ui.parts.clocks import UNSTARTED
from console.ui.replay.choose import ASKING, EMPTY, ShiftsList, open_shifts
from console.ui.replay.shift_rows import COLUMNS, HALF_HOUR, ShiftRow, shift_rows, size_text
from console.ui.theme import fonts
from tests.ui.board import NOW, a_board, a_view, ago
from tests.ui.desk import keep
from tests.ui.replaying import SHIFT, Recorded, a_playback

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

OLD = replace(SHIFT, id="s0", name="Night shift A", since=ago(36 * 60), until=ago(24 * 60), size=12_340_000)
GOING = replace(SHIFT, id="now", name="Day shift C", since=ago(90), until=NOW, going=True)


class Room:
    """The list over a plain window."""

    def __init__(self, qtbot: QtBot, *shifts: object) -> None:
        fonts.load()
        self.window = keep(qtbot, QWidget())
        self.window.resize(1_200, 800)
        self.view = a_view()
        self.replays = Recorded(a_board())
        self.replays.choices.set(Choices(shifts))  # type: ignore[arg-type]  # shift lines
        self.list = open_shifts(self.view, self.replays, self.window)
        self.replays.choices.set(Choices(shifts))  # type: ignore[arg-type]  # shift lines
        qtbot.waitExposed(self.list)
        self.field = self.list.findChildren(QLineEdit)[0]

    @property
    def names(self) -> list[str]:
        """The first column."""
        model = self.list.table.rows
        return [str(model.data(model.index(place, 0))) for place in range(model.rowCount())]

    @property
    def said(self) -> str:
        """The words above the rows."""
        found = self.list.findChildren(QLabel)
        return "\n".join(one.text() for one in found if one.isVisibleTo(self.list))


def told(row: ShiftRow, title: str) -> str:
    return next(column.text(row, UNSTARTED) for column in COLUMNS if column.title == title)


def test_a_shift_tells_its_day_hours_and_length_in_its_own_zone() -> None:
    row = shift_rows((SHIFT,), "", "")["shift s1"]
    assert [told(row, title) for title in ("Shift", "Day", "From–to", "Length", "Calls", "Units")] == [
        *("Day shift B", "Mon 23 Nov 2026", "04:30–16:30", "12 h", "66", "12"),
    ]


def test_missing_time_is_told_in_words_and_so_is_a_hold() -> None:
    row = ShiftRow(replace(SHIFT, gaps=timedelta(minutes=12), held=True, held_because="case 12"))
    assert (told(row, "Missing"), told(row, "Remark")) == ("12 min missing", "held: case 12")
    assert told(ShiftRow(SHIFT), "Missing") == "nothing"


def test_a_shift_that_ended_unexpectedly_says_so() -> None:
    assert told(ShiftRow(replace(SHIFT, ended_well=False)), "Remark") == "ended unexpectedly"


@pytest.mark.parametrize(
    ("size", "said"), [(0, ""), (400, "1 kB"), (12_340_000, "12.3 MB"), (2_500_000_000, "2.5 GB")]
)
def test_a_size_is_told_in_decimal_units(size: int, said: str) -> None:
    assert size_text(size) == said


def test_the_running_shift_stands_first_with_a_way_back_of_half_an_hour() -> None:
    assert list(shift_rows((GOING, SHIFT), "", "")) == [
        *("section now", "back now", "shift now", "section earlier", "shift s1"),
    ]


def test_a_shift_that_began_just_now_offers_its_start_only() -> None:
    fresh = replace(GOING, since=ago(10))
    assert list(shift_rows((fresh,), "", "")) == ["section now", "shift now"]


@pytest.mark.parametrize("wanted", ["night", "2026-11-22", "sun 22", "NIGHT demo"])
def test_the_field_finds_by_name_day_and_agency(wanted: str) -> None:
    assert list(shift_rows((SHIFT, OLD), "", wanted)) == ["shift s0"]


def test_the_list_asks_for_the_shifts_and_says_so(qtbot: QtBot) -> None:
    room = Room(qtbot)
    assert room.replays.asked == 1
    room.replays.choices.set(Choices(asking=True))
    assert room.said == ASKING


def test_no_shift_at_all_says_why_and_what_to_do(qtbot: QtBot) -> None:
    assert Room(qtbot).said == EMPTY


def test_trouble_is_told_and_can_be_tried_again(qtbot: QtBot) -> None:
    room = Room(qtbot)
    room.replays.choices.set(Choices(trouble="The archive cannot be reached: check the network."))
    assert room.said == "The archive cannot be reached: check the network."
    next(b for b in room.list.findChildren(QPushButton) if b.text() == "Read again").click()
    assert room.replays.asked == 2


def test_rows_that_are_held_back_by_the_field_are_told(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT)
    room.field.setText("xyz")
    assert "No shift matches «xyz»" in room.said


def test_enter_in_the_field_opens_the_first_shift_that_is_found(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT, OLD)
    QTest.keyClicks(room.field, "night")
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.replays.opened == [("s0", None)]


def test_arrow_and_enter_open_the_row_of_the_keyboard(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT, OLD)
    QTest.keyClick(room.field, Qt.Key.Key_Down)
    QTest.keyClick(room.list.table, Qt.Key.Key_Down)
    QTest.keyClick(room.list.table, Qt.Key.Key_Return)
    assert room.replays.opened == [("s0", None)]


def test_a_click_marks_a_row_and_a_double_click_opens_it(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT, OLD)
    spot = room.list.table.visualRect(room.list.table.rows.index(1, 0)).center()
    QTest.mouseClick(room.list.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert room.replays.opened == []
    QTest.mouseDClick(room.list.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert room.replays.opened == [("s0", None)]


def test_half_an_hour_back_opens_the_running_shift_there(qtbot: QtBot) -> None:
    room = Room(qtbot, GOING, SHIFT)
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.replays.opened == [("now", NOW - HALF_HOUR)]


def test_the_list_stays_until_the_shift_is_on_the_screen(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT)
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert "Opening Day shift B." in room.said
    assert room.list.isVisible()
    room.replays.play(a_playback(SHIFT))
    assert not room.list.isVisible()


def test_a_shift_that_cannot_be_opened_says_why_and_keeps_the_list(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT)
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    room.replays.choices.set(Choices((SHIFT,), trouble="Damaged after 15:40."))
    assert "Damaged after 15:40." in room.said
    assert room.list.isVisible()


def test_the_shift_on_the_screen_is_marked_and_opening_it_only_closes_the_list(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT, OLD)
    room.replays.play(a_playback(SHIFT))
    assert "on the screen" in room.list.table.rows.plain(0)
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert (room.replays.opened, room.list.isVisible()) == ([], False)


def test_asked_for_again_the_open_list_comes_to_the_front(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT)
    assert open_shifts(room.view, room.replays, room.window) is room.list
    assert len(room.window.findChildren(ShiftsList)) == 1


def test_the_closed_list_watches_nothing(qtbot: QtBot) -> None:
    room = Room(qtbot, SHIFT)
    QTest.keyClick(room.list, Qt.Key.Key_Escape)
    watched = (room.replays.choices.watched, room.replays.playing.watched, room.view.watched)
    assert watched == (0, 0, 0)
