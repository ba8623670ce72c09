"""One board on the screen: the live one, or a replay while the live one goes on behind it."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from console.domain.due import Can, Due
from console.domain.events import Acted, Bookmarked, Noted, Recorded
from console.domain.state import State, advance, start
from console.domain.track import Gap, GapKind, Mark, MarkKind, ShiftLine, Track
from console.session.clock import FixedClock
from console.session.playing import Playback, Playing
from console.session.sequence import Sequence
from console.session.session import Session
from console.session.showing import Showing
from console.session.store import Store
from console.session.transport import Loop, Span, TransportClock
from console.session.verbs import shown_verbs
from tests.domain.builders import NOON, at

EVENTS: tuple[Recorded, ...] = tuple(Noted(at(minutes=n), f"note {n}", "me") for n in range(1, 6))
LINE = ShiftLine("s", "Test City", "Day", "UTC", NOON, at(minutes=60))
TRACK = Track(
    NOON,
    at(minutes=60),
    marks=(Mark(at(minutes=10), MarkKind.CALL, "a"), Mark(at(minutes=20), MarkKind.BOOKMARK)),
    gaps=(Gap(at(minutes=30), at(minutes=40), GapKind.CONSOLE_OFF),),
)
PLAYING = Playing(LINE, TRACK, going=True)


class Recording:
    """A source over a few events in memory."""

    can = frozenset({Can.SEEK})

    def __init__(self, events: tuple[Recorded, ...]) -> None:
        self._events = events

    def take(self, seen: int, until: datetime) -> Due:
        return Due([event for event in self._events[seen:] if event.at <= until], until)

    def rewind(self, to: datetime) -> State:
        return start(min(to, NOON))


class Kept:
    """An overlay in memory."""

    def __init__(self) -> None:
        self.acts: list[Acted] = []

    def add(self, act: Acted) -> None:
        self.acts.append(act)


class Desk:
    """A live board, and a shift that may be replayed over it."""

    def __init__(self) -> None:
        self.live_clock, self.passed, self.kept = FixedClock(at(minutes=100)), 0.0, Kept()
        self.sequence = Sequence(self.live_clock)
        live = Session(self.live_clock, self.sequence, Store(start(self.live_clock.now())))
        self.showing = Showing(live, Store(live.store.value))
        self.clock = TransportClock(lambda: self.passed, lambda: Span(NOON, at(minutes=60)), NOON)
        self.playback = Playback(
            self.clock,
            Session(self.clock, Recording(EVENTS), Store(start(NOON))),
            self.kept,
            PLAYING,
        )
        self.verbs = shown_verbs(self.showing, self.sequence, "me", self._hurried)
        self.asked = 0

    def _hurried(self) -> None:
        self.asked += 1

    def frame(self) -> State:
        for _ in self.showing.turns():
            pass
        return self.showing.shown.value


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_live_board_is_shown_at_first(desk: Desk) -> None:
    assert desk.frame().at == at(minutes=100)


def test_a_replay_takes_the_place_of_the_live_board(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.seek(at(minutes=3))
    assert desk.frame() == advance(start(NOON), EVENTS[:3], at(minutes=3))


def test_the_live_board_goes_on_behind_a_replay(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.sequence.append(lambda moment: Noted(moment, "live", "you"))
    desk.frame()
    assert desk.showing.live is not None
    assert [note.text for note in desk.showing.live.store.value.notes] == ["live"]
    assert desk.showing.shown.value.notes == ()


def test_back_to_live_shows_the_present(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.frame()
    desk.showing.back_to_live()
    assert (desk.frame().at, desk.showing.playing.value) == (at(minutes=100), None)


def test_going_back_gives_the_board_of_playing_to_there(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.seek(at(minutes=5))
    desk.frame()
    desk.playback.step(-timedelta(minutes=3))
    assert desk.frame() == advance(start(NOON), EVENTS[:2], at(minutes=2))


def _corrected(desk: Desk) -> Session:
    return Session(desk.clock, Recording(EVENTS[:1]), Store(start(NOON)))


def test_as_corrected_is_another_board_on_the_same_clock(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.offer(_corrected(desk))
    desk.playback.seek(at(minutes=5))
    desk.playback.correct(True)
    assert len(desk.frame().notes) == 1
    desk.playback.correct(False)
    assert len(desk.frame().notes) == 5


def test_the_corrected_board_is_not_claimed_before_it_is_there(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.correct(True)
    assert not desk.playback.playing.value.corrected
    desk.playback.offer(_corrected(desk))
    assert desk.playback.playing.value.corrected


def test_what_is_done_in_a_replay_goes_to_the_overlay(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.seek(at(minutes=5))
    desk.frame()
    desk.verbs.bookmark("look")
    assert desk.kept.acts == [Bookmarked(at(minutes=5), "look", "me")]
    assert desk.frame().bookmarks == ()


def test_what_can_be_done_is_what_the_shown_source_allows(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    assert desk.showing.can == {Can.SEEK}
    desk.showing.back_to_live()
    assert desk.showing.can == {Can.REVEAL, Can.REFRESH, Can.RECORD}


def test_a_replay_asks_no_feed(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.verbs.refresh()
    desk.showing.back_to_live()
    desk.verbs.refresh()
    assert desk.asked == 1


def test_next_goes_to_the_next_call_and_no_bookmark(desk: Desk) -> None:
    assert desk.playback.next()
    assert desk.clock.now() == at(minutes=10)
    assert not desk.playback.next()


def test_a_gap_is_skipped_to_where_the_recording_goes_on(desk: Desk) -> None:
    desk.playback.skip_gap()
    assert desk.clock.now() == at(minutes=40)
    assert not desk.playback.skip_gap()


def test_at_the_end_of_a_shift_that_is_over_it_stands(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.seek(at(minutes=60))
    desk.playback.run_at(1.0)
    desk.clock.seek(at(minutes=59))
    desk.playback.toggle()
    desk.passed = 120.0
    desk.frame()
    assert desk.showing.playing.value == replace(desk.playback.playing.value, running=False)
    assert not desk.clock.running


@pytest.mark.parametrize("keys", ["[]", "]["])
def test_both_ends_of_a_loop_at_one_moment_loop_there(desk: Desk, keys: str) -> None:
    desk.playback.seek(at(minutes=10))
    for key in keys:
        (desk.playback.loop_since if key == "[" else desk.playback.loop_until)()
    assert desk.clock.loop == Loop(at(minutes=10), at(minutes=10))


def test_a_loop_is_set_and_taken_away_where_one_stands(desk: Desk) -> None:
    desk.playback.seek(at(minutes=2))
    desk.playback.loop_since()
    desk.playback.seek(at(minutes=4))
    desk.playback.loop_until()
    assert (desk.clock.loop.since, desk.clock.loop.until) == (at(minutes=2), at(minutes=4))
    desk.playback.loop_until()
    assert desk.clock.loop.length is None


class Broken(Recording):
    """A source that cannot be read behind a moment."""

    def __init__(self, reach: datetime) -> None:
        super().__init__(EVENTS)
        self.reach = reach

    def take(self, seen: int, until: datetime) -> Due:
        return super().take(seen, min(until, self.reach))


def test_the_clock_stands_where_the_board_does_while_the_archive_cannot_be_read(desk: Desk) -> None:
    source = Broken(at(minutes=3))
    desk.playback = Playback(desk.clock, Session(desk.clock, source, Store(start(NOON))), desk.kept, PLAYING)
    desk.showing.replay(desk.playback)
    desk.playback.learn(LINE, TRACK, "The recording cannot be read.")
    desk.playback.toggle()
    desk.passed = 240.0
    assert (desk.frame().at, desk.clock.now()) == (at(minutes=3), at(minutes=3))
    source.reach = at(minutes=60)
    desk.playback.learn(LINE, TRACK, "")
    desk.passed += 60.0
    assert (desk.frame().at, desk.clock.now()) == (at(minutes=4), at(minutes=4))


def test_what_is_done_belongs_to_the_board_that_was_seen(desk: Desk) -> None:
    desk.showing.replay(desk.playback)
    desk.playback.toggle()
    desk.passed = 60.0
    desk.frame()
    desk.passed = 90.0
    desk.verbs.bookmark("here")
    assert [act.at for act in desk.kept.acts] == [at(minutes=1)]
