"""What the tiles say, as values: each figure's text, its n, its formula, and whether its feed is current."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from console.domain.definitions import Definitions
from console.domain.entities import Call
from console.domain.limits import Stay, state_since, wait_of
from console.domain.metrics import Metric, Tally, Teams, figures, is_team
from console.domain.sets import waiting
from console.domain.state import State
from console.domain.vocabulary import FeedName, UnitState
from console.reports.wording.shares import SPACE, spread
from console.ui.parts.clocks import NOTHING, clock_text, present
from console.ui.parts.freshness import as_of_text, freshness
from console.ui.parts.masking import joined


@dataclass(frozen=True, slots=True)
class Reading:
    """One tile's text. ``n`` stands beside the value always, ``note`` where there is room.

    ``badge`` is the priority of an alarm shape before ``after`` (0: none), ``over_badge`` that of one before
    ``over``. ``aside`` is what the strip says below. ``late`` says since when the figure is old, when the
    feed it depends on is stale; such a tile is hatched.
    """

    name: str
    label: str
    value: str
    n: str = ""
    badge: int = 0
    after: str = ""
    over: str = ""
    over_badge: int = 0
    aside: str = ""
    note: str = ""
    formula: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """A figure's name on screen, what its letters mean, and the feed it depends on."""

    label: str
    meaning: str
    feed: FeedName = FeedName.CALLS


ABOUT: Mapping[str, About] = MappingProxyType(
    {
        "waiting": About(
            "Waiting",
            "Calls pending for a team of ours now, whenever they came in.\n"
            "The oldest is counted from when it was queued, against the limit of its priority.",
        ),
        "teams_free": About(
            "Teams free",
            "Teams available now, of all teams on the roster.\nAn unknown state never counts as free.",
            FeedName.UNITS,
        ),
        "eligible_coverage": About(
            "Eligible coverage",
            "S: eligible calls that a team reached, or that were resolved by phone.\n"
            "E: calls that met the written criteria. Calls still open are in neither.",
        ),
        "strict_diversions": About(
            "Strict diversions",
            "S: eligible calls that a team reached. W: would otherwise have required police.\n"
            "P: police assigned or arrived at any time. n counts S.",
        ),
        "gross_share": About(
            "Gross share",
            "R: calls answered by alternative response at all, any nature.\nT: all public-initiated calls.",
        ),
        "unmet_demand": About(
            "Unmet",
            "E: calls that met the written criteria. S: of these, reached by a team or resolved by phone.",
        ),
    }
)
"""The figures of the strip, in their order."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits: since when the oldest does, and the waits that have a limit."""

    oldest: datetime | None = None
    limited: tuple[Stay, ...] = ()

    def worst(self, now: datetime) -> int:
        """The alarm priority of the oldest itself at ``now``, 0 within its limit or without one."""
        alarms = (wait.alarm(now) for wait in self.limited if wait.since == self.oldest)
        return min((alarm for alarm in alarms if alarm), default=0)

    def over(self, now: datetime) -> tuple[int, ...]:
        """The alarm priority of each wait that is over a limit at ``now``, 0 where that makes no alarm."""
        return tuple(wait.alarm(now) for wait in self.limited if wait.level(now))


def queue(calls: Iterable[Call], pack: Definitions) -> Queue:
    """The waiting ones of ``calls``, against the limits of ``pack``."""
    mine = [call for call in calls if waiting(call)]
    since = [moment for moment in map(state_since, mine) if moment]
    return Queue(min(since, default=None), tuple(wait for wait in (wait_of(c, pack) for c in mine) if wait))


def readings(state: State, queued: Queue, roster: Teams) -> tuple[Reading, ...]:
    """The strip's figures at ``state.second``."""
    tally = state.tally
    metrics = {metric.name: metric for metric in figures(tally)}
    found = (
        _waiting(tally, queued, _heard(state)),
        _teams(roster, silent_teams(state), ours=any(map(is_team, state.units.values()))),
        _coverage(metrics["eligible_coverage"], tally),
        _strict(metrics["strict_diversions"], tally),
        _gross(metrics["gross_share"], tally),
        _unmet(metrics["unmet_demand"], tally),
    )
    return tuple(_dated(state, reading) for reading in found)


def _heard(state: State) -> datetime:
    """Up to when the calls are known: now, or the last answer where they are stale."""
    return freshness(state.feeds, FeedName.CALLS, state.second).as_of or state.second


