"""The board as one immutable value.

Dictionaries in a `State` are never mutated; a change makes one shallow copy per reply, whatever the number of rows.
"""

from datetime import datetime

from msgspec import Struct

from console.domain import trend
from console.domain.alarms.book import Alarms
from console.domain.breaks import Breaks
from console.domain.clearing.learning import Learning
from console.domain.clearing.scenes import Scenes
from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.entities import Agency, Call, Facility, FollowUp, Position, Unit
from console.domain.events import Bookmarked, DefinitionsRefused, Noted
from console.domain.feed import Feed, Problem
from console.domain.metrics import Tally
from console.domain.recording import Recording
from console.domain.strip import Signature, Strip


class State(Struct, frozen=True):
    """Everything the screen shows. ``at`` is the moment it holds for, ``second`` the last whole one.

    ``seen`` counts the folded recorded events: it is the line number in the log. ``open_calls`` are those
    of ``calls`` that still need somebody: what the board is about. ``missing`` holds open calls that the
    source no longer reports, with the moment that was noticed. ``strips`` are what left without anybody to answer for
    it, ``signed`` those that somebody signed off; ``dispositions`` tells whether any call was ever given one.
    ``fixed_by`` names the feed that each unit's position is of, where several give any.
    ``refused`` is a change of the definitions that cannot be used; it stands until one can.
    ``breaks`` is when teams were out of service, ``scenes`` is how long teams took, ``learning`` how often it was right
    to go by that.
    """

    at: datetime
    second: datetime
    seen: int = 0
    agencies: dict[str, Agency] = {}
    definitions: Definitions = NO_DEFINITIONS
    refused: DefinitionsRefused | None = None
    calls: dict[str, Call] = {}
    open_calls: dict[str, Call] = {}
    units: dict[str, Unit] = {}
    positions: dict[str, Position] = {}
    fixed_by: dict[str, str] = {}
    facilities: dict[str, Facility] = {}
    follow_ups: dict[str, FollowUp] = {}
    missing: dict[str, datetime] = {}
    feeds: dict[str, Feed] = {}
    problems: dict[str, Problem] = {}
    tally: Tally = Tally()
    samples: tuple[trend.Sample, ...] = ()
    reveals: int = 0
    notes: tuple[Noted, ...] = ()
    bookmarks: tuple[Bookmarked, ...] = ()
    recording: Recording | None = None
    alarms: Alarms = Alarms()
    strips: dict[str, Strip] = {}
    signed: dict[str, Signature] = {}
    dispositions: bool = False
    breaks: Breaks = Breaks()
    scenes: Scenes = Scenes()
    learning: Learning = Learning()

    @property
    def agency(self) -> Agency | None:
        """The agency of the first source that described itself, or ``None`` before that."""
        return next(iter(self.agencies.values()), None)

    @property
    def window_from(self) -> datetime | None:
        """When the shift that the figures are about began."""
        return self.agency.shift_from if self.agency else None


def start(at: datetime) -> State:
    """The empty board at ``at``."""
    return State(at=at, second=at.replace(microsecond=0))
