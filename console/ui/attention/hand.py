"""What a person does about alarms by hand: acknowledge, check in, shelve, take out of service, and back."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.vocabulary import Reached
from console.domain.watching.catalog import CATALOG, CHECK_IN
from console.domain.watching.shelving import shelf_left
from console.session.playing import Playing
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.attention import asking, choosing, told
from console.ui.attention.asking import OVER, Asking
from console.ui.attention.fields import ReachedField, ReasonField
from console.ui.attention.foot import Foot
from console.ui.attention.subject import subject
from console.ui.look.view import View
from console.ui.parts.clocks import age_text, present

STEPS = (5, 15, 30)
"""Minutes that are offered to shelve an alarm for, as far as its cap lets them (FEATURES E3)."""


NEVER = "this kind of alarm is never shelved."
NO_MORE = "it was shelved for as long as it may be; once it comes up anew it can be shelved again."

Act = Callable[[], None]


class AlarmHand:
    """The acts behind the keys and menus. They ask in ``foot`` for what they need, and say there what was done."""

    def __init__(
        self,
        store: Store[State],
        view: Store[View],
        verbs: Verbs,
        foot: Foot,
        playing: Store[Playing | None],
    ) -> None:
        self._store, self._view, self._verbs, self._foot = store, view, verbs, foot
        self._playing = playing
        self._asking = Asking(foot)

    @property
    def does(self) -> Mapping[str, Act]:
        """The acts by their name in the key map and the command bar."""
        return {
            "acknowledge": self.acknowledge,
            "acknowledge_kind": self.acknowledge_kind,
            "shelve": self.shelve,
            "check_in": self.check_in_selected,
            "take_out": self.take_out_selected,
            "take_out_kind": self.take_out_kind,
        }

    def acknowledge(self) -> None:
        """The selected line, else the newest alarm of priority 2 or 3 (FEATURES E2)."""
        self._take(choosing.to_acknowledge(self._store.value, self._view.value))

    def acknowledge_kind(self) -> None:
        """All of the rule of the selected one, never priority 1."""
        self._take(choosing.to_acknowledge_kind(self._store.value, self._view.value))

    def acknowledge_one(self, key: str) -> None:
        """The alarm or heap of that key."""
        state = self._store.value
        self._take(choosing.to_acknowledge(state, choosing.with_subject(self._view.value, state, key)))

    def shelve(self) -> None:
        """Ask for how long and why."""
        alarm = choosing.to_shelve(self._store.value, self._view.value)
        if alarm is None:
            self._foot.say("Select one alarm to shelve it.")
        else:
            self.shelve_one(alarm.id)

    def shelve_one(self, name: str) -> None:
        """Ask for how long and why the alarm ``name`` is to be put aside."""
        alarm = self._store.value.alarms.standing.get(name)
        if alarm is None:
            self._foot.say(OVER)
            return
        steps = self.steps(alarm)
        if not steps:
            self._foot.say(f"{self._name(alarm)}: {NEVER if alarm.shelved_at is None else NO_MORE}")
            return
        choices = [
            (f"{age_text(step) if step.seconds % 60 else f'{step.seconds // 60} min'}", step)
            for step in steps
        ]
        title = f"Shelve {self._name(alarm)}: it comes back after"
        self._asking.ask(
            ReasonField(title, choices, partial(self._shelved, alarm.id)), alarm.id, asking.active
        )

    def steps(self, alarm: Alarm) -> list[timedelta]:
        """For how long ``alarm`` may be shelved."""
        board = self._store.value
        cap = shelf_left(alarm, board.at, board.definitions)
        found = [step for step in (timedelta(minutes=minutes) for minutes in STEPS) if step <= cap]
        return found or ([cap] if cap > timedelta() else [])

    def look(self) -> None:
        """See whether what is asked is still of use: the field closes with its alarm, and says so."""
        self._asking.look(self._store.value.alarms.standing)

    def unshelve(self, name: str) -> None:
        """Call it back now."""
        if name not in self._store.value.alarms.standing:
            self._foot.say(OVER)
            return
        self._verbs.unshelve(name)
        self._foot.say("Back from the shelf.")

    def take_out(self, what: str) -> None:
        """Ask why a rule, or one alarm by its id, is to be out of service."""
        if self._gone(what):
            self._foot.say(OVER)
            return
        alarm = self._store.value.alarms.standing.get(what)
        called = self._name(alarm) if alarm is not None else f"all alarms “{rule_words(what)}”"
        title = f"Take {called} out of service until somebody puts it back"
        field = ReasonField(title, [("Take out of service", what)], partial(self._taken, called))
        self._asking.ask(field, alarm.id if alarm is not None else "")

    def take_out_selected(self) -> None:
        """The selected alarm, which must not be a call for help."""
        if (alarm := self._servable()) is not None:
            self.take_out(alarm.id)

    def take_out_kind(self) -> None:
        """All of the selected one's rule."""
        if (alarm := self._servable()) is not None:
            self.take_out(alarm.rule)

    def _servable(self) -> Alarm | None:
        alarm = choosing.to_shelve(self._store.value, self._view.value)
        if alarm is None:
            self._foot.say("Select one alarm first.")
        elif CATALOG[alarm.rule].latched:
            self._foot.say(f"{self._name(alarm)}: a call for help is always in service.")
        else:
            return alarm
        return None

    def check_in_selected(self) -> None:
        """With the team that is selected, whether its check-in is due or not."""
        team = choosing.selected_team(self._store.value, self._view.value)
        if team:
            self.check_in(team)
        else:
            self._foot.say("Select a team first.")

    def put_back(self, what: str) -> None:
        """In service again."""
        self._verbs.put_back(what)
        self._foot.say("In service again.")

    def check_in(self, unit: str, alarm: str = "") -> None:
        """Ask how the team was reached, because of ``alarm`` or of itself."""
        row = self._store.value.units.get(unit)
        called = (row.callsign or row.id) if row is not None else unit
        field = ReachedField(
            f"Check-in of {called}: how was it reached?", partial(self._reached, unit, called)
        )
        self._asking.ask(field, alarm, asking.calling)

    def _take(self, meant: choosing.Meant) -> None:
        if choosing.gone(self._store.value, self._view.value):
            self._view.set(choosing.with_line(self._view.value, ""))
        if meant.team:
            self.check_in(meant.team, alarm_id(CHECK_IN, meant.team))
        elif meant.ids:
            said = self._acknowledged(meant.ids)
            self._verbs.acknowledge(meant.ids)
            self._foot.say(said)
        else:
            self._foot.say(meant.why)

    def _acknowledged(self, names: tuple[str, ...]) -> str:
        alarms = [
            alarm for name in names if (alarm := self._store.value.alarms.standing.get(name)) is not None
        ]
        if len(alarms) == 1:
            return f"Acknowledged {self._here()}: {self._name(alarms[0])}"
        return f"{len(names)} acknowledged {self._here()}"

    def _here(self) -> str:
        """Where the act counts: other consoles and the dispatch system do not know of it."""
        return "in this replay only" if self._playing.value is not None else "here"

    def _reached(self, unit: str, called: str, how: Reached) -> None:
        self._verbs.check_in(unit, how)
        self._foot.say(f"Check-in of {called} kept {self._here()}: {told.HOW[how]}")

    def _shelved(self, name: str, length: timedelta, reason: str) -> None:
        state = self._store.value
        alarm = state.alarms.standing.get(name)
        if alarm is None or not alarm.active:
            self._foot.say(OVER)
            return
        left = shelf_left(alarm, state.at, state.definitions)
        length = min(length, left)  # it may have become more urgent meanwhile
        if length <= timedelta():
            self._foot.say(f"{self._name(alarm)}: {NO_MORE}")
            return
        self._verbs.shelve(name, length, reason)
        until = present(state.second, state.agency).time(state.second + length)
        self._foot.say(
            f"Shelved {self._here()} until {until}: {self._name(alarm)}", partial(self.unshelve, alarm.id)
        )

    def _taken(self, called: str, what: str, reason: str) -> None:
        if self._gone(what):
            self._foot.say(OVER)
            return
        self._verbs.take_out(what, reason)
        self._foot.say(f"Out of service {self._here()}: {called}", partial(self.put_back, what))

    def _gone(self, what: str) -> bool:
        """Whether it is an alarm, and no rule, that stands no more."""
        return what not in CATALOG and what not in self._store.value.alarms.standing

    def _name(self, alarm: Alarm) -> str:
        return f"{subject(self._store.value, alarm).name} {rule_words(alarm.rule)}"
