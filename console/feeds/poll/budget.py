"""How many requests a source permits in an hour, how many it got, and the pace that keeps within that."""

from collections import deque
from collections.abc import Callable

HOUR = 3_600.0

SHARE = 0.9
"""The part of the permitted requests that is planned for; the rest is for tokens and second tries."""


class Budget:
    """Counts the requests to one source. ``allowed`` is per hour, 0 where the source sets no limit."""

    def __init__(self, allowed: int, steady: Callable[[], float]) -> None:
        self.allowed = allowed
        self._steady = steady
        self._asked: deque[float] = deque()
        self._costs: dict[str, int] = {}

    @property
    def asked(self) -> int:
        """Requests in the last hour."""
        while self._asked and self._asked[0] <= self._steady() - HOUR:
            self._asked.popleft()
        return len(self._asked)

    def spend(self, requests: int) -> None:
        """So many requests are sent now."""
        self._asked.extend([self._steady()] * requests)

    def pace(self, name: str, requests: int, every: float) -> float:
        """Seconds between two rounds called ``name`` that last took so many requests; at least ``every``."""
        self._costs[name] = max(1, requests)
        if not self.allowed:
            return every
        if self.asked >= self.allowed:
            return max(every, self._asked[0] + HOUR - self._steady())
        return max(every, HOUR * sum(self._costs.values()) / (SHARE * self.allowed))
