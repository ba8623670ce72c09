"""For each rule a small log in which it finds something, by the shipped pack: when that begins, comes up and ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import alarm_id
from console.domain.entities import Assignment, Call, Disposition, Stamps
from console.domain.events import Acknowledged, CheckedIn, FeedReported, RecordingReported
from console.domain.feed import Feed
from console.domain.recording import Recording, RecordingState
from console.domain.vocabulary import CallState, Health, Reached, UnitState
from console.domain.watching import catalog
from tests.domain.builders import NOON
from tests.domain.watching.rows import (
    BEGAN,
    BEGINNING,
    PACK,
    SECOND,
    Events,
    call,
    calls,
    fix,
    minutes,
    red,
    told,
    unit,
    units,
)


@dataclass(frozen=True)
class Case:
    """``rule`` finds something in ``events`` from the second ``holds`` on; with ``ends``, made for a moment, no more.

    ``since`` is when that began, by the data.
    """

    rule: str
    subject: str
    priority: int
    holds: datetime
    events: Events
    ends: Callable[[datetime], Events]
    since: datetime = NOON
    before: Events = ()

    @property
    def id(self) -> str:
        """The id of the alarm."""
        return alarm_id(self.rule, self.subject)

    @property
    def comes(self) -> datetime:
        """When it comes up: once it held for the rule's on-delay."""
        return self.holds + timedelta(seconds=PACK.rules[self.rule].on_delay_s)

    @property
    def log(self) -> Events:
        """From the beginning on, without its end."""
        return (*BEGINNING, *self.before, *self.events)

    def ended(self, at: datetime) -> Events:
        """All of it, with its end at ``at``."""
        return (*self.log, *self.ends(at))

    def goes(self, ended: datetime) -> datetime:
        """When it is no longer active after its end: seen in the next second, and gone for the off-delay."""
        return ended + SECOND + timedelta(seconds=PACK.rules[self.rule].off_delay_s)


def _unit(
    rule: str, priority: int, holds: datetime, events: Events, ends: Callable[[datetime], Events]
) -> Case:
    return Case(rule, "u1", priority, holds, events, ends)


def _call(rule: str, priority: int, holds: datetime, row: Call) -> Case:
    return Case(rule, "k1", priority, holds, (calls(NOON, row),), _closed)


def _source(rule: str, priority: int, holds: datetime, feed: Feed) -> Case:
    return Case(
        rule, "cad", priority, holds, (FeedReported(NOON, feed),), lambda at: (FeedReported(at, told(at=at)),)
    )


def _closed(at: datetime) -> Events:
    return (calls(at, call(CallState.CLOSED, closed_at=at)),)


def _free(at: datetime) -> Events:
    return (units(at, unit(UnitState.AVAILABLE, since=at)),)


NOTICED = NOON + SECOND
"""What came at noon is looked at in the next second."""

SAFETY = PACK.safety
ROLLING = unit(UnitState.ENROUTE, updated_at=NOON)
ON_SCENE = unit(UnitState.ON_SCENE, call="k1", updated_at=NOON)
OVER = call(CallState.CLOSED, closed_at=BEGAN, disposition=Disposition("REF"))
SEVERAL = tuple(replace(call(CallState.ON_SCENE), id=f"k{number}") for number in range(5))
AT_WORK = call(CallState.ON_SCENE, assignments=(Assignment("u1"),))


def degraded(reason: str) -> Feed:
    return told(reported=Health.DEGRADED, since=NOON, reason=reason)


def _recording(state: RecordingState, at: datetime) -> Events:
    return (RecordingReported(at, Recording(state, at)),)


