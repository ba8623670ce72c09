"""What happens in the tests of the recorder: makers of events, for a sequence to stamp."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from console.domain.entities import Agency, Call, Position, Stamps, Unit
from console.domain.events import (
    AgencyDescribed,
    Bookmarked,
    CallsChanged,
    FeedReported,
    Noted,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.vocabulary import CallState, Health
from tests.domain.builders import AGENCY, NOON, feed

Make: TypeAlias = Callable[[datetime], Recorded]

OPEN, CLOSED = CallState.PENDING, CallState.CLOSED


def call(key: str, state: CallState = OPEN, closed_at: datetime | None = None) -> Call:
    """A call answered at noon."""
    stamps = Stamps(answered_at=NOON)
    return Call(key, number=f"N-{key}", state=state, stamps=stamps, closed_at=closed_at)


def calls(*rows: Call) -> Make:
    """A reply with these calls."""
    return lambda moment: CallsChanged(moment, "cad/calls", rows)


def units(*keys: str) -> Make:
    """A reply with these units."""
    return lambda moment: UnitsChanged(moment, "cad/units", tuple(map(Unit, keys)))


def described(agency: Agency = AGENCY) -> Make:
    """The source tells of itself."""
    return lambda moment: AgencyDescribed(moment, "cad", agency)


def answered(moment: datetime) -> Recorded:
    """The feed of calls answered."""
    return FeedReported(moment, feed(answered_at=moment))


def down(moment: datetime) -> Recorded:
    """The feed of calls does not answer."""
    return FeedReported(moment, feed(reported=Health.DOWN, reason="refused"))


def moved(moment: datetime) -> Recorded:
    """A unit moved."""
    return PositionsChanged(moment, "cad/positions", (Position("u1", 39.7, -104.9, moment),))


def noted(moment: datetime) -> Recorded:
    """Somebody wrote something down."""
    return Noted(moment, "asked dispatch", "me", "a")


def bookmarked(moment: datetime) -> Recorded:
    """Somebody marked the moment."""
    return Bookmarked(moment, "look again", "me")
