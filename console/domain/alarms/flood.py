"""How many alarms came up in the last minutes, and whether that is more than a person can follow."""

from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct


class Flood(Struct, frozen=True, gc=False):
    """``recent`` holds, oldest first, each whole second of the window with how many alarms came up in it.

    ``since`` is when the flood began, ``None`` outside one; ``groups`` are the rules that were already said in it.
    ``count`` is how many alarms came up since it began, ``many`` how many those of ``recent`` are together.
    """

    recent: tuple[tuple[datetime, int], ...] = ()
    since: datetime | None = None
    count: int = 0
    groups: tuple[str, ...] = ()
    many: int = 0

    def within(self, since: datetime) -> int:
        """Alarms that came up after ``since``; no earlier than the window reaches."""
        return sum(count for at, count in self.recent if at > since)

    def moved(self, at: datetime, came: int, limits: "FloodLimits") -> "Flood":
        """The window at ``at`` with ``came`` new alarms; the same object where nothing moved."""
        oldest = at - limits.window
        if not came and (not self.recent or self.recent[0][0] > oldest):
            return self
        old = 0
        while old < len(self.recent) and self.recent[old][0] <= oldest:
            old += 1
        many = self.many + came - sum(count for _, count in self.recent[:old])
        recent = (*self.recent[old:], (at, came)) if came else self.recent[old:]
        if self.since is None:
            return Flood(recent, at, many, many=many) if many > limits.over else Flood(recent, many=many)
        if many < limits.ends_below:
            return Flood(recent, many=many)
        return Flood(recent, self.since, self.count + came, self.groups, many)

    def next_at(self, limits: "FloodLimits") -> datetime | None:
        """When so much of the window will have passed that the flood is over, if nothing more comes up."""
        left = 0
        for at, count in reversed(self.recent):
            left += count
            if left >= limits.ends_below:
                return at + limits.window
        return None


class FloodLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """More than ``over`` alarms within ``window_min`` minutes are a flood; it ends with fewer than ``ends_below``."""

    over: Annotated[int, Meta(ge=1, le=1_000)] = 10
    window_min: Annotated[float, Meta(ge=1, le=120)] = 10.0
    ends_below: Annotated[int, Meta(ge=1, le=1_000)] = 5

    @property
    def window(self) -> timedelta:
        """The sliding window."""
        return timedelta(minutes=self.window_min)
