"""Reading 10,000 records by a mapping against Python written by hand for them, and whether a poll is felt.

Both are timed in the worker process, on the same decoded records, and have to give the same rows.
"""

import asyncio
import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from console.feeds.adapters.mapped.emits import Extract
from console.feeds.adapters.mapped.parsing import parse
from console.feeds.process.child import Memory
from console.feeds.process.worker import Worker
from console.feeds.rows.flaws import Flaw
from tests.benchmarks import polling
from tests.benchmarks.figure import Figure, at_most

RECORDS = 10_000
REPEATS = 9
DOTTED_LIMIT = 3.0
SEARCHED_LIMIT = 20.0
NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)

PLAIN = """
id = "id"
number = "number"
nature = "type.code"
nature_text = "type.text"
priority = "priority"
state = { path = "status", map = "state" }
origin = { path = "source", map = "origin" }
area = "place.beat"
address = "place.address"
lat = "place.lat"
lon = "place.lon"
caller_name = "caller.name"
"""
STAMPS = """
answered_at = "times.answered"
created_at = "times.created"
closed_at = "times.closed"
updated_at = "times.updated"
"""
SEARCHED = """
answered_at = "log[?what == 'answered'] | [0].at"
created_at = "log[?what == 'created'] | [0].at"
closed_at = "log[?what == 'closed'] | [0].at"
updated_at = "log[-1].at"
"""
HEAD = """
mapping_version = 1
[[request]]
id = "calls"
path = "/calls"
[[request.emit]]
kind = "call"
records = "calls"
[request.emit.fields]
"""
CODES = """
[map.state]
P = "pending"
E = "enroute"
S = "on_scene"
C = "closed"
[map.origin]
911 = "911"
988 = "988"
"""
STATES = {"P": "pending", "E": "enroute", "S": "on_scene", "C": "closed"}
ORIGINS = {"911": "911", "988": "988"}


def figures() -> list[Figure]:
    """Ratios to hand-written Python, and what the screen feels of a poll."""
    worker = Worker()
    ratios = asyncio.run(_ratios(worker))
    worker.close()
    runs = f"{RECORDS:,} records, medians of {REPEATS} in turn, in the worker process"
    return [
        at_most("dotted_vs_hand", ratios["dotted"], DOTTED_LIMIT, f"16 dotted fields; {runs}"),
        at_most("jmespath_vs_hand", ratios["searched"], SEARCHED_LIMIT, f"12 dotted + 4 JMESPath; {runs}"),
        Figure(name="hand_ms", value=ratios["hand_ms"], kind="absolute", detail="by hand, 16 fields"),
        *polling.figures(),
    ]


async def _ratios(worker: Worker) -> dict[str, float]:
    (told,) = await worker.call(measured)
    found: dict[str, float] = told
    return found


def measured(memory: Memory) -> Iterator[dict[str, float]]:
    """Seconds of each way on the same records, as ratios."""
    document = {"calls": [_record(number) for number in range(RECORDS)]}
    dotted, searched = (_extract(fields) for fields in (PLAIN + STAMPS, PLAIN + SEARCHED))
    assert _rows(dotted, document) == [by_hand(record) for record in document["calls"]]
    assert _rows(searched, document) == [by_hand_from_log(record) for record in document["calls"]]
    ways: dict[str, Callable[[], object]] = {
        "dotted": lambda: _rows(dotted, document),
        "hand": lambda: [by_hand(record) for record in document["calls"]],
        "searched": lambda: _rows(searched, document),
        "hand_log": lambda: [by_hand_from_log(record) for record in document["calls"]],
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(REPEATS):
        for name, way in ways.items():
            began = perf_counter()
            made = way()
            spent[name].append(perf_counter() - began)
            del made
    medians = {name: statistics.median(seconds) for name, seconds in spent.items()}
    yield {
        "dotted": medians["dotted"] / medians["hand"],
        "searched": medians["searched"] / medians["hand_log"],
        "hand_ms": medians["hand"] * 1_000,
    }


def _extract(fields: str) -> Extract:
    mapping = parse(HEAD + fields + CODES)
    return Extract(mapping.request[0].emit[0], mapping.map, "iso", None)


def _rows(extract: Extract, document: object) -> list[dict[str, Any]]:
    flaws: list[Flaw] = []
    rows = extract.rows(document, flaws)
    assert not flaws
    return rows


def by_hand(record: dict[str, Any]) -> dict[str, Any]:
    """What one would write for this API alone."""
    times = record.get("times") or {}
    return {
        **_common(record),
        "answered_at": _moment(times.get("answered")),
        "created_at": _moment(times.get("created")),
        "closed_at": _moment(times.get("closed")),
        "updated_at": _moment(times.get("updated")),
    }


def by_hand_from_log(record: dict[str, Any]) -> dict[str, Any]:
    """The same from the record's history."""
    log = record.get("log") or []
    return {
        **_common(record),
        "answered_at": _moment(next((entry["at"] for entry in log if entry["what"] == "answered"), None)),
        "created_at": _moment(next((entry["at"] for entry in log if entry["what"] == "created"), None)),
        "closed_at": _moment(next((entry["at"] for entry in log if entry["what"] == "closed"), None)),
        "updated_at": _moment(log[-1]["at"] if log else None),
    }


def _common(record: dict[str, Any]) -> dict[str, Any]:
    kind, place, caller = record.get("type") or {}, record.get("place") or {}, record.get("caller") or {}
    status = record.get("status")
    return {
        "id": str(record["id"]),
        "number": _text(record.get("number")),
        "nature": _text(kind.get("code")),
        "nature_text": _text(kind.get("text")),
        "priority": _whole(record.get("priority")),
        "state": STATES.get(status, "unknown") if status else None,
        "raw_state": status,
        "origin": ORIGINS.get(record.get("source") or ""),
        "area": _text(place.get("beat")),
        "address": _text(place.get("address")),
        "lat": _number(place.get("lat")),
        "lon": _number(place.get("lon")),
        "caller_name": _text(caller.get("name")),
    }


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def _whole(value: Any) -> int | None:
    return int(value) if value is not None else None


def _number(value: Any) -> float | None:
    return float(value) if value is not None else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _record(number: int) -> dict[str, Any]:
    closed = number % 3 == 0
    moments = [(NOON + timedelta(seconds=number + step)).isoformat() for step in range(0, 240, 60)]
    names = ["answered", "created", "closed" if closed else "noted", "updated"]
    return {
        "id": number,
        "number": f"2026-{number:07}",
        "type": {"code": "WELCHK", "text": "Welfare check, person down "},
        "priority": number % 5 + 1,
        "status": "C" if closed else "PES"[number % 3],
        "source": "988" if number % 4 else "911",
        "place": {"beat": f"D{number % 6}", "address": f"{number} Alder Street", "lat": 39.7, "lon": -104.9},
        "caller": {"name": "Alex Example", "phone": "+1 303 555 0100"},
        "times": {**dict(zip(names, moments, strict=True)), "noted": None},
        "log": [
            {"what": what, "at": at, "by": "dispatcher"} for what, at in zip(names, moments, strict=True)
        ],
    }
