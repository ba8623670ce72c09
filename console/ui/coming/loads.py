"""How hard each team works, as rows: the most committed first, what is not known last and marked as such."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct

from console.domain.entities import Unit
from console.domain.strain import LATELY, Strain, most_strained
from console.ui.coming.halves import sign
from console.ui.parts.clocks import NOTHING, Present, clock_text
from console.ui.parts.masking import tip
from console.ui.table.columns import Column, Rules
from console.ui.theme.words import word

MOST = "most strained"

_HOURS = LATELY // timedelta(hours=1)


class LoadRow(Struct, frozen=True, gc=False):
    """One team with its strain; ``most`` for the one that is strained most."""

    unit: Unit
    name: str
    strain: Strain
    most: bool = False


def load_rows(found: Mapping[str, Strain], units: Mapping[str, Unit]) -> dict[str, LoadRow]:
    """A row for each team that is on duty."""
    most = most_strained(found)
    return {
        key: LoadRow(units[key], sign(key, units), strain, key == most)
        for key, strain in found.items()
        if key in units
    }


def _span(span: timedelta | None) -> str:
    """Whole minutes: these figures are no clocks."""
    if span is None:
        return NOTHING
    minutes = int(span.total_seconds()) // 60
    return f"{minutes} min" if minutes < 60 else clock_text(timedelta(minutes=minutes))


def _busy(row: LoadRow, _now: Present) -> str:
    share = row.strain.utilization
    return NOTHING if share is None else f"{share:.0%}".replace("%", " %")


def _until(row: LoadRow, now: Present) -> str:
    return now.time(row.unit.shift_until)


def _told(row: LoadRow, now: Present) -> str:
    strain = row.strain
    lacks = "The start of its shift is not given, so this is not known." if strain.staffed is None else ""
    return tip(
        f"{row.name}, {word(row.unit.program)}",
        f"committed {_span(strain.committed)} of {_span(strain.staffed)} on shift: {_busy(row, now)}",
        lacks,
        f"{strain.untimed} parts in calls have no times and are not counted" if strain.untimed else "",
    )


def _order(row: LoadRow) -> tuple[bool, float, int, str]:
    share = row.strain.utilization
    return share is None, -(share or 0.0), -row.strain.calls, row.name


COLUMNS: tuple[Column[LoadRow], ...] = (
    Column(title="Team", width=80, most=130, identity=True, text=lambda row, _now: row.name, tip=_told),
    Column(title="Program", width=120, most=150, spare=2, text=lambda row, _now: word(row.unit.program)),
    Column(
        title="On shift",
        width=84,
        right=True,
        text=lambda row, _now: _span(row.strain.staffed),
        tip=_told,
    ),
    Column(title="Until", width=84, right=True, spare=1, text=_until, tip=_told),
    Column(
        title=f"Calls in {_HOURS} h",
        width=90,
        right=True,
        text=lambda row, _now: f"{row.strain.calls}",
        tip=_told,
    ),
    Column(
        title="Longest call",
        width=100,
        right=True,
        text=lambda row, _now: _span(row.strain.longest),
        tip=_told,
    ),
    Column(title="Busy", width=70, right=True, text=_busy, tip=_told),
    Column(title="", text=lambda row, _now: MOST if row.most else ""),
)

RULES: Rules[LoadRow] = Rules(order=_order)
