"""The board as tables for a terminal."""

from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from console.domain.alarms.words import rule_words
from console.reports.shape import Board, CallLine


def show(board: Board, screen: Console) -> None:
    """Print ``board``: the feeds first, since they say how far the rest can be trusted."""
    screen.print(Text(f"{printable(board.agency) or 'no agency'} at {_time(board.at)} UTC"))
    if board.notice:
        screen.print(Text(printable(board.notice)))
    tables = (_feeds(board), *([_alarms(board)] if board.alarms else []))
    for table in (*tables, _calls(board), _units(board), _metrics(board)):
        screen.print(table)
    if board.problems:
        screen.print(_problems(board))


def _feeds(board: Board) -> Table:
    table = _table("Feeds", "feed", "health", "age", "what to do")
    for feed in board.feeds:
        old = "" if feed.age_s is None else f"{feed.age_s:.0f} s"
        _row(table, f"{feed.source}/{feed.feed}", feed.health, old, f"{feed.detail} {feed.tip}".strip())
    return table


def _alarms(board: Board) -> Table:
    table = _table(f"Alarms {len(board.alarms)}", "P", "subject", "alarm", "state", "raised", "since")
    for alarm in board.alarms:
        state = alarm.state.replace("_", " ")
        raised, since = f"{alarm.raised_at:%H:%M:%S}", f"{alarm.since:%H:%M:%S}"
        _row(table, str(alarm.priority), alarm.name, rule_words(alarm.rule), state, raised, since)
    return table


def _calls(board: Board) -> Table:
    table = _table(f"Open calls {len(board.calls)}", "P", "number", "nature", "state", "since", "units")
    signs = {unit.id: unit.callsign or unit.id for unit in board.units}
    for call in board.calls:
        here = (part.unit for part in call.assignments if part.cleared_at is None)
        units = ", ".join(signs.get(unit, unit) for unit in here)
        _row(
            table,
            str(call.priority or ""),
            call.number or call.id,
            call.category or call.nature,
            call.state,
            _since(call),
            units,
        )
    return table


def _units(board: Board) -> Table:
    teams = board.teams
    title = (
        f"Teams {teams.roster}: available {teams.available}, assigned {teams.assigned}, "
        f"delayed {teams.delayed}, out {teams.out}, unknown {teams.unknown}"
    )
    table = _table(title, "unit", "program", "state", "call")
    for unit in board.units:
        strange = unit.state == "unknown" and unit.raw_state
        state = f"unknown «{unit.raw_state}»" if strange else unit.state
        _row(table, unit.callsign or unit.id, unit.program, state, unit.call or "")
    return table


def _metrics(board: Board) -> Table:
    pack = board.definitions
    table = _table(
        f"Figures by {pack.name} {pack.version} ({pack.sha256[:7]})",
        "figure",
        "value",
        "n",
        "unknown",
        "formula",
    )
    for metric in board.metrics:
        text = "" if metric.value is None else f"{metric.value:.3g}"
        if metric.low is not None and metric.high is not None:
            text += f" [{metric.low:.3g} to {metric.high:.3g}]"
        _row(table, metric.name, text, str(metric.n), str(metric.excluded), metric.formula)
    return table


def _problems(board: Board) -> Table:
    table = _table("Problems in the data", "feed", "kind", "what", "count", "for example")
    for problem in board.problems:
        _row(table, problem.feed, problem.kind, problem.what, str(problem.count), ", ".join(problem.examples))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(title), title_justify="left")
    for column in columns:
        table.add_column(column)
    return table


def _row(table: Table, *cells: str) -> None:
    """Cells are data: no markup of rich's in them, and nothing that a terminal would obey."""
    table.add_row(*(Text(printable(cell)) for cell in cells))


def printable(text: str) -> str:
    """``text`` without anything that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _since(call: CallLine) -> str:
    first = call.stamps.answered_at or call.stamps.created_at
    return f"{first:%H:%M:%S}" if first else ""
