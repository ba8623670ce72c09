"""Anything that can happen to alarms, in any order, with what must hold at each second."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from console.domain.alarms.alarm import alarm_id
from console.domain.entities import Assignment, Call, Position, Stamps, Unit
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
from console.domain.vocabulary import CallState, FeedName, Health, Program, Reached, UnitState
from tests.domain.alarming import BEGINNING, FEEDS, KEYS, NAMED
from tests.domain.builders import AGENCY, NOON, feed
from tests.domain.watching.holding import holds

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

    @rule(
        key=KEY,
        ago=st.integers(0, 60),
        priority=st.sampled_from([1, 2]),
        state=st.sampled_from(CallState),
        team=st.none() | KEY,
    )
    def a_call(self, key: str, ago: int, priority: int, state: CallState, team: str | None) -> None:
        """A call is another than it was."""
        since = self.now - ago * SECOND
        row = Call(
            key,
            nature="WELCHK",
            priority=priority,
            state=state,
            stamps=Stamps(queued_at=since),
            eligible=True,
            assignments=() if team is None else (Assignment(team),),
        )
        self.hand([CallsChanged(self.now, "cad/calls", (row,))])

    @rule(
        key=KEY,
        ago=st.none() | st.integers(0, 60),
        call=st.just("") | KEY,
        state=st.sampled_from(
            [UnitState.ON_SCENE, UnitState.ON_SCENE, UnitState.UNKNOWN, UnitState.AVAILABLE]
        ),
        emergency=st.booleans(),
    )
    def a_unit(self, key: str, ago: int | None, call: str, state: UnitState, *, emergency: bool) -> None:
        """A team is on scene, or nobody knows where, and may call for help."""
        since = None if ago is None else self.now - ago * SECOND
        row = Unit(
            key,
            program=Program.OUTREACH,
            state=state,
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
        holds(self.before, self.state)


Alarming.TestCase.settings = settings(stateful_step_count=50, max_examples=300, deadline=None)
TestAlarming = Alarming.TestCase
