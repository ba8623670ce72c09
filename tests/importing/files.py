"""Small files of past calls: San Francisco's columns, and a day's log of a CAD."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

CITY = ZoneInfo("America/Los_Angeles")

HEADER = (
    "call_number,unit_id,call_type,received_dttm,entry_dttm,dispatch_dttm,response_dttm,on_scene_dttm,"
    "transport_dttm,hospital_dttm,available_dttm,call_final_disposition,address,battalion,priority,unit_type,"
    "latitude,longitude"
)


def local(text: str) -> datetime:
    """A local moment of San Francisco, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY).astimezone(UTC)


def row(call: str, unit: str, day: int, *times: str) -> str:
    """One row; ``times`` are those of the eight stages, empty for none."""
    stamps = [f"2018-01-{day:02d}T{text}:00" if text else "" for text in (*times, *[""] * (8 - len(times)))]
    kind = "MEDIC" if unit.startswith("M") else "ENGINE"
    about = ("Code 2 Transport", "400 Block of EDDY ST", "B02", "3", kind, "37.78", "-122.41")
    return ",".join((call, unit, "Medical Incident", *stamps, *about))


THREE_WATCHES = (
    row("1", "M1", 19, "10:00", "10:01", "10:02", "10:03", "10:10", "10:30", "10:45", "11:15"),
    row("1", "E1", 19, "10:00", "10:01", "10:02", "10:04", "10:08", "", "", "10:25"),
    row("2", "M1", 19, "12:00", "", "12:01", "", "12:10", "", "", "12:40"),
    row("3", "E1", 20, "07:30", "07:31", "07:32", "07:33", "07:40", "", "", "09:00"),
    row("4", "M2", 20, "10:00", "10:01", "10:02", "", "", "", "", "10:05"),
    row("5", "M1", 22, "23:50", "23:51", "23:52", "", "", "", "", "23:59"),
)
"""Of 19, 20 and 22 January: one call goes on into the second watch, and in one between nothing happens."""


def written(folder: Path, *rows: str, name: str = "calls.csv") -> Path:
    """A CSV file of these rows."""
    path = folder / name
    path.write_text("\n".join([HEADER, *(rows or THREE_WATCHES)]) + "\n", encoding="utf-8")
    return path
