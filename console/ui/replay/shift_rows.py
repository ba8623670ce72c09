"""The recorded shifts as rows of a table, the running one first: what each is, and what of it is missing."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from console.domain.track import ShiftLine
from console.ui.figures.listing import plain
from console.ui.parts.clocks import present_in
from console.ui.parts.masking import isolated, joined, tip
from console.ui.replay.words import length_text, recorded_day
from console.ui.table.columns import Column, Rules
from console.ui.theme.theme import Token

HALF_HOUR = timedelta(minutes=30)
RUNNING, EARLIER = "Recorded now", "Earlier shifts"


class ShiftRow(Struct, frozen=True):
    """One line: a shift, or with ``back`` a moment of the running one. ``shown``: it is on the screen."""

    shift: ShiftLine | None = None
    back: timedelta | None = None
    shown: bool = False
    section: str = ""
    place: int = 0


def shift_rows(shifts: Iterable[ShiftLine], on_screen: str, wanted: str) -> dict[str, ShiftRow]:
    """The rows by a key of their own, those that have every word of ``wanted``."""
    words = wanted.casefold().split()
    kept = [shift for shift in shifts if all(word in _found(shift) for word in words)]
    running = [shift for shift in kept if shift.going]
    earlier = [shift for shift in kept if not shift.going]
    lines = [*_running(running, on_screen), *_earlier(earlier, on_screen, headed=bool(running))]
    return {key: replace(row, place=place) for place, (key, row) in enumerate(lines)}


def _running(shifts: list[ShiftLine], on_screen: str) -> Iterator[tuple[str, ShiftRow]]:
    if shifts:
        yield "section now", ShiftRow(section=RUNNING)
    for shift in shifts:
        if shift.until - shift.since > HALF_HOUR:
            yield f"back {shift.id}", ShiftRow(shift, HALF_HOUR)
        yield f"shift {shift.id}", ShiftRow(shift, shown=shift.id == on_screen)


def _earlier(shifts: list[ShiftLine], on_screen: str, *, headed: bool) -> Iterator[tuple[str, ShiftRow]]:
    if shifts and headed:
        yield "section earlier", ShiftRow(section=EARLIER)
    for shift in shifts:
        yield f"shift {shift.id}", ShiftRow(shift, shown=shift.id == on_screen)


def _found(shift: ShiftLine) -> str:
    """What a search looks into."""
    day = present_in(shift.since, shift.timezone)
    iso = f"{shift.since.astimezone(day.zone):%Y-%m-%d}"
    return joined((shift.name, shift.agency, recorded_day(shift, shift.since), iso, _state(shift))).casefold()


def _state(shift: ShiftLine) -> str:
    return joined(
        (
            "recording now" if shift.going else "",
            "damaged" if shift.damaged else "",
            "imported" if shift.imported else "",
            f"held: {isolated(shift.held_because)}" if shift.held and shift.held_because else "",
            "held" if shift.held and not shift.held_because else "",
            "" if shift.ended_well or shift.going else "ended unexpectedly",
        )
    )


def _of(row: ShiftRow, text: str) -> str:
    return text if row.shift is not None and row.back is None else ""


def _name(row: ShiftRow) -> str:
    if row.shift is None:
        return ""
    if row.back is not None:
        return f"{length_text(row.back)} ago"
    name = isolated(row.shift.name) or "shift without a name"
    return f"{name}, from its start" if row.shift.going else name


def _agency(row: ShiftRow) -> str:
    if row.shift is None:
        return ""
    return isolated(row.shift.agency) if row.back is None else "in the shift that is being recorded"


def _day(row: ShiftRow) -> str:
    return "" if row.shift is None else _of(row, recorded_day(row.shift, row.shift.since))


def _hours(row: ShiftRow) -> str:
    shift = row.shift
    if shift is None:
        return ""
    now = present_in(shift.since, shift.timezone)
    if shift.going:
        return _of(row, f"{now.time(shift.since)}–now")
    return _of(row, f"{now.time(shift.since)}–{now.time(shift.until)}")


def _length(row: ShiftRow) -> str:
    return "" if row.shift is None else _of(row, length_text(row.shift.until - row.shift.since))


def _missing(row: ShiftRow) -> str:
    if row.shift is None or not row.shift.gaps:
        return _of(row, "nothing")
    return _of(row, f"{length_text(row.shift.gaps)} missing")


def _missing_tone(row: ShiftRow) -> Token:
    return "stale" if row.shift is not None and row.shift.gaps else "muted"


def _size(row: ShiftRow) -> str:
    return "" if row.shift is None else _of(row, size_text(row.shift.size))


def size_text(size: int) -> str:
    """``850 kB``, ``12.3 MB``, ``1.2 GB``; nothing where the size is not known."""
    if size <= 0:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} kB"
    return f"{size / 1e6:.1f} MB" if size < 1_000_000_000 else f"{size / 1e9:.1f} GB"


def _remark(row: ShiftRow) -> str:
    said = "" if row.shift is None or row.back is not None else _state(row.shift)
    return joined(("on the screen" if row.shown else "", said))


def _count(row: ShiftRow, what: str) -> str:
    return "" if row.shift is None else _of(row, f"{getattr(row.shift, what):,}")


COLUMNS: tuple[Column[ShiftRow], ...] = (
    Column(title="Shift", text=plain(_name), sub=plain(_agency)),
    Column(title="Day", width=120, text=plain(_day)),
    Column(title="From–to", width=110, most=190, text=plain(_hours)),
    Column(title="Length", width=64, most=90, text=plain(_length), right=True),
    Column(title="Calls", width=56, text=plain(lambda row: _count(row, "calls")), right=True),
    Column(title="Units", width=56, text=plain(lambda row: _count(row, "units")), right=True),
    Column(title="Missing", width=110, most=150, text=plain(_missing), tone=_missing_tone),
    Column(title="Size", width=72, text=plain(_size), right=True, spare=1),
    Column(
        title="Remark",
        width=150,
        most=280,
        text=plain(_remark),
        tone=lambda _row: "muted",
        tip=plain(lambda row: tip(_remark(row))),
    ),
)

RULES: Rules[ShiftRow] = Rules(order=lambda row: row.place, section=lambda row: row.section)
