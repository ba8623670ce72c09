"""Connect to a dispatch API: what it is on the left, how the trial goes on the right, and then its board."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from console.ui.look.look import Look
from console.ui.parts.announce import announce
from console.ui.parts.labels import label
from console.ui.welcome.peek import Peek
from console.ui.welcome.source_form import SourceForm
from console.ui.welcome.step_list import StepList
from console.ui.welcome.trying import Field, Kind, StepState, Trial

_ABOUT = (
    "Enter where your agency's data are, then try it. Nothing is saved before they have come,"
    " and nothing is ever sent to dispatch."
)
_SIDE = 320
"""Pixels at 100 % of the column of fields."""

_OPENS = "Saves this source on this workstation and opens the live board."
_NOT_YET = "Opens the board once calls, units or positions have answered."


class ConnectPage(QWidget):
    """``tried`` is emitted with what a person `Entered`, ``wanted`` when the board is to be opened."""

    tried = Signal(object)
    wanted = Signal()
    left = Signal()

    def __init__(self, kinds: tuple[Kind, ...], look: Look, *, keyring: bool, zone: str) -> None:
        super().__init__()
        self._form = SourceForm(kinds, keyring=keyring, zone=zone)
        self._steps, self._peek = StepList(), Peek(look)
        self._back, self._try = QPushButton("Back"), QPushButton("Try it")
        self._open = QPushButton("Open the board")
        self._trouble = label(self, "value", tone="p2")
        self._why = label(self, "muted", _NOT_YET)
        self._about = label(self, "value", _ABOUT)
        self._side, self._main, self._acts = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._scroll = _scrolled(self._upper())
        self._lay_out()
        self._form.returned.connect(self._tried)
        self._try.clicked.connect(self._tried)
        self._back.clicked.connect(self.left)
        self._open.clicked.connect(self.wanted)
        self._pointed: Field | None = None
        self.show_trial(Trial())

    def _lay_out(self) -> None:
        for text in (self._about, self._trouble, self._why):
            text.setWordWrap(True)
        self._side.addWidget(label(self, "lead", "Connect to a dispatch API"))
        self._side.addWidget(self._form)
        self._side.addStretch(1)
        ends = QHBoxLayout()
        ends.addWidget(self._why, 1)
        ends.addWidget(self._open)
        self._main.addWidget(self._scroll, 1)
        self._main.addWidget(self._trouble)
        self._main.addLayout(ends)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        fields = QWidget()
        fields.setLayout(self._side)
        self._left = _scrolled(fields)
        self._acts.addWidget(self._try)
        self._acts.addWidget(self._back)
        left = QVBoxLayout()
        left.addWidget(self._left, 1)
        left.addLayout(self._acts)
        row.addLayout(left)
        row.addWidget(QFrame(frameShape=QFrame.Shape.VLine))
        row.addLayout(self._main, 1)

    def _upper(self) -> QWidget:
        upper = QWidget()
        self._column = column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self._about, self._steps, self._peek):
            column.addWidget(part)
        column.addStretch(1)
        return upper

    def begin(self) -> None:
        """The page comes up: the keyboard is at the first field."""
        self.show_trial(Trial())
        self._form.begin()

    def try_at(self, url: str) -> None:
        """Enter an address and try it, as a person would."""
        self._form.fill(url)
        self._tried()

    def _tried(self) -> None:
        self._trouble.hide()
        self.tried.emit(self._form.read())

    def show_trial(self, trial: Trial) -> None:
        """How the trial goes."""
        self._about.setVisible(not trial.steps)
        self._steps.show_steps(trial.steps)
        self._point(next((step.field for step in trial.steps if step.field), None))
        settled = trial.ready and not any(step.state is StepState.RUNNING for step in trial.steps)
        self._why.setText(_OPENS if trial.ready else _NOT_YET)
        if trial.ready is not self._open.isEnabled():
            self._open.setEnabled(trial.ready)
            announce(self, "The source answers: the board can be opened." if trial.ready else _NOT_YET)
        self._peek.setVisible(trial.ready)
        if trial.ready and trial.board is not None:
            self._peek.show_board(trial.board)
        if settled and self._try.hasFocus():
            self._open.setFocus()

    def _point(self, field: Field | None) -> None:
        """Show the field that a step names, once for each time that it comes to be named."""
        if field is not None and field is not self._pointed:
            row = self._form.point(field)
            QTimer.singleShot(0, self, partial(self._left.ensureWidgetVisible, row))
        self._pointed = field

    def say(self, trouble: str) -> None:
        """What went wrong with opening the board, and what to do."""
        self._trouble.setText(f"Not saved: {trouble}")
        self._trouble.show()

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        sizes = look.sizes
        for part in (self._form, self._steps, self._peek):
            part.wear(look)
        self._left.setFixedWidth(sizes.px(_SIDE))
        self._column.setSpacing(sizes.grid(4))
        for column in (self._side, self._main, self._acts):
            column.setContentsMargins(*(sizes.grid(4),) * 4)
            column.setSpacing(sizes.grid(3))


def _scrolled(content: QWidget) -> QScrollArea:
    """``content`` in a frame that scrolls where large type does not fit; only the content takes the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
