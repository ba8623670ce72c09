"""``check``: whether a configuration or a mapping gives a whole board, live or from saved replies."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from console.commands import connect, exits
from console.commands.headless import every_feed_answered, read_board
from console.commands.saved import read_saved
from console.domain.definitions import Definitions
from console.domain.state import State
from console.feeds.spec import SourceSpec
from console.reports.coverage import Covered, coverage, gaps
from console.reports.gap import Gap
from console.reports.mapped import expected
from console.reports.states import remarks
from console.reports.tables import printable
from console.session.clock import wall


def check(file: Path, saved: Sequence[Path], wait_s: float) -> int:
    """Print coverage and gaps of each source; exit 1 where there is a gap."""
    connection = connect.checked(file, live=not saved)
    screen = Console()
    whole = True
    for spec in connection.specs:
        state, said = _read(spec, saved, connection.pack, wait_s)
        mapped = expected(spec.dialect)
        found = gaps(state, mapped)
        whole = whole and not found and not said
        _print(screen, spec.name, state, found, said)
        _say(screen, remarks(state, mapped))
    return exits.DONE if whole else exits.NO


def _read(
    spec: SourceSpec, saved: Sequence[Path], pack: Definitions, wait_s: float
) -> tuple[State, list[str]]:
    if saved:
        return read_saved(spec.dialect, saved, pack, wall())
    progress = Console(stderr=True)
    with Progress(console=progress, transient=True, disable=not progress.is_terminal) as bar:
        bar.add_task(f"reading {spec.name}", total=None)
        return read_board((spec,), pack, wait_s, every_feed_answered((spec,))), []


def _print(screen: Console, name: str, state: State, found: Sequence[Gap], said: Sequence[str]) -> None:
    counts = f"{len(state.calls)} calls, {len(state.units)} units, {len(state.positions)} positions"
    screen.print(Text(f"{printable(name)}: {counts}"))
    _say(screen, said)
    screen.print(_covered(coverage(state)))
    if found:
        screen.print(_gaps(found))
    else:
        screen.print(Text("no gaps" if not said else ""))


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
