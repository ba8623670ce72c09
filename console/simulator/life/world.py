"""The running world of one shift: its clock, what is due when, and the log of everything that changed."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random

from console.domain.contract import Row
from console.domain.vocabulary import FeedName
from console.simulator.city.routes import Routes
from console.simulator.city.streets import Spot
from console.simulator.life.case import Case
from console.simulator.life.chance import stream
from console.simulator.life.vehicle import Vehicle
from console.simulator.timeline import Change

Process = Iterator[int]
"""Something that happens in steps: each ``yield`` says how many seconds to wait until the next."""

_TRAFFIC = (  # share of the free speed that traffic leaves, by local hour
    1.0, 1.0, 1.0, 1.0, 1.0, 0.97, 0.9, 0.78, 0.74, 0.82, 0.85, 0.85,
    0.82, 0.83, 0.82, 0.78, 0.74, 0.7, 0.76, 0.84, 0.9, 0.93, 0.96, 1.0,
)  # fmt: skip


class World:
    """Moments are whole seconds since the shift's start; ``at`` is the present one as a stamp."""

    def __init__(self, start: datetime, opens_hour: int, seed: int, routes: Routes) -> None:
        self.start = start
        self.now = 0
        self.at = start
        self.routes = routes
        self.changes: list[Change] = []
        self._opens_hour = opens_hour
        self._seed = seed
        self._due: list[tuple[int, int, Process]] = []
        self._count = count()

    def stream(self, *concern: object) -> Random:
        """The stream of chance for one concern of this shift."""
        return stream(self._seed, *concern)

    def moment(self, at: int) -> datetime:
        """The stamp of ``at`` seconds after the start."""
        return self.start + timedelta(seconds=at)

    def local_hour(self) -> int:
        """The hour of the day in the city."""
        return (self._opens_hour + self.now // 3_600) % 24

    def begin(self, process: Process, after: int = 0) -> None:
        """Start ``process`` in ``after`` seconds."""
        heapq.heappush(self._due, (self.now + after, next(self._count), process))

    def later(self, wait: int, action: Callable[[], None]) -> None:
        """Do ``action`` in ``wait`` seconds."""
        self.begin(_once(action, wait))

    def run(self) -> None:
        """Let everything happen that was begun, in order, until nothing is left."""
        while self._due:
            self.now, _, process = heapq.heappop(self._due)
            self.at = self.moment(self.now)
            wait = next(process, None)
            if wait is not None:
                self.begin(process, wait)

    def show(self, *things: Case | Vehicle) -> None:
        """Log how calls and units now stand."""
        for thing in things:
            feed = FeedName.CALLS if isinstance(thing, Case) else FeedName.UNITS
            self.log(feed, thing.row(self.at))

    def log(self, feed: FeedName, row: Row) -> None:
        """Log a row that changed now."""
        self.changes.append(Change(self.at, feed, row))

    def drive(self, vehicle: Vehicle, to: Spot, haste: float = 1.0) -> int:
        """Set ``vehicle`` on its way along the streets; the seconds it will take."""
        at_ms = self.now * 1000
        legs = self.routes.between(vehicle.track.spot(at_ms), to)
        pace = haste * _TRAFFIC[self.local_hour()]
        return -((at_ms - vehicle.track.drive(at_ms, legs, pace)) // 1000)


def _once(action: Callable[[], None], wait: int) -> Process:
    yield wait
    action()
