"""The `?` page: the keys of this view, and how each figure is made."""

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.domain.metrics import Tally, figures
from console.session.store import Store
from console.ui.figures.figures import ABOUT
from console.ui.frame.keys import Key, printed
from console.ui.frame.overlay import paint_overlay, place_overlay
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.theme.style import Role, dress


class KeyPage(QFrame):
    """Lies over the board until Esc, its button or `?` again; the focus goes back where it was."""

    def __init__(self, view: Store[View], keys: Iterable[Key], window: QWidget) -> None:
        super().__init__(window)
        self._look = Look(*look_of(view.value))
        self._close, self._scroll = QPushButton("Close"), QScrollArea()
        self._grid, self._outer = QGridLayout(), QVBoxLayout(self)
        self._before: QWidget | None = None
        self._lay_out()
        self._fill(tuple(keys))
        self._close.clicked.connect(self.close_page)
        self._unwatch = view.watch(look_of, self._wear)
        self.hide()

    def _lay_out(self) -> None:
        self.setObjectName("key_page")
        self.setAccessibleName("Keys of this view")
        body, scroll = QWidget(), self._scroll
        column = QVBoxLayout(body)
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Keys and figures")
        self._outer.addWidget(scroll, 1)
        self._outer.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self._grid.setColumnStretch(1, 1)

    def _fill(self, keys: tuple[Key, ...]) -> None:
        self._add("Keys of this view", "lead")
        for key in keys:
            self._row(" or ".join(printed(key)), "key", key.what)
        self._add("How each figure is made", "lead")
        for label, text in _formulas():
            self._row(label, "title", text)

    def _add(self, text: str, role: Role) -> None:
        self._grid.addWidget(_label(text, role), self._grid.rowCount(), 0, 1, 2)

    def _row(self, left: str, role: Role, right: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(
            _label(left, role), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        )
        self._grid.addWidget(_label(right, "value"), row, 1)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        sizes = self._look.sizes
        self._grid.setHorizontalSpacing(sizes.grid(4))
        self._grid.setVerticalSpacing(sizes.grid(2))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._outer.setContentsMargins(*(sizes.grid(3),) * 4)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        sizes = self._look.sizes
        place_overlay(self, sizes.px(720), sizes.px(700))

    def open(self) -> None:
        """Show the page, or close it where it is open."""
        if self.isVisible():
            self.close_page()
            return
        self._before = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self._scroll.setFocus()

    def close_page(self) -> None:
        """Hide it; nothing is lost."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_overlay(self, self._look)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_page()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._unwatch()
        super().closeEvent(event)


def _formulas() -> Iterator[tuple[str, str]]:
    formulas = {metric.name: metric.formula.replace(" - ", " − ") for metric in figures(Tally())}
    for name, about in ABOUT.items():
        formula = "" if name == "waiting" else formulas.get(name, "")
        yield about.label, "\n".join(part for part in (formula, about.meaning) if part)


def _label(text: str, role: Role) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role == "value")
    dress(label, role)
    return label
