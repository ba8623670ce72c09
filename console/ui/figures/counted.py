"""The list behind a number: the calls it counted, those it left out, and why; picking one selects it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from console.domain.entities import Call, Unit
from console.domain.state import State
from console.reports.board import roster
from console.ui.calls.call_words import state_text
from console.ui.figures.behind import Row, Verdict, behind
from console.ui.figures.figures import Reading, queue, readings
from console.ui.figures.listing import Sheet, Told, plain
from console.ui.look.view import View, with_call, with_unit
from console.ui.parts.clocks import NOTHING, Present, present
from console.ui.parts.masking import isolated, joined, nature, number
from console.ui.table.rows import Column, Rules
from console.ui.theme.words import word

HEADINGS: Mapping[Verdict, str] = {
    Verdict.COUNTED: "counted",
    Verdict.IN_N: "in n, not counted",
    Verdict.UNKNOWN: "not known",
    Verdict.OUT: "left out",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The row above the rows of one verdict."""

    verdict: Verdict
    count: int


Line = Row | Heading


def sheet(name: str) -> Sheet[Line]:
    """The list behind the figure ``name``, one of `figures.ABOUT`."""

    def told(state: State, lines: Mapping[str, Line]) -> Told:
        return _told(state, name, lines)

    def lines(state: State) -> Mapping[str, Line]:
        return _lines(state, name)

    return Sheet(
        name=f"behind {name}",
        told=told,
        columns=UNITS if name == "teams_free" else CALLS,
        rules=RULES,
        slice=_units if name == "teams_free" else _calls,
        rows=lines,
        pick=_pick,
    )


def reading(state: State, name: str) -> Reading:
    """The figure ``name`` as it stands on its tile."""
    found = readings(state, queue(state.open_calls.values(), state.definitions), roster(state))
    return next(each for each in found if each.name == name)


def _told(state: State, name: str, lines: Mapping[str, Line]) -> Told:
    shown = reading(state, name)
    now = present(state.second, state.agency)
    since = (
        f"this shift, since {now.time(state.window_from)}" if state.window_from else "all calls on the board"
    )
    window = "" if name in ("waiting", "teams_free") else since
    title = f"{shown.label}  {joined((f'{shown.value} {shown.n}'.strip(), shown.after))}"
    groups = joined(
        f"{line.count} {HEADINGS[line.verdict]}" for line in lines.values() if isinstance(line, Heading)
    )
    about = "\n".join(part for part in (shown.formula, joined((window, shown.late)), groups) if part)
    return Told(title, about, "Nothing to count yet: no rows have been read.")


def _lines(state: State, name: str) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for verdict, group in groupby(behind(state, name), key=lambda row: row.verdict):
        rows = tuple(group)
        lines[f" {verdict.name}"] = Heading(verdict, len(rows))
        lines.update((row.row.id, row) for row in rows)
    return lines


def _calls(state: State) -> tuple[object, ...]:
    return state.calls, state.definitions, state.agencies


def _units(state: State) -> tuple[object, ...]:
    return (state.units,)


def _pick(view: View, line: Line) -> View:
    match line:
        case Row(row=Call(id=key)):
            return with_call(view, key)
        case Row(row=Unit(id=key)):
            return with_unit(view, key)
    return view


def _order(line: Line) -> tuple[int, int, float]:
    if isinstance(line, Heading):
        return line.verdict, 0, 0.0
    received = line.row.received_at if isinstance(line.row, Call) else None
    return line.verdict, 1, -received.timestamp() if received else 0.0


def _section(line: Line) -> str:
    return f"{HEADINGS[line.verdict]} {line.count}" if isinstance(line, Heading) else ""


def _number(line: Line) -> str:
    return number(line.row) if isinstance(line, Row) and isinstance(line.row, Call) else ""


def _nature(line: Line) -> str:
    return nature(line.row) if isinstance(line, Row) and isinstance(line.row, Call) else ""


def _area(line: Line) -> str:
    return isolated(line.row.area) if isinstance(line, Row) else ""


def _state(line: Line) -> str:
    return state_text(line.row) if isinstance(line, Row) and isinstance(line.row, Call) else ""


def _received(line: Line, now: Present) -> str:
    if isinstance(line, Row) and isinstance(line.row, Call):
        return now.time(line.row.received_at)
    return NOTHING


def _reason(line: Line) -> str:
    return line.reason if isinstance(line, Row) else ""


def _callsign(line: Line) -> str:
    if isinstance(line, Row) and isinstance(line.row, Unit):
        return isolated(line.row.callsign or line.row.id)
    return ""


def _program(line: Line) -> str:
    return word(line.row.program) if isinstance(line, Row) and line.row.program else ""


RULES: Rules[Line] = Rules(order=_order, section=_section)

CALLS: tuple[Column[Line], ...] = (
    Column(title="Call", width=64, text=plain(_number)),
    Column(title="Received", width=76, text=_received),
    Column(title="Nature", width=170, text=plain(_nature)),
    Column(title="Area", width=60, text=plain(_area), spare=1),
    Column(title="State", width=100, text=plain(_state), spare=2),
    Column(title="Why", text=plain(_reason)),
)

UNITS: tuple[Column[Line], ...] = (
    Column(title="Team", width=120, text=plain(_callsign)),
    Column(title="Program", width=160, text=plain(_program)),
    Column(title="Area", width=80, text=plain(_area), spare=1),
    Column(title="State", text=plain(_reason)),
)
