"""A file of past calls read a second time, without the program: which calls were open at a moment."""

import csv
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

CITY = ZoneInfo("America/Los_Angeles")

Row = dict[str, str]


def calls_of(file: Path) -> dict[str, list[Row]]:
    """The rows of each call of a DataSF file."""
    found: dict[str, list[Row]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["call_number"]].append(row)
    return found


def open_calls(calls: dict[str, list[Row]], at: datetime) -> set[str]:
    """The calls of which something was received by ``at``, and not every unit is available again."""
    return {
        number
        for number, rows in calls.items()
        if any(_by(row["received_dttm"], at) for row in rows)
        and not all(_by(row["available_dttm"], at) for row in rows)
    }


def _by(text: str, at: datetime) -> bool:
    return bool(text) and datetime.fromisoformat(text).replace(tzinfo=CITY) <= at
