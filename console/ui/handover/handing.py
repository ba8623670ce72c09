"""Hands the shift over on paper: the board as it stands goes into a PDF or to a printer, and goes on meanwhile."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from console.domain.state import State
from console.reports.file import put
from console.reports.handover.content import handover
from console.reports.handover.lines import Handover, Occasion
from console.reports.handover.naming import ENDING, file_name
from console.reports.handover.pdf import layout, paper
from console.reports.handover.printing import MASKED, printed, running, written
from console.session.replays import Replays
from console.ui.parts.masking import isolated, joined
from console.ui.replay.saving import mark_of

KIND = f"Page to print (*{ENDING})"
NO_PRINTER = (
    "No printer is set up on this workstation, so the handover was not printed."
    " Save it with Ctrl+P and print the file elsewhere."
)
PRINT_IT = "Ctrl+K, Print the handover, puts it on paper."

Say = Callable[[str], None]
Printers = Callable[[], list[str]]


def taken(state: State, who: str, replays: Replays | None) -> Handover:
    """The handover of the board on the screen, in the name of ``who``."""
    playing = replays.playing.value if replays else None
    shift = playing.shift if playing else None
    occasion = Occasion(
        by=who,
        mark=mark_of(state, replays),
        agency=shift.agency if shift else "",
        shift=shift.name if shift else "",
    )
    return handover(state, occasion)


class Handing:
    """One handover on its way to a file or to a printer; ``say`` tells how it went."""

    def __init__(self, found: Handover, say: Say) -> None:
        self._found, self._say = found, say
        self._printer: QPrinter | None = None

    def ask(self, window: QWidget) -> QFileDialog:
        """Ask where to; a folder of the person's own is offered."""
        title = joined((self._found.occasion.mark, "Save the handover", MASKED))
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        offered = str(Path(folder) / f"{file_name(self._found)}{ENDING}")
        dialog = QFileDialog(window, title, offered, KIND)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        dialog.selectFile(offered)
        dialog.fileSelected.connect(partial(self.save))  # Qt would not keep the object of a method
        dialog.open()
        return dialog

    def save(self, file: str) -> None:
        """Write the file, whole or not at all."""
        try:
            put(Path(file), written(self._found, QLocale()))
        except OSError as error:
            self._say(
                f"The handover could not be saved as {isolated(file)}: {error.strerror or type(error).__name__}."
                " Choose another folder, or free some space, and save it again."
            )
        else:
            self._say(f"The handover is saved as {isolated(file)}: {self._counted()}. {PRINT_IT}")

    def choose(self, window: QWidget) -> QPrintDialog:
        """Ask which printer."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(running(self._found).title)
        printer.setPageLayout(layout(paper(QLocale())))
        self._printer = printer  # the dialog does not keep it
        dialog = QPrintDialog(printer, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self.put_on))
        QDialog.open(dialog)  # the dialog's own `open` wants a slot by name
        return dialog

    def put_on(self, printer: QPrinter) -> None:
        """Print it."""
        pages = printed(self._found, printer)
        where = isolated(printer.printerName()) or "the printer"
        if pages:
            self._say(f"The handover went to {where}: {_many(pages, 'page')}, {self._counted()}.")
        else:
            self._say(
                f"The handover could not be printed on {where}. See whether it is switched on and has paper,"
                " or save it with Ctrl+P and print the file elsewhere."
            )

    def _counted(self) -> str:
        found = self._found
        ours = sum(not call.elsewhere for call in found.calls)
        counts = ((ours, "open call"), (len(found.teams), "team"), (len(found.alarms), "alarm"))
        return ", ".join(_many(count, what) for count, what in counts)


def save_handover(found: Handover, window: QWidget, say: Say) -> None:
    """Ask where the PDF goes, and write it."""
    Handing(found, say).ask(window)


def print_handover(found: Handover, window: QWidget, say: Say, printers: Printers) -> None:
    """Ask which printer, where there is one."""
    if printers():
        Handing(found, say).choose(window)
    else:
        say(NO_PRINTER)


def known_printers() -> list[str]:
    """The printers of this workstation; asked only when somebody wants to print, as it may take a moment."""
    return list(QPrinterInfo.availablePrinterNames())


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
