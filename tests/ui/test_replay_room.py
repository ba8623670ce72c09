"""Recorded shifts in the window: marks, notes, lists and the debrief, on the live board and in a replay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.domain.due import Can
from console.domain.events import Bookmarked, Noted
from console.domain.state import State
from console.session.replays import Choices
from console.session.store import Store
from console.ui.figures.listing import Listing
from console.ui.frame.banner import Banner
from console.ui.frame.command import CommandBar
from console.ui.frame.dock import Popped
from console.ui.frame.window import ConsoleWindow, Panels
from console.ui.look.view import View
from console.ui.replay.choose import ShiftsList
from console.ui.replay.room import ASKED_ELSEWHERE, NOT_ASKED, NOT_RECORDED
from console.ui.replay.saving import KINDS, Saving, saving
from console.ui.replay.writing import Writing
from console.ui.theme import fonts
from tests.ui.board import Acts, a_board, a_call, a_view, ago, later
from tests.ui.desk import Desk, Fit, Plain, keep, undress
from tests.ui.replaying import Recorded

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

BOARD = replace(
    a_board([a_call(1042)]),
    notes=(Noted(ago(20), "Ada Fenn is upset", "ann", "c1042"), Noted(ago(5), "Channel 2 is noisy", "bo")),
    bookmarks=(Bookmarked(ago(10), "which team?", "ann"),),
)


class Room:
    """A whole window with recorded shifts."""

    def __init__(self, qtbot: QtBot) -> None:
        fonts.load()
        self.qtbot = qtbot
        self.store: Store[State] = Store(BOARD)
        self.view: Store[View] = a_view()
        self.verbs, self.replays = Acts(), Recorded(BOARD)
        panels = Panels(
            *(
                Plain("attention"),
                Plain("calls"),
                Plain("map"),
                Plain("metrics"),
                Plain("teams"),
                Plain("detail"),
                Fit(),
            )
        )
        self.window = ConsoleWindow(self.store, self.view, self.verbs, panels, None, self.replays)
        keep(qtbot, self.window)
        self.window.resize(1_600, 900)
        self.window.show()
        qtbot.waitExposed(self.window)
        qtbot.wait(20)

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        QApplication.processEvents()

    def do(self, act: str) -> None:
        """What the command bar does with that act."""
        self.window.room.does[act]()

    @property
    def writing(self) -> Writing:
        """The open field for a bookmark or a note."""
        (found,) = (one for one in self.window.findChildren(Writing) if one.isVisible())
        return found

    @property
    def field(self) -> QLineEdit:
        """Its line."""
        return self.writing.findChildren(QLineEdit)[0]

    @property
    def told(self) -> str:
        """What the banner says."""
        return "\n".join(label.text() for label in self.window.findChildren(Banner)[0].findChildren(QLabel))


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication) -> Iterator[Room]:
    """A window on the live board."""
    yield Room(qtbot)
    undress(qapp)


def rows(listing: Listing) -> list[str]:
    return [listing.table.rows.plain(place) for place in range(listing.table.rows.rowCount())]


def test_b_asks_for_a_label_and_enter_marks_the_moment(room: Room) -> None:
    room.press(Qt.Key.Key_B)
    QTest.keyClicks(room.field, "which team?")
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.verbs.bookmarked == ["which team?"]
    assert not [one for one in room.window.findChildren(Writing) if one.isVisible()]


def test_the_moment_that_will_be_marked_stands_above_the_field_and_goes_on(room: Room) -> None:
    room.do("bookmark")
    lead = room.writing.findChildren(QLabel)[0]
    assert lead.text() == "Bookmark 16:30:12"
    room.store.set(later(BOARD, 3))
    assert lead.text() == "Bookmark 16:30:15"


def test_escape_marks_nothing_and_what_was_typed_stands_there_again(room: Room) -> None:
    room.do("bookmark")
    QTest.keyClicks(room.field, "which te")
    QTest.keyClick(room.field, Qt.Key.Key_Escape)
    assert room.verbs.bookmarked == []
    room.do("bookmark")
    assert room.field.text() == "which te"


def test_a_bookmark_without_a_label_is_not_saved(room: Room) -> None:
    room.do("bookmark")
    QTest.keyClicks(room.field, "   ")
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.verbs.bookmarked == []


def test_a_note_about_the_shift_is_about_no_call(room: Room) -> None:
    room.do("note")
    QTest.keyClicks(room.field, "Channel 2 is noisy")
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.verbs.noted == [("Channel 2 is noisy", "")]


def test_the_list_of_what_was_kept_masks_what_is_said_of_a_call(room: Room) -> None:
    room.do("kept")
    (listing,) = room.window.findChildren(Listing)
    said = rows(listing)
    assert len(said) == 3
    assert "Ada Fenn" not in "".join(said)
    assert "masked" in said[0]
    assert "1042" in said[0]
    assert "which team?" in said[1]
    listing.close()


def test_on_the_live_board_a_note_leads_to_its_call(room: Room) -> None:
    room.do("kept")
    (listing,) = room.window.findChildren(Listing)
    listing.table.picked.emit(listing.table.rows.id(0))
    assert room.view.value.call == "c1042"
    listing.close()


def test_in_a_replay_the_list_knows_what_is_to_come_and_leads_there(room: Room) -> None:
    playback = room.replays.play()
    room.store.set(replace(BOARD, notes=(), bookmarks=()))
    room.do("kept")
    (listing,) = room.window.findChildren(Listing)
    assert "which team?" in rows(listing)[0]
    listing.table.picked.emit(listing.table.rows.id(1))
    assert playback.clock.now() == ago(30)
    listing.close()


def test_f3_lists_the_recorded_shifts(room: Room) -> None:
    room.press(Qt.Key.Key_F3)
    assert [one.isVisible() for one in room.window.findChildren(ShiftsList)] == [True]
    assert room.replays.asked == 1


def test_where_nothing_is_recorded_f3_says_why_and_what_to_do(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(qtbot, BOARD).open()
    desk.press(Qt.Key.Key_F3)
    banner = desk.window.findChildren(Banner)[0]
    said = "".join(label.text() for label in banner.findChildren(QLabel))
    desk.window.close()
    undress(qapp)
    assert NOT_RECORDED in said


def test_a_shift_that_cannot_be_opened_is_told_where_the_list_is_not_open(room: Room) -> None:
    room.replays.choices.set(Choices(trouble="This shift is not being recorded."))
    assert "This shift is not being recorded." in room.told


def test_what_the_list_tells_itself_is_not_told_twice(room: Room) -> None:
    room.do("shifts")
    room.replays.choices.set(Choices(trouble="This shift is not being recorded."))
    assert "not being recorded" not in room.told


def test_the_live_board_asks_its_feeds_at_once(room: Room) -> None:
    room.press(Qt.Key.Key_F5)
    assert room.verbs.refreshed == 1


def test_a_board_that_another_console_records_says_who_asks_its_feeds(room: Room) -> None:
    room.replays.live_can = frozenset({Can.REVEAL})
    room.press(Qt.Key.Key_F5)
    assert room.verbs.refreshed == 0
    assert ASKED_ELSEWHERE in room.told


def test_a_replay_asks_no_feed_and_says_why(room: Room) -> None:
    room.replays.play()
    room.press(Qt.Key.Key_F5)
    assert room.verbs.refreshed == 0
    assert NOT_ASKED in room.told


def test_the_command_bar_says_what_needs_the_live_board(room: Room) -> None:
    room.replays.play()
    room.window.command.open()
    QTest.keyClicks(room.window.command.findChildren(QLineEdit)[0], "ask every feed")
    bar = room.window.findChildren(CommandBar)[0]
    assert "not in a replay" in bar.table.rows.plain(0)


def test_the_window_its_title_and_its_picture_say_replay(room: Room) -> None:
    room.replays.play()
    QApplication.processEvents()
    assert room.window.windowTitle() == "REPLAY Mon 23 Nov 2026 · Demo · SMART Console"
    color = room.window.grab().toImage().pixelColor(2, 400).name().upper()
    assert color == room.view.value.theme.replay


def test_windows_that_were_open_before_the_first_replay_are_framed_too(room: Room) -> None:
    room.window.arrangement.toggle("map")
    room.do("kept")
    room.replays.play()
    (listing,) = room.window.findChildren(Listing)
    (popped,) = room.window.findChildren(Popped)
    assert listing.windowTitle() == "REPLAY Mon 23 Nov 2026 · Notes and bookmarks"
    assert popped.windowTitle() == "REPLAY Mon 23 Nov 2026 · Map"
    listing.close()


def test_the_key_page_leaves_the_ribbon_in_sight(room: Room) -> None:
    room.replays.play()
    room.window.key_page.open()
    top = room.window.key_page.mapTo(room.window, room.window.key_page.rect().topLeft()).y()
    assert top > 24


def dialogs(window: QWidget) -> list[QFileDialog]:
    return [one for one in window.findChildren(QFileDialog) if one.isVisible()]


def test_where_to_save_the_debrief_is_asked_for_without_holding_up_the_board(room: Room) -> None:
    room.replays.play()
    room.do("debrief")
    (dialog,) = dialogs(room.window)
    assert dialog.windowModality() is not Qt.WindowModality.ApplicationModal
    assert dialog.windowTitle().startswith("REPLAY Mon 23 Nov 2026 · ")
    assert "May name persons" in dialog.windowTitle()
    assert Path(dialog.selectedFiles()[0]).name == "debrief 2026-11-23 Demo Day shift B.csv"
    dialog.reject()


def test_a_name_without_an_ending_gets_that_of_the_chosen_kind(room: Room) -> None:
    room.do("debrief")
    (dialog,) = dialogs(room.window)
    assert dialog.defaultSuffix() == "csv"
    dialog.filterSelected.emit(KINDS[1])
    assert dialog.defaultSuffix() == "md"
    dialog.reject()


def test_the_file_that_was_chosen_is_written(room: Room, tmp_path: Path) -> None:
    room.do("debrief")
    (dialog,) = dialogs(room.window)
    dialog.fileSelected.emit(str(tmp_path / "debrief.csv"))
    dialog.reject()
    assert (tmp_path / "debrief.csv").is_file()
    assert "The debrief is saved as" in room.told


def a_saving(said: list[str]) -> Saving:
    return saving(BOARD, None, said.append)


def test_a_debrief_is_written_whole_and_told(tmp_path: Path) -> None:
    said: list[str] = []
    a_saving(said).save(str(tmp_path / "debrief.csv"))
    text = (tmp_path / "debrief.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[2] for line in text.splitlines()[1:]] == ["note", "bookmark", "note"]
    assert said[0].startswith(f"The debrief is saved as {tmp_path / 'debrief.csv'}: 3 entries.")
    assert [file.name for file in tmp_path.iterdir()] == ["debrief.csv"]


def test_a_name_that_ends_in_md_gives_a_text(tmp_path: Path) -> None:
    a_saving([]).save(str(tmp_path / "debrief.md"))
    assert (tmp_path / "debrief.md").read_text(encoding="utf-8").startswith("# Debrief: Demo")


def test_a_debrief_that_cannot_be_written_says_why_and_what_to_do(tmp_path: Path) -> None:
    said: list[str] = []
    a_saving(said).save(str(tmp_path / "none" / "debrief.csv"))
    assert "could not be saved" in said[0]
    assert "Choose another folder" in said[0]


def test_closing_the_window_closes_what_is_open_and_ends_every_watch(room: Room) -> None:
    room.replays.play()
    for act in ("shifts", "bookmark", "note", "kept", "debrief"):
        room.do(act)
    room.window.close()
    stores = (room.store, room.view, room.replays.playing, room.replays.choices, room.replays.live)
    assert [store.watched for store in stores if store is not None] == [0] * 5
    kinds = (ShiftsList, Writing, Listing, QFileDialog)
    assert not any(one.isVisible() for kind in kinds for one in room.window.findChildren(kind))
