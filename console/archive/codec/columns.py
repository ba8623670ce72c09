"""Columns of integers as few bytes: steps instead of values, in the smallest integers, their bytes in planes.

A column holds one *track* after the other, a track being the values of one unit in order of time. Measured on a
minute of 500 moving units: this takes four fifths of the bytes of the order of time, and steps of steps gain
nothing over steps.
"""

from typing import TYPE_CHECKING

from console.archive.codec.frame import Damaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Tracks:
    """Where in a column each unit's values begin, and how many they are.

    ``index`` says whose each value is, in order of time; ``order`` takes a column from there to that by unit.
    Raises `Damaged`.
    """

    def __init__(self, index: "Ints", units: int) -> None:
        import numpy as np

        self.size = len(index)
        self.lengths = np.bincount(index, minlength=units)
        if len(self.lengths) != units or not self.lengths.all():
            raise Damaged("its positions are not those of the units it lists")
        self.order = np.argsort(index.astype(np.int32), kind="stable")
        self.starts = np.cumsum(self.lengths) - self.lengths


def packed(values: "Ints") -> bytes:
    """A byte that says the integers' width, then all their lowest bytes, all their second ones, and so on."""
    import numpy as np

    folded = ((values << 1) ^ (values >> 63)).view(np.uint64)
    most = int(folded.max(initial=0))
    width = next(width for width in (1, 2, 4, 8) if most < 1 << 8 * width)
    planes = folded.astype(f"<u{width}").view(np.uint8).reshape(-1, width).T
    return bytes((width,)) + planes.tobytes()


def unpacked(body: bytes, count: int) -> "Ints":
    """The ``count`` integers of `packed`. Raises `Damaged`."""
    import numpy as np

    width = body[0] if body else 0
    if width not in (1, 2, 4, 8) or len(body) != 1 + width * count:
        raise Damaged("a column of positions is too short or too long")
    planes = np.frombuffer(body, np.uint8, offset=1).reshape(width, count).T
    folded = np.ascontiguousarray(planes).view(f"<u{width}").reshape(count).astype(np.uint64)
    return (folded >> np.uint64(1)).view(np.int64) ^ -(folded & np.uint64(1)).view(np.int64)


Steps = tuple[bytes, bytes]
"""The first value of each track, and what each later one differs by from the one before."""


def stepped(values: "Ints", tracks: Tracks) -> Steps:
    """The steps of a column."""
    import numpy as np

    firsts = np.diff(values[tracks.starts], prepend=0)
    return packed(firsts), packed(np.delete(np.diff(values, prepend=0), tracks.starts))


def walked(steps: Steps, tracks: Tracks) -> "Ints":
    """The column that was `stepped`. Raises `Damaged`."""
    import numpy as np

    moves = np.zeros(tracks.size, np.int64)
    later = np.ones(tracks.size, np.bool_)
    later[tracks.starts] = False
    moves[later] = unpacked(steps[1], tracks.size - len(tracks.starts))
    sums = moves.cumsum()
    firsts = unpacked(steps[0], len(tracks.starts)).cumsum()
    values: Ints = sums + np.repeat(firsts - sums[tracks.starts], tracks.lengths)
    return values
