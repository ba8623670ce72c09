"""One plot of the trend: its lines, their labels at the end, whole counts and hours.

Pens are one pixel wide and not smoothed: at two pixels and smoothed a frame of six curves took 17.5 s
(RELIABILITY 0.11).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from console.ui.figures.trend_lines import (
    FREE,
    Line,
    Shift,
    apart,
    count_step,
    dot,
    gap,
    hour_ticks,
    levels,
    span,
    steps,
)
from console.ui.look.look import Look
from console.ui.theme.theme import DASHES

LABEL = 14
"""Height at 100 % type of a label at the end of a line."""

AXIS = 18
"""Height at 100 % type of the times below."""


class Plot:
    """One plot: its lines, their labels at the end, hairlines at whole counts, the start of the shift."""

    def __init__(self, item: Any, lines: Sequence[Line], *, times: bool) -> None:
        self._item = item
        self._lines = tuple(lines)
        self._times = times
        self._curves = [pg.PlotCurveItem(connect="finite", antialias=False) for _ in lines]
        self._labels = [pg.TextItem(anchor=(0, 0.5)) for _ in lines]
        self._dots = [pg.ScatterPlotItem(size=5, pxMode=True) for _ in lines]
        self._gap = pg.TextItem(anchor=(0, 0))
        self._start = pg.InfiniteLine(angle=90)
        self._levels = pg.PlotCurveItem(connect="finite", antialias=False)
        self._top = 1.0
        for part in (self._levels, self._start, *self._curves, *self._labels, *self._dots, self._gap):
            item.addItem(part, ignoreBounds=True)
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(x=False, y=False)
        self.box.setDefaultPadding(0)

    @property
    def box(self) -> Any:
        """What the lines are drawn in."""
        return self._item.getViewBox()

    def wear(self, look: Look) -> None:
        """Take the theme's colors, dash patterns and type."""
        parts = zip(self._lines, self._curves, self._labels, self._dots, strict=True)
        for line, curve, label, mark in parts:
            color = look.theme.series[line.series]
            curve.setPen(_pen(color, DASHES[line.dash]))
            label.setColor(QColor(color))
            label.setFont(look.small.font)
            mark.setPen(None)
            mark.setBrush(QColor(color))
        self._gap.setColor(look.color("muted"))
        self._gap.setFont(look.small.font)
        self._start.setPen(_pen(look.theme.edge, (2.0, 3.0)))
        self._levels.setPen(_pen(look.theme.hairline, ()))
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(QPen(look.color("muted")))
            axis.setStyle(
                tickLength=0,
                tickAlpha=0,
                tickFont=look.small.font,
                tickTextOffset=look.sizes.grid(1),
                hideOverlappingLabels=False,
            )
        self._item.getAxis("left").setWidth(look.sizes.px(32))
        self._item.getAxis("bottom").setHeight(look.sizes.px(AXIS if self._times else 1))

    def draw(self, shift: Shift, look: Look) -> None:
        """Show the samples of ``shift``."""
        highest = 1.0
        for line, curve, mark in zip(self._lines, self._curves, self._dots, strict=True):
            mark.setData(*dot(shift.samples, line.value))
            x, y = steps(shift.samples, line.value)
            curve.setData(x, y)
            highest = max(highest, float(np.nanmax(y))) if np.isfinite(y).any() else highest
        self._top = highest
        self._gap.setText(gap(shift) if FREE in self._lines else "")
        self._gap.setVisible(bool(self._gap.toPlainText()))
        self._start.setVisible(shift.start is not None)
        if shift.start:
            self._start.setValue(shift.start.timestamp())
        self.place(shift, look)

    def place(self, shift: Shift, look: Look) -> None:
        """Give labels and ticks their places at the present size."""
        box = self.box
        wide, tall = max(box.width(), 1.0), max(box.height(), 1.0)
        first, last = span(shift)
        room = max(0.2, 1 - look.sizes.px(86) / wide)
        below = self._top * look.sizes.px(7) / tall
        span_y = (-below, self._top + below)
        box.setRange(xRange=(first, first + (last - first) / room), yRange=span_y, padding=0)
        self._place_labels(shift, look, last, span_y)
        self._gap.setPos(first, span_y[1])
        most = max(2, int(tall / look.sizes.px(22)))
        step = count_step(self._top, most)
        counts = range(0, int(self._top) + 1, step)
        self._item.getAxis("left").setTicks([[(float(n), f"{n}") for n in counts]])
        self._levels.setData(*levels(counts, first, last))
        hours = hour_ticks(first, last, shift.now.zone, max(2, int(wide * room / look.sizes.px(56))))
        self._item.getAxis("bottom").setTicks([hours if self._times else [(at, "") for at, _ in hours]])

    def _place_labels(self, shift: Shift, look: Look, last: float, reach: tuple[float, float]) -> None:
        ends = [shift.end(line) for line in self._lines]
        shown = [n for n, end in enumerate(ends) if end is not None]
        tall, low = max(self.box.height(), 1.0), reach[0]
        scale = tall / (reach[1] - low)
        places = apart([(float(ends[n] or 0) - low) * scale for n in shown], look.sizes.px(LABEL), tall)
        for label in self._labels:
            label.setVisible(False)
        for n, height in zip(shown, places, strict=True):
            self._labels[n].setText(f"{self._lines[n].name} {ends[n]}")
            self._labels[n].setPos(last, height / scale + low)
            self._labels[n].setVisible(True)


def _pen(color: str, dashes: Sequence[float]) -> QPen:
    pen = QPen(QColor(color))
    pen.setCosmetic(True)
    pen.setWidth(1)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen
