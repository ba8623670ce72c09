"""What the keys do to a replay; on the live board they do nothing, or go back into the running shift."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from console.domain.track import MarkKind
from console.session.playing import STOPS, Playback
from console.session.replays import Replays

SHORT, LONG = timedelta(seconds=10), timedelta(seconds=60)
SECOND = timedelta(seconds=1)
HALF_HOUR = timedelta(minutes=30)

KEPT = (MarkKind.BOOKMARK, MarkKind.NOTE)
"""What a person left to come back to."""

Say = Callable[[str], None]
Play = Callable[[Playback], None]


def acts(replays: Replays, say: Say) -> Mapping[str, Callable[[], None]]:
    """The acts by the names of the key map; ``say`` tells a person why nothing happened."""
    plays: dict[str, Play] = {
        "play": toggle,
        "back": lambda playback: playback.step(-SHORT),
        "on": lambda playback: playback.step(SHORT),
        "far_on": lambda playback: playback.step(LONG),
        "second_back": lambda playback: playback.step(-SECOND),
        "second_on": lambda playback: playback.step(SECOND),
        "faster": Playback.faster,
        "slower": Playback.slower,
        "loop_from": Playback.loop_since,
        "loop_to": Playback.loop_until,
        "loop_off": Playback.loop_off,
        "next_stop": lambda playback: _next(playback, STOPS, say),
        "previous_stop": lambda playback: _previous(playback, STOPS, say),
        "next_bookmark": lambda playback: _next(playback, KEPT, say),
        "previous_bookmark": lambda playback: _previous(playback, KEPT, say),
        "skip_gap": lambda playback: _skip(playback, say),
        "correct": lambda playback: correct(playback, not playback.playing.value.corrected, say),
    }
    return {name: partial(_do, replays, play) for name, play in plays.items()} | {
        "far_back": lambda: _far_back(replays),
        "live": replays.back_to_live,
        "half_hour_back": lambda: replays.back(HALF_HOUR),
    }


def toggle(playback: Playback) -> None:
    """Play or pause; at the newest moment of a shift that goes on it plays on from there, not from the start."""
    clock = playback.clock
    now = clock.now()
    newest = playback.playing.value.shift.going and not clock.running and now >= clock.span.until
    playback.toggle()
    if newest and clock.loop.since is None:
        playback.seek(now)


def hold(playback: Playback, held: bool, *, resume: bool) -> bool:
    """While the playhead is held the replay stands; let go before the end it goes on, if it is to ``resume``.

    Returns whether it is to resume.
    """
    clock = playback.clock
    over = clock.now() >= clock.span.until and not playback.playing.value.shift.going
    if held:
        resume = clock.running
    elif not resume or over:
        return resume
    if clock.running is held:
        toggle(playback)
    return resume


def correct(playback: Playback, corrected: bool, say: Say) -> None:
    """Show the board as it is known now, or as it was known then; the first has to be read once."""
    playback.correct(corrected)
    if playback.playing.value.corrected is not corrected:
        say("Reading what was corrected since; it shows when it is read")


def _do(replays: Replays, play: Play) -> None:
    if replays.playback is not None:
        play(replays.playback)


def _far_back(replays: Replays) -> None:
    """A minute back, from the live board into the shift that is being recorded."""
    if replays.playback is not None:
        replays.playback.step(-LONG)
    elif replays.live is not None:
        replays.back(LONG)


def _next(playback: Playback, kinds: tuple[MarkKind, ...], say: Say) -> None:
    if not playback.next(kinds):
        say(f"No later {_called(kinds)} in this shift")


def _previous(playback: Playback, kinds: tuple[MarkKind, ...], say: Say) -> None:
    if not playback.previous(kinds):
        say(f"No earlier {_called(kinds)} in this shift")


def _skip(playback: Playback, say: Say) -> None:
    if not playback.skip_gap():
        say("No gap from here on")


def _called(kinds: tuple[MarkKind, ...]) -> str:
    return "call or alarm" if kinds == STOPS else "bookmark or note"
