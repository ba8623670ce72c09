"""A small window to write one line down in: a bookmark, or a note about the shift."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.domain.state import State
from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.parts.labels import label

BOOKMARK_LIMIT = 200
NOTE_LIMIT = 4_000
"""Characters that can be typed; far below what an event may hold."""

_WIDE = 420


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one such window is for: ``about`` stands in its empty field, ``save`` takes the text."""

    name: str
    title: str
    about: str
    limit: int
    save: Callable[[str], None]


def bookmark(save: Callable[[str], None]) -> Wanted:
    """What asks for the label of a bookmark."""
    about = "What is it? For example: decision, which team?"
    return Wanted("bookmark", "Bookmark", about, BOOKMARK_LIMIT, save)


def note(save: Callable[[str], None]) -> Wanted:
    """What asks for a note about the shift."""
    return Wanted("note", "Note", "A note about the shift; no names of callers", NOTE_LIMIT, save)


class Writing(QDialog):
    """Enter saves; Esc closes, and what was typed stands there again the next time.

    The moment above the field goes on with the board: it is the one that is saved.
    """

    def __init__(self, store: Store[State], view: Store[View], wanted: Wanted, window: QWidget) -> None:
        super().__init__(window)
        self._store, self._wanted = store, wanted
        self._field, self._save = QLineEdit(), QPushButton("Save")
        self._lead = label(self, "lead")
        self._lay_out(Look(*look_of(view.value)))
        self._field.textChanged.connect(self._fit)
        self._save.clicked.connect(self._keep)
        self.finished.connect(self._ended)
        self._fit()
        self._unwatch: Callable[[], None] | None = None

    def _lay_out(self, look: Look) -> None:
        sizes = look.sizes
        self.setObjectName(self._wanted.name)
        self.setWindowTitle(self._wanted.title)
        self._field.setMaxLength(self._wanted.limit)
        self._field.setPlaceholderText(self._wanted.about)
        self._field.setAccessibleName(self._wanted.about)
        self._save.setDefault(True)
        line, column = QHBoxLayout(), QVBoxLayout(self)
        line.addWidget(self._field, 1)
        line.addWidget(self._save)
        column.setContentsMargins(*(sizes.grid(3),) * 4)
        column.setSpacing(sizes.grid(2))
        column.addWidget(self._lead)
        column.addLayout(line)
        self.setMinimumWidth(sizes.px(_WIDE))

    def _tell(self, _second: object) -> None:
        state = self._store.value
        self._lead.setText(f"{self._wanted.title} {present(state.second, state.agency).exact(state.second)}")

    def _fit(self) -> None:
        self._save.setEnabled(bool(self._field.text().strip()))

    def _keep(self) -> None:
        text = self._field.text().strip()
        if text:
            self._wanted.save(text)
            self._field.clear()
            self.accept()

    def _ended(self, _result: int) -> None:
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None

    def open_here(self) -> None:
        """Show it with the keyboard in the field."""
        if self._unwatch is None:
            self._unwatch = self._store.watch(lambda state: state.second, self._tell)
        self.show()
        self.raise_()
        self.activateWindow()
        self._field.setFocus()


def write(store: Store[State], view: Store[View], wanted: Wanted, window: QWidget) -> Writing:
    """Open the window for ``wanted``; what was typed and not saved before stands in it again."""
    held = window.findChild(Writing, wanted.name)
    made = held if isinstance(held, Writing) else Writing(store, view, wanted, window)
    made.open_here()
    return made
