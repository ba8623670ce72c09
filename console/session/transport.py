"""The clock of a replay: it runs at any speed, stands, jumps and loops, and never leaves the shift."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0)
"""Shift seconds per second, as ``Up`` and ``Down`` go through them."""

SHORTEST_LOOP = timedelta(seconds=1)


class Span(Struct, frozen=True):
    """From the first to the last moment that can be shown; the end of a shift that is ``going`` moves on."""

    since: datetime
    until: datetime
    going: bool = False

    def held(self, moment: datetime) -> datetime:
        """``moment``, or the end that it lies beyond."""
        return min(max(moment, self.since), self.until)


class Loop(Struct, frozen=True):
    """What is played again and again. With only one end set it does not loop yet."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def length(self) -> timedelta | None:
        """How long one round is; ``None`` while an end is missing."""
        if self.since is None or self.until is None:
            return None
        return max(self.until - self.since, SHORTEST_LOOP)


class TransportClock:
    """The replayed moment. ``steady`` counts real seconds, ``span`` tells what can be shown by now.

    ``jumped`` is called after each jump, so that a frame need not be waited for.
    """

    def __init__(
        self,
        steady: Callable[[], float],
        span: Callable[[], Span],
        at: datetime,
        jumped: Callable[[], None] | None = None,
    ) -> None:
        self._steady, self._span, self._jumped = steady, span, jumped
        self._moment, self._counted = at, steady()
        self._speed, self._running = 1.0, False
        self._loop = Loop()

    @property
    def speed(self) -> float:
        """Shift seconds per second while it runs."""
        return self._speed

    @property
    def running(self) -> bool:
        """Whether the moment moves by itself."""
        return self._running

    @property
    def loop(self) -> Loop:
        """What is played again and again."""
        return self._loop

    @property
    def span(self) -> Span:
        """What can be shown by now."""
        return self._span()

    def now(self) -> datetime:
        """The replayed moment, within the shift and within the loop."""
        counted = self._steady()
        if self._running:
            passed = timedelta(seconds=(counted - self._counted) * self._speed)
            self._moment = self._span().held(self._looped(self._moment, self._moment + passed))
        self._counted = counted
        return self._moment

    def play(self) -> None:
        """Let it run; from the end of a shift that is over it runs from the start."""
        now, span = self.now(), self._span()
        if now >= span.until and not (self._running or span.going):
            since = self._loop.since
            self._moment = since if since is not None and since < span.until else span.since
        self._running = True

    def pause(self) -> None:
        """Stand still."""
        self.now()
        self._running = False

    def seek(self, to: datetime) -> None:
        """Go to ``to``, or to the end it lies beyond."""
        self.now()
        self._moment = self._span().held(to)
        if self._jumped is not None:
            self._jumped()

    def hold(self, at: datetime) -> None:
        """Go on from ``at``: what is shown has come no further."""
        self._counted, self._moment = self._steady(), at

    def run_at(self, speed: float) -> None:
        """Run at ``speed`` from here on."""
        self.now()
        self._speed = speed

    def faster(self) -> None:
        """The next higher of `SPEEDS`."""
        self.run_at(next((speed for speed in SPEEDS if speed > self._speed), SPEEDS[-1]))

    def slower(self) -> None:
        """The next lower of `SPEEDS`."""
        self.run_at(next((speed for speed in reversed(SPEEDS) if speed < self._speed), SPEEDS[0]))

    def loop_from(self, since: datetime | None, until: datetime | None) -> None:
        """Play between two moments, in either order; ``None`` for an end that is not set."""
        if since is not None and until is not None and until < since:
            since, until = until, since
        self._loop = Loop(since, until)

    def _looped(self, before: datetime, after: datetime) -> datetime:
        """Back to where the loop begins, if its end was passed; who stands behind it is not called back."""
        loop = self._round()
        if loop is None or before > loop.until or after < loop.until:
            return after
        return loop.since + (after - loop.since) % (loop.until - loop.since)

    def _round(self) -> Span | None:
        """What one round plays; one that is too short at the end of a shift that is over begins earlier."""
        loop, length, span = self._loop, self._loop.length, self._span()
        if length is None or loop.since is None:
            return None
        since, until = loop.since, loop.since + length
        if until > span.until and not span.going:
            since, until = max(span.until - length, span.since), span.until
        return Span(since, until) if since < until else None
