"""A SignalR hub on loopback that says what a test has it say."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.feeds.board import eventually

END = "\x1e"
"""What ends each message of SignalR's JSON protocol."""


class EventingHub:
    """Who connected with which token, what they called, and a way to tell or to leave them all."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.called: list[dict[str, object]] = []
        self.url = ""
        self._open: list[WebSocket] = []

    async def tell(self, event: str, *arguments: int) -> None:
        """Send an event to everybody."""
        message = {"type": 1, "target": event, "arguments": arguments}
        for each in self._open:
            await each.send_text(json.dumps(message) + END)

    async def leave(self) -> None:
        """End every connection, as the server does when a token has run out."""
        for each in [*self._open]:
            await each.close()

    def app(self) -> Starlette:
        """The two addresses of the hub."""
        return Starlette(
            routes=[
                Route("/eventingHub/negotiate", self._negotiate, methods=["POST"]),
                WebSocketRoute("/eventingHub", self._talk),
            ]
        )

    async def _negotiate(self, _request: Request) -> JSONResponse:
        return JSONResponse({"connectionId": "1", "availableTransports": []})

    async def _talk(self, end: WebSocket) -> None:
        await end.accept()
        await end.receive_text()
        await end.send_text("{}" + END)
        self.tokens.append(end.headers.get("authorization", ""))
        self._open.append(end)
        try:
            while True:
                for message in filter(None, (await end.receive_text()).split(END)):
                    self.called.append(json.loads(message))
        except WebSocketDisconnect:
            self._open.remove(end)


@asynccontextmanager
async def eventing() -> AsyncIterator[EventingHub]:
    """A hub that listens."""
    hub = EventingHub()
    config = uvicorn.Config(hub.app(), port=0, log_level="critical", ws="websockets-sansio", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    hub.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield hub
    finally:
        server.should_exit = True
        await serving
