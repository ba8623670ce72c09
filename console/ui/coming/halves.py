"""The next half hours as rows, and in words what is not known of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.breaks import AFTER
from console.domain.coming import Coming, Half
from console.domain.entities import Unit
from console.domain.state import State
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined, tip
from console.ui.table.columns import Column, Rules
from console.ui.theme.words import word

NO_ENDS = "No end of any shift is given: who goes off, and when, is not known."
NO_BREAKS = "When breaks are due is not given by any source, and none was seen in this shift."

HOURS = AFTER // timedelta(hours=1)
NO_BREAK_DUE = f"No team will have been seen on shift for {HOURS} h without a break."

LINE = 12
"""Teams that a line of breaks names."""


class HalfRow(Struct, frozen=True):
    """One moment with the callsigns of its teams. ``open_ended`` are on duty with an end that nobody gave."""

    place: int
    half: Half
    off: str
    on: str
    free: str
    unsure: str

    @property
    def now(self) -> bool:
        """Whether it tells of the present."""
        return self.place == 0


def half_rows(found: Coming, units: Mapping[str, Unit]) -> dict[str, HalfRow]:
    """A row for now and for each of the half hours."""
    return {
        str(place): HalfRow(
            place,
            half,
            off=signs(half.off, units),
            on=signs(half.on, units),
            free=signs((*half.known.free, *half.open_ended.free), units),
            unsure=signs((*half.known.unsure, *half.open_ended.unsure), units),
        )
        for place, half in enumerate(found.halves)
    }


def signs(keys: Iterable[str], units: Mapping[str, Unit]) -> str:
    """The callsigns, with commas between."""
    return ", ".join(sign(key, units) for key in keys)


def sign(key: str, units: Mapping[str, Unit]) -> str:
    """What people call the unit: its callsign, else its id."""
    unit = units.get(key)
    return isolated((unit.callsign if unit is not None else "") or key)


def notes(found: Coming, state: State, now: Present) -> Iterator[str]:
    """What has to be known beside the rows: who stands outside of them, and what nobody gave."""
    units = state.units
    if not found.teams:
        return
    if not found.ends_known:
        yield NO_ENDS
    if found.over:
        yield f"On duty past the end of the shift: {_since_end(found.over, units, now)}."
    if found.late:
        yield f"Should be on duty by the shift's times and are not: {signs(found.late, units)}."
    if found.unplanned:
        yield f"Off duty, next shift not given: {signs(found.unplanned, units)}."
    if found.out:
        yield f"Out now, return not known: {', '.join(_out(key, units, now) for key in found.out)}."
    yield NO_BREAKS if found.breaks is None else _breaks(found.breaks, units, now)


def _breaks(due: tuple[tuple[str, datetime], ...], units: Mapping[str, Unit], now: Present) -> str:
    """Who has been on shift for hours without a break that anybody saw; a tenth of a roster fits on a line."""
    past = [f"{sign(key, units)} since {now.time(at)}" for key, at in due if at <= now.at]
    later = [f"{sign(key, units)} at {now.time(at)}" for key, at in due if at > now.at]
    if not past and not later:
        return NO_BREAK_DUE
    said = [*past, *later]
    more = f" and {len(said) - LINE} more" if len(said) > LINE else ""
    return f"Break due ({HOURS} h on shift with none seen): {', '.join(said[:LINE])}{more}."


def _since_end(keys: Iterable[str], units: Mapping[str, Unit], now: Present) -> str:
    return ", ".join(f"{sign(key, units)} (ended {now.time(units[key].shift_until)})" for key in keys)


def _out(key: str, units: Mapping[str, Unit], now: Present) -> str:
    unit = units[key]
    raw = isolated(unit.raw_state)
    return f"{sign(key, units)} ({joined((word(unit.state), raw, now.ago(unit.since)))})"


def _when(row: HalfRow, now: Present) -> str:
    return f"now {now.time(row.half.at)}" if row.now else now.time(row.half.at)


def _in(row: HalfRow, now: Present) -> str:
    if row.now:
        return ""
    left = round((row.half.at - now.at) / timedelta(minutes=1))
    return f"in {left} min" if left < 60 else f"in {left // 60} h {left % 60:02}"


def _many(known: tuple[str, ...], open_ended: tuple[str, ...]) -> str:
    """``9``, or ``9 + 3 open-ended``: teams of which nobody gave the end of the shift are told apart."""
    return f"{len(known)} + {len(open_ended)} open-ended" if open_ended else f"{len(known)}"


def _listed(keys: tuple[str, ...], said: str) -> str:
    return f"{len(keys)}: {said}" if keys else "none"


def _on_duty(row: HalfRow, _now: Present) -> str:
    return _many(row.half.known.on_duty, row.half.open_ended.on_duty)


def _free(row: HalfRow, _now: Present) -> str:
    return _many(row.half.known.free, row.half.open_ended.free)


def _unsure(row: HalfRow, _now: Present) -> str:
    return _listed((*row.half.known.unsure, *row.half.open_ended.unsure), row.unsure)


def _told(row: HalfRow, now: Present) -> str:
    return tip(
        joined((_when(row, now), _in(row, now))),
        f"off shift since the row above: {row.off}" if row.off else "",
        f"on shift since the row above: {row.on}" if row.on else "",
        f"likely free: {row.free}" if row.free else "likely free: none",
        f"cannot be told: {row.unsure}" if row.unsure else "",
    )


COLUMNS: tuple[Column[HalfRow], ...] = (
    Column(title="At", width=84, most=130, text=_when, ticks=True, tip=_told),
    Column(title="", width=78, most=100, text=_in, ticks=True, tone=lambda _row: "muted", tip=_told),
    Column(title="On duty", width=70, most=140, text=_on_duty, tip=_told),
    Column(title="Likely free", width=84, most=140, text=_free, tip=_told),
    Column(
        title="Cannot be told",
        width=110,
        most=260,
        spare=1,
        text=_unsure,
        tone=lambda row: "text" if row.unsure else "muted",
        tip=_told,
    ),
    Column(
        title="Off shift",
        width=90,
        most=260,
        text=lambda row, _now: _listed(row.half.off, row.off),
        tone=lambda row: "text" if row.off else "muted",
        tip=_told,
    ),
    Column(
        title="On shift",
        text=lambda row, _now: _listed(row.half.on, row.on),
        tone=lambda row: "text" if row.on else "muted",
        tip=_told,
    ),
)

RULES: Rules[HalfRow] = Rules(order=lambda row: row.place)
