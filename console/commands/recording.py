"""``record``: the recorder without a screen, for a server or for consoles that follow it."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

from console.archive.recording.recorder import Recorder
from console.archive.spec import ArchiveSpec
from console.commands import exits
from console.commands.connect import Connection
from console.domain.events import DefinitionsRefused
from console.domain.recording import Recording, RecordingState
from console.domain.state import State, start
from console.engine import Engine
from console.quantities import duration, told
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store
from console.settings import SettingsError

STEP_S = 0.25
STATUS_S = 60.0


def length(text: str | None) -> timedelta | None:
    """What ``--for`` says. Raises `SettingsError`."""
    try:
        return duration(text) if text else None
    except ValueError as error:
        raise SettingsError(f"--for: {error}") from error


def record(connection: Connection, archive: ArchiveSpec, lasting: timedelta | None, *, verbose: bool) -> int:
    """Record until stopped or for ``lasting``.

    Exit 1 where not all was written, or another console recorded all the while; 3 where no source ever
    answered, 4 without a usable archive.
    """
    broken: list[BaseException] = []
    engine = Engine(connection.specs, connection.pack, broken.append, archive, connection.pack_file)
    session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
    engine.shown_by(lambda: session.store.value)
    recorder = engine.recorder
    assert recorder is not None
    watch = Watch(recorder, verbose=verbose)
    until = steady() + lasting.total_seconds() if lasting else float("inf")
    with _stopping() as stop:
        engine.start()
        recorder.go()
        try:
            while not (broken or watch.refused or steady() >= until or stop.wait(STEP_S)):
                session.step()
                watch.look(session.store.value)
        finally:
            engine.stop()
    session.step()
    if broken:
        raise broken[0]
    return watch.ended(session.store.value)


@contextmanager
def _stopping() -> Iterator[Event]:
    """An event that is set when somebody asks the program to end."""
    stop = Event()
    asked = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda *_: stop.set()) for one in asked]
    try:
        yield stop
    finally:
        for one, old in zip(asked, before, strict=True):
            signal.signal(one, old)


class Watch:
    """Says how the recording goes: a line when that changes, and with ``verbose`` one each minute."""

    def __init__(self, recorder: Recorder, *, verbose: bool) -> None:
        self._recorder, self._verbose = recorder, verbose
        self._said: Recording | None = None
        self._pack = _Pack()
        self._shift = ""
        self._recorded = False
        self._next = steady() + STATUS_S

    @property
    def refused(self) -> bool:
        """Whether the archive cannot be used at all."""
        return self._said is not None and self._said.state is RecordingState.OFF

    def look(self, state: State) -> None:
        """Say what is new."""
        if state.recording is not None and state.recording != self._said:
            self._changed(state.recording)
        self._pack.look(state)
        progress = self._recorder.progress
        if progress.shift not in {"", self._shift} and state.agency is not None:
            self._shift = progress.shift
            _say(f"shift {self._shift}")
        if self._verbose and steady() >= self._next:
            self._next = steady() + STATUS_S
            answering = sum(feed.answered_at is not None for feed in state.feeds.values())
            _say(
                f"{progress.events} events, {progress.blocks} blocks, {told(progress.bytes)}; "
                f"{answering} of {len(state.feeds)} feeds have answered"
            )

    def ended(self, state: State) -> int:
        """The last line, and how the verb ends."""
        self.look(state)
        if not self._recorded:
            return self._unrecorded()
        done, left = self._recorder.progress, self._recorder.unwritten
        _say(f"recorded {done.events} events in {done.blocks} blocks, {told(done.bytes)}")
        if left.events:
            _warn(str(left))
            return exits.NO
        if all(feed.answered_at is None for feed in state.feeds.values()):
            _warn("no source ever answered: see its address with `smart-console snapshot`")
            return exits.UNREACHABLE
        return exits.DONE

    def _unrecorded(self) -> int:
        if self._said is None or self._said.state is not RecordingState.READING:
            if self._recorder.unwritten.events:
                _warn(str(self._recorder.unwritten))
            return exits.UNREADABLE
        _warn("nothing was recorded by this console: another one recorded into the archive all the while")
        return exits.NO

    def _changed(self, recording: Recording) -> None:
        before, self._said = self._said, recording
        if recording.state is not RecordingState.ON:
            _warn(f"{recording.detail} {recording.tip}".strip())
            return
        if before is None or before.state is not RecordingState.ON:
            how = "recording goes on into" if self._recorded else "recording into"
            _say(f"{how} {recording.place}, run {self._recorder.progress.run}")
        self._recorded = True
        if recording.detail:
            _say(f"{recording.detail} {recording.tip}".strip())


class _Pack:
    """Says when other definitions hold, or when a change of theirs cannot be used."""

    def __init__(self) -> None:
        self._sha256 = ""
        self._refused: DefinitionsRefused | None = None

    def look(self, state: State) -> None:
        pack, refused = state.definitions, state.refused
        if self._sha256 and pack.sha256 != self._sha256:
            _say(f"definitions {pack.name} {pack.version} hold from now on")
        self._sha256 = pack.sha256
        if refused is not None and refused is not self._refused:
            _warn(f"{refused.file}: {'; '.join(refused.flaws)}. The definitions of before go on to hold")
        self._refused = refused


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _warn(line: str) -> None:
    sys.stderr.write(f"smart-console: {line}\n")
    sys.stderr.flush()
