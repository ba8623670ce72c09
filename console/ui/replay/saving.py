"""Saves the debrief: where to is asked for without holding up the board, and what goes wrong is told."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from console.domain.state import State
from console.reports.debrief import ENDINGS, PERSONAL, Debrief, debrief, file_name, written
from console.reports.file import put
from console.session.elsewhere import board_at
from console.session.playing import Playing
from console.session.replays import Replays
from console.ui.parts.masking import joined
from console.ui.replay.words import title_mark

KINDS = ("Table for a spreadsheet (*.csv)", "Text with headings (*.md)")

Say = Callable[[str], None]


class Saving:
    """One debrief on its way to a file; ``say`` tells how it went."""

    def __init__(self, found: Debrief, name: str, say: Say) -> None:
        self._found, self._name, self._say = found, name, say

    def ask(self, window: QWidget, mark: str) -> QFileDialog:
        """Ask where to; the board goes on meanwhile."""
        title = joined((mark, "Save the debrief", PERSONAL))
        dialog = QFileDialog(window, title, f"{self._name}{ENDINGS[0]}", ";;".join(KINDS))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDINGS[0].removeprefix("."))
        dialog.filterSelected.connect(partial(_end_as, dialog))
        dialog.fileSelected.connect(partial(self.save))  # Qt would not keep the object of a method
        dialog.open()
        return dialog

    def save(self, file: str) -> None:
        """Write the file, whole or not at all."""
        path = Path(file)
        try:
            put(path, written(self._found, path.name))
        except OSError as error:
            self._say(
                f"The debrief could not be saved as {file}: {error.strerror or type(error).__name__}."
                " Choose another folder, or free some space, and save it again."
            )
        else:
            self._say(f"The debrief is saved as {file}: {len(self._found.entries)} entries. {PERSONAL}")


def saving(state: State, replays: Replays | None, say: Say) -> Saving:
    """The debrief of the shift on the screen, in a replay up to the shift's end."""
    playing = replays.playing.value if replays else None
    title, zone = _named(state, playing)
    since = playing.shift.since if playing else state.window_from or state.second
    if playing is not None and replays is not None and replays.playback is not None:
        state = board_at(replays.playback.session.source, playing.shift.until)
    track = playing.track if playing else None
    return Saving(debrief(title, zone, state, track), file_name(title, since, zone), say)


def mark_of(state: State, replays: Replays | None) -> str:
    """What stands before the dialog's title, which may be drawn by the desktop itself."""
    playing = replays.playing.value if replays else None
    return title_mark(playing, state.second) if playing else ""


def _named(state: State, playing: Playing | None) -> tuple[str, str]:
    if playing is not None:
        return joined((playing.shift.agency, playing.shift.name)), playing.shift.timezone
    agency = state.agency
    return (joined((agency.name, agency.shift)), agency.timezone) if agency else ("", "")


def _end_as(dialog: QFileDialog, kind: str) -> None:
    """A name without an ending gets that of the chosen kind."""
    ending = next((ending for ending in ENDINGS if f"*{ending}" in kind), ENDINGS[0])
    dialog.setDefaultSuffix(ending.removeprefix("."))
