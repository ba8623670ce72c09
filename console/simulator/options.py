"""From what a person asks of ``serve`` to a shift with its clock."""

import math
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from msgspec.structs import replace

from console.simulator.faults import Fault, FaultError, parse
from console.simulator.hours import zone_where
from console.simulator.life import scenarios
from console.simulator.life.generate import generate
from console.simulator.load import load_shift, parse_load
from console.simulator.past import rows
from console.simulator.past.layout import LayoutError
from console.simulator.past.shift import busiest, past_shift, span
from console.simulator.shift import ServedShift, Shift

FASTEST = 3_600.0

_AFTER = timedelta(hours=24)
_TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_SECOND = timedelta(seconds=1)
_SHOWN_PROBLEMS = 20


class OptionError(ValueError):
    """An option cannot be used; the text says which, and what is expected."""


class ServeOptions(Struct, frozen=True):
    """What ``serve`` and ``demo`` can be asked for.

    ``shift`` is a file of a real past shift, to be served instead of a scenario; its ``format`` is that of
    `past.layout.layout`, by default the shipped one that its columns are of. ``scenario`` may also be
    ``load:CALLSxUNITS`` or ``load:CALLSxUNITS@PERCENT``, for benchmarks. ``at`` is an ISO moment or a time of day;
    without an offset it is local to the shift's city, or to ``tz`` where given. ``faults`` follow `faults.parse`.
    """

    scenario: str = "weekday"
    seed: int = 1
    shift: str | None = None
    at: str | None = None
    tz: str | None = None
    rebase: bool = True
    speed: float = 1.0
    port: int = 0
    token: str | None = None
    faults: tuple[str, ...] = ()
    format: str | None = None


def open_shift(options: ServeOptions, now: datetime) -> ServedShift:
    """Make or read the shift, to be served from the moment asked for; with ``rebase`` that moment becomes ``now``.

    What a file of a past shift holds that cannot be read is named on stderr. Raises `OptionError`, and
    `ShiftFileError` when it is no shift at all.
    """
    if not (math.isfinite(options.speed) and 0 <= options.speed <= FASTEST):
        raise OptionError(f"speed {options.speed:g}: give 0 (a frozen clock) to {FASTEST:g}")
    faults(options)
    shift, at = _past(options, Path(options.shift)) if options.shift else _scenario(options)
    if options.rebase and not options.shift:
        shift = _placed(shift, at, now)
    moved = (now - at) // _SECOND * _SECOND if options.rebase else timedelta(0)
    return ServedShift(shift, at, moved, options.speed, options.rebase)


def _placed(shift: Shift, at: datetime, now: datetime) -> Shift:
    """The shift of a fictional city, in a zone where ``now`` is the time of day that ``at`` had."""
    zone = zone_where(at.astimezone(ZoneInfo(shift.agency.timezone)), now)
    return replace(shift, agency=replace(shift.agency, timezone=zone))


def faults(options: ServeOptions) -> tuple[Fault, ...]:
    """The faults asked for. Raises `OptionError`."""
    try:
        return tuple(parse(spec) for spec in options.faults)
    except FaultError as error:
        raise OptionError(str(error)) from error


def moment(text: str, zone: ZoneInfo, start: datetime) -> datetime:
    """The moment that ``text`` names: ISO, or the first such time of day after ``start``. Raises `OptionError`."""
    clock = _TIME_OF_DAY.fullmatch(text)
    if clock is not None:
        first = start.astimezone(zone)
        hour, minute, second = (int(part or 0) for part in clock.groups())
        on = first.replace(hour=hour, minute=minute, second=second, microsecond=0)
        return (on if on >= first else on + timedelta(days=1)).astimezone(UTC)
    try:
        given = datetime.fromisoformat(text)
        return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise OptionError(
            f"time {text!r}: give 16:30 or 2026-11-17T16:30, with an offset if you like"
        ) from error


def _scenario(options: ServeOptions) -> tuple[Shift, datetime]:
    load = parse_load(options.scenario)
    scenario = scenarios.SCENARIOS.get(options.scenario)
    if load is not None:
        shift = load_shift(*load, options.seed)
    elif scenario is not None:
        shift = generate(scenario, options.seed)
    else:
        known = ", ".join(scenarios.SCENARIOS)
        raise OptionError(f"there is no scenario {options.scenario!r}: choose {known}, or load:1000x2000")
    zone = _zone(options.tz, scenarios.ZONE)
    if options.at is None:
        return shift, shift.showcase
    return shift, _within(moment(options.at, zone, shift.start), shift.start, shift.until + _AFTER, zone)


def _past(options: ServeOptions, path: Path) -> tuple[Shift, datetime]:
    record = _read(options, path)
    _tell(path, record.problems)
    first, last = span(record)
    if options.at is None:
        at = busiest(record)
    else:
        asked = moment(options.at, record.zone, first)
        at = _within(asked, first - _AFTER, last + _AFTER, record.zone)
    return past_shift(record, at), at


def _read(options: ServeOptions, path: Path) -> rows.Record:
    zone = _zone(options.tz, options.tz) if options.tz else None
    try:
        return rows.read(path, zone, options.format)
    except LayoutError as error:
        raise OptionError(str(error)) from error


def _within(at: datetime, first: datetime, last: datetime, zone: ZoneInfo) -> datetime:
    if not first <= at <= last:
        start, end, asked = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (first, last, at))
        raise OptionError(f"time {asked} is not in this shift: give one from {start} to {end} ({zone.key})")
    return at


def _zone(name: str | None, usual: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or usual)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise OptionError(f"time zone {name!r} is not known: give one such as America/Denver") from error


def _tell(path: Path, problems: Sequence[rows.Problem]) -> None:
    """Name what was left out, on stderr."""
    if not problems:
        return
    lines = [f"  line {problem.line}: {problem.reason}" for problem in problems[:_SHOWN_PROBLEMS]]
    more = len(problems) - len(lines)
    lines += [f"  and {more} more"] if more else []
    heading = f"{path}: {len(problems)} thing(s) could not be read and are left out"
    sys.stderr.write("\n".join([heading, *lines]) + "\n")
