"""The lines of one panel, made anew only where something that they are made from has changed."""

from operator import is_
from typing import Any

from console.domain.state import State
from console.ui.attention.lines import Line, helped, lines
from console.ui.parts.lacking import troubled


class Listed:
    """``lines`` by key, and which heaps a person ``opened``."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.opened: frozenset[str] = frozenset()
        self._made: tuple[object, ...] = ()
        self._troubles: frozenset[str] = frozenset()

    def look(self, state: State) -> bool:
        """Make the lines of ``state``; whether any alarm or row is another one."""
        rows, troubles = (*made_from(state), self.opened), troubled(state.feeds, state.second)
        same = len(rows) == len(self._made) and all(map(is_, rows, self._made))
        if same and troubles == self._troubles:
            self.lines = helped(self.lines, state)
            return False
        if self._made and self._made[0] is not rows[0]:
            self.lines = {}  # other definitions: other limits, other words
        self._made, self._troubles = rows, troubles
        self.lines = lines(state, self.opened, self.lines)
        return True

    def toggle(self, key: str) -> None:
        """Open a heap, or close it."""
        self.opened ^= {key}

    def close_all(self) -> None:
        """Close every heap."""
        self.opened = frozenset()


def made_from(state: State) -> tuple[Any, ...]:
    """The slices of the board that the lines are made from."""
    alarms = state.alarms
    held = (alarms.standing, alarms.flood, alarms.checked)
    return (state.definitions, *held, state.calls, state.units, state.strips)
