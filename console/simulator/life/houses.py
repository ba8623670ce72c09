"""The places people are taken to: their beds fill and empty, and some report their figures late."""

import math

from console.domain.entities import Facility
from console.domain.vocabulary import FacilityKind, FeedName
from console.simulator.city import plan
from console.simulator.city.plane import Point, degrees
from console.simulator.city.streets import Spot, Streets
from console.simulator.life.chance import Minutes, lasting
from console.simulator.life.world import Process, World

_USUAL_FREE = 0.3
_SLOW_REPORTER = "shelter-2"
_REPORTS: Minutes = (8, 18, 40)
_SLOW_REPORTS: Minutes = (200, 300, 420)


class Houses:
    """The facilities of the city and their free beds."""

    def __init__(self, world: World, streets: Streets, until: int) -> None:
        self._world = world
        self._until = until
        self._places = {place.id: place for place in plan.places()}
        self._spots = {place.id: streets.corner(place.near) for place in plan.places()}
        self._points = {key: streets.point(spot) for key, spot in self._spots.items()}
        self._rng = world.stream("houses")
        self._free = {
            key: round(place.beds * self._rng.uniform(0.15, 0.45))
            for key, place in self._places.items()
            if place.beds is not None
        }

    def spot(self, key: str) -> Spot:
        """Where the facility stands on the network."""
        return self._spots[key]

    def name(self, key: str) -> str:
        """Its name."""
        return self._places[key].name

    def nearest(self, kind: FacilityKind, point: Point) -> str:
        """The id of the nearest facility of ``kind`` that has a bed; the nearest at all if none has."""
        keys = [key for key, place in self._places.items() if place.kind is kind]
        return min(keys, key=lambda key: (self._free.get(key, 0) == 0, math.dist(self._points[key], point)))

    def admit(self, key: str) -> None:
        """One person more; a slow reporter says so with its next report only."""
        self._free[key] = max(0, self._free[key] - 1)
        if key != _SLOW_REPORTER:
            self._show(key)

    def _live(self, key: str) -> Process:
        """People come and go by other ways, and the facility reports its figures."""
        place = self._places[key]
        self._show(key)
        while key in self._free and self._world.now < self._until:
            yield lasting(self._rng, _SLOW_REPORTS if key == _SLOW_REPORTER else _REPORTS)
            drift = _USUAL_FREE * (place.beds or 0) - self._free[key]
            change = round(self._rng.gauss(drift * 0.15, 1.2))
            self._free[key] = min(place.beds or 0, max(0, self._free[key] + change))
            self._show(key)

    def open(self) -> None:
        """Begin the shift of every facility."""
        for key in self._places:
            self._world.begin(self._live(key))

    def _show(self, key: str) -> None:
        place, free = self._places[key], self._free.get(key)
        latitude, longitude = degrees(self._points[key])
        facility = Facility(
            id=key,
            name=place.name,
            kind=place.kind,
            lat=latitude,
            lon=longitude,
            beds=place.beds,
            beds_free=free,
            accepting=None if free is None else free > 0,
            updated_at=self._world.at,
        )
        self._world.log(FeedName.FACILITIES, facility)