def silent_teams(state: State) -> int:
    """How many free teams have a position too old to go by; one that never told any is not counted."""
    oldest = state.second - timedelta(seconds=state.definitions.positions.stale_s)
    free = (unit.id for unit in state.units.values() if is_team(unit) and unit.state is UnitState.AVAILABLE)
    fixes = (state.positions.get(unit) for unit in free)
    return sum(fix is not None and fix.at < oldest for fix in fixes)


def _dated(state: State, reading: Reading) -> Reading:
    """``reading`` with the moment it is as of where its feed is old; none where nothing was ever heard."""
    name = ABOUT[reading.name].feed
    fresh = freshness(state.feeds, name, state.second)
    held = state.units if name is FeedName.UNITS else state.calls
    if not (held or fresh.read):
        why = "no answer yet" if fresh.offered else "not offered"
        return Reading(reading.name, reading.label, NOTHING, formula=reading.formula, late=why)
    return replace(reading, late=as_of_text(fresh, present(state.second, state.agency)))


def _waiting(tally: Tally, queued: Queue, now: datetime) -> Reading:
    about, over, oldest = ABOUT["waiting"], queued.over(now), queued.worst(now)
    others = len(over) > bool(oldest)
    return Reading(
        "waiting",
        about.label,
        str(tally.waiting),
        "oldest" if queued.oldest else "",
        badge=oldest,
        after=clock_text(max(now - queued.oldest, timedelta())) if queued.oldest else "",
        over=f"{len(over)} over" if others else "",
        over_badge=min(filter(None, over), default=0) if others else 0,
        note=f"{len(over) or 'none'} over the limit" if tally.waiting else "nobody waits",
        formula=f"{about.label}\n{about.meaning}",
    )


def _teams(roster: Teams, silent: int, *, ours: bool) -> Reading:
    """Where no team of an alternative-response program is on the roster, all units go by their own name."""
    about = ABOUT["teams_free"] if ours or not roster.roster else _UNITS_FREE
    unknown = f"{roster.unknown} unknown" if roster.unknown else ""
    quiet = f"{silent} silent" if silent else ""
    states = (quiet, f"{roster.assigned} assigned", f"{roster.delayed} delayed", f"{roster.out} out", unknown)
    value, n = str(roster.available), f"of {roster.roster}"
    formula = f"{about.label}\n{about.meaning}"
    return Reading("teams_free", about.label, value, n, aside=quiet, note=joined(states), formula=formula)


_UNITS_FREE = About(
    "Units free",
    "Units available now, of all units. No alternative-response team is on the roster.\n"
    "An unknown state never counts as free.",
    FeedName.UNITS,
)


def _coverage(metric: Metric, tally: Tally) -> Reading:
    if not metric.n:
        return _nothing(metric, tally)
    note = joined((f"{tally.served_yes} of {metric.n} reached", f"{tally.open} open"))
    return _figure(metric, spread(metric), metric.n, note)


def _strict(metric: Metric, tally: Tally) -> Reading:
    if not metric.n:
        return _nothing(metric, tally)
    low, high = tally.strict_yes, tally.strict_may
    return _figure(metric, str(low) if low == high else f"{low}–{high}", metric.n, f"of {metric.n} served")


def _gross(metric: Metric, tally: Tally) -> Reading:
    if not metric.n:
        return _empty(metric, "no caller's origin in these data" if tally.public_may else "no call yet")
    return _figure(metric, spread(metric), metric.n, f"{tally.answered_yes} of {metric.n} calls")


def _unmet(metric: Metric, tally: Tally) -> Reading:
    if not tally.eligible_yes:
        return _nothing(metric, tally)
    return _figure(metric, str(tally.unmet), tally.eligible_yes, f"of {tally.eligible_yes} eligible")


def _nothing(metric: Metric, tally: Tally) -> Reading:
    """A figure about eligible calls of which there is none to count."""
    if tally.open:
        return _empty(metric, f"{tally.open} open, none ended")
    if tally.eligible_yes:
        return _empty(metric, "none served yet")
    return _empty(metric, "no eligibility in these data" if tally.eligible_may else "no eligible call yet")


def _empty(metric: Metric, why: str) -> Reading:
    return replace(_figure(metric, NOTHING, 0, why), n="", aside=why, note=why)


def _figure(metric: Metric, value: str, n: int, note: str) -> Reading:
    about = ABOUT[metric.name]
    formula = f"{about.label} = {metric.formula.replace(' - ', ' − ')}\n{about.meaning}"
    unknown = f"{metric.excluded} unknown" if metric.excluded else ""
    full = joined((note, unknown))
    return Reading(metric.name, about.label, value, f"n{SPACE}{n}", note=full, formula=formula)
