"""Writes the console's tones: `python3 packaging/tones.py` makes the same bytes on every computer.

Each tone is told from the others by its steps of pitch and by its rhythm, not by loudness or timbre. All pitches lie
between 500 and 1500 Hz, which people who hear no high notes any more still hear. Priority 1 has the five pulses, three
and two, that hospitals know from their alarms (IEC 60601-1-8); trouble with the data slides down, and nothing else
does. The replay's are the same tunes, a quarter as loud and without overtones.
"""

import struct
import sys
import wave
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

RATE = 16_000
RISE_S = 0.012
FALL_S = 0.045
LOUD, QUIET = 0.62, 0.16
OVERTONES = (1.0, 0.28, 0.12)
PURE = (1.0,)
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"


class Pulse(NamedTuple):
    """``start`` to ``end`` Hz for ``length`` seconds, then silence for ``pause`` seconds."""

    start: float
    end: float
    length: float
    pause: float


def _steady(pitch: float, length: float, pause: float) -> Pulse:
    return Pulse(pitch, pitch, length, pause)


TUNES: dict[str, tuple[Pulse, ...]] = {
    "p1": (
        *(_steady(988.0, 0.10, 0.06),) * 3,
        _steady(0.0, 0.0, 0.14),
        *(_steady(1319.0, 0.10, 0.06),) * 2,
    ),
    "p2": (_steady(659.0, 0.20, 0.05), _steady(880.0, 0.26, 0.0)),
    "p3": (_steady(554.0, 0.38, 0.0),),
    "data": (Pulse(1175.0, 523.0, 0.34, 0.12), Pulse(1175.0, 523.0, 0.34, 0.0)),
    "escalated": (_steady(784.0, 0.11, 0.02), _steady(1397.0, 0.11, 0.02)) * 5,
}


def tones() -> dict[str, bytes]:
    """Each file's bytes by its name."""
    loud = {f"{name}.wav": recorded(tune, LOUD, OVERTONES) for name, tune in TUNES.items()}
    quiet = {f"{name}-replay.wav": recorded(tune, QUIET, PURE) for name, tune in TUNES.items()}
    return loud | quiet


def recorded(tune: tuple[Pulse, ...], peak: float, overtones: tuple[float, ...]) -> bytes:
    """``tune`` as a WAV file, 16 bit, one channel, never louder than ``peak`` of full scale."""
    samples = [sample for pulse in tune for sample in _pulse(pulse, peak, overtones)]
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _pulse(pulse: Pulse, peak: float, overtones: tuple[float, ...]) -> list[int]:
    count, whole = round(pulse.length * RATE), sum(overtones)
    samples, turn = [], 0.0
    for place in range(count):
        turn += (pulse.start + (pulse.end - pulse.start) * place / count) / RATE
        wave_ = sum(part * _sine(turn * number) for number, part in enumerate(overtones, start=1))
        samples.append(round(wave_ / whole * peak * _swell(place, count) * 32_767))
    return samples + [0] * round(pulse.pause * RATE)


def _swell(place: int, count: int) -> float:
    """From silence to full and back, without a corner that would click."""
    share = min(1.0, place / (RISE_S * RATE), (count - place) / (FALL_S * RATE))
    return share * share * (3.0 - 2.0 * share)


def _sine(turns: float) -> float:
    """The sine by its own series: only sums and products, so that no computer's library rounds it differently."""
    share = turns % 1.0
    quarter = 0.5 - share if share > 0.25 else share
    if share > 0.75:
        quarter = share - 1.0
    angle = quarter * 6.283185307179586
    square, term, total = angle * angle, angle, angle
    for number in range(2, 18, 2):
        term *= -square / (number * (number + 1))
        total += term
    return total


def main() -> int:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in tones().items():
        (FOLDER / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
