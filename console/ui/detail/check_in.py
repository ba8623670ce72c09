"""Says on a team's card how somebody reached it: one press, and its check-in clock starts anew."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.vocabulary import Reached
from console.reports.wording.words import REACHED
from console.ui.parts.flow import Flow
from console.ui.parts.labels import label
from console.ui.theme.style import dress

_NAMES = {how: REACHED[how].removeprefix("by ").capitalize() for how in Reached}


class CheckIn(QWidget):
    """A button for each way; ``checked`` tells the unit and the way."""

    checked = Signal(str, Reached)

    def __init__(self) -> None:
        super().__init__()
        self._unit = ""
        buttons = [self._button(how) for how in Reached]
        flow = Flow(self, (label(self, "label", "Check in"), *buttons), gap=4)
        flow.setContentsMargins(8, 4, 8, 8)

    def show_unit(self, unit: str, name: str) -> None:
        """Presses are about this unit from here on."""
        self._unit = unit
        for button in self.findChildren(QPushButton):
            dress(button, "chip")
        button.setAccessibleName(f"Check in {name}: {button.text()}")

    def _button(self, how: Reached) -> QPushButton:
        button = QPushButton(_NAMES[how], self)
        button.setAccessibleName(f"Check in: {_NAMES[how]}")
        button.clicked.connect(partial(self._press, how))
        return button

    def _press(self, how: Reached, _down: bool = False) -> None:
        self.checked.emit(self._unit, how)
