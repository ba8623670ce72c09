"""The first page: three ways to a board, each one step away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.ui.look.look import Look
from console.ui.parts.labels import label
from console.ui.welcome.step_list import StepList
from console.ui.welcome.trying import StepState, Trial

_HERE = "This workstation has no source yet. Choose where the board comes from."
_WIDE = 620
"""Pixels at 100 % that a line of choices may take: longer lines are hard to read."""

_OFFERS = (
    (
        "connect",
        "Connect to a dispatch API",
        "Read the calls and units of your agency. The console only reads: nothing is ever sent to dispatch.",
    ),
    ("shift", "Open a shift", "See a past shift from an open-data file, served again as if it were live."),
    ("demo", "Try the demo", "See the board of a city that never was. Nothing leaves this workstation."),
)


class Choices(QWidget):
    """The three offers. ``chosen`` says which one was taken: ``connect``, ``shift`` or ``demo``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offers = {name: Offer(name, title, about) for name, title, about in _OFFERS}
        self._steps = StepList()
        self._title = label(self, "figure", "SMART Console")
        self._here = label(self, "value", _HERE)
        self._column = QVBoxLayout()
        self._lay_out()
        for offer in self._offers.values():
            offer.taken.connect(self.chosen)

    def _lay_out(self) -> None:
        self._column.addWidget(self._title)
        self._column.addWidget(self._here)
        for offer in self._offers.values():
            self._column.addWidget(offer)
        self._column.addWidget(self._steps)
        frame = QVBoxLayout(self)
        frame.addStretch(2)
        self._middle = QWidget(self)
        self._middle.setLayout(self._column)
        frame.addWidget(self._middle, 0, Qt.AlignmentFlag.AlignHCenter)
        frame.addStretch(3)

    def begin(self) -> None:
        """The page comes up: the keyboard is at the first offer."""
        self.show_trial(Trial())
        self._offers["connect"].setFocus()

    def show_trial(self, trial: Trial) -> None:
        """How the start of the demo goes; meanwhile nothing else can be chosen."""
        self._steps.show_steps(trial.steps)
        busy = any(step.state in (StepState.RUNNING, StepState.OK) for step in trial.steps)
        for offer in self._offers.values():
            offer.setDisabled(busy)

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        sizes = look.sizes
        self._steps.wear(look)
        self._middle.setFixedWidth(sizes.px(_WIDE))
        self._column.setSpacing(sizes.grid(3))
        for offer in self._offers.values():
            offer.wear(look)


class Offer(QPushButton):
    """One offer: what it is, and what comes of it."""

    taken = Signal(str)

    def __init__(self, name: str, title: str, about: str) -> None:
        super().__init__()
        self._name = name
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        lines = (label(self, "lead", title), label(self, "value", about))
        self._column = QVBoxLayout(self)
        for line in lines:
            line.setWordWrap(True)
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(line)
        self.clicked.connect(self._take)

    def wear(self, look: Look) -> None:
        """Take the spacing of another scale."""
        self._column.setSpacing(look.sizes.grid(1))
        self._column.setContentsMargins(*(look.sizes.grid(4), look.sizes.grid(3)) * 2)

    def _take(self) -> None:
        self.taken.emit(self._name)

    @override
    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()
