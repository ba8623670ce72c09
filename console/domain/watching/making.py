"""The alarms of a board while one second looks at them: dictionaries are copied once, when they first change."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from console.domain.alarms.agenda import up
from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import ENDED, RETURNED, Alarms
from console.domain.board import State
from console.domain.watching.blindness import Sight
from console.domain.watching.catalog import CATALOG, subject_of
from console.domain.watching.finding import soon


class Making:
    """``calling`` are the ids of alarms to be said aloud, ``urgent`` whether a priority 1 waits for somebody.

    ``chattering`` are the ids of those that came up and chatter, ``escalated`` whether one did now, ``again`` the
    subjects that can be seen again and are to be looked at in this same second.
    """

    def __init__(self, state: State) -> None:
        self.state, self.now, self.pack = state, state.second, state.definitions
        self.alarms, self.soon = state.alarms, soon(state)
        self.standing, self.starting, self.held = (
            state.alarms.standing,
            state.alarms.starting,
            state.alarms.held,
        )
        self.kept, self.checked = state.alarms.kept, state.alarms.checked
        self.closed = state.alarms.closed
        self.blind = state.alarms.blind
        self.sight = Sight(state)
        self.calling: list[str] = []
        self.chattering: list[str] = []
        self.again = set[str]()
        self.urgent = self.escalated = False
        self._moves: dict[str, int] = {}
        self._over: list[str] = []
        self._ended: list[Alarm] = []

    def put(self, alarm: Alarm) -> None:
        """Let ``alarm`` stand as it is now."""
        if self.standing is self.alarms.standing:
            self.standing = self.standing.copy()
        self.standing[alarm.id] = alarm

    def drop(self, alarm: Alarm) -> None:
        """It is over; it stays listed among those that are, if anybody ever heard of it."""
        if self.standing is self.alarms.standing:
            self.standing = self.standing.copy()
        del self.standing[alarm.id]
        if alarm.announced_at is not None:
            self._ended.append(alarm)

    def leave(self, alarm: Alarm) -> None:
        """It is over, and stands until somebody says that they saw it."""
        self.put(alarm)
        self._over.append(alarm.id)

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

    def hold(self, what: str, rules: Iterable[str]) -> None:
        """Note of which ``rules`` an alarm about ``what`` stands or starts."""
        found = tuple(sorted(rules))
        if found == self.held.get(what, ()):
            return
        if self.held is self.alarms.held:
            self.held = self.held.copy()
        if found:
            self.held[what] = found
        else:
            del self.held[what]

    def forget(self, unit: str) -> None:
        """Nothing is left to remember of ``unit``."""
        self.kept = {key: row for key, row in self.kept.items() if key != unit}
        self.checked = {key: check for key, check in self.checked.items() if key != unit}

    def claim(self, unit: str, call: str) -> None:
        """Remember that ``unit`` is committed to ``call``, which is closed; an empty one is none."""
        if self.closed.get(unit, "") != call:
            rest = {key: held for key, held in self.closed.items() if key != unit}
            self.closed = {**rest, unit: call} if call else rest

    def ups(self, rule: str, subject: str) -> tuple[datetime, ...]:
        """When such an alarm came up lately that is over and was acknowledged by now."""
        found = (old for old in reversed(self.alarms.ended) if old.subject == subject and old.rule == rule)
        old = next(found, None)
        return old.raised if old is not None else ()

    def begin(self, what: str) -> None:
        """Look at ``what``: all that was planned for it is planned anew."""
        self._moves[what] = 0

    def plan(self, what: str, moment: datetime | None) -> None:
        """Look at the subject ``what`` again at ``moment``, if not before."""
        if moment is None:
            return
        second = max(self.soon, up(moment))
        was = self._moves.get(what)
        if was is None:
            was = self.alarms.looks.second(what)
        self._moves[what] = min(was or second, second)

    def made(self, alarms: Alarms) -> Alarms:
        """``alarms`` with those that stand and start after this look."""
        returned = self._returned() if self._over else alarms.returned
        return replace(
            alarms,
            standing=self.standing,
            starting=self.starting,
            held=self.held,
            returned=returned,
            kept=self.kept,
            checked=self.checked,
            closed=self.closed,
            blind=self.blind,
            looks=alarms.looks.moved(self._moves),
            ended=(*alarms.ended, *self._ended)[-ENDED:] if self._ended else alarms.ended,
        )

    def _returned(self) -> tuple[str, ...]:
        """Those that are over; where they are too many, the mildest and oldest of them leave."""
        names = dict.fromkeys((*self.alarms.returned, *self._over))
        over = [alarm for alarm in map(self.standing.get, names) if alarm is not None and not alarm.active]
        many = len(over) - RETURNED
        if many > 0:
            for alarm in sorted(over, key=lambda one: -one.priority)[:many]:
                self.drop(alarm)
                self.plan(subject(alarm), self.now)
            over = [alarm for alarm in over if alarm.id in self.standing]
        return tuple(alarm.id for alarm in over)

    def _own_starting(self) -> None:
        if self.starting is self.alarms.starting:
            self.starting = self.starting.copy()


def subject(alarm: Alarm) -> str:
    """What ``alarm`` is about, as the calendar of looks writes it."""
    return subject_of(CATALOG[alarm.rule].about, alarm.subject)
