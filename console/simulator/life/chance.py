"""Seeded chance: a stream of its own for each concern, so that a change in one does not reshuffle the rest."""

import random
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

Minutes = tuple[float, float, float]
"""Shortest, most likely and longest, in minutes."""


def stream(seed: int, *concern: object) -> Random:
    """The stream of ``concern`` under ``seed``; text seeds do not depend on the process's hash seed."""
    return random.Random(":".join(map(str, (seed, *concern))))  # noqa: S311  # an invented city, not a secret


def seconds(rng: Random, low: float, likely: float, high: float) -> int:
    """A whole number of seconds from a triangular distribution."""
    return round(rng.triangular(low, high, likely))


def lasting(rng: Random, minutes: Minutes) -> int:
    """A duration in whole seconds from minutes."""
    low, likely, high = minutes
    return seconds(rng, low * 60, likely * 60, high * 60)


def weighted(rng: Random, choices: Sequence[tuple[T, float]]) -> T:
    """One of ``choices`` by its weight."""
    return rng.choices([value for value, _ in choices], [weight for _, weight in choices])[0]
