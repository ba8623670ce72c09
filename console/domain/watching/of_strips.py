"""The rule about what left the board: nothing goes without an owner, a disposition or a signed hand-off."""

from collections.abc import Iterator

from console.domain.board import State
from console.domain.watching import catalog
from console.domain.watching.spell import Spell, already


def spells(state: State, key: str) -> Iterator[Spell]:
    """What is to be said of the strip ``key``."""
    strip = state.strips.get(key)
    if strip is not None:
        yield already(catalog.UNOWNED, strip.since)
