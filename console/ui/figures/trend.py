"""The shift as lines: eligible, served and strict above, waiting and free teams below, on one time axis.

It draws `State.samples` and keeps no history. Drawn anew twice a second at most.
"""

import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGraphicsGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.ui.figures.plot import AXIS, LABEL, Plot
from console.ui.figures.trend_lines import FLOW, NOW, Shift, said
from console.ui.look.look import Look
from console.ui.theme.style import dress

PAUSE_MS = 500
"""Least time between two drawings."""

LEAST = 104
"""Height at 100 % type at which both plots can still be read."""

EMPTY = "No trend yet.\nIt begins with the first whole minute after calls were read."


class Trend(QWidget):
    """Both plots, or why there are none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shift: Shift | None = None
        self._graphics = pg.GraphicsLayoutWidget()
        self._empty = QLabel(EMPTY)
        self._plots = self._build()
        for plot in self._plots:
            plot.box.sigResized.connect(self._place)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._draw_waiting)
        self._waiting = False
        self.wear(look)

    def _build(self) -> tuple[Plot, Plot]:
        flow = self._graphics.addPlot(row=0, col=0)
        now = self._graphics.addPlot(row=1, col=0)
        grid: QGraphicsGridLayout = self._graphics.ci.layout
        grid.setRowStretchFactor(0, 3)
        grid.setRowStretchFactor(1, 2)
        grid.setContentsMargins(4, 4, 4, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._empty, 1)
        column.addWidget(self._graphics, 1)
        self._graphics.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._graphics.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAccessibleName("Trend of the shift")
        return Plot(flow, FLOW, times=False), Plot(now, NOW, times=True)

    def wear(self, look: Look) -> None:
        """Draw in another theme or at another scale."""
        self._look = look
        self._graphics.setBackground(look.color("panel"))
        self.setMinimumHeight(look.sizes.px(LEAST))
        for row, lines in enumerate((FLOW, NOW)):
            axis = AXIS if lines is NOW else 0
            self._graphics.ci.layout.setRowMinimumHeight(
                row, look.sizes.px((len(lines) + 0.15) * LABEL + axis)
            )
        dress(self._empty, "muted")
        for plot in self._plots:
            plot.wear(look)
        self._draw()

    def show_shift(self, shift: Shift) -> None:
        """Draw ``shift`` now, or when the pause since the last drawing is over."""
        self._shift = shift
        if self._pause.isActive():
            self._waiting = True
        else:
            self._draw()
            self._pause.start()

    def _draw_waiting(self) -> None:
        if self._waiting:
            self._waiting = False
            self._draw()
            self._pause.start()

    def _draw(self) -> None:
        shift = self._shift
        drawn = shift is not None and bool(shift.samples)
        self._graphics.setVisible(drawn)
        self._empty.setVisible(not drawn)
        if shift is None or not shift.samples:
            return
        for plot in self._plots:
            plot.draw(shift, self._look)
        self.setAccessibleDescription(said(shift))

    def _place(self, *_resized: object) -> None:
        """The plots got another size, which they do after the panel did."""
        if self._shift is not None and self._shift.samples:
            for plot in self._plots:
                plot.place(self._shift, self._look)
