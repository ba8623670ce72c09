"""Tiles side by side: compact when they do not fit, in further rows when they still do not. Never clipped."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, takewhile

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from console.ui.figures.tiles import Tile


class TileRow(QWidget):
    """Holds ``tiles``; with ``spare`` names given, all share the width and the spare ones give way first.

    Without, tiles take what they need, and the last ones that are parted at their left stand at the right.
    Below a width of ``roomy`` pixels at 100 % they are compact whatever they say, so that a longer word does
    not change their height. Where one row is too short those named in ``giving`` go, one after the other, as
    far as it takes.
    """

    def __init__(
        self,
        tiles: Sequence[Tile],
        spare: frozenset[str] | None = None,
        *,
        roomy: int = 0,
        giving: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._tiles = tuple(tiles)
        self._kept = tuple(tile for tile in tiles if spare is None or tile.objectName() not in spare)
        self._shared = spare is not None
        self._roomy, self._giving = roomy, tuple(giving)
        for tile in tiles:
            tile.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _rows(self, room: int) -> tuple[list[list[Tile]], bool]:
        """The tiles of each row at a width of ``room``, and whether they are compact."""
        tries = [(self._tiles, False), (self._kept, False)] if self._shared else [(self._tiles, False)]
        for tiles, compact in tries if self._tiles[0].roomy(self._roomy, room) else ():
            if sum(_widths(tiles, compact=compact)) <= room:
                return [list(tiles)], compact
        kept = self._narrowed(room)
        rows = flow(_least(kept), room)
        return [[kept[n] for n in row] for row in rows], True

    def _narrowed(self, room: int) -> Sequence[Tile]:
        kept = self._kept
        for name in self._giving:
            if sum(_least(kept)) <= room:
                break
            kept = tuple(tile for tile in kept if tile.objectName() != name)
        return kept

    def _place(self) -> None:
        (rows, compact), top, room = self._rows(self.width()), 0, self.width()
        shown = {tile for row in rows for tile in row}
        for tile in self._tiles:
            tile.compress(compact)
            tile.setVisible(tile in shown)
        for row in rows:
            height = _height(row, compact=compact)
            for tile, (left, width) in zip(row, self._spans(row, room, compact), strict=True):
                tile.setGeometry(QRect(left, top, width, height))
            top += height

    def _spans(self, row: Sequence[Tile], room: int, compact: bool) -> list[tuple[int, int]]:
        """Left edge and width of each tile of a row."""
        widths = _widths(row, compact=compact)
        if self._shared:
            widths = shared(widths, room)
        lefts = list(accumulate(widths, initial=0))[:-1]
        if not self._shared and row[-1] is self._tiles[-1]:
            widths[-1] = max(min(widths[-1], room - lefts[-1]), row[-1].least(compact=compact))
            free = max(0, room - lefts[-1] - widths[-1])
            ends = len(row) - sum(1 for _ in takewhile(lambda tile: tile.parted_left, reversed(row)))
            lefts = [left + free if place >= ends else left for place, left in enumerate(lefts)]
        return list(zip(lefts, widths, strict=True))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        rows, compact = self._rows(width)
        return sum(_height(row, compact=compact) for row in rows)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max(_least(self._tiles), default=0)
        return QSize(widest, _height(self._tiles, compact=True))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        self._place()


def _widths(tiles: Iterable[Tile], *, compact: bool) -> list[int]:
    return [tile.room(compact=compact).width() for tile in tiles]


def _least(tiles: Iterable[Tile]) -> list[int]:
    return [tile.least(compact=True) for tile in tiles]


def _height(tiles: Iterable[Tile], *, compact: bool) -> int:
    return max((tile.room(compact=compact).height() for tile in tiles), default=0)


def shared(needs: Sequence[int], room: int) -> list[int]:
    """``room`` in parts as equal as may be, none less than its need; the needs where they do not fit."""
    parts, rest, left = list(needs), list(range(len(needs))), room
    while rest and (wide := [n for n in rest if needs[n] > left // len(rest)]):
        left -= sum(needs[n] for n in wide)
        rest = [n for n in rest if n not in wide]
    for place, n in enumerate(rest):
        parts[n] = left * (place + 1) // len(rest) - left * place // len(rest)
    return parts


def flow(widths: Iterable[int], room: int) -> list[list[int]]:
    """Which tiles, by place, stand in which row, where no row is wider than ``room`` unless one tile is."""
    rows: list[list[int]] = []
    used = room
    for place, width in enumerate(widths):
        if not rows or (used and used + width > room):
            rows.append([])
            used = 0
        rows[-1].append(place)
        used += width
    return rows
