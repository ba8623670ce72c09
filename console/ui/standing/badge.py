"""What the alarms of one call or unit look like on its row: the worst one's badge, and how loud it is."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.vocabulary import AlarmState
from console.domain.watching.catalog import CATALOG, RULES_ABOUT, About
from console.reports.wording.words import STANDS
from console.ui.table.diff import changes
from console.ui.theme.shapes import Loud

_LOUD: Mapping[AlarmState, Loud] = {
    AlarmState.UNACKNOWLEDGED: "full",
    AlarmState.ACKNOWLEDGED: "calm",
    AlarmState.SHELVED: "gray",
    AlarmState.SUPPRESSED: "gray",
    AlarmState.OUT_OF_SERVICE: "gray",
}


class Badge(Struct, frozen=True, gc=False):
    """The badge of a row: the priority of its worst alarm, 0 for none, and where that alarm stands."""

    priority: int = 0
    state: AlarmState = AlarmState.UNACKNOWLEDGED

    @property
    def loud(self) -> Loud:
        """How it is drawn."""
        return _LOUD[self.state]

    @property
    def rank(self) -> int:
        """Its place in an order by urgency; one that is set aside, or none, comes last."""
        return self.priority if self.priority and self.loud != "gray" else 4

    @property
    def text(self) -> str:
        """The same in words, for those who listen."""
        if not self.priority:
            return ""
        said = "" if self.loud == "full" else f", {STANDS[self.state]}"
        return f"priority {self.priority} alarm{said}"


NO_BADGE = Badge()
CALLS_FOR_HELP = Badge(1)


_BEGINNINGS = {about: tuple(alarm_id(rule, "") for rule in rules) for about, rules in RULES_ABOUT.items()}
"""How the ids of alarms about each kind of subject begin; 2,000 subjects are asked for theirs in 3 ms."""


def alarms_of(standing: Mapping[str, Alarm], about: About, key: str) -> list[Alarm]:
    """The alarms about ``key``, in the order of the rules."""
    get = standing.get
    return [alarm for begins in _BEGINNINGS[about] if (alarm := get(begins + key)) is not None]


def subjects_of(standing: Mapping[str, Alarm]) -> set[str]:
    """Of whom alarms stand, whatever they are: most calls and units are not among them, and need not be asked."""
    return {alarm.subject for alarm in standing.values()}


def worst(alarms: Iterable[Alarm]) -> Badge:
    """The badge of those that still hold: what is set aside only where nothing else stands, what calls first."""
    badges = [Badge(alarm.priority, alarm.state) for alarm in alarms if _holds(alarm)]
    return min(badges, key=_urgency, default=NO_BADGE)


def badge_of(standing: Mapping[str, Alarm], about: About, key: str) -> Badge:
    """The badge of one call or unit."""
    found = alarms_of(standing, about, key) if standing else []
    return worst(found) if found else NO_BADGE


def moved(old: Mapping[str, Alarm], new: Mapping[str, Alarm], about: About) -> set[str]:
    """The subjects of that kind of which an alarm came, changed or went."""
    if old is new:
        return set()
    found = changes(old, new)
    parts = (name.partition(":") for name in (*found.put, *found.gone))
    return {key for rule, _, key in parts if CATALOG[rule].about is about}


def _holds(alarm: Alarm) -> bool:
    return alarm.active and alarm.state in _LOUD


def _urgency(badge: Badge) -> tuple[bool, int, bool]:
    return badge.loud == "gray", badge.priority, badge.loud != "full"
