"""What is held of a feed ends the same however its source came to tell it (stateful)."""

from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from console.domain.contract import Page, Row, ServedClock
from console.domain.entities import Call, Stamps, Unit
from console.domain.events import CallsChanged
from console.domain.state import State, reduce, start
from console.domain.vocabulary import CallState, FeedName, UnitState
from console.feeds.adapters.native import Native
from console.feeds.rows.held import MANY, Held
from console.feeds.rows.reading import Reading, Setting
from tests.domain.builders import NOON

IDS = st.sampled_from([f"r{number}" for number in range(8)])
STATES = st.sampled_from(["pending", "enroute", "on_scene"])
SECOND = timedelta(seconds=1)


class Server:
    """The truth: every version of every row, the newest last; a row that left has none."""

    def __init__(self) -> None:
        self.clock = NOON
        self.rows: dict[str, Call] = {}
        self.past: list[Call] = []

    def write(self, key: str, area: str, *, closed: bool) -> Call:
        """A new version of a row."""
        self.clock += SECOND
        state = CallState.CLOSED if closed else CallState.PENDING
        row = Call(id=key, area=area, state=state, updated_at=self.clock)
        if key in self.rows:
            self.past.append(self.rows[key])
        self.rows[key] = row
        return row

    def remove(self, key: str) -> None:
        """A row leaves."""
        self.clock += SECOND
        self.rows.pop(key, None)
        self.past = [row for row in self.past if row.id != key]


class Pages(RuleBasedStateMachine):
    """Pages of the console's own API, in any mixture: full and incremental, shuffled, repeated, late."""

    def __init__(self) -> None:
        super().__init__()
        self.server = Server()
        self.native = Native()
        self.told: dict[str, Row] = {}
        self.pending: set[str] = set()
        self.deleted: set[str] = set()

    @rule(key=IDS, area=st.sampled_from("ABC"), closed=st.booleans())
    def a_row_changes(self, key: str, area: str, closed: bool) -> None:
        self.server.write(key, area, closed=closed)
        self.pending.add(key)
        self.deleted.discard(key)

    @rule(key=IDS)
    def a_row_leaves(self, key: str) -> None:
        if key in self.server.rows:
            self.server.remove(key)
            self.deleted.add(key)

    @rule(dice=st.randoms(use_true_random=False), repeats=st.integers(0, 3))
    def changes_are_asked_for(self, dice: Any, repeats: int) -> None:
        rows = [self.server.rows[key] for key in sorted(self.pending & self.server.rows.keys())]
        past = [row for row in self.server.past if row.id in self.pending and row.id in self.server.rows]
        rows += past[:repeats] + rows[:repeats]
        dice.shuffle(rows)
        self.read(rows, full=False, removed=tuple(sorted(self.deleted)))
        self.pending, self.deleted = set(), set()
        self.same_as_server()

    @rule(dice=st.randoms(use_true_random=False), repeats=st.integers(0, 3))
    def all_is_asked_for(self, dice: Any, repeats: int) -> None:
        rows = [*self.server.rows.values()]
        rows += rows[:repeats]
        dice.shuffle(rows)
        self.read(rows, full=True)
        if not rows:
            self.read(rows, full=True)  # believed the second time
        self.pending, self.deleted = set(), set()
        self.same_as_server()

    @rule(count=st.integers(1, 4))
    def what_is_out_of_date_comes_late(self, count: int) -> None:
        before = dict(self.native.held[FeedName.CALLS].rows)
        late = [row for row in self.server.past if row.id in before][:count]
        self.read(late, full=False)
        for key, row in before.items():
            now = self.native.held[FeedName.CALLS].rows[key]
            assert isinstance(row, Call)
            assert isinstance(now, Call)
            assert now.updated_at >= row.updated_at  # type: ignore[operator]  # both are set

    def read(self, rows: list[Call], *, full: bool, removed: tuple[str, ...] = ()) -> None:
        """Have a page read, and keep what is told of it."""
        now = self.server.clock
        content = msgspec.json.encode(Page(ServedClock(now), "", full, tuple(rows), removed))
        self.keep(self.native.read(FeedName.CALLS, content, Setting(now)))

    def keep(self, reading: Reading[Row]) -> None:
        for row in reading.changed:
            assert isinstance(row, Call)
            assert self.told.get(row.id) != row, "told twice"
            self.told[row.id] = row
        for key in reading.gone:
            del self.told[key]

    def same_as_server(self) -> None:
        assert self.native.held[FeedName.CALLS].rows == self.server.rows

    @invariant()
    def what_was_told_is_what_is_held(self) -> None:
        assert self.told == self.native.held[FeedName.CALLS].rows


