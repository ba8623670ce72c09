"""The steps of a trial, one below the other: a sign and a word for how each went, what was found, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from console.ui.look.look import Look
from console.ui.parts.announce import announce
from console.ui.parts.labels import label
from console.ui.theme.style import dress
from console.ui.theme.theme import Token
from console.ui.welcome.trying import Step, StepState

_SIGNS: dict[StepState, tuple[str, Token]] = {
    StepState.WAITING: ("health-starting", "muted"),
    StepState.RUNNING: ("forward", "muted"),
    StepState.OK: ("check", "muted"),
    StepState.WARNING: ("health-degraded", "p3"),
    StepState.FAILED: ("close", "p2"),
}
_WORDS = {
    StepState.WAITING: "not yet",
    StepState.RUNNING: "trying",
    StepState.OK: "in order",
    StepState.WARNING: "look at this",
    StepState.FAILED: "failed",
}
_TOP = Qt.AlignmentFlag.AlignTop


class StepList(QWidget):
    """Shows the steps it is given. Where only words changed, no widget is made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Steps")
        self._look: Look | None = None
        self._steps: tuple[Step, ...] = ()
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(3, 1)

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        self._look = look
        self._grid.setHorizontalSpacing(look.sizes.grid(2))
        self._grid.setVerticalSpacing(look.sizes.grid(2))
        for line, step in zip(self._lines, self._steps, strict=True):
            line.show(step, look)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show exactly these."""
        if steps == self._steps or self._look is None:
            return
        while len(self._lines) < len(steps):
            self._lines.append(_Line(self, self._grid, len(self._lines)))
        while len(self._lines) > len(steps):
            self._lines.pop().remove(self._grid)
        fresh = [step for step in steps if step.state is StepState.FAILED and step not in self._steps]
        self._steps = steps
        for step in fresh:
            announce(self, f"{step.name} failed. {step.said} {step.todo}")
        for line, step in zip(self._lines, steps, strict=True):
            line.show(step, self._look)


class _Line:
    """One step's widgets in the grid."""

    def __init__(self, parent: QWidget, grid: QGridLayout, row: int) -> None:
        self._sign = QLabel(parent)
        self._name = label(parent, "title")
        self._word = label(parent, "muted")
        self._said = label(parent, "value")
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for column, part in enumerate((self._sign, self._name, self._word, self._said)):
            grid.addWidget(part, row, column, _TOP if column < 3 else Qt.AlignmentFlag(0))
            part.show()

    def show(self, step: Step, look: Look) -> None:
        icon, tone = _SIGNS[step.state]
        size = look.sizes.icon
        self._sign.setPixmap(look.icons.pixmap(icon, size, self._sign.devicePixelRatioF(), tone))
        self._name.setText(step.name)
        self._word.setText(_WORDS[step.state])
        dress(self._word, "muted", tone)
        lift = self._name.sizeHint().height() - self._word.fontMetrics().height()
        self._word.setContentsMargins(0, max(0, lift - look.sizes.px(1)), 0, 0)
        self._said.setText("\n".join(text for text in (step.said, step.todo) if text))
        self._said.setAccessibleName(f"{step.name}: {_WORDS[step.state]}. {step.said} {step.todo}".strip())

    def remove(self, grid: QGridLayout) -> None:
        for part in (self._sign, self._name, self._word, self._said):
            grid.removeWidget(part)
            part.hide()
            part.deleteLater()
