"""The desktop program put together: engine, sessions, window and the loop that moves them. The only qasync import."""

import gc
import getpass
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace
from platformdirs import user_cache_path, user_state_path
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from console.crash import report
from console.domain.definitions import Definitions
from console.domain.state import State, start
from console.engine import Engine
from console.escalation import AlarmSettings
from console.feeds.spec import SourceSpec
from console.recorded import Opened, RecordedShifts, Shelf
from console.screen import Desktop, Tasks
from console.session.live import Live
from console.session.session import Session
from console.session.showing import Showing
from console.session.store import Store
from console.session.verbs import ActingVerbs, shown_verbs
from console.stage import show
from console.ui.program import Folders, Program, application
from console.ui.shots import Shots
from console.ui.welcome.trying import Trying

if TYPE_CHECKING:  # where nothing is recorded, nothing of the archive is loaded
    from console.archive.spec import ArchiveSpec
    from console.following import Follower

NAME = "smart-console"


class Polled(Protocol):
    """What a board is polled from."""

    @property
    def specs(self) -> tuple[SourceSpec, ...]: ...

    @property
    def pack(self) -> Definitions: ...

    @property
    def archive(self) -> "ArchiveSpec | None":
        """Where it is recorded; ``None``: nowhere."""
        ...

    @property
    def pack_file(self) -> Path | None:
        """The file of its definitions, to be read again when it changes."""
        ...

    @property
    def alarms(self) -> AlarmSettings:
        """How its alarms are heard."""
        ...


class Way(Trying, Protocol):
    """Tries ways to a board, and tells which one was settled on."""

    @property
    def connection(self) -> Polled | None:
        """What the board polls; ``None`` while nothing was settled on."""
        ...


Library = Callable[["ArchiveSpec"], Shelf]


class Replayed(Struct, frozen=True):
    """A recorded shift to begin with: where in it, and how fast it is played, or standing."""

    opened: Opened
    at: datetime
    speed: float | None = None
    corrected: bool = False


def run(polled: Polled, shots: Shots | None, library: Library) -> State | None:
    """Open the desktop and return the board as it was last shown; ``None`` after an unexpected end.

    The loop is run once and not by `asyncio.Runner`, which runs it again to wind down: each run ends
    with Qt's ``aboutToQuit``, and the web engine does not survive a second one.
    """
    broken = _watched()
    return _begun(_engine(polled, broken), shots, broken, _past(polled, library), polled.alarms)


def follow(
    archive: "ArchiveSpec", shots: Shots | None, library: Library, alarms: AlarmSettings
) -> State | None:
    """As `run`, on the board that another console records in ``archive``; no source is polled here."""
    from console.following import Follower

    broken = _watched()
    return _begun(Follower(archive, broken.append), shots, broken, library(archive), alarms)


def replay(shift: Replayed, shelf: Shelf, shots: Shots | None) -> State | None:
    """Open the window on a recorded shift, without any source; return the board as it was last shown."""
    broken = _watched()
    app = application(sys.argv[:1], sandboxed=not _root())
    return _looped(app, _replayed(shift, shelf, shots, broken))


def welcome(way: Way, shots: Shots | None, library: Library) -> State | None:
    """Open the welcome page and then, in the same loop, the board on what was chosen there.

    Return the board as it was last shown; ``None`` where nothing was chosen or after an unexpected end.
    """
    broken = _watched()
    app = application(sys.argv[:1], sandboxed=not _root())
    return _looped(app, _welcomed(way, shots, broken, library))


def _begun(
    engine: "Engine | Follower",
    shots: Shots | None,
    broken: list[BaseException],
    shelf: Shelf | None,
    alarms: AlarmSettings,
) -> State | None:
    engine.start()
    try:
        app = application(sys.argv[:1], sandboxed=not _root())
        return _looped(app, _live(engine, shots, broken, shelf, alarms))
    finally:
        _stop(engine)


