"""The quickest way along the streets from one spot to another."""

import heapq
import math

from msgspec import Struct

from console.simulator.city.plane import Point
from console.simulator.city.streets import Spot, Streets


class Leg(Struct, frozen=True):
    """One straight piece of a route: to ``point`` along ``block`` in ``seconds`` at the street's own speed."""

    point: Point
    block: int
    seconds: float


class Routes:
    """Shortest-time routes; the tree of ways to a crossing is worked out once and kept."""

    def __init__(self, streets: Streets) -> None:
        self.streets = streets
        self._trees: dict[int, tuple[dict[int, float], dict[int, tuple[int, float, int]]]] = {}

    def between(self, start: Spot, end: Spot) -> list[Leg]:
        """The legs from ``start`` to ``end``; none when they are the same spot."""
        if start == end:
            return []
        if start.block == end.block:
            return [self._within(end, abs(start.along - end.along))]
        first, last = self._ends(start, end)
        here, legs = first, [self._to(first, start.block, self.streets.seconds(start, first))]
        steps = self._tree(last)[1]
        while here != last:
            here, seconds, block = steps[here]
            legs.append(self._to(here, block, seconds))
        legs.append(Leg(self.streets.point(end), end.block, self.streets.seconds(end, last)))
        return [leg for leg in legs if leg.seconds > 0]

    def _within(self, end: Spot, meters: float) -> Leg:
        speed = self.streets.blocks[end.block].street.speed_mps
        return Leg(self.streets.point(end), end.block, meters / speed)

    def _to(self, node: int, block: int, seconds: float) -> Leg:
        return Leg(self.streets.points[node], block, seconds)

    def _ends(self, start: Spot, end: Spot) -> tuple[int, int]:
        """By which end to leave the first block, and by which to enter the last."""
        best, found = math.inf, (0, 0)
        goal = self.streets.blocks[end.block]
        for last in (goal.a, goal.b):
            cost = self._tree(last)[0]
            origin = self.streets.blocks[start.block]
            for first in (origin.a, origin.b):
                total = self.streets.seconds(start, first) + cost[first] + self.streets.seconds(end, last)
                if total < best:
                    best, found = total, (first, last)
        return found

    def _tree(self, target: int) -> tuple[dict[int, float], dict[int, tuple[int, float, int]]]:
        """Seconds from each crossing to ``target``, and the first step of the way (Dijkstra, from the target)."""
        known = self._trees.get(target)
        if known is None:
            known = self._trees[target] = self._grow(target)
        return known

    def _grow(self, target: int) -> tuple[dict[int, float], dict[int, tuple[int, float, int]]]:
        exits = self.streets.exits
        cost = {target: 0.0}
        step: dict[int, tuple[int, float, int]] = {}
        queue = [(0.0, target)]
        while queue:
            so_far, node = heapq.heappop(queue)
            if so_far > cost[node]:
                continue
            for neighbor, seconds, block in exits[node]:
                total = so_far + seconds
                if total < cost.get(neighbor, math.inf):
                    cost[neighbor] = total
                    step[neighbor] = (node, seconds, block)
                    heapq.heappush(queue, (total, neighbor))
        return cost, step
