"""``check``: whether a configuration or a mapping gives a whole board, live or from saved replies."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from console.commands import connect, exits
from console.commands.connect import Connection
from console.commands.headless import every_feed_answered, read_board
from console.commands.saved import alone, read_saved, together
from console.domain.state import State
from console.feeds.spec import SourceSpec
from console.reports.coverage import Covered, coverage, gaps
from console.reports.fitting import misfitting
from console.reports.gap import Gap
from console.reports.mapped import expected
from console.reports.states import remarks
from console.reports.tables import printable
from console.session.clock import wall

TOGETHER = "together"

Board: TypeAlias = tuple[State, tuple[str, ...]]
"""A board, and what to say of replies that gave nothing to it."""


def check(file: Path, saved: Sequence[Path], wait_s: float) -> int:
    """Print coverage and gaps of each source, and what does not fit between several; exit 1 where there is a gap."""
    connection = connect.checked(file, live=not saved)
    screen = Console()
    read, unused = _from_files(connection, saved) if saved else (_live(connection, wait_s), ())
    whole = not unused
    for spec in connection.specs:
        state, said = read((spec,))
        mapped = expected(spec.dialect)
        found = gaps(state, mapped)
        whole = whole and not found and not said
        _print(screen, spec.name, state, said)
        screen.print(_covered(coverage(state)))
        _say(screen, remarks(state, mapped))
        _conclude(screen, found, said)
    if len(connection.specs) > 1:
        state, _ = read(connection.specs)
        found = misfitting(state)
        whole = whole and not found
        _print(screen, TOGETHER, state, ())
        _conclude(screen, found, ())
    _say(screen, (f"{one.name}: no request asks for it" for one in unused))
    return exits.DONE if whole else exits.NO


Read: TypeAlias = Callable[[tuple[SourceSpec, ...]], Board]


def _live(connection: Connection, wait_s: float) -> Read:
    def read(specs: tuple[SourceSpec, ...]) -> Board:
        progress = Console(stderr=True)
        with Progress(console=progress, transient=True, disable=not progress.is_terminal) as bar:
            bar.add_task(f"reading {', '.join(spec.name for spec in specs)}", total=None)
            return read_board(specs, connection.pack, wait_s, every_feed_answered(specs)), ()

    return read


def _from_files(connection: Connection, files: Sequence[Path]) -> tuple[Read, tuple[Path, ...]]:
    """How to read boards from ``files``, and those of them that no source asks for."""
    now = wall()
    found = {spec.name: read_saved(spec, files, now) for spec in connection.specs}
    unused = [set(one.unused) for one in found.values()]

    def read(specs: tuple[SourceSpec, ...]) -> Board:
        some = [found[spec.name] for spec in specs]
        if len(some) == 1:
            return alone(some[0], connection.pack, now), some[0].said
        return together(some, connection.pack, now), ()

    return read, tuple(sorted(set.intersection(*unused)))


def _print(screen: Console, name: str, state: State, said: Sequence[str]) -> None:
    counts = f"{len(state.calls)} calls, {len(state.units)} units, {len(state.positions)} positions"
    screen.print(Text(f"{printable(name)}: {counts}"))
    _say(screen, said)


def _conclude(screen: Console, found: Sequence[Gap], said: Sequence[str]) -> None:
    if found:
        screen.print(_gaps(found))
    elif not said:
        screen.print(Text("no gaps"))


def _say(screen: Console, lines: Iterable[str]) -> None:
    for line in lines:
        screen.print(Text(printable(line)))


def _covered(lines: Sequence[Covered]) -> Table:
    table = Table(title=Text("Filled fields"), title_justify="left")
    for column in ("feed", "field", "filled"):
        table.add_column(column)
    for one in lines:
        share = f"{one.filled} of {one.rows}" + ("" if one.filled else "  -")
        table.add_row(one.feed, one.field, share)
    return table


def _gaps(found: Sequence[Gap]) -> Table:
    table = Table(title=Text("Gaps"), title_justify="left")
    for column in ("feed", "what", "count", "for example", "what to do"):
        table.add_column(column)
    for gap in found:
        cells = (gap.feed, gap.what, str(gap.count), ", ".join(gap.examples), gap.todo)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table
