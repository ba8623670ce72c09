"""The dispatch API in a process of its own: started, waited for, and stopped with this one."""

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import console
from console.simulator.options import ServeOptions
from console.simulator.server import PARENT_VARIABLE, READY

TOKEN_VARIABLE = "SMART_CONSOLE_SERVE_TOKEN"  # noqa: S105  # the name of a variable

_START_S = 30.0
_STOP_S = 5.0
_ENDED = ""


class ChildError(OSError):
    """The process did not come up; the text says what it said last."""


def arguments(options: ServeOptions) -> list[str]:
    """The command line of ``serve`` that stands for ``options``. The token is not on it: it goes by environment."""
    words = ["serve", "--speed", f"{options.speed:g}", "--port", str(options.port)]
    words += ["--scenario", options.scenario, "--seed", str(options.seed)]
    words += ["--shift", options.shift] if options.shift else []
    words += ["--at", options.at] if options.at else []
    words += ["--tz", options.tz] if options.tz else []
    words += [] if options.rebase else ["--no-rebase"]
    for fault in options.faults:
        words += ["--fault", fault]
    return words


class Child:
    """A running ``serve``; ``url`` once it has started. A context manager: leaving it stops the process."""

    def __init__(self, options: ServeOptions, program: Sequence[str] | None = None) -> None:
        self.url = ""
        self._options = options
        self._command = [*(_console() if program is None else program), *arguments(options)]
        self._process: subprocess.Popen[str] | None = None
        self._said: deque[str] = deque(maxlen=20)
        self._lines: queue.Queue[str] = queue.Queue()
        self._readers: list[threading.Thread] = []

    def start(self, timeout: float = _START_S) -> str:
        """Start it and wait until it listens; its address. Raises `ChildError`."""
        self._process = process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=_environment(self._options.token),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._follow(process.stdout, self._lines.put)
        self._follow(process.stderr, self._said.append)
        self.url = self._ready(timeout)
        return self.url

    def stop(self) -> None:
        """Stop it; it is given a moment to end by itself."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        for end in (process.terminate, process.kill):
            try:
                process.wait(_STOP_S)
                break
            except subprocess.TimeoutExpired:
                end()
        process.wait()
        for reader in self._readers:
            reader.join(_STOP_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _ready(self, timeout: float) -> str:
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            line = _ENDED
        if not line.startswith(READY):
            self.stop()
            said = " ".join(self._said).strip() or "nothing"
            raise ChildError(
                f"the dispatch API did not come up (waited up to {timeout:g} s); it said: {said}"
            )
        return line.removeprefix(READY).strip()

    def _follow(self, stream: IO[str] | None, keep: Callable[[str], None]) -> None:
        assert stream is not None
        thread = threading.Thread(target=_read, args=(stream, keep), daemon=True)
        thread.start()
        self._readers.append(thread)


def _read(stream: IO[str], keep: Callable[[str], None]) -> None:
    with stream:
        for line in stream:
            keep(line)
    keep(_ENDED)


def _console() -> list[str]:
    """How this program is started again: as a module, or as itself where it is one frozen file."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "console"]


def _environment(token: str | None) -> dict[str, str]:
    """This process's environment, where the code is, the token, and the wish to end with this process."""
    root = str(Path(console.__file__).parents[1])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    secret = {} if token is None else {TOKEN_VARIABLE: token}
    return {**os.environ, "PYTHONPATH": path, PARENT_VARIABLE: "1", **secret}
