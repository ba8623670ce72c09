"""For how long an alarm may be shelved (RELIABILITY section 2.2, rule 4)."""

from datetime import datetime, timedelta

from console.domain.alarms.alarm import Alarm, Shelf
from console.domain.definitions import Definitions
from console.domain.watching.catalog import CATALOG


def shelf_cap(alarm: Alarm, pack: Definitions) -> timedelta:
    """The longest that ``alarm`` may be shelved: never a call for help."""
    record = pack.rules.get(alarm.rule)
    if CATALOG[alarm.rule].latched or record is None:
        return timedelta()
    cap = pack.alarms.shelve_min.get(str(alarm.priority), 0.0)
    return timedelta(minutes=min(cap, record.shelve_min))


def shelf_left(alarm: Alarm, now: datetime, pack: Definitions) -> timedelta:
    """What is left of that ``now``: who shelves it again gains nothing, until it comes up anew."""
    return max(timedelta(), _first(alarm, now) + shelf_cap(alarm, pack) - now)


def shelf_end(alarm: Alarm, shelf: Shelf, pack: Definitions) -> datetime:
    """Until when ``shelf`` holds of ``alarm``; no later than it begins where it does not."""
    return min(shelf.until, shelf.since + shelf_left(alarm, shelf.since, pack))


def _first(alarm: Alarm, now: datetime) -> datetime:
    if alarm.shelved_at is not None:
        return alarm.shelved_at
    return alarm.shelf.since if alarm.shelf is not None else now
