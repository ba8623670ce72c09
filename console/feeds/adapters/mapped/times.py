"""Moments in the forms that dispatch APIs write them in, read without ever guessing a time zone."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

NO_ZONE = "time zone missing"
NONE = ("0001-01-01", "0000-00-00")
"""How APIs write that there is no moment."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMED = ("iso", "iso_naive_utc", "iso_force_local", "epoch_s", "epoch_ms")


class Unfit(Exception):
    """A value cannot be what its field needs; ``why`` is short and holds none of it."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


Clocked = Callable[[Any], datetime | None]


def reader(form: str, zone: ZoneInfo | None) -> Clocked:
    """What reads moments of ``form``: one of `NAMED` or a pattern of strptime.

    It gives UTC, but local time where the clock shows that twice (see `settled`), and raises `Unfit`.
    """
    match form:
        case "epoch_s":
            return _epoch(1.0)
        case "epoch_ms":
            return _epoch(1_000.0)
        case "iso":
            return _worded(datetime.fromisoformat, zone)
        case "iso_naive_utc":
            return _worded(datetime.fromisoformat, UTC)
        case "iso_force_local":
            return _worded(lambda text: datetime.fromisoformat(text).replace(tzinfo=None), zone)
        case _:
            return _worded(lambda text: datetime.strptime(text, form), zone)  # noqa: DTZ007 - the zone is put on below


def _epoch(per_second: float) -> Clocked:
    def read(value: Any) -> datetime | None:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Unfit
        try:
            seconds = float(value) / per_second
            return EPOCH + timedelta(seconds=seconds) if seconds > 0 else None
        except (ValueError, OverflowError) as error:
            raise Unfit from error

    return read


def _worded(parse: Callable[[str], datetime], zone: ZoneInfo | Any | None) -> Clocked:
    def read(value: Any) -> datetime | None:
        try:
            moment = parse(value)  # most are as they should be: nothing is looked at before that
        except (ValueError, TypeError):
            found = _again(parse, value)
            if found is None:
                return None
            moment = found
        if moment.year == 1:
            return None
        if moment.tzinfo is not None:
            return moment if moment.tzinfo is UTC else _utc(moment)
        if zone is None:
            raise Unfit(NO_ZONE)
        return moment.replace(tzinfo=UTC) if zone is UTC else _local(moment.replace(tzinfo=zone))

    return read


def _again(parse: Callable[[str], datetime], value: Any) -> datetime | None:
    """The moment in a text that could not be read as it stands, or ``None`` for one that means never."""
    if not isinstance(value, str):
        raise Unfit
    text = value.strip()
    if text.startswith(NONE):
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise Unfit from error


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise Unfit from error


def _local(moment: datetime) -> datetime:
    twice = moment.utcoffset() != moment.replace(fold=1).utcoffset()
    return moment if twice else _utc(moment)


def settled(row: dict[str, Any], names: Iterable[str]) -> None:
    """Put the moments of ``row`` into UTC; ``names`` are in the order in which they happen.

    In the hour that the clock shows twice, a moment is taken for the second one where it would otherwise
    lie before what happened earlier.
    """
    latest = None
    for name in names:
        moment = row.get(name)
        if moment is None:
            continue
        if moment.tzinfo is not UTC:
            first, second = moment.astimezone(UTC), moment.replace(fold=1).astimezone(UTC)
            moment = row[name] = second if latest is not None and first < latest <= second else first
        latest = moment if latest is None else max(latest, moment)
