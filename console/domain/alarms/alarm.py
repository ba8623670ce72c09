"""One alarm: what it tells of, since when, and what people did about it."""

from datetime import datetime

from msgspec import Struct

from console.domain.vocabulary import AlarmState, Reached

CHATTER = 3
"""Raised so often within `CHATTER_S` seconds an alarm chatters (RELIABILITY section 2.2)."""

CHATTER_S = 60.0


class Shelf(Struct, frozen=True, gc=False):
    """Put aside ``until`` a moment, by whom and why."""

    since: datetime
    until: datetime
    who: str
    reason: str


class Alarm(Struct, frozen=True, gc=False, omit_defaults=True):
    """One rule's alarm about one subject: a call, a unit or a source by its id.

    ``since`` is when what it tells of began (for a limit: when the wait began), ``raised_at`` the whole second at which
    it last became an alarm, ``announced_at`` the last time that it was said aloud or would have been; ``None`` as long
    as nothing was said. ``active`` says whether what it tells of still holds. ``count`` is how often it was raised
    while it stood here. ``name`` and ``area`` are of the subject, kept for when its row is gone. ``ends_at`` is when it
    will be over if what it tells of stays gone, ``eases_at`` when it grows milder if that stays milder. ``shelved_at``
    is when it was first shelved since it came up. ``raised`` are its last moments of coming up, for the chatter rule.
    """

    rule: str
    subject: str
    priority: int
    since: datetime
    raised_at: datetime
    active: bool = True
    announced_at: datetime | None = None
    count: int = 1
    name: str = ""
    area: str = ""
    returned_at: datetime | None = None
    ends_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    how: Reached | None = None
    escalated_at: datetime | None = None
    shelf: Shelf | None = None
    shelved_at: datetime | None = None
    eases_at: datetime | None = None
    suppressed_by: str = ""
    out: bool = False
    raised: tuple[datetime, ...] = ()

    @property
    def id(self) -> str:
        """The same across refreshes, restarts and replays."""
        return alarm_id(self.rule, self.subject)

    @property
    def state(self) -> AlarmState:
        """Where it stands; whoever took it out of service or shelved it comes before what it would be else."""
        if self.out:
            return AlarmState.OUT_OF_SERVICE
        if self.suppressed_by:
            return AlarmState.SUPPRESSED
        if self.shelf is not None:
            return AlarmState.SHELVED
        if not self.active:
            return AlarmState.RETURNED
        return AlarmState.UNACKNOWLEDGED if self.acknowledged_at is None else AlarmState.ACKNOWLEDGED

    @property
    def calling(self) -> bool:
        """Whether it waits for somebody to say that they saw it: neither set aside nor acknowledged."""
        return self.acknowledged_at is None and not (self.out or self.suppressed_by or self.shelf is not None)

    @property
    def chatters(self) -> bool:
        """Whether it came up so often that it is held (RELIABILITY section 2.2, rule 6)."""
        ups = self.raised
        return len(ups) >= CHATTER and (ups[-1] - ups[-CHATTER]).total_seconds() <= CHATTER_S


def alarm_id(rule: str, subject: str) -> str:
    """The id of the alarm of ``rule`` about ``subject``."""
    return f"{rule}:{subject}"


class Check(Struct, frozen=True, gc=False):
    """The last time somebody asked after a team on scene."""

    at: datetime
    how: Reached
    who: str


class Out(Struct, frozen=True, gc=False):
    """A rule, or one alarm, that somebody took out of service."""

    since: datetime
    who: str
    reason: str


class Mute(Struct, frozen=True, gc=False):
    """No sound ``until`` a moment; a new alarm of priority 1 or 2 ends it before."""

    since: datetime
    until: datetime
    who: str


class Tone(Struct, frozen=True, gc=False):
    """A sound that was due: the ``number``-th of this board. ``data``: trouble with the data, not a call or a team.

    ``again`` repeats one that nobody has acknowledged; ``escalated`` is the second, more urgent one.
    """

    number: int
    at: datetime
    priority: int
    data: bool = False
    again: bool = False
    escalated: bool = False
