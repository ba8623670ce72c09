"""What is played of the tones that fell due: what was not heard yet, and of each kind the most urgent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from console.domain.alarms.alarm import Tone
from console.domain.alarms.book import Alarms
from console.domain.state import State
from console.session.playing import Playing

Sound: TypeAlias = Literal["p1", "p2", "p3", "data", "escalated"]
"""The tones there are, by the names of their files."""

SOUNDS: tuple[Sound, ...] = ("p3", "p2", "p1", "data", "escalated")
"""All of them, in the order of a test."""

URGENT: frozenset[Sound] = frozenset({"p1", "escalated"})
"""Those that are never quieter than the floor."""

FASTEST = 4.0
"""Up to this speed a replay is heard: beyond it tones run into one another."""

LEAP = timedelta(seconds=5)
"""More than that from one frame to the next is a jump: what lies between was not played."""

_PRIORITIES: tuple[Sound, ...] = ("p1", "p2", "p3")


class Heard(Struct, frozen=True):
    """How far somebody has listened: the ``number`` of the last tone, ``at`` that moment of the board."""

    number: int
    at: datetime


def last(alarms: Alarms) -> int:
    """The number of the newest tone; 0 before the first."""
    return alarms.tones[-1].number if alarms.tones else 0


def unheard(alarms: Alarms, number: int) -> list[Tone]:
    """The tones after that number."""
    return [tone for tone in alarms.tones if tone.number > number]


def listened(state: State, heard: Heard | None) -> tuple[Heard, tuple[Sound, ...]]:
    """How far the live board was heard by now, and what is to be played.

    Of a board that was not heard before, or that began anew, nothing is; but priority 1 that waits for somebody.
    """
    alarms, now = state.alarms, Heard(last(state.alarms), state.at)
    if alarms.mute is not None:
        return now, ()
    if heard is None or now.number < heard.number:
        return now, _waiting(alarms)
    return now, sounds(unheard(alarms, heard.number))


def overheard(state: State, playing: Playing, heard: Heard | None) -> tuple[Heard, tuple[Sound, ...]]:
    """As `listened`, of a replay: nothing while it stands, is fast or was just moved to another moment."""
    alarms, now = state.alarms, Heard(last(state.alarms), state.at)
    plays = playing.running and playing.speed <= FASTEST and alarms.mute is None
    if heard is None or not plays or not heard.at <= now.at <= heard.at + LEAP:
        return now, ()
    return now, sounds(unheard(alarms, heard.number))


def sounds(tones: Iterable[Tone]) -> tuple[Sound, ...]:
    """The most urgent for calls and teams, then the one for trouble with the data."""
    given = tuple(tones)
    people = [tone for tone in given if not tone.data]
    found: list[Sound] = []
    if people:
        escalated = any(tone.escalated for tone in people)
        found.append("escalated" if escalated else _PRIORITIES[min(tone.priority for tone in people) - 1])
    if len(people) < len(given):
        found.append("data")
    return tuple(found)


def _waiting(alarms: Alarms) -> tuple[Sound, ...]:
    called = [
        alarm
        for alarm in alarms.standing.values()
        if alarm.priority == 1 and alarm.calling and alarm.announced_at is not None
    ]
    if not called:
        return ()
    return ("escalated",) if any(alarm.escalated_at is not None for alarm in called) else ("p1",)
