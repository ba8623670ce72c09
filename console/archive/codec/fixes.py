"""Fixes as columns.

Measured with 500 units that move along streets at 12 m/s, one fix per 5 s, 7 decimals, in a minute's block:
2.6 bytes per fix (4.4 with half a meter of noise), where msgpack with zstd takes 11.5 (17.3).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from msgspec import Struct

from console.archive.codec.columns import Steps, Tracks, packed, stepped, unpacked, walked
from console.archive.codec.numbers import Numbers, narrowed, widened
from console.domain.entities import Position

_MICROSECOND = timedelta(microseconds=1)
_fields = attrgetter("unit", "lat", "lon", "at", "heading", "speed_mps", "accuracy_m")


class Fixes(Struct, frozen=True, array_like=True):
    """Any number of fixes. ``index`` says for each how many ``units`` after the one before its unit stands.

    Moments are whole numbers of ``tick`` microseconds after ``since``.
    """

    units: tuple[str, ...]
    index: bytes
    since: datetime
    tick: int
    at: Steps
    lat: Numbers
    lon: Numbers
    heading: Numbers
    speed_mps: Numbers
    accuracy_m: Numbers


def in_columns(fixes: Sequence[Position]) -> Fixes:
    """``fixes``, of which there is at least one."""
    import numpy as np

    table = {unit: place for place, unit in enumerate(dict.fromkeys(fix.unit for fix in fixes))}
    index = np.array([table[fix.unit] for fix in fixes], np.int64)
    tracks = Tracks(index, len(table))
    by_unit = (_fields(fixes[place]) for place in tracks.order.tolist())
    _, lat, lon, at, heading, speed, accuracy = zip(*by_unit, strict=True)
    since = fixes[0].at.astimezone(UTC)
    micros = np.array([(moment - since) // _MICROSECOND for moment in at], np.int64)
    tick = int(np.gcd.reduce(micros)) or 1
    return Fixes(
        tuple(table),
        packed(np.diff(index, prepend=-1) % len(table)),
        since,
        tick,
        stepped(micros // tick, tracks),
        narrowed(lat, tracks),
        narrowed(lon, tracks),
        narrowed(heading, tracks),
        narrowed(speed, tracks),
        narrowed(accuracy, tracks),
    )


def in_rows(fixes: Fixes, count: int) -> list[Position]:
    """The ``count`` rows of `in_columns`. Raises `Damaged`."""
    import numpy as np

    index = (unpacked(fixes.index, count).cumsum() - 1) % max(1, len(fixes.units))
    tracks = Tracks(index, len(fixes.units))
    micros = (walked(fixes.at, tracks) * fixes.tick).tolist()
    moments = {step: fixes.since + timedelta(microseconds=step) for step in set(micros)}
    by_unit = list(
        map(
            Position,
            map(fixes.units.__getitem__, np.sort(index).tolist()),
            widened(fixes.lat, tracks),
            widened(fixes.lon, tracks),
            map(moments.__getitem__, micros),
            widened(fixes.heading, tracks),
            widened(fixes.speed_mps, tracks),
            widened(fixes.accuracy_m, tracks),
        )
    )
    return [by_unit[place] for place in np.argsort(tracks.order).tolist()]
