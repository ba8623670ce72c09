"""One call that waits too long, and what may happen to its alarm: a log by seconds after noon."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.alarms.book import Alarms
from console.domain.entities import Agency
from console.domain.events import (
    Acknowledged,
    AgencyDescribed,
    CallsChanged,
    CarriedOver,
    FeedReported,
    Muted,
    PutBack,
    Recorded,
    Shelved,
    TakenOut,
    Unshelved,
)
from console.domain.state import advance, start
from console.domain.vocabulary import CallState, FeedName, Health
from console.domain.watching.catalog import PENDING_LONG
from tests.domain.alarming import BEGINNING, waiting
from tests.domain.builders import AGENCY, NOON, feed

AMBER, RED = 12, 42
"""Seconds after which the call's wait is an alarm of priority 2, and of priority 1."""

WAIT = alarm_id(PENDING_LONG, "k0")
STARTED: tuple[Recorded, ...] = (*BEGINNING, CarriedOver(NOON))


def moment(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def waits(key: str = "k0", since: float = 0, arrived: float = 0) -> CallsChanged:
    """A call that waits since then, told at ``arrived``."""
    return replace(waiting(key, moment(since)), at=moment(arrived))


def goes(seconds: float, key: str = "k0") -> CallsChanged:
    """It has a team on scene from then on."""
    return waiting(key, moment(seconds), CallState.ON_SCENE)


def seen(seconds: float, *names: str) -> Acknowledged:
    """Somebody acknowledges it, or the alarms ``names``."""
    return Acknowledged(moment(seconds), names or (WAIT,), "me")


def shelved(seconds: float, until: float) -> Shelved:
    """Somebody puts it aside."""
    return Shelved(moment(seconds), WAIT, moment(until), "known", "me")


def unshelved(seconds: float) -> Unshelved:
    """Somebody takes it back."""
    return Unshelved(moment(seconds), WAIT, "me")


def taken_out(seconds: float, what: str = WAIT) -> TakenOut:
    """Somebody takes it, or its rule, out of service."""
    return TakenOut(moment(seconds), what, "broken", "me")


def put_back(seconds: float, what: str = WAIT) -> PutBack:
    """Somebody puts it back."""
    return PutBack(moment(seconds), what, "me")


def muted(seconds: float, until: float) -> Muted:
    """Somebody wants no sound."""
    return Muted(moment(seconds), moment(until), "me")


def shift_turns(seconds: float) -> AgencyDescribed:
    """Another shift begins."""
    return AgencyDescribed(moment(seconds), "cad", _later(AGENCY, moment(seconds)))


def _later(agency: Agency, began: datetime) -> Agency:
    return replace(agency, shift_from=began)


def answers(seconds: float, **changes: object) -> FeedReported:
    """The calls feed answers, polled each 2 s, so that it is too old to be believed 9 s later."""
    values: dict[str, object] = {
        "name": FeedName.CALLS,
        "every": timedelta(seconds=2),
        "reported": Health.OK,
        "answered_at": moment(seconds),
    }
    return FeedReported(moment(seconds), feed(**{**values, **changes}))


def alarms(log: Iterable[Recorded], seconds: float) -> Alarms:
    """All alarms so many seconds after noon."""
    now = moment(seconds)
    come = sorted((event for event in log if event.at <= now), key=lambda event: event.at)
    return advance(start(NOON), [*STARTED, *come], now).alarms


def alarm(log: Iterable[Recorded], seconds: float, name: str = WAIT) -> Alarm | None:
    """The call's alarm then, or that of the id ``name``."""
    return alarms(log, seconds).standing.get(name)


def tones(log: Iterable[Recorded], seconds: float) -> list[tuple[int, int, str]]:
    """What was heard until then: the second, the priority, and what kind of tone it was."""
    return [
        (
            int((tone.at - NOON).total_seconds()),
            tone.priority,
            "escalated" if tone.escalated else "again" if tone.again else "data" if tone.data else "new",
        )
        for tone in alarms(log, seconds).tones
    ]
