"""The tones are those of the script, and can be told apart by pitch and by rhythm."""

import math
import struct
import wave
from io import BytesIO
from itertools import combinations, pairwise

import pytest

import tones

MADE = tones.tones()
WINDOW = 320
"""20 ms at 16 kHz."""

Heard = tuple[tuple[int, int], ...]


def samples(name: str) -> tuple[int, ...]:
    with wave.open(BytesIO(MADE[name]), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, tones.RATE)
        frames = file.readframes(file.getnframes())
    return struct.unpack(f"<{len(frames) // 2}h", frames)


def windows(name: str) -> list[tuple[int, ...]]:
    whole = samples(name)
    return [whole[place : place + WINDOW] for place in range(0, len(whole), WINDOW)]


def loudness(window: tuple[int, ...]) -> float:
    return math.sqrt(sum(one * one for one in window) / len(window))


def pitch(window: tuple[int, ...]) -> int:
    """The frequency in steps of 50 Hz at which a window is loudest."""

    def power(frequency: int) -> float:
        turn = 2 * math.pi * frequency / tones.RATE
        real = sum(one * math.cos(turn * place) for place, one in enumerate(window))
        other = sum(one * math.sin(turn * place) for place, one in enumerate(window))
        return real * real + other * other

    return max(range(400, 3_001, 50), key=power)


def heard(name: str) -> Heard:
    """The tune as pulses: where each begins, in windows, and its pitch there."""
    loud = [loudness(window) > 200 for window in windows(name)]
    starts = [place for place, now in enumerate(loud) if now and not (place and loud[place - 1])]
    return tuple((place, pitch(windows(name)[min(place + 1, len(loud) - 1)])) for place in starts)


def pitches(name: str) -> list[int]:
    return [pitch(window) for window in windows(name) if loudness(window) > 200]


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_committed_file_is_what_the_script_makes(name: str) -> None:
    assert (tones.FOLDER / name).read_bytes() == MADE[name]


def test_there_is_no_sound_that_the_script_does_not_make() -> None:
    assert {file.name for file in tones.FOLDER.iterdir()} == set(MADE)


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_tone_is_short_and_begins_and_ends_in_silence(name: str) -> None:
    whole = samples(name)
    assert len(whole) < 1.5 * tones.RATE
    assert max(abs(one) for one in (*whole[:3], *whole[-3:])) < 50


@pytest.mark.parametrize("name", sorted(MADE))
def test_no_tone_comes_near_to_clipping(name: str) -> None:
    assert max(map(abs, samples(name))) < 0.7 * 32_767


@pytest.mark.parametrize("name", sorted(MADE))
def test_every_pitch_can_be_heard_with_a_loss_of_high_notes(name: str) -> None:
    assert all(500 <= one <= 1_500 for one in pitches(name))


@pytest.mark.parametrize(("one", "other"), list(combinations(tones.TUNES, 2)))
def test_two_tones_differ_in_pitch_and_in_rhythm(one: str, other: str) -> None:
    ours, theirs = heard(f"{one}.wav"), heard(f"{other}.wav")
    assert [place for place, _ in ours] != [place for place, _ in theirs]
    assert {found for _, found in ours} != {found for _, found in theirs}


def test_only_trouble_with_the_data_slides() -> None:
    falling = pitches("data.wav")[1:15]
    assert all(after <= before for before, after in pairwise(falling))
    assert falling[0] - falling[-1] >= 400
    for name in ("p1", "p2", "p3", "escalated"):
        assert len(set(pitches(f"{name}.wav"))) <= 4


def test_the_escalation_is_longer_and_takes_wider_steps_than_priority_1() -> None:
    assert len(samples("escalated.wav")) > 1.3 * len(samples("p1.wav"))
    step = [max(pitches(name)) - min(pitches(name)) for name in ("escalated.wav", "p1.wav")]
    assert step[0] > step[1]


@pytest.mark.parametrize("name", tones.TUNES)
def test_a_replay_plays_the_same_tune_much_quieter(name: str) -> None:
    live, replayed = samples(f"{name}.wav"), samples(f"{name}-replay.wav")
    assert len(live) == len(replayed)
    assert max(map(abs, replayed)) < 0.4 * max(map(abs, live))
