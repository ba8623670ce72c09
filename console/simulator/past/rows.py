"""Reads San Francisco's fire and EMS calls (DataSF nuek-vuh3), one row per unit per call: SODA JSON or CSV.

Stamps are naive local time. What cannot be read is left out, counted and named with its line, never guessed.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from console.simulator.past.stages import STAGES, in_order
from console.simulator.shift import ShiftFileError

ZONE = "America/Los_Angeles"
_NEEDED = ("call_number", "unit_id", "received_dttm", "dispatch_dttm", "available_dttm")


class Problem(Struct, frozen=True):
    """Something in one row that was left out."""

    line: int
    reason: str


class UnitRow(Struct, frozen=True):
    """One unit's part in one call, as the file gives it; stamps in UTC and in order."""

    call: str
    unit: str
    kind: str
    nature: str
    received: datetime
    entry: datetime | None = None
    dispatch: datetime | None = None
    response: datetime | None = None
    on_scene: datetime | None = None
    transport: datetime | None = None
    hospital: datetime | None = None
    available: datetime | None = None
    disposition: str = ""
    priority: int | None = None
    address: str = ""
    area: str = ""
    lat: float | None = None
    lon: float | None = None


class Record(Struct, frozen=True):
    """A file's good rows and its problems."""

    rows: tuple[UnitRow, ...]
    problems: tuple[Problem, ...]
    zone: ZoneInfo


def read(path: Path, zone: ZoneInfo) -> Record:
    """Read the file. Raises `ShiftFileError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ShiftFileError(f"{path} cannot be opened: {error.strerror}; check the name") from error
    except UnicodeDecodeError as error:
        raise ShiftFileError(f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8") from error
    objects = _json_rows(path, text) if text.lstrip()[:1] in ("[", "{") else _csv_rows(path, text)
    problems: list[Problem] = []
    rows = [row for line, fields in objects if (row := _row(line, fields, zone, problems)) is not None]
    if not rows:
        raise ShiftFileError(f"{path} holds no row that can be read; {_first(problems)}")
    return Record(tuple(rows), tuple(problems), zone)


def _first(problems: list[Problem]) -> str:
    return f"line {problems[0].line}: {problems[0].reason}" if problems else "it is empty"


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text))
    _recognize(path, reader.fieldnames or ())
    for fields in reader:
        yield reader.line_num, fields


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    objects = list(_objects(path, text))
    _recognize(path, {name for _, fields in objects for name in fields})
    return iter(objects)


def _objects(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON list, each with the line it starts on."""
    decoder = json.JSONDecoder()
    line, seen = 1, 0
    at = text.find("{")
    while at >= 0:
        line += text.count("\n", seen, at)
        try:
            fields, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ShiftFileError(f"{path} is not JSON from line {line} on: download it again") from error
        yield line, fields
        line += text.count("\n", at, end)
        seen, at = end, text.find("{", end)


def _recognize(path: Path, columns: Iterable[str]) -> None:
    missing = [name for name in _NEEDED if name not in set(columns)]
    if missing:
        raise ShiftFileError(
            f"{path} has no column {', '.join(missing)}: expected is DataSF's nuek-vuh3 (fire department calls for "
            "service), as SODA JSON or as CSV with those names"
        )


def _row(line: int, fields: dict[str, Any], zone: ZoneInfo, problems: list[Problem]) -> UnitRow | None:
    """The row of ``fields``; what is wrong with it goes to ``problems``."""
    texts = {name: str(value).strip() for name, value in fields.items() if name and value is not None}
    stamps, wrong = in_order({stage: texts.get(f"{stage}_dttm", "") for stage in STAGES}, zone)
    unusable = _unusable(texts, stamps)
    if unusable:
        problems.append(Problem(line, f"{unusable}: the row is left out"))
        return None
    problems += [Problem(line, reason) for reason in wrong]
    place = _place(fields)
    if place is None:
        problems.append(Problem(line, "no usable location: this row gives the call none"))
    return _made(texts, stamps, place or (None, None))


def _unusable(texts: dict[str, str], stamps: dict[str, datetime]) -> str:
    """Why a row says nothing about any call; empty where it does."""
    for name in ("call_number", "unit_id"):
        if not texts.get(name):
            return f"no {name}"
    if "received" not in stamps:
        return "received_dttm is missing or no date and time"
    if stamps.get("available", stamps["received"]) < stamps["received"]:
        return "available_dttm is before received_dttm"
    return ""


def _made(
    texts: dict[str, str], stamps: dict[str, datetime], place: tuple[float | None, float | None]
) -> UnitRow:
    priority = texts.get("priority", "")
    return UnitRow(
        call=texts["call_number"],
        unit=texts["unit_id"],
        kind=texts.get("unit_type", ""),
        nature=texts.get("call_type", ""),
        disposition=texts.get("call_final_disposition", ""),
        priority=int(priority) if priority.isascii() and priority.isdigit() and len(priority) < 4 else None,
        address=texts.get("address", ""),
        area=texts.get("neighborhood_district") or texts.get("battalion", ""),
        lat=place[0],
        lon=place[1],
        **stamps,
    )


def _place(fields: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude from the CSV's columns or from the SODA point."""
    point = fields.get("case_location")
    try:
        if isinstance(point, dict):
            longitude, latitude = (float(part) for part in point["coordinates"])
        else:
            latitude, longitude = float(fields["latitude"]), float(fields["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    somewhere = (latitude, longitude) != (0.0, 0.0) and abs(latitude) <= 90 and abs(longitude) <= 180
    return (latitude, longitude) if somewhere else None
