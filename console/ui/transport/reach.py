"""How much of a shift the time axis shows: all of it, or what a person zoomed into."""

from datetime import datetime, timedelta

from console.ui.transport.scale import Scale, moved, zoomed

AHEAD = timedelta(minutes=5)
"""Least room behind the newest moment of a shift that goes on, so that it need not be drawn anew all the time."""


class Reach:
    """From ``since`` on, on pixels given by `stretch`."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self._since, self._until = since, until
        self._left, self._width = 0.0, 1.0
        self._zoom: Scale | None = None

    @property
    def whole(self) -> Scale:
        """All of the shift on the width there is."""
        return Scale(self._since, self._until, self._left, self._width)

    @property
    def zoomed(self) -> bool:
        """Whether a part is shown."""
        return self._zoom is not None

    @property
    def scale(self) -> Scale:
        """Where moments lie, as zoomed."""
        whole, zoom = self.whole, self._zoom
        return moved(zoom, whole, zoom.since, zoom.length) if zoom else whole

    def begin(self, since: datetime, until: datetime) -> None:
        """Show all of another shift."""
        self._since, self._until, self._zoom = since, until, None

    def begin_late(self, recorded: datetime, *, going: bool) -> None:
        """Show what was recorded large, where that is less than half of the shift; the rest is a double click away."""
        length = self._until - recorded
        if length < (self._until - self._since) / 2:
            until = self._until + AHEAD if going else self._until
            self._zoom = Scale(recorded - length / 10, until, self._left, self._width)

    def stretch(self, left: float, width: float) -> None:
        """Take ``width`` pixels from ``left`` on."""
        self._left, self._width = left, max(width, 1.0)
        if self._zoom is not None:
            self._zoom = Scale(self._zoom.since, self._zoom.until, self._left, self._width)

    def fit(self) -> None:
        """Show all of the shift again."""
        self._zoom = None

    def zoom(self, x: float, factor: float) -> None:
        """Show ``factor`` times as much time, the moment at ``x`` staying where it is."""
        scale = zoomed(self.scale, self.whole, x, factor)
        self._zoom = None if scale.length >= self.whole.length else scale

    def pan(self, part: float) -> None:
        """Move on by a part of what is shown."""
        if self._zoom is not None:
            scale = self.scale
            self._zoom = moved(scale, self.whole, scale.since + scale.length * part, scale.length)

    def follow(self, at: datetime) -> bool:
        """Turn the page where ``at`` is out of sight; whether it was turned."""
        scale = self.scale
        if self._zoom is None or scale.shows(at):
            return False
        self._zoom = moved(scale, self.whole, at - scale.length / 10, scale.length)
        return True

    def include(self, edge: datetime, *, going: bool) -> bool:
        """Make room for what is recorded, and for what comes of a shift that goes on; whether more is shown."""
        if edge < self._until or (edge == self._until and not going):
            return False
        self._until = edge + max((edge - self._since) / 20, AHEAD) if going else edge
        return True
