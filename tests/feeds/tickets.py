"""What a TicketsCAD server answers, in the form of its documentation."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.feeds.spec import Dialect
from tests.feeds.answers import Answer, Asked, body, now

BASE = "/api/external/v1"
INCIDENTS, RESPONDERS = f"{BASE}/incidents", f"{BASE}/responders"
ZONE = ZoneInfo("America/Chicago")
TICKETS = Dialect("ticketscad", zone="America/Chicago")
OPEN, CLOSED = 2, 1


def local(minutes: float = 0.0) -> str:
    """So many minutes ago, as the server writes it."""
    return f"{(now() - timedelta(minutes=minutes)).astimezone(ZONE):%Y-%m-%d %H:%M:%S}"


def ticket(number: int, **fields: object) -> dict[str, object]:
    """An incident."""
    told = {
        "scope": "Person in crisis",
        "severity": 1,
        "status": OPEN,
        "street": "412 Elm St",
        "city": "Saint Paul",
    }
    place = {
        "lat": 44.95,
        "lng": -93.09,
        "date": local(20),
        "updated": local(5),
        "in_type_name": "Mental health",
    }
    return {"id": number, "incident_number": f"2026-{number}", **told, **place, **fields}


def responder(number: int = 77, **fields: object) -> dict[str, object]:
    """A unit."""
    told = {"name": "STAR 1", "handle": "STAR1", "callsign": None, "type_name": "Van", "status_group": "av"}
    return {
        "id": number,
        "lat": 44.95,
        "lng": -93.09,
        "status_updated": local(6),
        "updated": local(6),
        **told,
        **fields,
    }


def data(**lists: object) -> bytes:
    """The envelope of a good reply."""
    return json.dumps(
        {"ok": True, "api_version": "v1", "data": {**lists, "limit": 200, "offset": 0}}
    ).encode()


def told(**lists: object) -> Answer:
    """A good answer."""
    return body(data(**lists))


def paged(name: str, rows: Sequence[dict[str, Any]]) -> Answer:
    """The rows, as many at a time as are asked for."""

    async def play(asked: Asked, writer: Any) -> None:
        start, size = int(asked.query["offset"]), int(asked.query["limit"])
        await told(**{name: rows[start : start + size]})(asked, writer)

    return play
