"""The alarms of a board while one second looks at them: dictionaries are copied once, when they first change."""

from datetime import datetime

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import ENDED, Alarms
from console.domain.board import State
from console.domain.watching.catalog import CATALOG, subject_of


class Making:
    """``raised`` are the alarms that came up now, ``calling`` the ids of those that are to be said aloud."""

    def __init__(self, state: State) -> None:
        self.state, self.now, self.pack = state, state.second, state.definitions
        self.alarms = state.alarms
        self.standing, self.starting = state.alarms.standing, state.alarms.starting
        self.fresh = set[str]()
        self.raised: list[Alarm] = []
        self.calling: list[str] = []
        self.escalated = False
        self._plans: list[tuple[str, datetime]] = []
        self._ended: list[Alarm] = []

    def put(self, alarm: Alarm) -> None:
        """Let ``alarm`` stand as it is now."""
        self._own()
        self.standing[alarm.id] = alarm

    def drop(self, alarm: Alarm) -> None:
        """It is over; it stays listed among those that are, if anybody ever heard of it."""
        self._own()
        del self.standing[alarm.id]
        if alarm.announced_at is not None:
            self._ended.append(alarm)

    def start(self, name: str) -> datetime:
        """What may become the alarm ``name`` holds: since when it was seen."""
        if name not in self.starting:
            self._own_starting()
            self.starting[name] = self.now
        return self.starting[name]

    def stop(self, name: str) -> None:
        """What was about to become an alarm, or did, is not so any more."""
        if name in self.starting:
            self._own_starting()
            del self.starting[name]

    def plan(self, what: str, moment: datetime | None) -> None:
        """Look at the subject ``what`` again at ``moment``."""
        if moment is not None:
            self._plans.append((what, moment))

    def keep(self, alarms: Alarms) -> None:
        """Go on with ``alarms``, but for those that stand or start."""
        self.alarms = alarms
        self.state = replace(self.state, alarms=alarms)

    def made(self) -> Alarms:
        """The alarms after this look."""
        alarms = self.alarms
        changed = self.standing is not alarms.standing
        return replace(
            alarms,
            fresh=alarms.fresh | self.fresh if self.fresh else alarms.fresh,
            standing=self.standing,
            starting=self.starting,
            lasting=_lasting(self.standing) if changed else alarms.lasting,
            agenda=alarms.agenda.planned(self._plans),
            ended=(*alarms.ended, *self._ended)[-ENDED:] if self._ended else alarms.ended,
        )

    def _own(self) -> None:
        if self.standing is self.alarms.standing:
            self.standing = dict(self.standing)

    def _own_starting(self) -> None:
        if self.starting is self.alarms.starting:
            self.starting = dict(self.starting)


def subject(alarm: Alarm) -> str:
    """What ``alarm`` is about, as the agenda writes it."""
    return subject_of(CATALOG[alarm.rule].about, alarm.subject)


def _lasting(standing: dict[str, Alarm]) -> frozenset[str]:
    return frozenset(subject(alarm) for alarm in standing.values() if CATALOG[alarm.rule].lasts)
