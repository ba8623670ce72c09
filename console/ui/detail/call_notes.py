"""Notes of people at the console about one call: as lines of its card, and the field to add one."""

import textwrap
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from console.domain.events import Noted
from console.ui.detail.card_lines import Line
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, masked

ADD = "Add a note"
NOTE_LIMIT = 4_000
"""Characters that can be typed."""

_TIP_WIDTH = 90


def note_lines(notes: Iterable[Noted], now: Present, *, revealed: bool) -> Iterator[Line]:
    """Each note with its moment and its author; a note may name a person, so it is masked as the call's text is."""
    for note in notes:
        if revealed:
            whole = "\n".join(textwrap.wrap(note.text.replace("\0", ""), _TIP_WIDTH))
            yield Line(now.exact(note.at), isolated(note.text), isolated(note.who), note=whole)
        else:
            yield Line(now.exact(note.at), masked(note.text), isolated(note.who))


class NoteField(QWidget):
    """One line on a call's card; ``written`` is emitted with the call and the text.

    What was typed and not saved stands there again when the call is selected again.
    """

    written = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._field = QLineEdit()
        self._field.setPlaceholderText(f"{ADD}; Enter saves it")
        self._field.setAccessibleName(f"{ADD} about this call")
        self._field.setMaxLength(NOTE_LIMIT)
        self._field.returnPressed.connect(self._save)
        self._call = ""
        self._drafts: dict[str, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field)

    def show_call(self, call: str) -> None:
        """Notes are about this call from here on."""
        if call == self._call:
            return
        self._drafts[self._call] = self._field.text()
        self._call = call
        self._field.setText(self._drafts.pop(call, ""))

    def _save(self) -> None:
        text = self._field.text().strip()
        if text and self._call:
            self._field.clear()
            self.written.emit(self._call, text)
