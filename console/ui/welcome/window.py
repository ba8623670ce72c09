"""The window of the first run: the choices, and the page behind each; it closes when there is a board."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QTimeZone, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QStackedWidget
from typing_extensions import override

from console.session.store import Store
from console.ui.frame.keys import KEYS
from console.ui.look.appearance import Appearance, as_choice
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.theme import style
from console.ui.theme.style import chosen
from console.ui.theme.theme import Theme
from console.ui.welcome.choices import Choices
from console.ui.welcome.connect_page import ConnectPage
from console.ui.welcome.shift_page import ShiftPage
from console.ui.welcome.trying import Entered, Trying

LOOK_MS = 100
"""How often a trial is looked at."""

NOBODY = "http://127.0.0.1:9"
"""An address at which nobody answers: what the picture of a failed trial shows."""


class WelcomeWindow(QMainWindow):
    """Three ways to a board. ``opened`` is emitted once there is one to be opened, ``closed`` in any case."""

    opened = Signal()
    closed = Signal()

    def __init__(self, trying: Trying) -> None:
        super().__init__()
        self._trying, self._gone = trying, False
        self._view = Store(View(theme=chosen(QGuiApplication.styleHints(), "system")))
        self.appearance = Appearance(self._view)
        look = Look(*look_of(self._view.value))
        zone = QTimeZone.systemTimeZoneId().toStdString()
        self._choices, self._shift = Choices(), ShiftPage()
        self._connect = ConnectPage(trying.kinds, look, keyring=trying.keyring, zone=zone)
        self._pages = QStackedWidget()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._lay_out()
        self._bind()
        self._unwatch = self._view.watch(look_of, self._wear)
        self._go(self._choices)

    def _lay_out(self) -> None:
        self.setWindowTitle("Welcome · SMART Console")
        for page in (self._choices, self._connect, self._shift):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self.resize(1_200, 760)

    def _bind(self) -> None:
        self._choices.chosen.connect(self._choose)
        self._connect.tried.connect(self._try)
        self._connect.wanted.connect(self._take)
        self._shift.wanted.connect(self._serve)
        for page in (self._connect, self._shift):
            page.left.connect(self._back)
        self._timer.timeout.connect(self._look)
        look = self.appearance
        does = {"next_theme": look.next, "larger": look.larger, "smaller": look.smaller}
        for key in KEYS:
            for text in key.keys if key.act in does else ():
                QShortcut(QKeySequence(text), self, does[key.act])

    def _wear(self, worn: tuple[Theme, float]) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(app, *worn)
        look = Look(*worn)
        for page in (self._choices, self._connect, self._shift):
            page.wear(look)

    def _go(self, page: Any) -> None:
        self._pages.setCurrentWidget(page)
        page.begin()

    def _choose(self, name: str) -> None:
        if name == "connect":
            self._go(self._connect)
        elif name == "shift":
            self._go(self._shift)
        else:
            self._trying.demo()
            self._follow()

    def _try(self, entered: Entered) -> None:
        self._trying.connect(entered)
        self._follow()

    def _serve(self, file: str, at: str) -> None:
        self._trying.shift(Path(file).expanduser(), at)
        self._follow()

    def _follow(self) -> None:
        self._timer.start()
        self._look()

    def _look(self) -> None:
        """Show how the trial stands; what was only to be started opens by itself."""
        trial, page = self._trying.look(), self._pages.currentWidget()
        if page is self._connect:
            self._connect.show_trial(trial)
            return
        (self._shift if page is self._shift else self._choices).show_trial(trial)
        if trial.ready:
            self._take()

    def _take(self) -> None:
        trouble = self._trying.take()
        if trouble:
            self._connect.say(trouble)
            return
        self._timer.stop()
        self.opened.emit()
        self.close()

    def _back(self) -> None:
        """One page back; what was being tried is let go."""
        self._timer.stop()
        self._trying.leave()
        self._go(self._choices)

    def set_theme(self, name: str) -> None:
        """Dress the window in ``light``, ``dark`` or ``night``."""
        self.appearance.choose(as_choice(name))

    def set_view(self, name: str) -> None:
        """Show one of `shots.WELCOME_VIEWS`; on ``connect`` an address is tried at which nobody answers."""
        self._back()
        if name == "connect":
            self._go(self._connect)
            self._connect.try_at(NOBODY)

    def picture(self, file: Path) -> None:
        """Write the window as it looks now; raises `OSError` where the file cannot be written."""
        if not self.grab().save(str(file)):
            raise OSError(f"{file}: the picture cannot be written: check the folder and the disk")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(pressed, QPushButton):
            pressed.click()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._gone:
            return
        self._gone = True
        self._timer.stop()
        self._unwatch()
        self.appearance.close()
        self.closed.emit()
