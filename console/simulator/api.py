"""The dispatch API over HTTP: routes, bearer token, tags, and the server's time on every reply."""

import hmac
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.domain.vocabulary import FeedName
from console.simulator.openapi import document
from console.simulator.pages import Pages
from console.simulator.stream import KIND, cursors, events
from console.simulator.wire import encode

JSON = "application/json"
SERVER_TIME = b"server-time"

_CODES = {400: "bad_request", 401: "unauthorized", 404: "not_found", 405: "method_not_allowed"}


class Api:
    """The endpoints of one served shift. With a ``token``, everything under /v1/ asks for it."""

    def __init__(self, pages: Pages, token: str | None) -> None:
        self._pages = pages
        self._token = token
        self._openapi = document()

    def app(self) -> Starlette:
        """The application without faults."""
        routes = [
            Route("/openapi.json", self._describe),
            Route("/v1/service", self._service),
            Route("/v1/events", self._events),
            *(Route(f"/v1/{feed}", self._page_of(feed)) for feed in FeedName),
        ]
        return Starlette(routes=routes, exception_handlers={HTTPException: _refuse})

    async def _describe(self, request: Request) -> Response:
        return Response(self._openapi, media_type=JSON)

    async def _service(self, request: Request) -> Response:
        self._admit(request)
        etag, body = self._pages.service()
        return _tagged(request, etag, lambda: body)

    async def _events(self, request: Request) -> Response:
        self._admit(request)
        held = cursors(request.query_params, request.headers.get("last-event-id", ""))
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(events(self._pages, held), headers=headers, media_type=KIND)

    def _page_of(self, feed: FeedName) -> Callable[[Request], Awaitable[Response]]:
        async def page(request: Request) -> Response:
            self._admit(request)
            content = self._pages.content(feed, request.query_params.get("since"))
            return _tagged(request, content.etag, lambda: self._pages.body(content))

        return page

    def _admit(self, request: Request) -> None:
        if self._token is None:
            return
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(
            given.strip().encode(), self._token.encode()
        ):
            raise HTTPException(
                401, "give the token: Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"}
            )


def timed(app: ASGIApp, now: Callable[[], datetime]) -> ASGIApp:
    """``app`` with the served time on every reply, whoever made it; a reply that has one keeps it."""

    async def with_time(scope: Scope, receive: Receive, send: Send) -> None:
        async def stamp(message: Message) -> None:
            if message["type"] == "http.response.start" and not _timed(message):
                moment = now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
                message["headers"] = [*message.get("headers", []), (SERVER_TIME, moment.encode())]
            await send(message)

        await app(scope, receive, stamp if scope["type"] == "http" else send)

    return with_time


def _timed(start: Message) -> bool:
    return any(name == SERVER_TIME for name, _ in start.get("headers", ()))


def refusal(status: int, message: str, headers: dict[str, str] | None = None, code: str = "") -> Response:
    """An error in the API's own words."""
    error = {"code": code or _CODES.get(status, "error"), "message": message}
    return Response(encode({"error": error}), status, headers, JSON)


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    match error.status_code:
        case 404:
            message = f"there is no {request.url.path}: see /openapi.json"
        case 405:
            message = "this API is read with GET only"
        case _:
            message = error.detail
    return refusal(error.status_code, message, headers)


def _tagged(request: Request, etag: str, body: Callable[[], bytes]) -> Response:
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if _known(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(body(), headers=headers, media_type=JSON)


def _known(given: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    return etag in tags or tags == ["*"]
