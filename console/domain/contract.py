"""The console's own dispatch API as types: what each reply holds.

An agency without an API of its own can implement this contract; the demo city does.

``GET /v1/service`` answers a `Service`; ``GET /v1/calls``, ``/v1/units``, ``/v1/positions``,
``/v1/facilities`` and ``/v1/follow_ups`` each answer a `Page` of the entity of that name. A page
carries the server's clock and a ``cursor``; with ``?since=CURSOR`` it holds only what changed after
it (``full`` is false), and a cursor the server no longer knows is answered with a full page.

``GET /v1/events`` is optional: the same pages as server-sent events, each as soon as it has changed. The
query names the wanted feeds with the cursor held of each (``?calls=CURSOR&units=CURSOR``); an event has the
feed's name and a `Page` as its data. An event `HEARTBEAT`, every few seconds, tells the `ServedClock`
and that every feed was told as it stands.
"""

from typing import Generic, TypeVar

from msgspec import Struct

from console.domain.entities import (
    Agency,
    Call,
    Facility,
    FollowUp,
    Moment,
    Position,
    Unit,
)
from console.domain.vocabulary import FeedName

API_VERSION = "1"

HEARTBEAT = "heartbeat"
"""The event that says that nothing else has changed; a comment line would be lost on most readers."""

T = TypeVar("T")

Row = Call | Unit | Position | Facility | FollowUp

ROW_TYPES: dict[FeedName, type[Row]] = {
    FeedName.CALLS: Call,
    FeedName.UNITS: Unit,
    FeedName.POSITIONS: Position,
    FeedName.FACILITIES: Facility,
    FeedName.FOLLOW_UPS: FollowUp,
}


class ServedClock(Struct, frozen=True):
    """The server's clock; ``speed`` other than 1 or ``simulated`` marks a clock that is not the world's."""

    now: Moment
    speed: float = 1.0
    simulated: bool = False


class Service(Struct, frozen=True):
    """What the server is, and which feeds it has."""

    api: str
    clock: ServedClock
    agency: Agency
    feeds: tuple[FeedName, ...]


class Page(Struct, Generic[T], frozen=True):
    """The rows of one feed: all of them (``full``), or those that changed since the cursor asked for."""

    clock: ServedClock
    cursor: str
    full: bool
    items: tuple[T, ...] = ()
    removed: tuple[str, ...] = ()


def row_key(row: Row) -> str:
    """The id by which rows of a feed are told apart: a position goes by its unit."""
    return row.unit if isinstance(row, Position) else row.id
