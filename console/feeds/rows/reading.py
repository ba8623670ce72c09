"""What one reply says: the rows that are new, those that are gone, and what could not be read."""

from datetime import datetime, timedelta
from typing import Generic, TypeVar

from msgspec import Struct

from console.domain.contract import ServedClock
from console.feeds.rows.flaws import Flaw

R = TypeVar("R")

Bounds = tuple[float, float, float, float]
"""South, west, north, east in degrees."""


class Unreadable(Exception):
    """A reply as a whole cannot be read: a short code, what is wrong, what to do."""

    def __init__(self, reason: str, detail: str, tip: str) -> None:
        super().__init__(reason, detail, tip)
        self.reason = reason
        self.detail = detail
        self.tip = tip


class Setting(Struct, frozen=True):
    """What a row is judged by: the session's present, the agency's service area, the source's clock.

    ``ahead`` is how far that clock is known to be ahead of the session's: stamps are corrected by it.
    """

    now: datetime
    bounds: Bounds | None = None
    ahead: timedelta = timedelta()


class Reading(Struct, Generic[R], frozen=True):
    """One reply, as the difference to what was held before it.

    ``full``: the reply held every row there is. ``whole``: so does ``changed``, because nothing was
    held. ``vanished``: the reply was empty where rows are held; it changed nothing yet. ``blind``: some
    rows could not be identified, so none is taken for gone. ``sound`` are the ids that an incremental
    reply gave a good row for, ``flaws`` all of this reply, also those that an earlier one had. ``retired``
    are calls whose id now means another call; they go on under a name of their own. ``ahead`` is by how
    much the rows were corrected.
    """

    cursor: str
    clock: ServedClock | None
    full: bool
    whole: bool = False
    vanished: bool = False
    blind: bool = False
    changed: tuple[R, ...] = ()
    gone: tuple[str, ...] = ()
    sound: tuple[str, ...] = ()
    rows_read: int = 0
    flaws: tuple[Flaw, ...] = ()
    retired: tuple[R, ...] = ()
    ahead: timedelta = timedelta()
