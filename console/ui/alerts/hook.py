"""Starts the agency's own command when an alarm escalates, and never waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.escalation import filled
from console.ui.parts.clocks import present

LONGEST_MS = 30_000
"""A command that takes longer is ended."""

MOST = 4
"""Commands that run at once; more escalations are counted in the next."""

Say = Callable[[str], None]


class Run(QObject):
    """One start of the command; ``over`` says why it did not do its work, or nothing."""

    over = Signal(str)

    def __init__(self, command: tuple[str, ...], longest_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._command = command
        self._process = QProcess(self)
        self._limit = QTimer(self, singleShot=True, interval=longest_ms)
        self._limit.timeout.connect(self._process.kill)
        self._process.errorOccurred.connect(self._failed)
        self._process.finished.connect(self._ended)

    def start(self) -> None:
        """Start it, without a terminal and without a shell."""
        nowhere, process = QProcess.nullDevice(), self._process
        process.setStandardInputFile(nowhere)
        process.setStandardOutputFile(nowhere)
        process.setStandardErrorFile(nowhere)
        self._limit.start()
        process.start(self._command[0], list(self._command[1:]))

    def end(self) -> None:
        """Stop it at once."""
        self.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(500)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.over.emit("could not be started: check that it is there and may be run")

    def _ended(self, code: int, how: QProcess.ExitStatus) -> None:
        if how is QProcess.ExitStatus.CrashExit:
            self.over.emit("was ended: it crashed or took too long")
        else:
            self.over.emit(f"ended with code {code}" if code else "")


class Hook(QObject):
    """``say`` tells a person, once, that the command does not do its work."""

    def __init__(self, command: tuple[str, ...], say: Say, longest_ms: int = LONGEST_MS) -> None:
        super().__init__()
        self._command, self._say, self._longest_ms = command, say, longest_ms
        self._running: list[Run] = []
        self._told = False

    @property
    def running(self) -> int:
        """How many run now."""
        return len(self._running)

    def run(self, state: State, alarms: tuple[Alarm, ...], new: Alarm) -> None:
        """``new`` escalated; ``alarms`` are all that wait so."""
        if not self._command or len(self._running) >= MOST:
            return
        zone = present(state.second, state.agency).zone
        values = {
            "priority": str(new.priority),
            "rule": new.rule,
            "since": new.since.astimezone(zone).isoformat(timespec="seconds"),
            "count": str(len(alarms)),
        }
        run = Run(filled(self._command, values), self._longest_ms, self)
        run.over.connect(self._over)
        self._running.append(run)
        run.start()

    def close(self) -> None:
        """End what still runs."""
        for run in self._running:
            run.end()
        self._running = []

    def _over(self, why: str) -> None:
        run = self.sender()
        assert isinstance(run, Run)
        self._running.remove(run)
        run.deleteLater()
        if why and not self._told:
            self._told = True
            name = self._command[0].rpartition("/")[2]
            self._say(
                f"The command {name} for escalated alarms {why}. Nobody was told by it: check on_escalation "
                "under [alarms] in the configuration."
            )