async def _welcomed(
    way: Way, shots: Shots | None, broken: list[BaseException], library: Library
) -> State | None:
    from console.ui.welcome.window import WelcomeWindow

    window = WelcomeWindow(way)
    await show(window, shots, broken)
    window.deleteLater()
    if way.connection is None:
        return None
    engine = _engine(way.connection, broken)
    engine.start()
    try:
        return await _live(engine, None, broken, _past(way.connection, library), way.connection.alarms)
    finally:
        _stop(engine)


async def _live(
    engine: "Engine | Follower",
    shots: Shots | None,
    broken: list[BaseException],
    shelf: Shelf | None,
    alarms: AlarmSettings,
) -> State:
    session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
    engine.shown_by(lambda: session.store.value)
    showing = Showing(session, Store(session.store.value))
    tasks = Tasks()
    recorded = RecordedShifts(showing, shelf, tasks.spawn, tasks.wake) if shelf is not None else None
    who = getpass.getuser()
    verbs = shown_verbs(showing, engine.sequence, who, engine.hurry)
    heard = replace(alarms, on_escalation=()) if shots else alarms  # pictures call nobody
    live = Live(session.store, ActingVerbs(engine.sequence.append, who, engine.hurry), heard)
    program = Program(showing.shown, verbs, _folders(shots), recorded, live)
    ready = engine.recorder.go if engine.recorder else _nothing
    try:
        return await Desktop(showing, program, tasks, ready, _nothing).run(shots, broken)
    finally:
        if shelf is not None:
            shelf.close()


async def _replayed(shift: Replayed, shelf: Shelf, shots: Shots | None, broken: list[BaseException]) -> State:
    showing = Showing(None, Store(shift.opened.first))
    tasks = Tasks()
    recorded = RecordedShifts(showing, shelf, tasks.spawn, tasks.wake)
    verbs = shown_verbs(showing, None, getpass.getuser(), _nothing)
    program = Program(showing.shown, verbs, _folders(shots), recorded)
    return await Desktop(showing, program, tasks, _nothing, lambda: _begin(recorded, shift)).run(
        shots, broken
    )


def _begin(recorded: RecordedShifts, shift: Replayed) -> None:
    playback = recorded.put(shift.opened, shift.at, shift.speed or 1.0)
    playback.correct(shift.corrected)
    if shift.speed is not None:
        playback.toggle()


def _past(polled: Polled, library: Library) -> Shelf | None:
    """Where past shifts are read from, and the one that is running."""
    return library(polled.archive) if polled.archive is not None else None


def _stop(engine: "Engine | Follower") -> None:
    """Stop, and say what could not be recorded to whoever started it."""
    engine.stop()
    if engine.recorder is not None and engine.recorder.unwritten.events:
        sys.stderr.write(f"smart-console: {engine.recorder.unwritten}\n")


def _engine(polled: Polled, broken: list[BaseException]) -> Engine:
    return Engine(polled.specs, polled.pack, broken.append, polled.archive, polled.pack_file)


def _folders(shots: Shots | None) -> Folders:
    """A run for pictures neither reads nor leaves a layout, so that it always looks the same."""
    layout = None if shots else user_state_path(NAME, appauthor=False) / "layout"
    return Folders(layout=layout, cache=user_cache_path(NAME, appauthor=False))


def _nothing() -> None:
    """There is nothing to do."""


def _watched() -> list[BaseException]:
    """What fails outside of the screen's own tasks from here on."""
    gc.disable()  # until `calm_collector`: what is being made now lives on
    broken: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: broken.append(
        error
    )  # where Qt would print a slot's and go on
    return broken


def _looped(app: QApplication, work: Coroutine[Any, Any, State | None]) -> State | None:
    """What ``work`` returns, run in the one loop; ``None`` after an unexpected end."""
    try:
        with QEventLoop(app) as loop:
            board: State | None = loop.run_until_complete(work)
            return board
    except ExceptionGroup as group:
        report(group, user_state_path(NAME, appauthor=False))
        return None


def _root() -> bool:
    """Chromium refuses its sandbox to root, as in a container; nobody else goes without it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
