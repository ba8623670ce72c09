"""Where a unit was at any moment: one polyline in time along the streets, and the fixes it reports of it."""

import math
from bisect import bisect_right
from datetime import datetime, timedelta

from console.domain.entities import Position
from console.simulator.city.plane import Point, between, degrees, heading
from console.simulator.city.routes import Leg
from console.simulator.city.streets import Spot, Streets

CADENCE_MS = 5_000
_EVER = 1 << 62


class Track:
    """The way of one unit through a shift. Moments are milliseconds since the shift's start."""

    def __init__(self, streets: Streets) -> None:
        self._streets = streets
        self._at: list[int] = []
        self._points: list[Point] = []
        self._blocks: list[int] = []
        self._duty: list[tuple[int, int]] = []

    def begin(self, at_ms: int, spot: Spot) -> None:
        """The unit signs on at ``spot``."""
        self._add(at_ms, self._streets.point(spot), spot.block)
        self._duty.append((at_ms, _EVER))

    def end(self, at_ms: int) -> None:
        """The unit signs off: it reports no more."""
        self._duty[-1] = (self._duty[-1][0], at_ms)

    def drive(self, at_ms: int, legs: list[Leg], pace: float = 1.0) -> int:
        """Leave at ``at_ms`` and follow ``legs`` at ``pace`` times the streets' speed; the moment of arrival."""
        self._cut(at_ms)
        for leg in legs:
            at_ms += max(1, round(leg.seconds / pace * 1000))
            self._add(at_ms, leg.point, leg.block)
        return at_ms

    def spot(self, at_ms: int) -> Spot:
        """Where on the network the unit is."""
        i = bisect_right(self._at, at_ms)
        block = self._blocks[min(i, len(self._blocks) - 1)]
        corner = self._streets.points[self._streets.blocks[block].a]
        return Spot(block, min(math.dist(corner, self.point(at_ms)), self._streets.blocks[block].length))

    def point(self, at_ms: int) -> Point:
        """Where in the plane the unit is."""
        i = bisect_right(self._at, at_ms)
        if i == len(self._at):
            return self._points[-1]
        if i == 0:
            return self._points[0]
        share = (at_ms - self._at[i - 1]) / (self._at[i] - self._at[i - 1])
        return between(self._points[i - 1], self._points[i], share)

    def course(self, at_ms: int) -> tuple[float | None, float]:
        """Heading in degrees (unknown while standing) and speed in meters a second."""
        i = bisect_right(self._at, at_ms)
        if i in (0, len(self._at)) or self._points[i - 1] == self._points[i]:
            return None, 0.0
        a, b = self._points[i - 1], self._points[i]
        speed = math.dist(a, b) * 1000 / (self._at[i] - self._at[i - 1])
        return round(heading(a, b), 1) % 360, round(speed, 1)

    def reports(self, at_ms: int) -> bool:
        """Whether the unit is signed on."""
        return any(start <= at_ms < end for start, end in self._duty)

    def _cut(self, at_ms: int) -> None:
        """Forget the way that was planned beyond ``at_ms``; the unit stands there until it drives on."""
        spot, point = self.spot(at_ms), self.point(at_ms)
        keep = bisect_right(self._at, at_ms)
        del self._at[keep:], self._points[keep:], self._blocks[keep:]
        self._add(at_ms, point, spot.block)

    def _add(self, at_ms: int, point: Point, block: int) -> None:
        self._at.append(at_ms)
        self._points.append(point)
        self._blocks.append(block)


class Fixes:
    """The positions a unit reports: one every five seconds, at a phase of its own, but for its silences."""

    def __init__(self, unit: str, track: Track, start: datetime, phase_ms: int) -> None:
        self.key = unit
        self.silences: list[tuple[int, int]] = []
        self._track = track
        self._start = start
        self._phase = phase_ms

    def changed(self, at_ms: int) -> int | None:
        if not self._track.reports(at_ms):
            return None
        for start, end in self.silences:
            if start <= at_ms < end:
                at_ms = start - 1
        tick = (at_ms - self._phase) // CADENCE_MS * CADENCE_MS + self._phase
        return tick if self._track.reports(tick) else None

    def row(self, changed_ms: int) -> Position:
        latitude, longitude = degrees(self._track.point(changed_ms))
        direction, speed = self._track.course(changed_ms)
        return Position(
            unit=self.key,
            lat=latitude,
            lon=longitude,
            at=self._start + timedelta(milliseconds=changed_ms),
            heading=direction,
            speed_mps=speed,
            accuracy_m=4.0 + self._phase % 7,
        )
