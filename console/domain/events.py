"""Everything that can change the board: a closed union of tagged values.

One event stands for one reply of a dispatch API or one act of a person; it holds only what changed.
``at`` is the session clock's time on arrival. `Tick` is inserted by `advance`, never logged.
Changes of rows are as many as all else together, and nothing in them can hold them in turn: the garbage collector
need not look at them.
"""

from datetime import datetime

from msgspec import Struct

from console.domain.alarms.alarm import Alarm, Check, Mute, Out
from console.domain.alarms.counts import Counts
from console.domain.alarms.flood import Flood
from console.domain.breaks import Breaks
from console.domain.clearing.learning import Learning
from console.domain.clearing.scenes import Scenes
from console.domain.definitions import Definitions
from console.domain.entities import Agency, Call, Facility, FollowUp, Line, Position, Text, Unit
from console.domain.feed import Feed, Problem
from console.domain.recording import Recording
from console.domain.strip import Signature, Strip
from console.domain.vocabulary import Reached


class Event(Struct, frozen=True, tag=True):
    """The time an event arrived; the common first field of the union below."""

    at: datetime


class CallsChanged(Event, frozen=True, tag=True, gc=False):
    """Calls that are new or different, ids no longer reported; ``full`` replaces the collection."""

    feed: str
    changed: tuple[Call, ...] = ()
    gone: tuple[str, ...] = ()
    full: bool = False


class UnitsChanged(Event, frozen=True, tag=True, gc=False):
    """Units that are new or different."""

    feed: str
    changed: tuple[Unit, ...] = ()
    gone: tuple[str, ...] = ()
    full: bool = False


class PositionsChanged(Event, frozen=True, tag=True, gc=False):
    """New fixes; apart from units, so that a moving unit never touches its row."""

    feed: str
    changed: tuple[Position, ...] = ()
    gone: tuple[str, ...] = ()
    full: bool = False


class FacilitiesChanged(Event, frozen=True, tag=True, gc=False):
    """Facilities that are new or different."""

    feed: str
    changed: tuple[Facility, ...] = ()
    gone: tuple[str, ...] = ()
    full: bool = False


class FollowUpsChanged(Event, frozen=True, tag=True, gc=False):
    """Follow-ups that are new or different."""

    feed: str
    changed: tuple[FollowUp, ...] = ()
    gone: tuple[str, ...] = ()
    full: bool = False


class FeedReported(Event, frozen=True, tag=True):
    """A poll ended, well or badly: the feed as it stands now."""

    feed: Feed


class ProblemsFound(Event, frozen=True, tag=True):
    """Rows or fields of a reply that could not be read; each is counted, none is dropped silently."""

    problems: tuple[Problem, ...]


class AgencyDescribed(Event, frozen=True, tag=True):
    """Who is being watched, as the source says."""

    source: str
    agency: Agency


class DefinitionsLoaded(Event, frozen=True, tag=True):
    """The definition pack that holds from now on."""

    pack: Definitions


class DefinitionsRefused(Event, frozen=True, tag=True):
    """The pack's ``file`` was changed and cannot be used: what of it, line by line. That of before goes on to hold.

    ``more`` counts lines that are wrong and not listed.
    """

    file: Line
    flaws: tuple[Line, ...]
    more: int = 0


class Revealed(Event, frozen=True, tag=True):
    """A person looked behind the mask of a call's names, phones or free text."""

    call: str
    who: str


class Noted(Event, frozen=True, tag=True):
    """A person wrote something down: about ``call``, or about the shift where that is empty."""

    text: Text
    who: str
    call: str = ""


class Bookmarked(Event, frozen=True, tag=True):
    """A person marked this moment, to come back to it."""

    label: Line
    who: str


class Acknowledged(Event, frozen=True, tag=True):
    """A person saw these alarms (by id)."""

    alarms: tuple[str, ...]
    who: str


class CheckedIn(Event, frozen=True, tag=True):
    """A person asked after the team of ``unit``, and how they reached it, or that they did not."""

    unit: str
    how: Reached
    who: str


class Shelved(Event, frozen=True, tag=True):
    """A person put an alarm aside ``until`` a moment, and why."""

    alarm: str
    until: datetime
    reason: Line
    who: str


class Unshelved(Event, frozen=True, tag=True):
    """A person wants a shelved alarm back."""

    alarm: str
    who: str


class TakenOut(Event, frozen=True, tag=True):
    """A person took a rule, or one alarm by its id, out of service, and why."""

    what: str
    reason: Line
    who: str


class PutBack(Event, frozen=True, tag=True):
    """A person put it back into service."""

    what: str
    who: str


class Muted(Event, frozen=True, tag=True):
    """A person wants no sound ``until`` a moment."""

    until: datetime
    who: str


class Unmuted(Event, frozen=True, tag=True):
    """A person wants to hear again."""

    who: str


class SignedOff(Event, frozen=True, tag=True):
    """A person answers for what left the board without an owner or an outcome: ``to`` whom or what it was handed."""

    strip: str
    to: Line
    who: str


class CarriedOver(Event, frozen=True, tag=True):
    """What the run before knew when it ended: alarms and what was done about them, check-ins, what is out, strips,
    how long scenes took, whether sound was off, what came in lately and what the alarms came to.

    Empty where there was none: then nothing has to be waited for.
    """

    alarms: tuple[Alarm, ...] = ()
    checked: dict[str, Check] = {}
    out: dict[str, Out] = {}
    strips: dict[str, Strip] = {}
    signed: dict[str, Signature] = {}
    scenes: Scenes = Scenes()
    learning: Learning = Learning()
    mute: Mute | None = None
    flood: Flood = Flood()
    counts: Counts = Counts()
    kept: dict[str, Unit] = {}
    seen: dict[str, datetime] = {}
    breaks: Breaks = Breaks()


class RecordingReported(Event, frozen=True, tag=True):
    """The recorder began, stopped, was held up or went on."""

    recording: Recording


class Tick(Event, frozen=True, tag=True):
    """A whole second has passed."""


RowsChanged = CallsChanged | UnitsChanged | PositionsChanged | FacilitiesChanged | FollowUpsChanged

Acted = (
    Revealed
    | Noted
    | Bookmarked
    | Acknowledged
    | CheckedIn
    | Shelved
    | Unshelved
    | TakenOut
    | PutBack
    | Muted
    | Unmuted
    | SignedOff
)
"""What people do; in a replay such events go to an overlay and never into the recording."""

Recorded = (
    RowsChanged
    | FeedReported
    | ProblemsFound
    | AgencyDescribed
    | DefinitionsLoaded
    | DefinitionsRefused
    | RecordingReported
    | CarriedOver
    | Acted
)

Anything = Recorded | Tick
