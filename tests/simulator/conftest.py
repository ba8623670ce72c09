"""A shift to look at, and a running server to ask."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from console.simulator.life.generate import generate
from console.simulator.life.scenarios import SCENARIOS
from console.simulator.options import ServeOptions
from console.simulator.server import build, config, listen
from console.simulator.shift import PlayClock, ServedShift, Shift

NOW = datetime(2026, 11, 23, 9, 18, 44, 250_000, tzinfo=UTC)

Serving = Callable[..., str]


class Steady:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Switchboard:
    """Many served shifts on one server, each under a path of its own: starting a server takes long."""

    def __init__(self) -> None:
        self.url = ""
        self._apps: list[ASGIApp] = []

    def connect(self, app: ASGIApp) -> str:
        self._apps.append(app)
        return f"{self.url}/{len(self._apps) - 1}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        number, _, path = scope["path"].removeprefix("/").partition("/")
        await self._apps[int(number)]({**scope, "path": f"/{path}"}, receive, send)


@pytest.fixture(scope="session")
def weekday() -> Shift:
    """The weekday of seed 1."""
    return generate(SCENARIOS["weekday"], 1)


@pytest.fixture
def steady() -> Steady:
    """The clock that drives `serving`."""
    return Steady()


@pytest.fixture(scope="session")
def switchboard() -> Iterator[Switchboard]:
    """A server on loopback."""
    board, listener = Switchboard(), listen(0)
    listener.listen()
    board.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(config(board))
    thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listener]),))
    thread.start()
    yield board
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="session")
def web() -> Iterator[httpx.Client]:
    """A client; making one takes long."""
    with httpx.Client() as client:
        yield client


@pytest.fixture
def serving(switchboard: Switchboard, steady: Steady) -> Serving:
    """Serves a shift over HTTP: ``serving(served, options) -> url``."""

    def start(served: ServedShift, options: ServeOptions | None = None) -> str:
        return switchboard.connect(
            build(served, options or ServeOptions(), PlayClock(served, lambda: NOW, steady))
        )

    return start
