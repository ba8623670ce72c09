"""The one item model of the program: frozen rows keyed by id, shown by declarative columns.

The model keeps its own order. Under a `QSortFilterProxyModel` every comparison is a call back into
Python: re-sorting 1,000 rows took 40 ms, 2,000 took 97 ms, where `sorted` on cached keys takes 0.3 and
0.7 ms. Filtering is a comprehension before `RowsModel.put`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from console.ui.parts.clocks import Present
from console.ui.parts.masking import joined
from console.ui.table.columns import Column, Rules
from console.ui.table.diff import changes, runs
from console.ui.table.ordering import Ordering

__all__ = ["Column", "Index", "RowsModel", "Rules"]

R = TypeVar("R")
Index: TypeAlias = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()
_INERT = Qt.ItemFlag.ItemNeverHasChildren
_USUAL = _INERT | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WORTH_IT = 24
"""Rows that must come and go at once before a reset can be cheaper than telling of each run."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows in order; `put` tells the views of what changed in as few and as small ranges as there are."""

    def __init__(self, columns: Sequence[Column[R]], rules: Rules[R], now: Present) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rules = rules
        self.now = now
        self._rows: dict[str, R] = {}
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._ordering = Ordering[R](rules.order)
        self._unordered = False
        self._touched: list[str] = []

    def row(self, place: int) -> R:
        """The row shown at ``place``."""
        return self._rows[self._ids[place]]

    def id(self, place: int) -> str:
        """The id of the row at ``place``."""
        return self._ids[place]

    def place(self, key: str) -> int:
        """Where the row ``key`` stands, -1 where it does not."""
        return self._places.get(key, -1)

    @property
    def touched(self) -> Sequence[str]:
        """The ids of the rows that the last `put` brought or changed."""
        return self._touched

    def longest(self, place: int, keys: Iterable[str]) -> str:
        """The text with the most characters in the column at ``place``, of the rows of those ids."""
        text, section, now = self.columns[place].text, self.rules.section, self.now
        rows = (self._rows[key] for key in keys if key in self._rows)
        return max((text(row, now) for row in rows if not section(row)), key=len, default="")

    def plain(self, place: int) -> str:
        """The row as one line of tab-separated text, as it is shown."""
        texts = (self.data(self.index(place, n)) for n in range(len(self.columns)))
        return "\t".join(str(text) for text in texts if text)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the order they are shown."""
        return tuple(self._ids)

    def put(self, rows: Mapping[str, R], now: Present, *, still: bool = False, order: bool = True) -> bool:
        """Show exactly ``rows``; whether any row came, went or moved.

        Without ``order`` rows whose key changed keep their place unless others come. With ``still``
        nothing moves: what is gone lingers and what is new goes to the end, until a `put` without it.
        """
        self.now = now
        wanted = {**self._rows, **rows} if still else rows
        found = changes(self._rows, wanted)
        self._touched = found.put
        fresh = [key for key in found.put if key not in self._places]
        if not still and self._mostly_new(len(fresh) + len(found.gone)):
            return self._reset(dict(wanted))
        if not (found.put or found.gone):
            return self._order([]) if order and not still else False
        self._rows = {**self._rows, **wanted}
        self._unordered = self._ordering.note(wanted, found.put) or self._unordered
        moved = self._remove(found.gone)
        if still:
            moved = self._append(fresh)
        elif order or fresh:
            moved = self._order(fresh) or moved
        if found.gone:
            self._rows = dict(wanted)
        self._tell([self._places[key] for key in found.put])
        return moved

    def tick(self, now: Present, first: int, last: int) -> None:
        """Let the clocks of the rows from ``first`` to ``last`` be drawn anew."""
        self.now = now
        if 0 <= first <= last < len(self._ids):
            ticking = [n for n, column in enumerate(self.columns) if column.ticks]
            for left, right in runs(ticking):
                self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def sort_by(self, title: str, *, descending: bool = False) -> None:
        """Order the rows by the column of that title; by their own order where it has no sort key."""
        key = next((column.sort for column in self.columns if column.title == title), None)
        self._ordering.by(key, self._rows, descending=descending)
        self._unordered = True
        self._order([])

    def _mostly_new(self, count: int) -> bool:
        return count > _WORTH_IT and 0 < len(self._ids) * 3 < count * 4

    def _reset(self, rows: dict[str, R]) -> bool:
        self.beginResetModel()
        self._rows, self._touched = rows, list(rows)
        self._ordering.clear()
        self._ordering.note(rows, rows)
        self._place(self._ordering.ordered(rows))
        self._unordered = False
        self.endResetModel()
        return True

    def _place(self, ids: list[str]) -> None:
        self._ids = ids
        self._places = {key: place for place, key in enumerate(ids)}

    def _remove(self, gone: list[str]) -> bool:
        for first, last in reversed(runs(sorted(self._places[key] for key in gone))):
            self.beginRemoveRows(_TOP, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        self._ordering.drop(gone)
        if gone:
            self._place(self._ids)
        return bool(gone)

    def _append(self, fresh: list[str]) -> bool:
        self._unordered = self._unordered or bool(fresh)
        return self._insert([*self._ids, *fresh])

    def _order(self, fresh: list[str]) -> bool:
        """Bring the rows into order and ``fresh`` to their places among them; whether any row moved."""
        if not (fresh or self._unordered):
            return False
        ids = self._ordering.ordered([*self._ids, *fresh])
        moved = self._arrange([key for key in ids if key in self._places])
        self._unordered = False
        return self._insert(ids) or moved

    def _insert(self, ids: list[str]) -> bool:
        """Bring in those of ``ids`` that are not shown yet, the others being in this order already."""
        found = runs([place for place, key in enumerate(ids) if key not in self._places])
        for first, last in found:
            self.beginInsertRows(_TOP, first, last)
            self._ids[first:first] = ids[first : last + 1]
            self.endInsertRows()
        if found:
            self._place(self._ids)
        return bool(found)

    def _arrange(self, ids: list[str]) -> bool:
        if ids == self._ids:
            return False
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [self._ids[index.row()] for index in held]
        self._place(ids)
        moved = [self.index(self._places[key], at.column()) for key, at in zip(keys, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()
        return True

    def _tell(self, places: list[int]) -> None:
        last_column = len(self.columns) - 1
        for first, last in runs(sorted(places)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row(index.row()), self.columns[index.column()]
        section = self.rules.section(row)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole if section:
                return section if index.column() == 0 else ""
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row, self.now)
            case Qt.ItemDataRole.AccessibleTextRole:
                return joined((column.text(row, self.now), column.sub(row, self.now)))
            case Qt.ItemDataRole.ToolTipRole if not section:
                return column.tip(row, self.now) or None
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _INERT if self.rules.section(self.row(index.row())) else _USUAL
