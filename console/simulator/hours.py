"""The time zone a fictional city keeps, so that its afternoon looks like one whenever it is served.

Serving moves a shift's stamps so that the moment asked for is now. In its own zone a Thursday's 16:30
would then read 03:10, with a day shift since 17:40. A city that never was may lie where it is 16:30.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

EASTERNMOST = 14


def zone_where(local: datetime, now: datetime) -> str:
    """The whole-hour zone in which ``now`` reads nearest to the time of day of ``local``.

    Offsets from -9 to +14 hours, each once; zones of that family count west as positive.
    """
    wanted = local.hour * 60 + local.minute
    utc = now.astimezone(ZoneInfo("UTC"))
    hours = round((wanted - utc.hour * 60 - utc.minute) / 60) % 24
    offset = hours - 24 if hours > EASTERNMOST else hours
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/UTC"
