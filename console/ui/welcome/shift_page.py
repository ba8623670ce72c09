"""Open a past shift: its file, and the moment from which it is served as if it were live."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.ui.look.look import Look
from console.ui.parts.labels import label
from console.ui.welcome.step_list import StepList
from console.ui.welcome.trying import StepState, Trial

_ABOUT = "A file of past calls as cities publish them: SODA JSON or CSV. Its stamps are moved to the present."
_RECORDED = "What this console recorded is opened over the board with F3, or by: smart-console replay latest"
_KINDS = "Past shifts (*.json *.csv);;All files (*)"
_WIDE = 620


class ShiftPage(QWidget):
    """``wanted`` is emitted with the file and the moment, as a person wrote them."""

    wanted = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file, self._at = QLineEdit(), QLineEdit()
        self._choose, self._back = QPushButton("Choose…"), QPushButton("Back")
        self._open = QPushButton("Open the board")
        self._steps = StepList()
        self._middle = QWidget(self)
        self._column, self._fields = QVBoxLayout(self._middle), QGridLayout()
        self._trying = False
        self._lay_out()
        self._choose.clicked.connect(self._offer_files)
        self._back.clicked.connect(self.left)
        self._open.clicked.connect(self._want)
        self._file.textChanged.connect(self._fit)
        for field in (self._file, self._at):
            field.returnPressed.connect(self._want)

    def _lay_out(self) -> None:
        self._file.setAccessibleName("File of the shift")
        self._at.setAccessibleName("Moment to open it at")
        self._choose.setAccessibleName("Choose the file of the shift")
        self._at.setPlaceholderText("its busiest moment; or 18:00, or 2018-01-19T18:00")
        about = label(self._middle, "value", _ABOUT)
        recorded = label(self._middle, "muted", _RECORDED)
        for words in (about, recorded):
            words.setWordWrap(True)
        self._fields.addWidget(label(self._middle, "muted", "File of the shift"), 0, 0)
        self._fields.addWidget(self._file, 1, 0)
        self._fields.addWidget(self._choose, 1, 1)
        self._fields.addWidget(label(self._middle, "muted", "Moment to open it at"), 2, 0)
        self._fields.addWidget(self._at, 3, 0)
        acts = QHBoxLayout()
        acts.addWidget(self._open)
        acts.addWidget(self._back)
        acts.addStretch(1)
        self._column.addWidget(label(self._middle, "lead", "Open a shift"))
        self._column.addWidget(about)
        self._column.addWidget(recorded)
        self._column.addLayout(self._fields)
        self._column.addLayout(acts)
        self._column.addWidget(self._steps)
        frame = QVBoxLayout(self)
        frame.addStretch(2)
        frame.addWidget(self._middle, 0, Qt.AlignmentFlag.AlignHCenter)
        frame.addStretch(3)

    def begin(self) -> None:
        """The page comes up: the keyboard is at the choice of the file."""
        self.show_trial(Trial())
        self._choose.setFocus()

    def show_trial(self, trial: Trial) -> None:
        """How the start goes; meanwhile it is not started again."""
        self._steps.show_steps(trial.steps)
        self._trying = any(step.state in (StepState.RUNNING, StepState.OK) for step in trial.steps)
        self._fit()

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        sizes = look.sizes
        self._steps.wear(look)
        self._middle.setFixedWidth(sizes.px(_WIDE))
        self._column.setSpacing(sizes.grid(3))
        self._fields.setSpacing(sizes.grid(1))

    def _fit(self) -> None:
        self._open.setEnabled(bool(self._file.text().strip()) and not self._trying)

    def _want(self) -> None:
        if self._open.isEnabled():
            self.wanted.emit(self._file.text().strip(), self._at.text().strip())

    def _offer_files(self) -> None:
        dialog = QFileDialog(self, "Open a shift", self._file.text(), _KINDS)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, file: str) -> None:
        self._file.setText(file)
        self._open.setFocus()
