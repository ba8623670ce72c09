"""The first run in a process of its own, driven as a person would: ``python -m tests.scenes.first_run HOW FILE``.

``HOW`` is ``demo``, or the address of a dispatch API. Prints what came of it, a word a line.
"""

import sys
import threading
from pathlib import Path
from typing import Self

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from console import app
from console.commands.beginning import Beginning
from console.commands.desktop import library
from console.ui.calls.calls import CallsPanel
from console.ui.frame.window import ConsoleWindow
from console.ui.welcome.window import WelcomeWindow

LOOK_S = 0.1


class Person(QObject):
    """Looks at what is on the screen ten times a second and does the next thing. Made before the application."""

    looks = Signal()

    def __init__(self, how: str) -> None:
        super().__init__()
        self._how = how
        self._entered = False
        self._over = threading.Event()
        self._clock = threading.Thread(target=self._tick)
        self.looks.connect(self.look, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> Self:
        self._clock.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._over.set()
        self._clock.join()

    def _tick(self) -> None:
        while not self._over.wait(LOOK_S):
            if QApplication.instance() is not None:
                self.looks.emit()

    def look(self) -> None:
        """Do what can be done now."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, WelcomeWindow) and window.isVisible():
                self._choose(window)
            elif isinstance(window, ConsoleWindow) and window.isVisible():
                self._read(window)

    def _choose(self, window: WelcomeWindow) -> None:
        if self._entered:
            self._open(window)
            return
        self._entered = True
        if self._how == "demo":
            _press(window, "Try the demo")
            return
        _press(window, "Connect to a dispatch API")
        fields = {field.accessibleName(): field for field in window.findChildren(QLineEdit)}
        fields["Address"].setText(self._how)
        _press(window, "Try it")

    def _open(self, window: WelcomeWindow) -> None:
        if self._how != "demo":
            _press(window, "Open the board")

    def _read(self, window: ConsoleWindow) -> None:
        panel = window.findChild(CallsPanel)
        if isinstance(panel, CallsPanel) and panel.table.rows.rowCount():
            sys.stdout.write("board\n")
            window.close()


def _press(window: WelcomeWindow, name: str) -> None:
    for button in window.findChildren(QPushButton):
        if name in (button.text(), button.accessibleName()) and button.isVisible() and button.isEnabled():
            button.click()
            return


def main(how: str, file: Path) -> None:
    """From the welcome page to a row of the board, and out."""
    beginning = Beginning(file, None)
    try:
        with Person(how):
            state = app.welcome(beginning, None, library)
    finally:
        beginning.close()
    sys.stdout.write("ended\n" if state is not None else "failed\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
