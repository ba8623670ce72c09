"""The API's own description, OpenAPI 3.1, made from the types it serves."""

from typing import Any

import msgspec

from console.domain.contract import API_VERSION, ROW_TYPES, Page, Service
from console.domain.entities import Call, Facility, FollowUp, Position, Unit
from console.domain.vocabulary import FeedName

_PAGES = {
    FeedName.CALLS: Page[Call],
    FeedName.UNITS: Page[Unit],
    FeedName.POSITIONS: Page[Position],
    FeedName.FACILITIES: Page[Facility],
    FeedName.FOLLOW_UPS: Page[FollowUp],
}
_ABOUT = """Reads one shift of a dispatch system: calls, units, positions, facilities, follow-ups.

Poll each feed: first without `since`, then with the `cursor` of the page before; the answer then holds only
what changed (`full` is false). A cursor the server does not know is answered with a full page. Send the last
`ETag` as `If-None-Match` and an unchanged page costs a 304. Every reply carries the server's clock, as
`clock` in the body and as the header `Server-Time`. `/v1/events` gives the same pages as server-sent events.
"""
_STRING = {"type": "string"}
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": _STRING, "message": _STRING},
        }
    },
}


def document() -> bytes:
    """The description as JSON."""
    types = [Service, *_PAGES.values()]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    service, *pages = schemas
    description = {
        "openapi": "3.1.0",
        "info": {"title": "SMART Console dispatch API", "version": API_VERSION, "description": _ABOUT},
        "security": [{"token": []}],
        "paths": {
            "/v1/service": {"get": _read("service", Service.__doc__, service, since=False)},
            **{f"/v1/{feed}": {"get": _feed(feed, page)} for feed, page in zip(_PAGES, pages, strict=True)},
            "/v1/events": {"get": _events()},
        },
        "components": {
            "schemas": {**components, "Error": _ERROR},
            "headers": {
                "Server-Time": _header(
                    "The server's clock when it answered.", {**_STRING, "format": "date-time"}
                )
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return msgspec.json.encode(description)


def _feed(feed: FeedName, page: dict[str, Any]) -> dict[str, Any]:
    return _read(feed, ROW_TYPES[feed].__doc__, page, since=True)


def _read(name: str, about: str | None, schema: dict[str, Any], *, since: bool) -> dict[str, Any]:
    parameters = [_parameter("If-None-Match", "header", "The ETag of the reply that the client holds.")]
    if since:
        parameters.append(_parameter("since", "query", "The cursor of the page that the client holds."))
    answers = {
        "200": {
            "description": "The page.",
            "headers": {**_clock(), "ETag": _header("The tag of this content, the clock aside.", _STRING)},
            "content": {"application/json": {"schema": schema}},
        },
        "304": {"description": "Nothing has changed.", "headers": _clock()},
        "401": _failure("The token is missing or wrong."),
        "429": _failure("Asked too often: wait as long as Retry-After says."),
        "503": _failure("Out of service for now: wait as long as Retry-After says."),
    }
    return {"operationId": f"read_{name}", "summary": about, "parameters": parameters, "responses": answers}


def _events() -> dict[str, Any]:
    about = "Each feed's pages as server-sent events, as they change; the event's name is that of its feed."
    cursors = [
        _parameter(feed, "query", "The cursor of the page that the client holds.") for feed in FeedName
    ]
    last = _parameter("Last-Event-ID", "header", "The id of the last event, to go on after it.")
    answers = {
        "200": {
            "description": "Events, each with a page as its data; `heartbeat` has the server's clock.",
            "headers": _clock(),
            "content": {"text/event-stream": {"schema": _STRING}},
        },
        "401": _failure("The token is missing or wrong."),
    }
    return {
        "operationId": "read_events",
        "summary": about,
        "parameters": [*cursors, last],
        "responses": answers,
    }


def _parameter(name: str, where: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": False, "description": about, "schema": _STRING}


def _header(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "schema": schema}


def _clock() -> dict[str, Any]:
    return {"Server-Time": {"$ref": "#/components/headers/Server-Time"}}


def _failure(about: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": about, "headers": _clock(), "content": content}
