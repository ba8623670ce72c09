"""What a handover holds, line by line: words that are masked as on the screen, moments, and where each thing stands."""

from datetime import datetime

from msgspec import Struct

from console.domain.vocabulary import AlarmState, CallState, FeedName, Health, UnitState


class CallLine(Struct, frozen=True):
    """One open call. ``since`` is when it came into its state, ``over`` the limit that it is over.

    ``alarm`` is its worst alarm in words, ``missing`` since when its source no longer reports it. Another service
    answers one that is ``elsewhere``.
    """

    id: str
    number: str
    nature: str
    area: str
    priority: int | None
    state: CallState
    said: str
    since: datetime | None
    over: str
    teams: tuple[str, ...]
    alarm: str
    missing: datetime | None
    elsewhere: bool


class TeamLine(Struct, frozen=True):
    """One team. ``said`` is its state in words, ``call`` the number of the call it is on, ``due`` its next check-in.

    ``asked`` is the last check-in, ``how`` what came of it and by whom.
    """

    id: str
    callsign: str
    program: str
    state: UnitState
    said: str
    since: datetime | None
    over: str
    call: str
    due: datetime | None
    overdue: bool
    asked: datetime | None
    how: str
    until: datetime | None
    emergency: bool


class AlarmLine(Struct, frozen=True):
    """One alarm that stands. ``what`` names its subject and its rule, ``done`` who did what about it."""

    id: str
    priority: int
    what: str
    area: str
    since: datetime
    raised_at: datetime
    state: AlarmState
    done: str


class StripLine(Struct, frozen=True):
    """What left the board with nobody to answer for it."""

    name: str
    area: str
    since: datetime
    why: str


class FollowUpLine(Struct, frozen=True):
    """A promised contact that is overdue or due within a day. ``owner`` stands for its case manager, masked."""

    id: str
    call: str
    owner: str
    due: datetime
    overdue: bool


class FollowUps(Struct, frozen=True):
    """Those, and how many more are not done: ``later`` than a day, or ``undated``."""

    lines: tuple[FollowUpLine, ...]
    later: int
    undated: int


class NoteLine(Struct, frozen=True):
    """A note of the shift; one about a call is masked."""

    at: datetime
    text: str
    who: str
    call: str


class FigureLine(Struct, frozen=True):
    """One figure: its value in words, the range that unknowns leave, what it counts."""

    name: str
    label: str
    value: str
    spread: str
    n: int
    excluded: int
    formula: str


class FeedLine(Struct, frozen=True):
    """One feed: how it is, and as of when."""

    source: str
    name: FeedName
    health: Health
    as_of: datetime | None
    detail: str


class DataQuality(Struct, frozen=True):
    """Whether the page can be trusted: each feed's age, rows with problems, the clocks, the recording."""

    feeds: tuple[FeedLine, ...]
    problems: int
    kinds: tuple[str, ...]
    skew_s: float | None
    recording: str


class Occasion(Struct, frozen=True):
    """Who makes the handover, and of what. ``mark`` names a replay with its day, ``shift`` the recorded shift."""

    by: str = ""
    mark: str = ""
    agency: str = ""
    shift: str = ""


class Handover(Struct, frozen=True):
    """The board at one moment, for whoever takes it over. ``old`` says first what is not of the present,
    ``out`` which rules are out of service.

    ``nothing`` says, by the name of a list that is empty, whether there is none or whether nobody knows.
    """

    at: datetime
    timezone: str
    occasion: Occasion
    since: datetime | None
    notice: str
    old: tuple[str, ...]
    definitions: str
    calls: tuple[CallLine, ...]
    teams: tuple[TeamLine, ...]
    alarms: tuple[AlarmLine, ...]
    out: tuple[str, ...]
    strips: tuple[StripLine, ...]
    follow_ups: FollowUps
    notes: tuple[NoteLine, ...]
    figures: tuple[FigureLine, ...]
    quality: DataQuality
    nothing: dict[str, str]

    @property
    def overdue(self) -> tuple[TeamLine, ...]:
        """The teams that should have been asked after."""
        return tuple(team for team in self.teams if team.overdue)