CASES = (
    Case(
        catalog.EMERGENCY,
        "u1",
        1,
        NOTICED,
        (units(NOON, replace(ON_SCENE, emergency=True)),),
        lambda at: (units(at, ON_SCENE), Acknowledged(at, ("responder_emergency:u1",), "me")),
        since=NOTICED,
    ),
    _unit(
        catalog.CHECK_IN,
        1,
        minutes(SAFETY.check_in["clinician_ems"].every),
        (calls(NOON, AT_WORK), units(NOON, ON_SCENE)),
        lambda at: (CheckedIn(at, "u1", Reached.RADIO, "me"),),
    ),
    _unit(
        catalog.SILENT,
        2,
        minutes(SAFETY.silent_min),
        (units(NOON, ROLLING), fix(NOON)),
        lambda at: (fix(at),),
    ),
    _unit(
        catalog.STATUS_OLD,
        3,
        minutes(SAFETY.status_old_min),
        (units(NOON, ROLLING),),
        lambda at: (units(at, replace(ROLLING, updated_at=at)),),
    ),
    _unit(
        catalog.TO_CLOSED,
        3,
        NOTICED,
        (units(NOON, replace(ROLLING, call="k1")), calls(NOON, call(CallState.CLOSED, closed_at=NOON))),
        _free,
    ),
    _unit(
        catalog.ALONE,
        2,
        NOTICED,
        (units(NOON, replace(ON_SCENE, call="")),),
        lambda at: (units(at, ON_SCENE),),
    ),
    _unit(
        catalog.STATUS_LONG,
        3,
        red(PACK.team_limits, "delayed"),
        (units(NOON, unit(UnitState.DELAYED)),),
        _free,
    ),
    _call(
        catalog.PENDING_LONG,
        2,
        minutes(PACK.waiting["1"].amber),
        call(CallState.PENDING, stamps=Stamps(queued_at=NOON)),
    ),
    _call(
        catalog.ASSIGNED_LONG,
        2,
        red(PACK.limits["assigned"], "1"),
        call(CallState.ASSIGNED, stamps=Stamps(assigned_at=NOON)),
    ),
    _call(
        catalog.TRAVEL_LONG,
        2,
        red(PACK.limits["enroute"], "1"),
        call(CallState.ENROUTE, stamps=Stamps(enroute_at=NOON)),
    ),
    _call(
        catalog.SCENE_LONG,
        3,
        red(PACK.limits["on_scene"], "any"),
        call(CallState.ON_SCENE, stamps=Stamps(on_scene_at=NOON)),
    ),
    _call(
        catalog.TRANSPORT_LONG,
        3,
        red(PACK.limits["transporting"], "any"),
        call(CallState.TRANSPORTING, stamps=Stamps(left_at=NOON)),
    ),
    _call(
        catalog.KICK_BACK,
        2,
        minutes(PACK.kick_back.after["1"] - PACK.kick_back.warn),
        call(CallState.PENDING, stamps=Stamps(queued_at=NOON)),
    ),
    Case(
        catalog.MISSING,
        "k1",
        3,
        NOTICED,
        (calls(NOON, full=True),),
        lambda at: (calls(at, call(CallState.ON_SCENE)),),
        before=(calls(BEGAN, call(CallState.ON_SCENE)),),
    ),
    Case(
        catalog.CALL_OLD,
        "k1",
        3,
        minutes(SAFETY.call_old_min),
        (calls(NOON, call(CallState.UNKNOWN, updated_at=NOON)),),
        lambda at: (calls(at, call(CallState.UNKNOWN, updated_at=at)),),
    ),
    Case(
        catalog.UNOWNED,
        "k1",
        3,
        NOTICED,
        _closed(NOON),
        lambda at: (calls(at, call(CallState.CLOSED, closed_at=NOON, disposition=Disposition("REF"))),),
        before=(calls(BEGAN, call(CallState.ON_SCENE), replace(OVER, id="k0")),),
    ),
    _source(catalog.FEED_DOWN, 2, NOON + 10 * SECOND, told(at=NOON, every=2 * SECOND)),
    _source(catalog.FEED_LATE, 3, NOON + 181 * SECOND, told(at=NOON, every=120 * SECOND)),
    _source(catalog.SIGN_IN, 2, NOTICED, told(reported=Health.AUTH, since=NOON)),
    _source(catalog.TOO_OFTEN, 3, NOTICED, told(reported=Health.DOWN, since=NOON, reason="busy")),
    _source(catalog.SKEW, 3, NOTICED, degraded("skew")),
    _source(catalog.UNREADABLE, 2, NOTICED, degraded("rejected")),
    _source(catalog.BAD_ANSWERS, 3, NOTICED, degraded("not_json")),
    Case(
        catalog.VANISHED,
        "cad",
        2,
        NOTICED,
        (calls(NOON, full=True),),
        lambda at: (calls(at, *SEVERAL, full=True),),
        before=(calls(BEGAN, *SEVERAL),),
    ),
    Case(
        catalog.NOT_RECORDED,
        "",
        2,
        NOTICED,
        _recording(RecordingState.PAUSED, NOON),
        lambda at: _recording(RecordingState.ON, at),
    ),
)
"""Every rule of the catalog."""
