"""The dispatch API as a process: listens on loopback, says so in one line, and stops when it is told to."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import TextIO

import uvicorn
from starlette.types import ASGIApp

from console.simulator.api import Api, timed
from console.simulator.chaos import Chaos
from console.simulator.life.chance import stream
from console.simulator.options import OptionError, ServeOptions, faults
from console.simulator.pages import Pages
from console.simulator.shift import PlayClock, ServedShift

LOOPBACK = "127.0.0.1"
READY = "listening on "
PARENT_VARIABLE = "SMART_CONSOLE_SERVE_ENDS_WITH_STDIN"
"""Set by a parent process: the server then stops when its standard input ends."""

_STOPPING_S = 1
_KEEP_ALIVE_S = 75


def build(served: ServedShift, options: ServeOptions, clock: PlayClock) -> ASGIApp:
    """The application: the API behind its faults, with the served time on every reply."""
    pages = Pages(served, clock)
    app: ASGIApp = Api(pages, options.token).app()
    asked = faults(options)
    if asked:
        app = Chaos(app, asked, clock.elapsed, stream(options.seed, "faults"), options.seed)
    return timed(app, lambda: pages.clock().now)


def serve(
    served: ServedShift, options: ServeOptions, now: Callable[[], datetime], steady: Callable[[], float]
) -> None:
    """Serve until SIGTERM or SIGINT, or until the parent process has gone (`PARENT_VARIABLE`).

    ``now`` is the wall clock (aware), ``steady`` gives seconds that never step back. Port 0 is any free one.
    Raises `OptionError` where the port cannot be had.
    """
    listener = listen(options.port)
    server = Server(config(build(served, options, PlayClock(served, now, steady))))
    if os.environ.get(PARENT_VARIABLE):
        threading.Thread(target=_outlive, args=(sys.stdin, server), daemon=True).start()
    before = {number: signal.signal(number, _quietly) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        asyncio.run(server.serve(sockets=[listener]))
    finally:
        listener.close()
        for number, handler in before.items():
            signal.signal(number, handler)


class Server(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            host, port = listener.getsockname()
            sys.stdout.write(f"{READY}http://{host}:{port}\n")
            sys.stdout.flush()


def config(app: ASGIApp) -> uvicorn.Config:
    """How ``app`` is run: quietly, with connections kept alive."""
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_STOPPING_S,
    )


def listen(port: int) -> socket.socket:
    """A socket on loopback; raises `OptionError` where the port cannot be had."""
    listener = socket.socket(
        socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # named: asyncio sets NODELAY
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise OptionError(f"port {port} on {LOOPBACK} is taken: give another, or 0 for a free one") from error
    return listener


def _outlive(stdin: TextIO, server: uvicorn.Server) -> None:
    """Wait for the parent's end of the pipe to close, as it does however the parent ends; then stop."""
    while stdin.read(1):
        pass
    server.should_exit = True


def _quietly(number: int, frame: FrameType | None) -> None:
    """uvicorn has stopped by the time it raises the signal again: nothing is left to do."""
