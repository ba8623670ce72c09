"""A small field over the transport bar: type a time and go there; what it cannot read it says in place."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.theme.style import dress
from console.ui.transport.reading import EXAMPLES, Unclear

HINT = f"For example {EXAMPLES}"


class GoTo(QFrame):
    """Enter goes, Esc closes. ``read`` finds the moment, or raises `Unclear`; ``wanted`` tells it."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, view: Store[View], read: Callable[[str], datetime], bar: QWidget) -> None:
        super().__init__(bar)
        self._look = Look(*look_of(view.value))
        self._read = read
        self.field, self.said = QLineEdit(), QLabel()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.field.textEdited.connect(self._edited)
        self.field.installEventFilter(self)
        self._unwatch = view.watch(look_of, self._wear)
        self.hide()

    def _lay_out(self) -> None:
        self.setObjectName("go_to")
        self.setAccessibleName("Go to a time")
        self.field.setPlaceholderText("Go to a time, then Enter")
        self.field.setAccessibleName("Go to a time")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self._column.addWidget(self.field)
        self._column.addWidget(self.said, 1)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        pad = self._look.sizes.pad
        self._column.setContentsMargins(pad, pad, pad, pad)

    def open(self, bar: QWidget) -> None:
        """Show the field just above ``bar``, empty, with the focus in it."""
        self.field.clear()
        self._say(HINT, wrong=False)
        window, sizes = bar.window(), self._look.sizes
        if self.parentWidget() is not window:
            self.setParent(window)
        wide = min(sizes.px(360), window.width() - 2 * sizes.pad)
        self.resize(wide, self._column.heightForWidth(wide))
        top = bar.mapTo(window, bar.rect().topLeft()).y() - self.height() - sizes.grid(1)
        self.move(sizes.pad, max(top, 0))
        self.show()
        self.raise_()
        self.field.setFocus()

    def _edited(self) -> None:
        self._say(HINT, wrong=False)

    def _say(self, text: str, *, wrong: bool) -> None:
        self.said.setText(f"✕ {text}" if wrong else text)
        dress(self.said, "muted", "p2" if wrong else None)
        self.field.setAccessibleDescription(text)

    def _go(self) -> None:
        try:
            moment = self._read(self.field.text())
        except Unclear as unclear:
            self._say(str(unclear), wrong=True)
            return
        self.close_field()
        self.wanted.emit(moment)

    def close_field(self) -> None:
        """Hide it; nothing is lost."""
        self.hide()
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QPen(self._look.color("edge"), 1))
            painter.setBrush(self._look.color("panel"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_field()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go()
            case _:
                super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._unwatch()
        super().closeEvent(event)