class Lists(RuleBasedStateMachine):
    """Rows that an adapter gathered: partial and complete, so that absence says something only twice."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = NOON
        self.held = Held(FeedName.UNITS)
        self.truth: dict[str, Unit] = {}
        self.told: dict[str, Row] = {}
        self.missing: dict[str, int] = {}

    @rule(key=IDS, state=STATES)
    def a_unit_changes(self, key: str, state: str) -> None:
        self.clock += SECOND
        self.truth[key] = Unit(id=key, state=UnitState.ENROUTE, raw_state=state, updated_at=self.clock)

    @rule(key=IDS)
    def a_unit_leaves(self, key: str) -> None:
        self.truth.pop(key, None)

    @rule(keys=st.sets(IDS), dice=st.randoms(use_true_random=False))
    def some_are_seen(self, keys: set[str], dice: Any) -> None:
        rows = [self.truth[key] for key in sorted(keys & self.truth.keys())]
        dice.shuffle(rows)
        before = set(self.held.rows)
        self.keep(self.held.gather([*rows, *rows[:2]], (), (), self.clock))
        assert before <= set(self.held.rows)
        for row in rows:
            assert self.held.rows[row.id] == row
            self.missing.pop(row.id, None)

    @rule(key=IDS)
    def the_source_calls_one_deleted(self, key: str) -> None:
        if key not in self.truth:
            self.keep(self.held.gather([], (), [key], self.clock))
            assert key not in self.held.rows
            self.missing.pop(key, None)

    @rule(dice=st.randoms(use_true_random=False))
    def all_are_seen(self, dice: Any) -> None:
        rows = [*self.truth.values()]
        dice.shuffle(rows)
        absent = self.held.rows.keys() - self.truth.keys()
        doubted = not rows and len(absent) >= MANY and not absent <= self.missing.keys()
        reading = self.held.gather_all(rows, (), self.clock)
        self.keep(reading)
        assert reading.vanished == doubted
        gone = set() if doubted else {key for key in absent if key in self.missing}
        assert set(self.held.rows) == self.truth.keys() | (absent - gone)
        self.missing = dict.fromkeys(absent - gone, 1)

    def keep(self, reading: Reading[Row]) -> None:
        for row in reading.changed:
            assert isinstance(row, Unit)
            assert self.told.get(row.id) != row, "told twice"
            self.told[row.id] = row
        for key in reading.gone:
            del self.told[key]

    @invariant()
    def what_was_told_is_what_is_held(self) -> None:
        assert self.told == self.held.rows


class Stages(RuleBasedStateMachine):
    """Calls of a source that tells only the present: what the console saw first is never lost."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = NOON
        self.held = Held(FeedName.CALLS)
        self.seen: dict[str, Any] = {}
        self.state: State = start(NOON)
        self.open: dict[str, Call] = {}

    @initialize()
    def a_call_comes_in(self) -> None:
        self.open["c"] = Call(id="c", stamps=Stamps(created_at=NOON))

    @rule()
    def a_unit_is_seen_on_scene(self) -> None:
        self.clock += SECOND
        call = replace(
            self.open["c"],
            state=CallState.ON_SCENE,
            stamps=replace(self.open["c"].stamps, on_scene_at=self.clock),
            observed=("on_scene_at",),
        )
        self.seen.setdefault("on_scene_at", self.clock)
        self.take([call])

    @rule()
    def only_the_present_is_told(self) -> None:
        self.clock += SECOND
        self.take([self.open["c"]])

    @rule()
    def the_call_is_not_listed(self) -> None:
        self.clock += SECOND
        self.take([])

    def take(self, rows: list[Call]) -> None:
        reading = self.held.gather_all(rows, (), self.clock)
        calls = tuple(row for row in reading.changed if isinstance(row, Call))
        self.state = reduce(self.state, CallsChanged(self.clock, "x/calls", calls, reading.gone))

    @invariant()
    def the_first_sight_stays(self) -> None:
        held = self.held.rows.get("c")
        if isinstance(held, Call) and "on_scene_at" in self.seen:
            assert held.stamps.on_scene_at == self.seen["on_scene_at"]
            assert "on_scene_at" in held.observed
        assert self.state.calls == self.held.rows


def test_a_unit_that_was_seen_in_between_is_not_missing_twice_in_a_row() -> None:
    held, one, other = Held(FeedName.UNITS), Unit(id="u1"), Unit(id="u2")
    held.gather_all([one, other], (), NOON)
    held.gather_all([one], (), NOON)
    held.gather([other], (), (), NOON)
    assert held.gather_all([one], (), NOON).gone == ()
    assert held.gather_all([one], (), NOON).gone == ("u2",)


SHORT = settings(max_examples=40, stateful_step_count=25, deadline=None)

TestPages = Pages.TestCase
TestPages.settings = SHORT
TestLists = Lists.TestCase
TestLists.settings = SHORT
TestStages = Stages.TestCase
TestStages.settings = SHORT
