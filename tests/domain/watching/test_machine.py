"""Anything that can happen to alarms, in any order, with what must hold at each second."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.entities import Call, Position, Stamps, Unit
from console.domain.events import (
    Acknowledged,
    AgencyDescribed,
    CallsChanged,
    CarriedOver,
    CheckedIn,
    FeedReported,
    Muted,
    PositionsChanged,
    PutBack,
    Recorded,
    Shelved,
    TakenOut,
    UnitsChanged,
    Unshelved,
)
from console.domain.state import State, advance, start
from console.domain.vocabulary import AlarmState, CallState, FeedName, Health, Program, Reached, UnitState
from console.domain.watching.acts import shelf_cap
from console.domain.watching.catalog import CATALOG, EMERGENCY
from console.domain.watching.finding import spells
from tests.domain.alarming import BEGINNING, FEEDS, KEYS, NAMED
from tests.domain.builders import AGENCY, NOON, feed

SECOND = timedelta(seconds=1)
KEY = st.sampled_from(KEYS)
WHAT = st.builds(alarm_id, st.sampled_from(NAMED), KEY)
OUT = st.sampled_from(NAMED) | WHAT


class Alarming(RuleBasedStateMachine):
    """A board, a moment later after each step; feeds are polled each 2 s unless they are down."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = start(NOON)
        self.before: State = self.state
        self.now = NOON

    @initialize(carried=st.booleans())
    def begin(self, *, carried: bool) -> None:
        """The pack and the feeds are there; what an earlier run knew perhaps."""
        self.hand([*BEGINNING, *([CarriedOver(NOON)] if carried else [])])

    def hand(self, events: list[Recorded]) -> None:
        """Fold ``events``, and remember what was before."""
        self.before, self.state = self.state, advance(self.state, events, self.now)

    @rule(seconds=st.integers(1, 40))
    def time_passes(self, seconds: int) -> None:
        """Second by second, so that each can be looked at."""
        for _ in range(seconds):
            self.now += SECOND
            self.hand([])
            self.all_holds()

    @rule(key=KEY, ago=st.integers(0, 60), priority=st.sampled_from([1, 2]), state=st.sampled_from(CallState))
    def a_call(self, key: str, ago: int, priority: int, state: CallState) -> None:
        """A call is another than it was."""
        since = self.now - ago * SECOND
        row = Call(
            key,
            nature="WELCHK",
            priority=priority,
            state=state,
            stamps=Stamps(queued_at=since),
            eligible=True,
        )
        self.hand([CallsChanged(self.now, "cad/calls", (row,))])

    @rule(key=KEY, ago=st.integers(0, 60), call=st.just("") | KEY, emergency=st.booleans())
    def a_unit(self, key: str, ago: int, call: str, *, emergency: bool) -> None:
        """A team is on scene, and may call for help."""
        since = self.now - ago * SECOND
        row = Unit(
            key,
            program=Program.OUTREACH,
            state=UnitState.ON_SCENE,
            since=since,
            call=call,
            emergency=emergency,
        )
        self.hand([UnitsChanged(self.now, "cad/units", (row,))])

    @rule(key=KEY)
    def nothing_of_it(self, key: str) -> None:
        """A call and a team are reported no more."""
        self.hand(
            [
                CallsChanged(self.now, "cad/calls", gone=(key,)),
                UnitsChanged(self.now, "cad/units", gone=(key,)),
            ]
        )

    @rule(key=KEY)
    def a_fix(self, key: str) -> None:
        """A team tells where it is."""
        self.hand([PositionsChanged(self.now, "cad/positions", (Position(key, 39.7, -104.9, self.now),))])

    @rule(
        name=st.sampled_from(FEEDS),
        reported=st.sampled_from([Health.OK, Health.DOWN, Health.AUTH]),
        polled=st.booleans(),
    )
    def a_feed(self, name: FeedName, reported: Health, *, polled: bool) -> None:
        """A feed answers, or says that it cannot; one that is polled grows old."""
        held = self.state.feeds[f"cad/{name}"]
        well = reported is Health.OK
        told = feed(
            name=name,
            every=2 * SECOND if polled else timedelta(0),
            reported=reported,
            since=held.since if held.reported is reported else self.now,
            answered_at=self.now if well else held.answered_at,
        )
        self.hand([FeedReported(self.now, told)])

    @rule(name=WHAT)
    def acknowledge(self, name: str) -> None:
        """Twice is as good as once."""
        self.hand([Acknowledged(self.now, (name,), "me")])
        once = self.state.alarms
        self.hand([Acknowledged(self.now, (name,), "you")])
        assert self.state.alarms == once

    @rule(key=KEY, how=st.sampled_from(Reached))
    def check_in(self, key: str, how: Reached) -> None:
        """Somebody asks after a team."""
        self.hand([CheckedIn(self.now, key, how, "me")])

    @rule(name=WHAT, seconds=st.integers(1, 5_000))
    def shelve(self, name: str, seconds: int) -> None:
        """Somebody puts an alarm aside."""
        self.hand([Shelved(self.now, name, self.now + seconds * SECOND, "known", "me")])

    @rule(name=WHAT)
    def unshelve(self, name: str) -> None:
        """Somebody takes it back."""
        self.hand([Unshelved(self.now, name, "me")])

    @rule(what=OUT)
    def take_out(self, what: str) -> None:
        """Somebody takes an alarm or a rule out of service."""
        self.hand([TakenOut(self.now, what, "broken", "me")])

    @rule(what=OUT)
    def put_back(self, what: str) -> None:
        """Somebody puts it back."""
        self.hand([PutBack(self.now, what, "me")])

    @rule(seconds=st.integers(1, 200))
    def mute(self, seconds: int) -> None:
        """Somebody wants no sound."""
        self.hand([Muted(self.now, self.now + seconds * SECOND, "me")])

    @rule()
    def the_shift_turns(self) -> None:
        """All shelves end."""
        self.hand([AgencyDescribed(self.now, "cad", replace(AGENCY, shift_from=self.now))])
        self.now += SECOND
        self.hand([])
        assert not any(alarm.shelf for alarm in self.state.alarms.standing.values())

    @invariant()
    def all_holds(self) -> None:
        """What holds at the end of each second."""
        for alarm in self.state.alarms.standing.values():
            self.shelf_ends(alarm)
            self.cause_is_there(alarm)
            self.is_visible(alarm)
        self.mute_ends()
        self.flood_has_hysteresis()
        self.tones_are_new()

    def shelf_ends(self, alarm: Alarm) -> None:
        """A shelf expires, within its cap, and is never of a call for help."""
        if alarm.shelf is not None:
            assert alarm.shelf.until > self.state.second or alarm.shelf.until >= self.before.at
            assert alarm.shelf.until - alarm.shelf.since <= shelf_cap(alarm, self.state.definitions)
            assert not CATALOG[alarm.rule].latched

    def cause_is_there(self, alarm: Alarm) -> None:
        """No alarm is set aside without what sets it aside; what was over has a moment, what was seen has a name."""
        alarms = self.state.alarms
        assert not alarm.suppressed_by or alarm.suppressed_by in alarms.blind
        assert alarm.out is (alarm.rule in alarms.out or alarm.id in alarms.out)
        assert (alarm.returned_at is None) is alarm.active
        assert alarm.state is not AlarmState.RETURNED or alarm.announced_at is not None
        assert (alarm.acknowledged_at is None) is (alarm.acknowledged_by == "")
        assert alarm.how is None or CATALOG[alarm.rule].contact

    def is_visible(self, alarm: Alarm) -> None:
        """A priority 1 that holds and that nobody saw or set aside is said, and escalates."""
        if (
            alarm.priority == 1
            and alarm.calling
            and alarm.active
            and self.state.alarms.opened
            and not alarm.ends_at
        ):
            fresh = alarm.announced_at is None
            assert not fresh or alarm.id in self.waits_for_a_look()
            assert fresh or self.state.alarms.repeat_at is not None

    def waits_for_a_look(self) -> set[str]:
        """The alarms of subjects that are looked at in the next second."""
        looks = self.state.alarms.looks
        soon = int(self.state.second.timestamp()) + 1
        return {
            alarm_id(rule, what.partition(":")[2])
            for what, rules in self.state.alarms.held.items()
            if looks.second(what) == soon
            for rule in rules
        }

    def mute_ends(self) -> None:
        """A mute is over in its time, two minutes at most."""
        mute = self.state.alarms.mute
        assert mute is None or mute.until > self.state.second or mute.until >= self.before.at
        assert mute is None or mute.until - mute.since <= timedelta(minutes=2)

    def flood_has_hysteresis(self) -> None:
        """It begins above one number and ends below another."""
        limits, flood = self.state.definitions.alarms.flood, self.state.alarms.flood
        many = flood.within(self.state.second - limits.window)
        if flood.since is not None:
            assert many >= limits.ends_below
        elif self.before.alarms.flood.since is None:
            assert many <= limits.over

    def tones_are_new(self) -> None:
        """Tones are numbered without a gap, and none was due before this step."""
        last = self.before.alarms.tones[-1].number if self.before.alarms.tones else 0
        new = [tone for tone in self.state.alarms.tones if tone.number > last]
        assert [tone.number for tone in new] == list(range(last + 1, last + 1 + len(new)))
        assert all(tone.at > self.before.second for tone in new)

    @invariant()
    def a_call_for_help_is_never_missed(self) -> None:
        """Whichever unit calls for help has its alarm by the next second, or had it already."""
        second, alarms = self.state.second, self.state.alarms
        for key, unit in self.state.units.items():
            due = alarms.looks.second(f"unit:{key}") > second.timestamp()
            assert not unit.emergency or alarm_id(EMERGENCY, key) in alarms.standing or due

    @invariant()
    def what_stands_and_holds_is_found_by_its_rule(self) -> None:
        """An active alarm that is not latched is found in its row, or about to end, or about to be looked at."""
        waits = self.waits_for_a_look()
        for alarm in self.state.alarms.standing.values():
            facts = CATALOG[alarm.rule]
            if not alarm.active or alarm.ends_at is not None or facts.latched or alarm.id in waits:
                continue
            if alarm.how is Reached.NOT_REACHED and alarm.subject not in self.state.units:
                continue
            found = {spell.rule for spell in spells(self.state, facts.about, alarm.subject)}
            assert alarm.rule in found


Alarming.TestCase.settings = settings(stateful_step_count=30, max_examples=60, deadline=None)
TestAlarming = Alarming.TestCase
