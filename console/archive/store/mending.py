"""Rows of a damaged file made to agree again: what is lost of one table and stands in another is taken from there."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import Table

from console.archive.store.tables import MICROSECOND, RUN, SHIFT, blocks, facts, metadata, parts, runs, shifts
from console.archive.store.values import TIMES, fits
from console.archive.store.versions import VERSION

Row = dict[str, Any]

_TOLD = {runs: {"id"}, parts: {"shift", "run", "first", "last"}, shifts: {"id"}}
"""Of these tables no row is given up for anything but this: the rest is known from elsewhere, or left out."""


def mend(tables: dict[str, list[Row]]) -> frozenset[str]:
    """Changes ``tables``, rows as they were read, by the name of the table. The shifts that lack something."""
    touched = {row["id"] for row in tables[shifts.name] if not _whole(shifts, row)}
    touched |= {row["shift"] for row in tables[parts.name] if not _whole(parts, row)}
    for name, rows in tables.items():
        tables[name] = [row for row in rows if _fitted(metadata.tables[name], row)]
    by_run = defaultdict[int, list[Row]](list)
    for block in sorted(tables[blocks.name], key=lambda row: row["first"]):
        by_run[block["run"]].append(block)
    held = {run["id"] for run in tables[runs.name]} | set(by_run)
    touched |= {part["shift"] for part in tables[parts.name] if part["run"] not in held}
    tables[parts.name] = [part for part in tables[parts.name] if part["run"] in held]
    touched |= _find_parts(tables, by_run)
    for part in tables[parts.name]:
        _span(part, _within(part, by_run[part["run"]]))
    touched |= _find_shifts(tables[shifts.name], tables[parts.name])
    _find_runs(tables[runs.name], tables[parts.name])
    for name in (shifts.name, parts.name, runs.name):
        tables[name] = [row for row in tables[name] if row[_since(row)] is not None]
    if not any(row["name"] == "schema" and row["value"].isdecimal() for row in tables[facts.name]):
        tables[facts.name] = [{"name": "schema", "value": str(VERSION)}]
    touched |= {part["shift"] for part in tables[parts.name] if _lacks(part, by_run[part["run"]])}
    return frozenset(name for name in touched if isinstance(name, str))


def _since(row: Row) -> str:
    return "began" if "began" in row else "since"


def _whole(table: Table, row: Row) -> bool:
    return all(fits(table.c[name], value) for name, value in row.items() if name in table.c)


def _fitted(table: Table, row: Row) -> bool:
    """Whether ``row`` can be used, having left out what does not fit."""
    needed = _TOLD.get(table)
    for name, value in row.items():
        if name not in table.c or name == "body" or fits(table.c[name], value):
            continue
        if needed is None or name in needed:
            return False
        row[name] = None if name in TIMES else 0 if table.c[name].type.python_type in {int, bool} else ""
    return True


def _within(part: Row, ours: list[Row]) -> list[Row]:
    return [block for block in ours if block["first"] <= part["last"] and block["last"] >= part["first"]]


def _span(row: Row, inside: list[Row], since: str = "since", most: timedelta = SHIFT) -> None:
    """The times of ``row``: its own, or from the first to the last of what is ``inside``, if those are impossible."""
    until = "until"
    whole = [one for one in inside if one["since"] is not None and one["until"] is not None]
    own = row[since], row[until]
    if None not in own and timedelta(0) <= (own[1] - own[0]) * MICROSECOND <= most:
        return
    first = min((one["since"] for one in whole), default=None)
    last = max((one["until"] for one in whole), default=None)
    row[since] = first if first is not None else own[0] if own[0] is not None else own[1]
    row[until] = last if last is not None else row[since]


def _find_parts(tables: dict[str, list[Row]], by_run: dict[int, list[Row]]) -> set[str]:
    """A shift of which no part is left is of the runs that no other shift has and that were recorded then."""
    known = {part["shift"] for part in tables[parts.name]}
    taken = {part["run"] for part in tables[parts.name]}
    lone = [row for row in tables[shifts.name] if row["id"] not in known and row["since"] is not None]
    for shift in lone:
        for run in sorted(set(by_run) - taken):
            ours = [one for one in by_run[run] if shift["since"] <= one["since"] <= (shift["until"] or 0)]
            if ours:
                part = {"shift": shift["id"], "run": run, "first": ours[0]["first"], "last": ours[-1]["last"]}
                tables[parts.name].append({**part, "since": None, "until": None})
    return {shift["id"] for shift in lone}


def _find_shifts(known: list[Row], there: list[Row]) -> set[str]:
    found = {row["id"] for row in known}
    lost = {part["shift"] for part in there} - found
    known += [{"id": name, "kind": "live", "since": None, "until": None} for name in sorted(lost)]
    for row in known:
        _span(row, [part for part in there if part["shift"] == row["id"]])
    return lost


def _find_runs(known: list[Row], there: list[Row]) -> None:
    found = {row["id"] for row in known}
    lost = sorted({part["run"] for part in there} - found)
    known += [{"id": run, "key": f"{run}", "kind": "live", "began": None, "until": None} for run in lost]
    for row in known:
        ours = [part for part in there if part["run"] == row["id"]]
        guessed = row["began"] is None or row["until"] is None
        _span(row, ours, "began", RUN)
        if guessed:
            row["ended"] = row["until"]  # nobody knows; then nothing is waited for


def _lacks(part: Row, ours: list[Row]) -> bool:
    due = part["first"]
    for block in _within(part, ours):
        if block["first"] > due:
            return True
        due = block["last"] + 1
    return bool(due <= part["last"])
