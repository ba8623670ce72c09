"""Back and forth in a shift while it is being recorded, settled and turned over: always what was live."""

import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.store.opening import open_database
from console.domain.entities import Call, Unit
from console.domain.events import CallsChanged, Noted, Recorded, UnitsChanged
from console.session.clock import FixedClock
from console.session.session import Session
from console.session.store import Store
from tests.archive.replay.recorded import Writing, archive, live
from tests.domain.builders import NOON, at, keys

makers = st.sampled_from(
    [
        lambda moment, key: Noted(moment, key, "me"),
        lambda moment, key: CallsChanged(moment, "cad/calls", (Call(key, raw_state=str(moment)),)),
        lambda moment, key: UnitsChanged(moment, "cad/units", (Unit(key, raw_state=str(moment)),)),
    ]
)


class Dvr(RuleBasedStateMachine):
    """A recorder and somebody who plays what it writes, by a connection that only reads."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.writing = Writing(self.stack.enter_context(archive(folder)))
        reading = self.stack.enter_context(open_database(str(folder / "shifts.db")))
        self.events: list[Recorded] = []
        self.upto = NOON
        self.tapes = Tapes(reading, self.writing.shift)
        source = Replay(self.tapes)
        self.clock = FixedClock(NOON)
        self.session = Session(self.clock, source, Store(self.tapes.first))

    @rule(made=st.lists(st.tuples(st.integers(0, 20_000), makers, keys), max_size=3))
    def record(self, made: list[tuple[int, object, str]]) -> None:
        fresh: list[Recorded] = []
        for ms, maker, key in made:
            self.upto += timedelta(milliseconds=ms)
            fresh.append(maker(self.upto, key))  # type: ignore[operator]
        self.events += fresh
        self.writing.write(fresh, self.upto)

    @rule(seconds=st.integers(0, 400))
    def nothing_happens(self, seconds: int) -> None:
        self.upto += timedelta(seconds=seconds)
        self.writing.write([], self.upto)

    @rule()
    def settle(self) -> None:
        self.writing.settle()

    @rule()
    def look(self) -> None:
        self.tapes.look()

    @rule(part=st.floats(0, 1))
    def jump(self, part: float) -> None:
        self._show(NOON + (self.tapes.until - NOON) * part)

    @rule(seconds=st.integers(0, 90))
    def play(self, seconds: int) -> None:
        self._show(self.clock.now() + timedelta(seconds=seconds))

    def _show(self, moment: datetime) -> None:
        self.clock.set(moment)
        self.session.step()
        state = self.session.store.value
        assert state.at <= moment
        assert state.at == moment or state.at >= self.tapes.until
        assert state == live(self.events, state.at)
        self.clock.set(state.at)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()


TestDvr = Dvr.TestCase
TestDvr.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)


def test_a_reader_beside_a_busy_recorder_loses_and_repeats_nothing(tmp_path: Path) -> None:
    events: list[Recorded] = [Noted(at(seconds=number), str(number), "me") for number in range(1, 600)]

    with archive(tmp_path) as database, open_database(str(tmp_path / "shifts.db")) as reading:
        writing = Writing(database)

        def record() -> None:
            for number, event in enumerate(events):
                writing.write([event], event.at)
                if number % 30 == 29:
                    writing.settle()

        tapes = Tapes(reading, writing.shift)
        clock = FixedClock(NOON)
        session = Session(clock, Replay(tapes), Store(tapes.first))
        recorder = Thread(target=record)
        recorder.start()
        while recorder.is_alive() or session.store.value.at < events[-1].at:
            clock.set(min(session.store.value.at + timedelta(seconds=7), events[-1].at))
            session.step()
            count = len(session.store.value.notes)
            assert session.store.value.notes == tuple(events[:count])
            assert count == (session.store.value.at - NOON) // timedelta(seconds=1)
        recorder.join()
