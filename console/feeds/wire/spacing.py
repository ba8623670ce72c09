"""How often a secret is shown: servers lock accounts, and answer 429, for less than a poll's pace."""

from collections import deque
from collections.abc import Callable

from console.feeds.wire.finding import Trouble, down

PAUSE_S = 15.0
"""Least seconds between two tries where the first may have come to the server and was not answered."""

MOST, WITHIN_S = 4, 60.0
"""Tries in so many seconds, which is what a Resgrid server allows."""

ASKED_MOST_S = 600.0
"""A server that asks to be left alone for longer is asked again all the same."""

WAITS = "sign_in_waits"
"""The reason told meanwhile: what was asked was turned down, and there is no other token to ask it with yet."""

UNANSWERED = frozenset({"cut", "timeout", "slow", "busy"})
"""Troubles after which the server may have counted the try."""


class Spacing:
    """When the secret may be shown again."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._tries: deque[float] = deque(maxlen=MOST)
        self._until = 0.0
        self._last = ""

    def again(self) -> None:
        """A person wants it tried at once; how many tries there may be stays as it is."""
        self._until = 0.0

    def refused(self) -> Trouble | None:
        """Why the secret is not shown now; ``None`` where it may be, which counts as a try."""
        now = self._steady()
        until = self._until
        if len(self._tries) == MOST:
            until = max(until, self._tries[0] + WITHIN_S)
        if now < until:
            return _waits(self._last, until - now)
        self._tries.append(now)
        return None

    def tried(self, trouble: Trouble | None) -> None:
        """What came of it: the ``trouble``, if any."""
        self._last = trouble.detail if trouble else ""
        if trouble is None:
            return
        pause = PAUSE_S if trouble.reason in UNANSWERED else 0.0
        self._until = self._steady() + max(pause, min(trouble.wait or 0.0, ASKED_MOST_S))


def _waits(last: str, seconds: float) -> Trouble:
    why = (
        f"The last sign-in failed: {last}" if last else "The source has just been signed in to several times."
    )
    tip = "Nothing to do here: the console signs in again by itself. If it lasts, call those who run the server."
    detail = f"{why} The secret is shown again after a pause, so that the account is not locked."
    return down(WAITS, detail, tip, seconds)
