"""Ctrl+P: where the handover goes is asked for without holding up the board, and how it went is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency
from console.ui.frame.banner import Banner
from console.ui.frame.command import CommandBar
from console.ui.handover.handing import NO_PRINTER, Handing, print_handover, taken
from tests.ui.board import a_board, a_call, a_unit, alarmed, an_alarm
from tests.ui.desk import Desk, undress
from tests.ui.replaying import Recorded

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

AGENCY = {"city-cad": Agency("Demo", "America/Denver", shift="Day shift B")}
BOARD = alarmed(
    a_board([a_call(1042)], [a_unit("star1")], agencies=AGENCY),
    an_alarm("pending_too_long", "c1042", name="1042"),
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """An open window."""
    yield Desk(qtbot, BOARD).open()
    undress(qapp)


def dialog_of(desk: Desk) -> QFileDialog:
    (dialog,) = (one for one in desk.window.findChildren(QFileDialog) if one.isVisible())
    return dialog


def told(desk: Desk) -> str:
    banner = desk.window.findChildren(Banner)[0]
    return "\n".join(label.text() for label in banner.findChildren(QLabel))


def test_ctrl_p_offers_a_name_from_time_agency_and_shift_and_holds_nothing_up(desk: Desk) -> None:
    desk.press(Qt.Key.Key_P, CTRL)
    dialog = dialog_of(desk)
    assert dialog.windowModality() is not Qt.WindowModality.ApplicationModal
    assert "masked" in dialog.windowTitle()
    assert Path(dialog.selectedFiles()[0]).name == "handover 2026-11-23 1630 Demo Day shift B.pdf"
    dialog.reject()


def test_ctrl_p_writes_the_board_of_that_moment_and_says_where(desk: Desk, tmp_path: Path) -> None:
    desk.press(Qt.Key.Key_P, CTRL)
    dialog, file = dialog_of(desk), tmp_path / "handover.pdf"
    desk.store.set(replace(BOARD, open_calls={}))
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    assert file.read_bytes().startswith(b"%PDF-")
    assert f"The handover is saved as {file}: 1 open call, 1 team, 1 alarm." in told(desk)
    assert [one.name for one in tmp_path.iterdir()] == ["handover.pdf"]


def test_its_figures_can_be_read_out_of_the_file_whatever_the_type_of_the_window(
    desk: Desk, tmp_path: Path
) -> None:
    file, document, said = tmp_path / "handover.pdf", QPdfDocument(), list[str]()
    Handing(taken(BOARD, "m.ruiz", None), said.append).save(str(file))
    document.load(str(file))
    text = document.getAllText(0).text()
    document.close()
    assert "Shift handover, Mon 23 Nov 2026 16:30:12" in text


def test_a_folder_that_is_not_there_is_told_with_what_to_do(desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    Handing(taken(BOARD, "m.ruiz", None), said.append).save(str(tmp_path / "gone" / "handover.pdf"))
    assert said[0].startswith("The handover could not be saved as ")
    assert "Choose another folder" in said[0]


def test_printing_is_offered_in_the_command_bar(desk: Desk) -> None:
    desk.window.command.open()
    QTest.keyClicks(desk.window.command.findChildren(QLineEdit)[0], "print the hand")
    assert "Print the handover" in desk.window.findChildren(CommandBar)[0].table.rows.plain(0)


def test_where_there_is_no_printer_that_is_told_with_what_to_do(desk: Desk) -> None:
    said: list[str] = []
    print_handover(taken(BOARD, "m.ruiz", None), desk.window, said.append, list)
    assert said == [NO_PRINTER]


def test_it_is_printed_on_the_printer_that_was_chosen(desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    dialog = Handing(taken(BOARD, "m.ruiz", None), said.append).choose(desk.window)
    assert dialog.windowModality() is not Qt.WindowModality.ApplicationModal
    printer, file = QPrinter(), tmp_path / "printed.pdf"
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    dialog.accepted.emit(printer)
    dialog.reject()
    assert file.read_bytes().startswith(b"%PDF-")
    assert "page, 1 open call," in said[0]


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_told(desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))
    Handing(taken(BOARD, "m.ruiz", None), said.append).put_on(printer)
    assert "could not be printed" in said[0]


def test_the_handover_of_a_replay_says_so_and_names_the_recorded_shift() -> None:
    replays = Recorded(BOARD)
    replays.play()
    found = taken(replace(BOARD, agencies={}), "m.ruiz", replays)
    assert found.occasion.mark == "REPLAY Mon 23 Nov 2026"
    assert (found.occasion.agency, found.occasion.shift) == ("Demo", "Day shift B")
    assert found.occasion.by == "m.ruiz"
