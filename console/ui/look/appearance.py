"""Theme and size of type: what a person chose, else what the desktop asks for."""

from typing import get_args

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from console.session.store import Store
from console.ui.look.view import View
from console.ui.theme.sizes import LARGEST, SMALLEST
from console.ui.theme.style import Choice, chosen

ORDER: tuple[Choice, ...] = ("system", "dark", "light", "night")
STEP = 0.1


class Appearance(QObject):
    """Keeps the view's theme in step with the choice, and with the desktop while it is ``system``."""

    def __init__(self, view: Store[View], choice: Choice = "system") -> None:
        super().__init__()
        self._view = view
        self._choice: Choice = choice
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._sharpen)

    @property
    def choice(self) -> Choice:
        """What the person chose last."""
        return self._choice

    @property
    def scale(self) -> float:
        """The size of type, 1.0 to 2.0."""
        return self._view.value.scale

    def choose(self, choice: Choice) -> None:
        """Take this theme from here on; ``system`` follows the desktop."""
        self._choice = choice
        self._take()

    def next(self) -> None:
        """Take the next theme of `ORDER`."""
        self.choose(ORDER[(ORDER.index(self._choice) + 1) % len(ORDER)])

    def larger(self) -> None:
        """One step larger type, up to 200 %."""
        self._scale(self._view.value.scale + STEP)

    def smaller(self) -> None:
        """One step smaller type, down to 100 %."""
        self._scale(self._view.value.scale - STEP)

    def resize(self, remembered: str) -> None:
        """Take a remembered size of type; what is no number changes nothing."""
        try:
            self._scale(float(remembered))
        except ValueError:
            return

    def blink(self) -> None:
        """Let what must blink stand still, or blink again."""
        self.stand_still(not self._view.value.still)

    def stand_still(self, still: bool) -> None:
        """Whether nothing blinks: a badge says the same (WCAG 2.2.2)."""
        if still is not self._view.value.still:
            self._view.set(replace(self._view.value, still=still))

    def close(self) -> None:
        """Follow the desktop no longer."""
        self._hints.colorSchemeChanged.disconnect(self._follow)
        self._hints.accessibility().contrastPreferenceChanged.disconnect(self._sharpen)

    def _scale(self, scale: float) -> None:
        wanted = round(min(max(scale, SMALLEST), LARGEST), 2)
        if wanted != self._view.value.scale:
            self._view.set(replace(self._view.value, scale=wanted))

    def _follow(self, _changed: object) -> None:
        if self._choice == "system":
            self._take()

    def _sharpen(self, _preference: object) -> None:
        self._take()

    def _take(self) -> None:
        theme = chosen(self._hints, self._choice)
        if theme != self._view.value.theme:
            self._view.set(replace(self._view.value, theme=theme))


def as_choice(text: str) -> Choice:
    """A remembered choice; anything else is ``system``."""
    return next((choice for choice in get_args(Choice) if choice == text), "system")
