"""What was expected of teams when it mattered, and how often that was right."""

from datetime import datetime, timedelta
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from console.domain.alarms.agenda import Agenda
from console.domain.clearing.scenes import Like

OPEN = 200
"""Estimates that wait for their team to clear; beyond any shift."""

ERRORS = 200
"""Errors that are kept."""


class Estimate(Struct, frozen=True, gc=False):
    """Made ``at`` a whole second for the waiting ``call``: ``unit``, then on the call ``on``, clears at ``clears_at``.

    ``like`` and ``n`` say what that went by.
    """

    call: str
    unit: str
    on: str
    at: datetime
    clears_at: datetime
    like: Like
    n: int


class Learning(Struct, frozen=True):
    """``agenda`` holds the calls with the moment of their warning, ``open`` the estimates by the call they are for.

    ``right`` of ``settled`` came true within the pack's minutes, in the shift that began at ``shift_from``; ``errors``
    are the last ones in seconds, above zero where the team took longer. ``unmade`` are warnings at which nothing could
    be said of any team. ``asked`` are the open calls for which an estimate was made or tried.
    """

    agenda: Agenda = Agenda()
    open: dict[str, Estimate] = {}
    right: int = 0
    settled: int = 0
    unmade: int = 0
    errors: tuple[int, ...] = ()
    shift_from: datetime | None = None
    asked: frozenset[str] = frozenset()

    @property
    def off(self) -> timedelta | None:
        """By how much the estimates were off, in the middle; ``None`` before there is any."""
        return timedelta(seconds=median(map(abs, self.errors))) if self.errors else None

    def made(self, estimates: list[Estimate], unmade: int) -> "Learning":
        """With new estimates; the oldest that nobody settled make room."""
        kept = dict([*self.open.items(), *((one.call, one) for one in estimates)][-OPEN:])
        return replace(self, open=kept, unmade=self.unmade + unmade)

    def settle(self, over: dict[str, datetime | None], within: timedelta) -> "Learning":
        """Without the estimates for the calls ``over``: each was right or not, by when its team cleared (``None``: none
        can tell)."""
        left = {call: one for call, one in self.open.items() if call not in over}
        late = [
            ended - self.open[call].clears_at for call, ended in sorted(over.items()) if ended is not None
        ]
        return replace(
            self,
            open=left,
            right=self.right + sum(abs(error) <= within for error in late),
            settled=self.settled + len(late),
            errors=(*self.errors, *(round(error.total_seconds()) for error in late))[-ERRORS:],
        )

    def of_shift(self, began: datetime | None) -> "Learning":
        """The same for the shift that began then: another shift counts anew."""
        if began is None or began == self.shift_from:
            return self
        if self.shift_from is None:
            return replace(self, shift_from=began)
        return Learning(self.agenda, self.open, shift_from=began, asked=self.asked)

    def carried(self, old: "Learning") -> "Learning":
        """With what an earlier run learned in the same shift, and what it still had to see."""
        held = replace(self, open={**old.open, **self.open}, asked=old.asked | self.asked)
        if held.shift_from is not None and old.shift_from not in (None, held.shift_from):
            return held
        return replace(
            held,
            right=held.right + old.right,
            settled=held.settled + old.settled,
            unmade=held.unmade + old.unmade,
            errors=(*old.errors, *held.errors)[-ERRORS:],
            shift_from=held.shift_from or old.shift_from,
        )
