"""A column of floats, some of them unknown: as integers where that is exact to the bit, which decimals are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from console.archive.codec.columns import Steps, Tracks, packed, stepped, unpacked, walked
from console.archive.codec.frame import Damaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from console.archive.codec.columns import Ints

    Floats = NDArray[np.float64]
    Kinds = NDArray[np.uint8]

_DIGITS = (0, 1, 2, 3, 5, 6, 7)
_MOST = float(1 << 53)
_SCALED, _RAW, _UNKNOWN = 0, 1, 2


class Numbers(Struct, frozen=True, array_like=True):
    """A value is ``steps / 10**digits``, but for those that ``kinds`` (empty: there are none) says are raw or unknown.

    ``raw`` holds the raw ones, each as what its bits differ by, as an integer, from those of the one before.
    """

    digits: int
    steps: Steps
    kinds: bytes = b""
    raw: bytes = b""


def narrowed(values: Sequence[float | None], tracks: Tracks) -> Numbers:
    """A column of values."""
    import numpy as np

    unknown = np.array([value is None for value in values], np.bool_)
    floats = np.array(values, np.float64)
    floats[unknown] = 0.0
    digits, whole = _scaled(floats)
    bits = floats.view(np.int64)
    kinds = np.where((whole / 10.0**digits).view(np.int64) == bits, _SCALED, _RAW).astype(np.uint8)
    kinds[unknown] = _UNKNOWN
    if not kinds.any():
        return Numbers(digits, stepped(whole, tracks))
    raw = packed(np.diff(bits[kinds == _RAW], prepend=0))
    return Numbers(digits, stepped(_filled(whole, kinds), tracks), kinds.tobytes(), raw)


def widened(numbers: Numbers, tracks: Tracks) -> list[float | None]:
    """The column that was `narrowed`. Raises `Damaged`."""
    import numpy as np

    if numbers.digits not in _DIGITS:
        raise Damaged("a column of positions has no known scale")
    floats = walked(numbers.steps, tracks) / 10.0**numbers.digits
    values: list[float | None]
    if not numbers.kinds:
        values = floats.tolist()
        return values
    kinds = np.frombuffer(numbers.kinds, np.uint8)
    if len(kinds) != len(floats):
        raise Damaged("a column of positions is too short or too long")
    raw = kinds == _RAW
    floats[raw] = unpacked(numbers.raw, int(raw.sum())).cumsum().view(np.float64)
    values = floats.tolist()
    for place in np.flatnonzero(kinds == _UNKNOWN).tolist():
        values[place] = None
    return values


def _scaled(floats: "Floats") -> "tuple[int, Ints]":
    """The fewest digits that make most of ``floats`` whole numbers, and those."""
    import numpy as np

    best, most = (0, np.zeros(len(floats), np.int64)), -1
    for digits in _DIGITS:
        with np.errstate(over="ignore", invalid="ignore"):  # any float may come, of which infinity is one
            scaled = np.rint(floats * 10.0**digits)
            scaled[~(np.abs(scaled) < _MOST)] = 0.0
        fitting = int(((scaled / 10.0**digits).view(np.int64) == floats.view(np.int64)).sum())
        if fitting > most:
            best, most = (digits, scaled.astype(np.int64)), fitting
        if fitting == len(floats):
            break
    return best


def _filled(whole: "Ints", kinds: "Kinds") -> "Ints":
    """``whole`` with the last good value in place of those held elsewhere, which makes small steps."""
    import numpy as np

    return whole[np.maximum.accumulate(np.where(kinds == _SCALED, np.arange(len(whole)), 0))]
