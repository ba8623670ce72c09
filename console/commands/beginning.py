"""The first run: sources tried, the demo city or a past shift started, before there is a board."""

import secrets
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Protocol

from msgspec.structs import replace

from console.commands import connect, entering, kept, serving
from console.commands.archives import Archives
from console.commands.connect import Connection
from console.domain.packs import DefinitionError
from console.domain.state import start
from console.engine import Engine
from console.session.session import Session
from console.session.store import Store
from console.settings import SettingsError
from console.simulator.child import Child, ChildError
from console.simulator.options import ServeOptions
from console.trial import trial, unusable
from console.ui.welcome.trying import NO_TRIAL, Entered, Kind, Step, StepState, Trial

Keep = Callable[[str, str], None]
"""Stores a secret under a name; raises `SettingsError`."""


class Attempt(Protocol):
    """One way to a board that is being tried. ``lasts`` says that the board needs it to go on."""

    lasts: bool

    def look(self) -> Trial:
        """Where it stands."""
        ...

    def take(self) -> Connection:
        """What the board polls from here on; raises `SettingsError`."""
        ...

    def end(self) -> None:
        """Let go of it; this may take seconds."""
        ...


class Beginning:
    """Does what the welcome page asks for, one attempt at a time. ``connection`` is what was settled on."""

    def __init__(self, file: Path, keep: Keep | None, archives: Archives | None = None) -> None:
        self.kinds: tuple[Kind, ...] = entering.kinds()
        self.keyring = keep is not None
        self.connection: Connection | None = None
        self._file, self._keep, self._archives = file, keep, archives or Archives()
        self._attempt: Attempt | None = None
        self._refused: Trial = NO_TRIAL
        self._ending: list[Thread] = []

    def connect(self, entered: Entered) -> None:
        """Begin to poll a source."""
        self.leave()
        try:
            self._attempt = Source(entered, self._file, self._keep)
        except (SettingsError, DefinitionError, ValueError) as error:
            self._refused = unusable(str(error))

    def demo(self) -> None:
        """Begin to start the demo city."""
        self._serve("Demo city", None, None)

    def shift(self, file: Path, at: str) -> None:
        """Begin to serve a past shift."""
        self._serve("Past shift", file, at or None)

    def _serve(self, name: str, file: Path | None, at: str | None) -> None:
        self.leave()
        token = secrets.token_urlsafe(24)
        self._attempt = Served(name, serving.options("weekday", 1, file, at, None, True, 1.0, 0, token, None))

    def look(self) -> Trial:
        """Where the attempt stands."""
        return self._refused if self._attempt is None else self._attempt.look()

    def take(self) -> str:
        """Settle on the attempt; what went wrong, else empty."""
        if self._attempt is None or not self.look().ready:
            return "no calls, units or positions have answered yet: wait for them, or mend what failed"
        try:
            archive = self._archives.served if self._attempt.lasts else self._archives.real
            self.connection = replace(self._attempt.take(), archive=archive)
        except SettingsError as error:
            return str(error)
        if not self._attempt.lasts:
            self.leave()
        return ""

    def leave(self) -> None:
        """Let go of the attempt, without waiting for it."""
        attempt, self._attempt, self._refused = self._attempt, None, NO_TRIAL
        if attempt is not None:
            thread = Thread(target=attempt.end, name="end of a trial")
            thread.start()
            self._ending.append(thread)

    def close(self) -> None:
        """Let go of everything, and wait until it has ended."""
        self.leave()
        for thread in self._ending:
            thread.join()


class Source:
    """A source that is being polled to see what it gives. Raises `SettingsError` or `ValueError`."""

    lasts = False

    def __init__(self, entered: Entered, file: Path, keep: Keep | None) -> None:
        self._entered, self._file, self._keep = entered, file, keep
        self._connection = entering.connection(entered)
        self._broken: list[BaseException] = []
        self._engine = Engine(self._connection.specs, self._connection.pack, self._broken.append)
        now = self._engine.clock.now()
        self._session = Session(self._engine.clock, self._engine.sequence, Store(start(now)))
        self._engine.start()

    def look(self) -> Trial:
        """The steps as the board tells them."""
        if self._broken:
            raise RuntimeError("the engine failed during a trial") from self._broken[0]
        self._session.step()
        return trial(self._connection.specs[0], self._session.store.value)

    def take(self) -> Connection:
        """Store the secret, write the configuration, and stop polling: the board polls for itself."""
        if self._entered.secret:
            if self._keep is None:
                raise SettingsError("this workstation has no keyring: name the secret by env: or file:")
            self._keep(self._entered.name, self._entered.secret)
        kept.write(entering.settings(self._entered), self._file)
        return self._connection

    def end(self) -> None:
        """Stop polling."""
        self._engine.stop()


class Served:
    """The dispatch API in a process of its own, started while the page goes on."""

    lasts = True

    def __init__(self, name: str, options: ServeOptions) -> None:
        self._name, self._token = name, options.token or ""
        self._child, self._said = Child(options), ""
        self._starting = Thread(target=self._start, name="start of the dispatch API")
        self._starting.start()

    def _start(self) -> None:
        try:
            self._child.start()
        except ChildError as error:
            self._said = str(error)

    def look(self) -> Trial:
        """One step: started or not."""
        if self._starting.is_alive():
            return Trial((Step(self._name, StepState.RUNNING, "Starting it on this workstation."),))
        if self._said:
            said = self._said.rpartition("it said: ")[2].removeprefix("smart-console: ")
            step = Step(self._name, StepState.FAILED, said, "Mend that and try again, or go back.")
            return Trial((step,))
        return Trial((Step(self._name, StepState.OK, "It is being served."),), ready=True)

    def take(self) -> Connection:
        """The connection to it."""
        return connect.one(self._child.url, self._token)

    def end(self) -> None:
        """Stop the process."""
        self._child.stop()
        self._starting.join()
