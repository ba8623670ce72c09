"""The session's clock and the clocks of the servers: which one leads, and how far the others are off."""

import asyncio
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from msgspec import Struct

from console.domain.contract import ServedClock
from console.feeds.poll.outside import Outside
from console.feeds.wire.finding import Reply

DRIFT = 1.0
"""Seconds that a simulated clock may run ahead of ours before we catch up."""

STEP = 2.0
"""Seconds below which a difference is no reason to move every stamp: an HTTP date tells whole seconds."""

LEAP = 3_600.0
"""Seconds ahead from which it is another clock: the session would fold a tick for each of them."""


class Skew(Struct, frozen=True):
    """A server's clock minus ours in seconds, ``None`` for a simulated one; what to say where it matters."""

    seconds: float | None = None
    detail: str = ""
    tip: str = ""


class Correction:
    """By how much the stamps of one source are corrected, in steps: each step changes every row.

    Which of two clocks is wrong cannot be known here; ages are right once both are the same.
    """

    def __init__(self) -> None:
        self.by = timedelta()

    def learn(self, seconds: float | None) -> None:
        """The source's clock is ``seconds`` ahead of ours, as far as can be told."""
        if seconds is not None and abs(seconds - self.by.total_seconds()) > STEP:
            self.by = timedelta(seconds=round(seconds)) if abs(seconds) > STEP else timedelta()


def dated(reply: Reply) -> ServedClock | None:
    """The clock in the head of ``reply``, where a source tells its time nowhere else. It counts whole seconds."""
    try:
        moment = parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, TypeError, IndexError):
        return None
    return None if moment.tzinfo is None else ServedClock(moment + timedelta(seconds=0.5))


class Clocks:
    """The first source leads: where its clock is simulated, the session follows it, forward only.

    ``ready`` is set once it is known which clock holds, so that no other source shows data before.
    """

    def __init__(self, outside: Outside) -> None:
        self.ready = asyncio.Event()
        self._outside = outside
        self._follows = False

    def lead(self, served: ServedClock, reply: Reply) -> None:
        """The leading source has told its time."""
        if not self.ready.is_set() and served.simulated:
            self._follows = True
            self._outside.sequence.restart(lambda: self._follow(served, reply))
        elif self._follows and served.simulated:
            self._keep_up(served, reply)
        self.go_on()

    def go_on(self) -> None:
        """Let the clock be as it is from here on."""
        if not self.ready.is_set():
            self._outside.sequence.settle()
            self.ready.set()

    def skew(self, served: ServedClock, reply: Reply) -> Skew:
        """How far the clock in ``reply`` is off, the time on the way taken out."""
        speed = max(1.0, served.speed)
        limit = self._outside.limits.skew * speed
        seconds = self._ahead(served, reply)
        doubt = (reply.came - reply.sent) / 2 * speed
        if served.simulated and self._follows:
            same = -limit - doubt <= seconds <= LEAP * speed
            return Skew() if same else Skew(None, _SET_ANEW, _RESTART)
        told = None if served.simulated else round(seconds, 3)
        if abs(seconds) <= limit + doubt:
            return Skew(told)
        side = "ahead of" if seconds > 0 else "behind"
        detail = f"The server's clock is {_told(abs(seconds))} {side} this workstation's. Ages are corrected by that."
        return Skew(told, detail, self._mend())

    def _mend(self) -> str:
        moved = self._outside.clock.moved.total_seconds()
        if moved:
            how = "back" if moved < 0 else "forward"
            return f"This workstation's clock was set {how} by {_told(abs(moved))}. Restart the console to go by it."
        return (
            "Have both clocks set; the one that is wrong is not known here. "
            "Where this workstation's is set back, restart the console."
        )

    def _keep_up(self, served: ServedClock, reply: Reply) -> None:
        clock = self._outside.clock
        speed = max(1.0, served.speed)
        ahead = self._ahead(served, reply)
        if ahead <= LEAP * speed and (served.speed != clock.speed or ahead > DRIFT * speed):
            self._follow(served, reply)

    def _follow(self, served: ServedClock, reply: Reply) -> None:
        clock = self._outside.clock
        moment = self._present(served, reply)
        if self.ready.is_set():
            moment = max(moment, clock.now() + timedelta(milliseconds=1))
        clock.follow(moment, served.speed)

    def _ahead(self, served: ServedClock, reply: Reply) -> float:
        return (self._present(served, reply) - self._outside.clock.now()) / timedelta(seconds=1)

    def _present(self, served: ServedClock, reply: Reply) -> datetime:
        """The server's time now: it wrote the reply somewhere between our asking and its first byte."""
        since = self._outside.steady() - (reply.sent + reply.came) / 2
        return served.now + timedelta(seconds=since * served.speed)


_SET_ANEW = "The server's simulated clock was set anew. The console keeps its own time."
_RESTART = "Restart the console to follow the server from its new beginning."


def _told(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
