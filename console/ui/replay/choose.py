"""The list of recorded shifts: find one, open it. It is not modal, and stays until the shift is on the screen."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.session.playing import Playing
from console.session.replays import Choices, Replays
from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import UNSTARTED
from console.ui.parts.labels import label
from console.ui.parts.masking import isolated
from console.ui.replay.shift_rows import COLUMNS, RULES, ShiftRow, shift_rows
from console.ui.replay.words import SHIFTS
from console.ui.table.table import RowsTable

TITLE = "Replay a shift"

ASKING = "Reading which shifts there are."
EMPTY = (
    "No shift is recorded yet. The status line says whether this console records; "
    "past calls come in with: smart-console import FILE"
)
UNMATCHED = "No shift matches «{}». Try a day (2026-11-19), a name or an agency, or clear the field."
OPENING = "Opening {}."
ABOUT = "Enter or a double click opens."
GOES_ON = "The live board goes on meanwhile."

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDE, _TALL = 1_040, 480


class ShiftsList(QDialog):
    """Recorded shifts; `open_shifts` makes it."""

    def __init__(self, view: Store[View], replays: Replays, window: QWidget) -> None:
        super().__init__(window)
        self._replays = replays
        self._look = Look(*look_of(view.value))
        self._field, self._again = QLineEdit(), QPushButton("Read again")
        self._about, self._said = label(self, "muted"), label(self, "value")
        self.table = RowsTable(COLUMNS, RULES, self._look, 2)
        self._rows: Mapping[str, ShiftRow] = {}
        self._wanted = ""
        self._lay_out(window.size())
        self._connect()
        self.finished.connect(self._ended)
        replays.ask()
        self._unwatch = (
            view.watch(look_of, self._wear),
            replays.choices.watch(lambda choices: choices, self._chosen_from),
            replays.playing.watch(_on_screen, self._put_on),
        )

    def _lay_out(self, over: QSize) -> None:
        sizes = self._look.sizes
        self.setObjectName(SHIFTS)
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self._field.setPlaceholderText("Find a shift: day, name, agency")
        self._field.setAccessibleName("Find a shift")
        self._field.setClearButtonEnabled(True)
        self.table.setAccessibleName("Recorded shifts")
        self._about.setText(f"{ABOUT} {GOES_ON}" if self._replays.live is not None else ABOUT)
        self._said.setWordWrap(True)
        self._again.setAutoDefault(False)
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.setContentsMargins(sizes.grid(3), 0, sizes.grid(3), 0)
        head.addWidget(self._field, 1)
        head.addWidget(self._again)
        column.setContentsMargins(0, sizes.grid(3), 0, 0)
        column.setSpacing(sizes.grid(2))
        column.addLayout(head)
        for words in (self._said, self._about):
            words.setContentsMargins(sizes.grid(3), 0, sizes.grid(3), 0)
            column.addWidget(words)
        column.addWidget(self.table, 1)
        self.resize(min(sizes.px(_WIDE), over.width() - 32), min(sizes.px(_TALL), over.height() - 64))

    def _connect(self) -> None:
        self._field.textChanged.connect(self._filter)
        self._again.clicked.connect(self._ask_again)
        self.table.picked.connect(self.table.select)
        self.table.doubleClicked.connect(self._open_clicked)
        for widget in (self._field, self.table):
            widget.installEventFilter(self)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        self.table.wear(self._look)

    def _ask_again(self) -> None:
        self._wanted = ""
        self._replays.ask()

    def _filter(self, _text: str) -> None:
        self._show()

    def _chosen_from(self, choices: Choices) -> None:
        if choices.trouble:
            self._wanted = ""
        self._show()

    def _put_on(self, shift: str) -> None:
        """A shift came on the screen: the one that was asked for closes the list."""
        if self._wanted and shift == self._wanted:
            self.close()
        else:
            self._show()

    def _show(self) -> None:
        choices, playing = self._replays.choices.value, self._replays.playing.value
        self._rows = shift_rows(choices.shifts, _on_screen(playing), self._field.text())
        self.table.show_rows(self._rows, UNSTARTED)
        self.table.settle()
        self.table.select(next((key for key, row in self._rows.items() if row.shown), ""))
        said = self._words(choices)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.table.setVisible(bool(self._rows))
        self._about.setVisible(bool(self._rows) and not self._wanted)

    def _words(self, choices: Choices) -> str:
        """What is to be said above the rows: trouble, waiting, or why there is none."""
        if choices.trouble:
            return choices.trouble
        if self._wanted:
            return OPENING.format(self._named(choices))
        if choices.asking and not choices.shifts:
            return ASKING
        if not choices.shifts:
            return EMPTY
        return "" if self._rows else UNMATCHED.format(isolated(self._field.text()))

    def _named(self, choices: Choices) -> str:
        return next((isolated(one.name) for one in choices.shifts if one.id == self._wanted), "the shift")

    def _open_clicked(self, index: QModelIndex) -> None:
        self._open(self.table.rows.id(index.row()))

    def _open(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None or row.shift is None:
            return
        if row.back is not None:
            self._wanted = row.shift.id
            self._replays.open(row.shift.id, row.shift.until - row.back)
        elif row.shown:
            self.close()
        else:
            self._wanted = row.shift.id
            self._replays.open(row.shift.id)
        self._put_on(_on_screen(self._replays.playing.value))

    def _first(self) -> str:
        """What was found, for who stays in the field."""
        return next((key for key, row in self._rows.items() if row.shift is not None), "")

    def _current(self) -> str:
        """The row where the keyboard is."""
        at = self.table.currentIndex()
        return self.table.rows.id(at.row()) if at.isValid() else self._first()

    def _ended(self, _result: int) -> None:
        for unwatch in self._unwatch:
            unwatch()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self._open(self._first() if watched is self._field else self._current())
                return True
            if watched is self._field and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.table.setFocus()
                self.table.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)


def _on_screen(playing: Playing | None) -> str:
    return playing.shift.id if playing else ""


def open_shifts(view: Store[View], replays: Replays, window: QWidget) -> ShiftsList:
    """Show the list over ``window``, or bring it to the front and read anew."""
    for held in window.findChildren(ShiftsList):
        if held.isVisible():
            held.raise_()
            held.activateWindow()
            replays.ask()
            return held
    made = ShiftsList(view, replays, window)
    made.show()
    return made
