"""``check`` of a definition pack: what it says, what it leaves out, what cannot be used; or how two of them differ."""

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from console.commands import exits
from console.domain.definitions import Definitions
from console.domain.packs import DefinitionError, parse
from console.reports.definitions import PackReport, differences, reported
from console.reports.tables import printable
from console.settings import SettingsError

_MARK = re.compile(rb"^[ \t]*(pack[ \t]*=|\[(natures|waiting|rules)[\].])", re.MULTILINE)


def is_pack(file: Path) -> bool:
    """Whether ``file`` is meant as a definition pack, be it TOML or not yet; one that cannot be read is none."""
    try:
        return _MARK.search(file.read_bytes()) is not None
    except OSError:
        return False


def check(file: Path, others: Sequence[Path], *, json: bool) -> int:
    """Print what is in the pack ``file``; exit 1 where something in it cannot be used. Two packs are compared."""
    if not others:
        return _one(file, json=json)
    if len(others) > 1:
        raise SettingsError("give one definition pack to check, or two to compare")
    return _two(_parsed(file), _parsed(others[0]), json=json)


def _one(file: Path, *, json: bool) -> int:
    found = reported(file.read_bytes())
    if json:
        _print_json(found)
    else:
        _show(found, file, Console())
    return exits.DONE if found.ok else exits.NO


def _two(first: Definitions, second: Definitions, *, json: bool) -> int:
    found = differences(first, second)
    if json:
        _print_json(found)
        return exits.DONE
    screen = Console()
    if not found:
        screen.print(Text("the two packs say the same"))
        return exits.DONE
    table = _table(f"{len(found)} values differ", "where", _title(first), _title(second))
    for one in found:
        _row(table, (one.where, one.first or "-", one.second or "-"))
    screen.print(table)
    return exits.DONE


def _parsed(file: Path) -> Definitions:
    try:
        return parse(file.read_bytes())
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({type(error).__name__}): check the path") from error
    except DefinitionError as error:
        raise DefinitionError(error.flaws, str(file)) from error


def _show(found: PackReport, file: Path, screen: Console) -> None:
    if not found.ok:
        many = "1 thing does" if len(found.flaws) == 1 else f"{len(found.flaws)} things do"
        screen.print(Text(f"{file}: {many} not fit"))
        for flaw in found.flaws:
            screen.print(Text(f"  {printable(flaw.told)}"))
        return
    screen.print(Text(printable(f"{found.name} {found.version}")))
    screen.print(Text(f"sha256 {found.sha256}, {found.natures} nature codes"))
    screen.print(_limits(found))
    screen.print(_rules(found))
    if found.missing:
        screen.print(Text(f"no record, so no alarm: {', '.join(found.missing)}"))
    else:
        screen.print(Text("every rule of this version has its record"))


def _limits(found: PackReport) -> Table:
    table = _table(
        "Limits in minutes, and the alarm each makes", "of", "for", "amber", "alarm", "red", "alarm"
    )
    for one in found.limits:
        amber, red = f"{one.amber_min:g}", f"{one.red_min:g}"
        _row(table, (one.of, one.key, amber, _priority(one.at_amber), red, _priority(one.at_red)))
    return table


def _rules(found: PackReport) -> Table:
    table = _table("Alarms", "rule", "priority", "after", "respond within", "shelved at most", "response")
    for one in found.rules:
        urgent = ", ".join(map(str, one.priorities)) or "none: no limit makes one"
        shelf = f"{one.shelve_min:g} min" if one.shelve_min else "never"
        delay, within = f"{one.on_delay_s:g} s", f"{one.respond_min:g} min"
        _row(table, (one.rule, urgent, delay, within, shelf, one.response))
    return table


def _priority(priority: int) -> str:
    return str(priority) if priority else "-"


def _title(pack: Definitions) -> str:
    return printable(f"{pack.name} {pack.version} ({pack.sha256[:7]})")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(title), title_justify="left")
    for column in columns:
        table.add_column(column)
    return table


def _row(table: Table, cells: Iterable[str]) -> None:
    table.add_row(*(Text(printable(cell)) for cell in cells))


def _print_json(value: object) -> None:
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
