"""A dispatch API of another make that answers each poll with 1,000 calls, a tenth of them changed.

Run as a process of its own (``python -m tests.benchmarks.mapped_server``), so that it costs the console
nothing but the reading.
"""

from datetime import UTC, datetime

import msgspec

from tests.benchmarks.serving import serve

CALLS = 1_000
BEGAN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC).isoformat()
MAPPING = """
mapping_version = 1
[[request]]
id = "calls"
path = "/calls"
every_s = 1
snapshot = "complete"
[[request.emit]]
kind = "call"
records = "calls"
[request.emit.fields]
id = "id"
number = "number"
nature = "type.code"
nature_text = "type.text"
priority = "priority"
area = "place.beat"
address = "place.address"
lat = "place.lat"
lon = "place.lon"
caller_name = "caller.name"
caller_phone = "caller.phone"
narrative = "notes"
answered_at = "log[?what == 'answered'] | [0].at"
created_at = "log[?what == 'created'] | [0].at"
on_scene_at = "log[?what == 'arrived'] | [0].at"
updated_at = "log[-1].at"
"""


def _call(number: int, round_: int) -> dict[str, object]:
    changed = round_ if number % 10 == round_ % 10 else 0
    return {
        "id": number,
        "number": f"2026-{number:06}",
        "type": {"code": "WELCHK", "text": "Welfare check"},
        "priority": 2,
        "place": {"beat": "D1", "address": f"{number} Alder Street", "lat": 39.7, "lon": -104.9},
        "caller": {"name": "Alex Example", "phone": "+1 303 555 0100"},
        "notes": f"Somebody needs help and does not want the police to come. {changed}",
        "log": [{"what": what, "at": BEGAN} for what in ("answered", "created", "arrived", "noted")],
    }


def _body(path: str, round_: int) -> bytes | None:
    if path != "/calls":
        return None
    return msgspec.json.encode({"calls": [_call(number, round_) for number in range(CALLS)]})


if __name__ == "__main__":
    serve(_body)
