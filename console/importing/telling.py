"""What became of a file, in lines for people: what it held, what is in the archive, what was left out and why."""

from collections.abc import Iterable, Iterator

from console.importing.importing import Brought, Opened
from console.simulator.past.reading import Problem

_LINES = 5


class Progressed:
    """Which of so many watches are in by now."""

    def __init__(self, of: int) -> None:
        self.of = of
        self.shifts: list[str] = []
        self.beside: list[str] = []
        self.there = 0

    def add(self, brought: Brought) -> None:
        """One more is."""
        if brought.shift is None:
            self.there += 1
        else:
            self.shifts.append(brought.shift)
            if brought.beside:
                self.beside.append(f"{brought.shift} beside {', '.join(brought.beside)}")


def told(file: Opened, done: Progressed) -> list[str]:
    """The report; it names lines and reasons, and nothing that a row says."""
    record = file.record
    calls = len({row.call for row in record.rows})
    units = len({row.unit for row in record.rows if row.unit})
    rows = f"{record.lines} rows, {calls} calls, {units} units ({record.zone.key})"
    return [
        f"{file.name}: {rows}",
        *_watches(done),
        *_reasons("rejected rows", file.rejected),
        *_reasons("left out of rows that are in", [one for one in record.problems if one.values is None]),
    ]


def _watches(done: Progressed) -> Iterator[str]:
    new = len(done.shifts)
    missing = done.of - new - done.there
    yield f"  watches: {new} new, {done.there} already there" + (
        f", {missing} still to come" if missing else ""
    )
    if new:
        yield f"  shifts: {', '.join(done.shifts) if new <= _LINES else f'{done.shifts[0]} to {done.shifts[-1]}'}"
    if done.beside:
        which = ", ".join(done.beside[:_LINES]) + (", ..." if len(done.beside) > _LINES else "")
        yield f"  of watches that are there with other rows: {len(done.beside)} ({which})"


def _reasons(heading: str, problems: Iterable[Problem]) -> Iterator[str]:
    kinds: dict[str, list[int]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem.line)
    yield f"  {heading}: {sum(map(len, kinds.values())) or 'none'}"
    for kind, lines in sorted(kinds.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(map(str, lines[:_LINES]))
        word = "line" if len(lines) == 1 else "lines"
        yield f"    {len(lines)} x {kind} ({word} {shown}{', ...' if len(lines) > _LINES else ''})"
