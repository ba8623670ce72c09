"""Which tones are played: each once, of each kind the most urgent, none of the past, and none while muted."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from console.domain.alarms.alarm import Tone
from console.domain.state import State
from console.session.store import Store
from console.ui.alerts.hearing import SOUNDS, sounds
from console.ui.alerts.sounder import FLOOR, Sounder
from tests.ui.alerts.board import BOARD, Played, a_mute, alarmed, emergency, source_down, tone, waiting
from tests.ui.board import ago, later
from tests.ui.replaying import Recorded


class Room:
    """A live board and a replay, with somebody who listens."""

    def __init__(self, live: State = BOARD, volume: float = 0.8) -> None:
        self.player, self.recorded = Played(), Recorded(live)
        self.live, self.shown = Store(live), Store(BOARD)
        self.sounder = Sounder(self.player, self.live, self.shown, self.recorded, volume)

    def due(self, *tones: Tone) -> list[str]:
        """What is played when the live board has these tones."""
        before = len(self.player.live)
        self.live.set(alarmed(self.live.value, tones=tones))
        return list(self.player.live[before:])

    def replay(self, speed: float = 1.0, *, running: bool = True) -> None:
        """Put a replay on the screen."""
        playback = self.recorded.play()
        self.recorded.playing.set(replace(playback.playing.value, running=running, speed=speed))
        self.shown.set(later(self.shown.value, 1))

    def passed(self, seconds: float, *tones: Tone) -> list[str]:
        """What is played when the replayed board has gone on."""
        before = len(self.player.replayed)
        self.shown.set(alarmed(later(self.shown.value, seconds), tones=tones))
        return list(self.player.replayed[before:])


@pytest.mark.parametrize(
    ("fell_due", "heard"),
    [
        (tone(1, 1), ["p1"]),
        (tone(1, 2), ["p2"]),
        (tone(1, 3), ["p3"]),
        (tone(1, 2, data=True), ["data"]),
        (tone(1, 1, escalated=True), ["escalated"]),
        (tone(1, 1, again=True), ["p1"]),
    ],
)
def test_each_kind_of_tone_has_its_own_sound(fell_due: Tone, heard: list[str]) -> None:
    assert Room().due(fell_due) == heard


def test_a_tone_is_played_once_however_often_the_board_is_shown() -> None:
    room = Room()
    room.due(tone(1, 2))
    assert room.due(tone(1, 2)) == []
    assert room.due(tone(1, 2), tone(2, 3)) == ["p3"]


def test_of_several_tones_in_a_frame_the_most_urgent_of_each_kind_is_played() -> None:
    given = (tone(1, 3), tone(2, 2), tone(3, 3, data=True), tone(4, 2, data=True), tone(5, 3))
    assert Room().due(*given) == ["p2", "data"]


def test_an_escalation_goes_before_the_tone_of_priority_1() -> None:
    assert sounds([tone(1, 1), tone(2, 1, escalated=True)]) == ("escalated",)


def test_what_was_due_before_anybody_listened_is_not_played() -> None:
    board = alarmed(BOARD, waiting("c1"), source_down(), tones=[tone(1, 2), tone(2, 2, data=True)])
    room = Room(board)
    assert room.player.live == []
    assert room.due(tone(1, 2), tone(2, 2, data=True), tone(3, 3)) == ["p3"]


def test_a_priority_1_that_waits_is_heard_at_once() -> None:
    assert Room(alarmed(BOARD, emergency(), tones=[tone(1, 1)])).player.live == ["p1"]


def test_an_escalated_one_that_waits_is_heard_as_escalated() -> None:
    assert Room(alarmed(BOARD, emergency(escalated_at=ago(1)))).player.live == ["escalated"]


@pytest.mark.parametrize(
    "known", [{"acknowledged_at": ago(1)}, {"announced_at": None}, {"suppressed_by": "x"}]
)
def test_a_priority_1_that_waits_for_nobody_is_not_heard_at_the_start(known: dict[str, Any]) -> None:
    assert Room(alarmed(BOARD, emergency(**known))).player.live == []


def test_nothing_is_played_while_muted_and_nothing_of_it_afterwards() -> None:
    room = Room()
    room.live.set(alarmed(BOARD, emergency(), tones=[tone(1, 3)], mute=a_mute()))
    assert room.player.live == []
    assert room.due(tone(1, 3), tone(2, 2)) == ["p2"]


def test_a_board_that_begins_anew_does_not_repeat_its_tones() -> None:
    room = Room()
    room.due(tone(1, 2), tone(2, 2), tone(3, 2))
    assert room.due(tone(1, 2)) == []
    assert room.due(tone(1, 2), tone(2, 3)) == ["p3"]


@pytest.mark.parametrize(("volume", "urgent"), [(0.0, FLOOR), (0.2, FLOOR), (0.9, 0.9)])
def test_priority_1_is_never_quieter_than_the_floor(volume: float, urgent: float) -> None:
    room = Room(volume=volume)
    room.due(tone(1, 1))
    room.due(tone(1, 1), tone(2, 2))
    assert room.player.volumes == [urgent, volume]


def test_a_test_plays_every_tone_once() -> None:
    room = Room()
    room.sounder.test()
    assert tuple(room.player.live) == SOUNDS


def test_a_replay_is_heard_in_its_own_quieter_tones() -> None:
    room = Room()
    room.replay()
    assert room.passed(1, tone(1, 2)) == ["p2"]
    assert room.player.live == []


def test_the_present_is_heard_during_a_replay() -> None:
    room = Room()
    room.replay()
    assert room.due(tone(1, 1)) == ["p1"]


@pytest.mark.parametrize(("speed", "heard"), [(4.0, ["p2"]), (8.0, [])])
def test_a_replay_that_is_too_fast_is_silent(speed: float, heard: list[str]) -> None:
    room = Room()
    room.replay(speed)
    assert room.passed(1, tone(1, 2)) == heard


def test_a_replay_that_stands_is_silent() -> None:
    room = Room()
    room.replay(running=False)
    assert room.passed(1, tone(1, 2)) == []


@pytest.mark.parametrize("seconds", [-600, 600])
def test_a_jump_in_a_replay_plays_nothing_of_what_lies_between(seconds: float) -> None:
    room = Room()
    room.replay()
    assert room.passed(seconds, tone(1, 1), tone(2, 2)) == []
    assert room.passed(1, tone(1, 1), tone(2, 2), tone(3, 3)) == ["p3"]


def test_a_mute_of_the_present_silences_a_replay_too() -> None:
    room = Room()
    room.replay()
    room.live.set(alarmed(BOARD, mute=a_mute()))
    assert room.passed(1, tone(1, 1)) == []


def test_the_live_board_on_the_screen_is_not_heard_twice() -> None:
    room = Room()
    room.shown.set(alarmed(later(BOARD, 1), tones=[tone(1, 2)]))
    assert room.player.replayed == []


def test_whoever_closes_it_leaves_nobody_listening() -> None:
    room = Room()
    room.sounder.close()
    assert (room.live.watched, room.shown.watched) == (0, 0)
    assert room.due(tone(1, 1)) == []


def test_a_long_silence_between_tones_loses_none() -> None:
    room = Room()
    room.due(tone(1, 2))
    room.live.set(replace(room.live.value, at=room.live.value.at + timedelta(hours=2)))
    assert room.due(tone(1, 2), tone(2, 2)) == ["p2"]
