"""A moment of a shift as somebody writes it: a time of day, or a date and time, local to the shift unless it says."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from console.domain.track import ShiftLine
from console.settings import SettingsError

_DAY = timedelta(days=1)


def moment(text: str, shift: ShiftLine, zone: tzinfo) -> datetime:
    """The moment of ``shift`` that ``text`` says, in UTC. Raises `SettingsError`.

    A time of day is the first one in the shift, also behind midnight; a clock that is set back has it twice.
    """
    said = text.strip()
    said = f"0{said}" if said[1:2] == ":" else said
    try:
        found = _of_day(time.fromisoformat(said), shift, zone) if _is_time(said) else _whole(said, zone)
    except SettingsError:
        raise
    except ValueError as error:
        raise SettingsError(
            f"--at {text}: not a time; write it as 14:05, as 2018-01-19T14:05, or with a zone behind it"
        ) from error
    if found is None or not shift.since <= found <= shift.until:
        raise SettingsError(f"--at {text}: outside of the shift {shift.id}, which is {span(shift, zone)}")
    return found


def span(shift: ShiftLine, zone: tzinfo) -> str:
    """From when to when a shift is, as its people read it."""
    since, until = shift.since.astimezone(zone), shift.until.astimezone(zone)
    return f"from {since:%Y-%m-%d %H:%M:%S} to {until:%Y-%m-%d %H:%M:%S} ({since:%Z})"


def _is_time(text: str) -> bool:
    return ":" in text[:3] or (len(text) <= 8 and "-" not in text)


def _whole(text: str, zone: tzinfo) -> datetime:
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else _shown(found.replace(tzinfo=zone))


def _of_day(clock: time, shift: ShiftLine, zone: tzinfo) -> datetime | None:
    day: date = shift.since.astimezone(zone).date()
    while True:
        local = datetime.combine(day, clock if clock.tzinfo else clock.replace(tzinfo=zone))
        if local.astimezone(UTC) > shift.until:
            return None
        if local.astimezone(UTC) >= shift.since:
            return local.astimezone(UTC) if clock.tzinfo else _shown(local)
        day += _DAY


def _shown(local: datetime) -> datetime:
    """The moment at which clocks showed ``local``. Raises `SettingsError` where none did."""
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise SettingsError(
            f"--at {local:%H:%M:%S}: the clocks were set forward over that time on {local:%Y-%m-%d}, so there was "
            "none: give an earlier or a later one"
        )
    return found
