"""The shifts that the demo city can live through: hours of arrivals, and the moment worth showing."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

ZONE = "America/Denver"

HOUR = 3_600

Hours = tuple[float, ...]
"""Calls an hour for each hour of the day from midnight on."""

_CRISIS: Hours = (
    3.0, 2.5, 2.0, 2.0, 1.5, 2.0, 3.5, 6.5, 10.5, 12.5, 12.5, 11.5,
    10.0, 9.0, 9.0, 9.0, 9.0, 8.5, 8.0, 7.5, 6.5, 5.5, 4.5, 3.5,
)  # fmt: skip
_POLICE: Hours = (
    13, 11, 9, 7, 6, 6, 9, 13, 17, 19, 20, 20,
    21, 22, 23, 25, 26, 27, 26, 25, 24, 23, 20, 16,
)  # fmt: skip
_MEDIC: Hours = (
    1.8, 1.6, 1.5, 1.4, 1.4, 1.6, 2.2, 2.8, 3.4, 3.8, 4.0, 4.0,
    4.0, 3.8, 3.8, 3.8, 3.8, 3.8, 3.6, 3.4, 3.0, 2.8, 2.4, 2.0,
)  # fmt: skip


class Surge(Struct, frozen=True):
    """Arrivals grow to ``factor`` times the usual within ``ramp`` seconds of ``start``, stay, and fade."""

    start: int
    factor: float = 3.0
    ramp: int = 20 * 60
    hold: int = 2 * HOUR
    fade: int = 90 * 60

    def strength(self, at: int) -> float:
        """By how much arrivals are multiplied ``at`` seconds after the shift's start."""
        since = at - self.start
        up = since / self.ramp
        down = 1.0 - (since - self.ramp - self.hold) / self.fade
        return 1.0 + (self.factor - 1.0) * max(0.0, min(up, 1.0, down))


class Scenario(Struct, frozen=True):
    """One shift of 24 hours. ``opens`` and ``showcase`` are local times; the showcase is the next such time.

    ``salt`` is added to every seed, so that seed 1 is a shift whose showcase is worth showing.
    """

    name: str
    shift: str
    day: date
    opens: time
    showcase: time
    salt: int = 0
    crisis: Hours = _CRISIS
    police: Hours = _POLICE
    medic: Hours = _MEDIC
    surge: Surge | None = None

    @property
    def start(self) -> datetime:
        """The first moment of the shift, in UTC."""
        return datetime.combine(self.day, self.opens, ZoneInfo(ZONE)).astimezone(ZoneInfo("UTC"))

    @property
    def showcase_at(self) -> int:
        """Seconds from the start to the moment worth showing."""
        on = datetime.combine(self.day, self.showcase) - datetime.combine(self.day, self.opens)
        return int(on.total_seconds()) % (24 * HOUR)

    def rate(self, hours: Hours, at: int) -> float:
        """Calls an hour of the kind ``hours``, ``at`` seconds after the start."""
        local = datetime.combine(self.day, self.opens) + timedelta(seconds=at)
        strength = 1.0 if self.surge is None else self.surge.strength(at)
        return hours[local.hour] * strength


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("weekday", "Day shift B", date(2026, 11, 17), time(7), time(16, 30), salt=156),
        Scenario(
            "quiet_night",
            "Night shift C",
            date(2026, 11, 18),
            time(19),
            time(2, 30),
            salt=5,
            crisis=tuple(rate * 0.8 for rate in _CRISIS),
            police=tuple(rate * 0.7 for rate in _POLICE),
        ),
        Scenario(
            "surge",
            "Day shift A",
            date(2026, 11, 20),
            time(7),
            time(16, 20),
            salt=111,
            crisis=tuple(rate * 1.2 for rate in _CRISIS),
            surge=Surge(start=int(8.5 * HOUR)),
        ),
    )
}
