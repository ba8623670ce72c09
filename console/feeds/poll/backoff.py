"""How long to wait after trouble, and when one round of a source tries for all of them."""

from random import Random

from console.domain.vocabulary import Health
from console.feeds.wire.finding import Trouble
from console.feeds.wire.limits import Limits


def backoff(failures: int, limits: Limits, dice: Random) -> float:
    """Seconds until the next try after so many failures in a row: exponential, with full jitter."""
    most = min(limits.retry_most, limits.retry_first * 2.0 ** min(failures - 1, 30))
    return dice.uniform(0.0, most)


def pause(trouble: Trouble, failures: int, limits: Limits, dice: Random) -> float:
    """Seconds to leave a source alone after ``trouble``, the last of ``failures`` in a row.

    A refused sign-in is another path than being down: asking again soon may lock the account.
    """
    if trouble.health is Health.AUTH:
        return limits.retry_auth
    wait = backoff(failures, limits, dice)
    return wait if trouble.wait is None else max(wait, min(trouble.wait, limits.retry_asked))


class Circuit:
    """Opens when a source fails again and again, whatever the round: then one probes for all."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.circuit
        self._failures = 0
        self._probe: str | None = None

    @property
    def open(self) -> bool:
        """Whether the source is left alone but for the probe."""
        return self._probe is not None

    def failed(self, name: str) -> None:
        """One more failure in a row."""
        self._failures += 1
        if self._failures >= self._limit and self._probe is None:
            self._probe = name

    def answered(self) -> bool:
        """The source answers; whether that closed an open circuit."""
        closed = self.open
        self._failures, self._probe = 0, None
        return closed

    def waits(self, name: str) -> bool:
        """Whether the round ``name`` leaves the trying to another."""
        return self._probe not in (None, name)
