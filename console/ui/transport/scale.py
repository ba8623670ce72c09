"""Where a moment lies on the time axis, how the axis is zoomed, and which times stand under it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

NEAREST = timedelta(seconds=30)
"""The least time that the axis can show from end to end."""

STEPS = tuple(
    timedelta(seconds=seconds)
    for seconds in (
        *(1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800),
        *(3_600, 7_200, 10_800, 21_600, 43_200, 86_400),
    )
)
"""Times that may lie between two labels; longer ones are whole days."""

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scale(Struct, frozen=True):
    """``since`` to ``until`` on ``width`` pixels from ``left`` on."""

    since: datetime
    until: datetime
    left: float = 0.0
    width: float = 1.0

    @property
    def length(self) -> timedelta:
        """The time from end to end."""
        return max(self.until - self.since, NEAREST)

    def x(self, at: datetime) -> float:
        """The pixel of ``at``, also beyond the ends."""
        return self.left + self.width * ((at - self.since) / self.length)

    def moment(self, x: float) -> datetime:
        """The moment at a pixel, within the ends."""
        part = min(max((x - self.left) / max(self.width, 1.0), 0.0), 1.0)
        return self.since + self.length * part

    def shows(self, at: datetime) -> bool:
        """Whether ``at`` lies between the ends."""
        return self.since <= at <= self.until


def zoomed(scale: Scale, whole: Scale, x: float, factor: float) -> Scale:
    """``scale`` with ``factor`` times as much time in it, the moment at ``x`` staying where it is."""
    length = min(max(scale.length * factor, NEAREST), whole.length)
    about = scale.moment(x)
    part = (about - scale.since) / scale.length
    return moved(scale, whole, about - length * part, length)


def moved(scale: Scale, whole: Scale, since: datetime, length: timedelta) -> Scale:
    """``length`` of time from ``since`` on, held within ``whole``."""
    since = max(min(since, whole.since + whole.length - length), whole.since)
    return Scale(since, since + length, scale.left, scale.width)


def step(scale: Scale, apart: float) -> timedelta:
    """The least step between two labels that stand at least ``apart`` pixels from each other."""
    least = scale.length * (apart / max(scale.width, 1.0))
    days = -(-least // _DAY) * _DAY
    return next((step for step in STEPS if step >= least), days)


class Time(Struct, frozen=True):
    """A time under the axis. ``day``: a day begins there, so that its date stands there."""

    at: datetime
    text: str
    day: bool = False


def times(scale: Scale, zone: tzinfo, apart: float) -> Iterator[Time]:
    """The times to write under the axis: whole steps of the local clock, whatever the clocks were set to."""
    wanted = step(scale, apart)
    form = "%H:%M:%S" if wanted.total_seconds() < 60 else "%H:%M"
    stride = min(wanted, timedelta(minutes=15))  # offsets of zones are whole quarters of an hour
    at = _EPOCH + -(-(scale.since - _EPOCH) // stride) * stride
    while at <= scale.until:
        local = at.astimezone(zone)
        if _whole(local, wanted):
            midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
            yield Time(at, day_text(local) if midnight else local.strftime(form), midnight)
        at += stride


def day_text(local: datetime) -> str:
    """``Thu 19 Nov``."""
    return f"{local:%a} {local.day} {local:%b}"


def _whole(local: datetime, wanted: timedelta) -> bool:
    since_midnight = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    if wanted <= _DAY:
        return since_midnight % wanted == timedelta(0)
    return since_midnight == timedelta(0) and local.toordinal() % (wanted // _DAY) == 0
