"""A small department as a Resgrid server tells it, and who asks its adapter questions."""

import json
from collections.abc import Mapping
from typing import Any

from console.domain.vocabulary import FeedName, Program
from console.feeds.adapter import Adapter, Gathered
from console.feeds.adapters.resgrid.adapter import ACTIVE_CALLS, CALL, EXTRA, STATUSES, UNITS, Resgrid
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request

DENVER = Dialect("resgrid", zone="America/Denver", programs={"STAR Van": Program.MOBILE_CRISIS})

Row = dict[str, Any]


def wrapped(found: Any, status: str = "") -> bytes:
    """A reply with these data."""
    named = status or ("success" if found else "not_found")
    return json.dumps({"Data": found, "Status": named, "Timestamp": "2026-08-22T20:15:00.1234567Z"}).encode()


def reply(body: bytes) -> Reply:
    """A good answer of the server."""
    return Reply(200, {}, body, 0.0, 0.0)


def call(number: int = 84112, **fields: Any) -> Row:
    """An active call, as listed but for ``fields``."""
    return {
        "CallId": str(number),
        "Priority": 1,
        "Name": "Welfare check",
        "Nature": "<p>Person in distress</p>",
        "Note": None,
        "Address": "Colfax Ave",
        "Geolocation": "39.74010,-104.96850",
        "LoggedOn": "2026-08-22T13:41:07.337",
        "LoggedOnUtc": "2026-08-22T19:41:07.337",
        "State": 0,
        "Number": "26-412",
        "Type": "Mental Health",
        "ContactName": None,
        **fields,
    }


def unit(number: int = 301, status: int | str = 5, since: str = "19:44:30", **fields: Any) -> Row:
    """A unit in a state since a UTC time of that day."""
    return {
        "UnitId": str(number),
        "Name": f"STAR {number - 300}",
        "Type": "STAR Van",
        "GroupName": "Downtown",
        "CurrentStatusId": str(status),
        "CurrentStatus": "as shown",
        "CurrentStatusBaseType": 0,
        "CurrentStatusTimestampUtc": f"2026-08-22T{since}.000Z",
        "Latitude": "39.7391",
        "Longitude": "-104.9847",
        "Roles": [],
        **fields,
    }


def heading(number: int = 301, to: int = 84112, **fields: Any) -> Row:
    """A unit's status that heads for a call."""
    return {"UnitId": str(number), "DestinationId": to, "DestinationType": 2, "Latitude": 0, **fields}


def dispatch(number: int = 301, at: str = "19:43:02.91") -> Row:
    """One unit that was sent."""
    return {
        "Id": str(number),
        "Timestamp": f"2026-08-22T{at}",
        "Type": "Unit",
        "Name": f"STAR {number - 300}",
    }


def answer(status: int, at: str, number: int = 301) -> Row:
    """A state that a unit took at a call; its text is wrong, as the server's is."""
    row = {"Id": "990021", "Timestamp": f"2026-08-22T{at}", "Type": "Unit", "StatusText": "Unknown"}
    return {**row, "Name": f"STAR {number - 300}", "StatusId": status}


class Department:
    """Answers by path; what is missing is not found. ``asked`` are the questions of the last round."""

    def __init__(self, adapter: Adapter | None = None) -> None:
        self.adapter = adapter or Resgrid(DENVER)
        self.calls: list[Any] = []
        self.units: list[Any] = []
        self.statuses: list[Any] = []
        self.extra: dict[int, Row] = {}
        self.ended: dict[int, Row] = {}
        self.instead: dict[str, Reply | Trouble] = {}
        self.asked: list[str] = []

    def round(self, *, fresh: bool = False) -> Mapping[FeedName, Gathered]:
        """What one round gives."""
        self.asked = []
        talk = self.adapter.ask("board", fresh=fresh)
        try:
            requests = next(talk)
            while True:
                requests = talk.send(tuple(self._answer(request) for request in requests))
        except StopIteration as end:
            found: Mapping[FeedName, Gathered] = end.value
            return found

    def first_call(self) -> Row:
        """The first call of a round."""
        return dict(self.round()[FeedName.CALLS].rows[0])

    def first_unit(self) -> Row:
        """The first unit of a round."""
        return dict(self.round()[FeedName.UNITS].rows[0])

    def _answer(self, request: Request) -> Reply | Trouble:
        path, named = request.path, dict(request.query).get("callId", "")
        key = int(named) if named.isascii() and named.isdecimal() else len(named)
        self.asked.append(f"{path.rpartition('/')[2]} {key}" if key else path.rpartition("/")[2])
        if path in self.instead:
            return self.instead[path]
        lists = {ACTIVE_CALLS: self.calls, UNITS: self.units, STATUSES: self.statuses}
        if path in lists:
            return reply(wrapped(lists[path]))
        return reply(wrapped({EXTRA: self.extra, CALL: self.ended}[path].get(key)))
