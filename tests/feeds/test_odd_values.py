"""One value that no JSON library likes, in one row: the other rows stay on the board, whatever the dialect."""

import json

import pytest

from console.domain.vocabulary import FeedName, Health
from console.feeds.adapters.resgrid.adapter import ACTIVE_CALLS, EXTRA, STATUSES, UNITS
from console.feeds.spec import Dialect, SourceSpec
from tests.feeds.answers import body
from tests.feeds.board import watching
from tests.feeds.chaos import Chaos
from tests.feeds.eido.documents import CALL, incident
from tests.feeds.resgrid.department import DENVER, call, wrapped

MAPPING = """
mapping_version = 1
[[request]]
id = "calls"
path = "/calls"
every_s = 5
snapshot = "complete"
[[request.emit]]
kind = "call"
records = "rows"
fields = { id = "id", nature = "type", priority = "priority", narrative = "note", lat = "lat", lon = "lon" }
"""
ODD = {
    "NaN": b"NaN",
    "infinity": b"-Infinity",
    "1e999": b"1e999",
    "400 digits": b"9" * 400,
    "5,000 digits": b"9" * 5_000,
    "half a character": b'"\\ud800"',
    "no UTF-8": b'"caf\xe9"',
    "NUL": b'"a\\u0000b"',
}
each_odd = pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
PLACE = "<here>"


def spoilt(value: object, odd: bytes) -> bytes:
    """``value`` as JSON, with ``odd`` where it has `PLACE`."""
    return json.dumps(value).encode().replace(json.dumps(PLACE).encode(), odd)


async def stays(server: Chaos, dialect: Dialect, *ids: str) -> None:
    """The calls ``ids`` come on the board, and the feed is not degraded."""
    spec = SourceSpec("cad", server.url, dialect, every={FeedName.CALLS: 0.01})
    async with watching(spec) as board:
        await board.until(lambda state: set(ids) <= state.calls.keys())
        assert board.feed("cad/calls").reported is Health.OK


@each_odd
@pytest.mark.parametrize("field", ["Note", "Priority", "ContactInfo", "Geolocation", "LoggedOnUtc"])
async def test_a_resgrid_call_with_it_keeps_no_other_away(field: str, odd: bytes) -> None:
    async with Chaos() as server:
        listed = json.loads(wrapped([call(1), call(2, **{field: PLACE})]))
        server.play(ACTIVE_CALLS, body(spoilt(listed, odd)))
        for path in (UNITS, STATUSES, EXTRA):
            server.play(path, body(wrapped(None)))
        await stays(server, DENVER, "1", "2")


@each_odd
@pytest.mark.parametrize("field", ["note", "priority", "lat"])
async def test_a_mapped_call_with_it_keeps_no_other_away(field: str, odd: bytes) -> None:
    rows = [{"id": "1", "type": "WELCHK"}, {"id": "2", "type": "WELCHK", "lon": -104.9, field: PLACE}]
    async with Chaos() as server:
        server.play("/calls", body(spoilt({"rows": rows}, odd)))
        await stays(server, Dialect("mapped", mapping=MAPPING), "1", "2")


@each_odd
@pytest.mark.parametrize(
    "field", ["incidentCommonPriorityNumber", "internalIncidentId", "incidentTypeInternalCode"]
)
async def test_an_eido_document_with_it_keeps_no_other_away(field: str, odd: bytes) -> None:
    other = incident() | {"$id": "urn:emergency:uid:incidentid:2:psap.example.gov"}
    other["incidentComponent"][field] = PLACE
    async with Chaos() as server:
        server.play("/", body(spoilt([incident(), other], odd)))
        await stays(server, Dialect("eido"), CALL, other["$id"])
