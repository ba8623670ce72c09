"""A layout that fills lines like words of a text: panels keep one line where they can, and clip nothing."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class Flow(QLayout):
    """Widgets side by side, wrapping where the width ends; one more stands at the end of the last line."""

    def __init__(
        self, parent: QWidget, words: Iterable[QWidget], end: QWidget | None = None, gap: int = 8
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._end = end
        for widget in (*words, *((end,) if end else ())):
            self.addWidget(widget)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if lines[-1] and used + self._gap + wide > width:
                lines.append([])
                used = 0
            used += wide + (self._gap if lines[-1] else 0)
            lines[-1].append(item)
        return lines

    def _height(self, line: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in line), default=0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        inner = sum(self._height(line) for line in lines)
        return inner + margins.top() + margins.bottom()

    @override
    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        wide = max((i.sizeHint().width() for i in self._items if not i.isEmpty()), default=0)
        tall = self._height(self._items)
        return QSize(wide + margins.left() + margins.right(), tall + margins.top() + margins.bottom())

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top, lines = inner.top(), self._lines(inner.width())
        for line in lines:
            tall, along = self._height(line), 0
            for item in line:
                size = item.sizeHint()
                if item.widget() is self._end:
                    along = max(along, inner.width() - size.width())
                x = inner.right() + 1 - along - size.width() if mirrored else inner.left() + along
                item.setGeometry(QRect(QPoint(x, top + (tall - size.height()) // 2), size))
                along += size.width() + self._gap
            top += tall
