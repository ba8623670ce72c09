"""What a table shows, as data: how each column reads a row, and what the table knows of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present
from console.ui.theme.theme import Token

R = TypeVar("R")


def _unsaid(_row: Any, _now: Present) -> str:
    return ""


def _plain(_row: Any) -> Token:
    return "text"


def _muted(_row: Any) -> Token:
    return "muted"


@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """How one column reads a row. ``text`` and ``sub`` (a small second line) are what stands there.

    ``sort`` gives a comparable key, ``tip`` a ready tooltip, ``tone`` and ``sub_tone`` theme tokens.
    ``ticks`` marks a text that changes with the clock alone. ``width`` is in pixels at 100 %, 0 takes
    what is left; up to ``most`` it grows with its longest text, before all others if it is the row's
    ``identity``; ``small`` where that is drawn in the small type. A narrow table first leaves out the column
    with the highest ``spare``, and only where that is not enough the one with the highest ``folds``: its
    ``folded`` text then stands in the second line of the column that takes what is left. ``paint`` draws the
    cell in place of its text, which is then spoken.
    """

    title: str
    text: Callable[[R, Present], str]
    sub: Callable[[R, Present], str] = _unsaid
    tip: Callable[[R, Present], str] = _unsaid
    tone: Callable[[R], Token] = _plain
    sub_tone: Callable[[R], Token] = _muted
    sort: Callable[[R], Any] | None = None
    ticks: bool = False
    right: bool = False
    width: int = 0
    most: int = 0
    identity: bool = False
    small: bool = False
    spare: int = 0
    folds: int = 0
    folded: Callable[[R, Present], str] = _unsaid
    paint: Callable[[Brush, R, Present], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Rules(Generic[R]):
    """What a table knows of its rows: their own order, which head a section, which are hatched as old.

    A row with a ``section`` text cannot be picked, and the keyboard steps over it. ``acts`` are what can be done with
    a row, as names and words: its menu offers them.
    """

    order: Callable[[R], Any]
    section: Callable[[R], str] = lambda _row: ""
    hatched: Callable[[R], bool] = lambda _row: False
    acts: Callable[[R], Sequence[tuple[str, str]]] = lambda _row: ()
