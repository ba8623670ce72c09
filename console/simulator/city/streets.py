"""The street network: crossings, the blocks between them, and spots along a block."""

import math
from collections import deque
from itertools import pairwise

from msgspec import Struct

from console.simulator.city import plan
from console.simulator.city.plane import Point, between, crosses, inside

SNAP_M = 70.0
"""A parkway that passes a crossing this close goes through it."""


class Block(Struct, frozen=True):
    """A piece of street between two neighboring crossings ``a`` and ``b``."""

    a: int
    b: int
    street: plan.Street
    length: float


class Spot(Struct, frozen=True):
    """A place on the network: so many meters from crossing ``a`` of block number ``block``."""

    block: int
    along: float


class Streets:
    """The connected network of all blocks that are neither under water nor inside a park."""

    def __init__(self) -> None:
        points, chains = _crossings(plan.streets())
        self.points = points
        self.blocks = _connected(_dry(points, chains))
        self.exits: dict[int, list[tuple[int, float, int]]] = {}
        for number, block in enumerate(self.blocks):
            seconds = block.length / block.street.speed_mps
            self.exits.setdefault(block.a, []).append((block.b, seconds, number))
            self.exits.setdefault(block.b, []).append((block.a, seconds, number))

    def point(self, spot: Spot) -> Point:
        """Where ``spot`` lies in the plane."""
        block = self.blocks[spot.block]
        return between(self.points[block.a], self.points[block.b], spot.along / block.length)

    def corner(self, near: Point) -> Spot:
        """The crossing nearest to a point of the plane."""
        node = min(self.exits, key=lambda n: math.dist(self.points[n], near))
        number = self.exits[node][0][2]
        block = self.blocks[number]
        return Spot(number, 0.0 if block.a == node else block.length)

    def seconds(self, spot: Spot, node: int) -> float:
        """Driving time along the block from ``spot`` to its end ``node``."""
        block = self.blocks[spot.block]
        distance = spot.along if node == block.a else block.length - spot.along
        return distance / block.street.speed_mps


def _crossings(streets: tuple[plan.Street, ...]) -> tuple[list[Point], list[tuple[plan.Street, list[int]]]]:
    """Number the crossings; each street becomes the chain of crossings along it."""
    numbers: dict[Point, int] = {}
    grid = [street for street in streets if street.kind != "parkway"]
    chains = {street: [numbers.setdefault(p, len(numbers)) for p in street.points] for street in grid}
    points = list(numbers)
    for parkway in (street for street in streets if street.kind == "parkway"):
        chains[parkway] = _lay(parkway, chains, points, numbers)
    for street in grid:
        chains[street].sort(key=lambda n: points[n])
    return points, list(chains.items())


def _lay(
    parkway: plan.Street, chains: dict[plan.Street, list[int]], points: list[Point], numbers: dict[Point, int]
) -> list[int]:
    """Lay ``parkway`` across the grid: a crossing wherever it meets a street, added to that street's chain."""
    chain: list[int] = []
    for start, end in pairwise(parkway.points):
        met = [(math.dist(start, p), street, p) for street in chains if (p := _meeting(start, end, street))]
        chain.append(_node(start, points, numbers))
        for _, street, point in sorted(met, key=lambda m: m[0]):
            near = next((n for n in chains[street] if math.dist(points[n], point) < SNAP_M), None)
            node = _node(point, points, numbers) if near is None else near
            if node not in chains[street]:
                chains[street].append(node)
            chain.append(node)
    chain.append(_node(parkway.points[-1], points, numbers))
    return list(dict.fromkeys(chain))


def _node(point: Point, points: list[Point], numbers: dict[Point, int]) -> int:
    if point not in numbers:
        numbers[point] = len(points)
        points.append(point)
    return numbers[point]


def _meeting(start: Point, end: Point, street: plan.Street) -> Point | None:
    """Where the line from ``start`` to ``end`` meets a street of the grid."""
    if street.kind == "parkway":
        return None
    (x1, y1), (x2, _) = street.points[0], street.points[-1]
    axis, level = (0, x1) if x1 == x2 else (1, y1)
    low, high = sorted((start[axis], end[axis]))
    if not low < level < high:
        return None
    return between(start, end, (level - start[axis]) / (end[axis] - start[axis]))


def _dry(points: list[Point], chains: list[tuple[plan.Street, list[int]]]) -> list[Block]:
    water, parks = plan.water(), plan.parks()
    blocks = []
    for street, chain in chains:
        for a, b in pairwise(chain):
            if not street.bridge and any(crosses(points[a], points[b], area.ring) for area in water):
                continue
            middle = between(points[a], points[b], 0.5)
            if street.kind == "street" and any(inside(middle, park.ring) for park in parks):
                continue
            blocks.append(Block(a, b, street, math.dist(points[a], points[b])))
    return blocks


def _connected(blocks: list[Block]) -> list[Block]:
    """The blocks that can be reached from the first crossing: dead pieces between water and park drop out."""
    neighbors: dict[int, list[int]] = {}
    for block in blocks:
        neighbors.setdefault(block.a, []).append(block.b)
        neighbors.setdefault(block.b, []).append(block.a)
    seen, edge = {blocks[0].a}, deque([blocks[0].a])
    while edge:
        fresh = [n for n in neighbors[edge.popleft()] if n not in seen]
        seen.update(fresh)
        edge.extend(fresh)
    return [block for block in blocks if block.a in seen]
