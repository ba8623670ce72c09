"""How long a call or a team may be in its present state: since when it is, and when that becomes too long."""

from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.definitions import Definitions, Limit
from console.domain.entities import Call, Unit
from console.domain.sets import elsewhere, waiting
from console.domain.vocabulary import CallState


class Stay(Struct, frozen=True, gc=False):
    """A stay in one state: since when, when that is too long (amber, then red), and its alarms then (0: none)."""

    since: datetime
    amber: datetime
    red: datetime
    at_amber: int = 2
    at_red: int = 1

    def level(self, now: datetime) -> int:
        """0 within the limits at ``now``, 1 over amber, 2 over red."""
        return (now >= self.amber) + (now >= self.red)

    def alarm(self, now: datetime) -> int:
        """The priority of the alarm of being over a limit at ``now``, 0 where there is none."""
        return (0, self.at_amber, self.at_red)[self.level(now)]

    def used(self, now: datetime) -> float:
        """The part of the red limit that has passed, 0 and up."""
        return max(0.0, (now - self.since) / (self.red - self.since))

    @property
    def amber_share(self) -> float:
        """Where the amber limit lies on the way to the red one."""
        return (self.amber - self.since) / (self.red - self.since)


def state_since(call: Call) -> datetime | None:
    """When the call came into its present state; ``None`` where the source does not say.

    The call's own stamps are of an alternative-response team; where there is none, the first unit's tell.
    """
    stamps = call.stamps
    match call.state:
        case CallState.PENDING:
            return stamps.queued_at or stamps.eligible_at or call.received_at
        case CallState.ASSIGNED:
            return stamps.assigned_at or _first(call, "assigned_at")
        case CallState.ENROUTE:
            return stamps.enroute_at or _first(call, "enroute_at")
        case CallState.ON_SCENE:
            return stamps.on_scene_at or stamps.contact_at or _first(call, "on_scene_at")
        case CallState.TRANSPORTING:
            return stamps.left_at or _first(call, "left_at")
        case CallState.CLOSED:
            return stamps.cleared_at
        case CallState.UNKNOWN:
            return None


def wait_of(call: Call, pack: Definitions, seen: datetime | None = None) -> Stay | None:
    """The call's wait against the pack's limit; ``None`` where it waits for no team of ours or has no limit.

    Where no stamp tells since when it waits, that counts from ``seen``, when it was first seen waiting.
    """
    return _stay(pack.limit(call.priority), state_since(call) or seen) if waiting(call) else None


def stay_of(call: Call, pack: Definitions, seen: datetime | None = None) -> Stay | None:
    """The call's stay in its present state, waiting included; ``None`` without a limit, or where it is not ours."""
    if call.state is CallState.PENDING:
        return wait_of(call, pack, seen)
    if not pack.limits or elsewhere(call):
        return None
    return _stay(pack.state_limit(call.state, call.priority), state_since(call))


def status_of(unit: Unit, pack: Definitions) -> Stay | None:
    """The unit's time in its present state against the pack's limit; ``None`` where there is none."""
    return _stay(pack.team_limits.get(unit.state), unit.since)


def _stay(limit: Limit | None, since: datetime | None) -> Stay | None:
    if limit is None or since is None:
        return None
    amber, red = timedelta(minutes=limit.amber), timedelta(minutes=limit.red)
    return Stay(since, since + amber, since + red, limit.at_amber, limit.at_red)


def _first(call: Call, stamp: str) -> datetime | None:
    """The earliest ``stamp`` of the units that are still on the call."""
    moments = (getattr(part, stamp) for part in call.assignments if part.cleared_at is None)
    return min((moment for moment in moments if moment is not None), default=None)
