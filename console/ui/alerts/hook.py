"""Starts the agency's own command when an alarm escalates, and never waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QTimer

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.escalation import filled
from console.ui.parts.clocks import present

LONGEST_MS = 30_000
"""A command that takes longer is ended."""

MOST = 4
"""Commands that run at once; more escalations are counted in the next."""

Say = Callable[[str], None]


class Hook(QObject):
    """``say`` tells a person, once, that the command does not do its work."""

    def __init__(self, command: tuple[str, ...], say: Say, longest_ms: int = LONGEST_MS) -> None:
        super().__init__()
        self._command, self._say, self._longest_ms = command, say, longest_ms
        self._running: list[QProcess] = []
        self._told = False

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
        program, *arguments = filled(self._command, values)
        process = QProcess(self)
        process.setStandardInputFile(QProcess.nullDevice())
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.errorOccurred.connect(lambda error: self._failed(process, error))
        process.finished.connect(lambda code, _status: self._ended(process, code))
        limit = QTimer(process, singleShot=True, interval=self._longest_ms)
        limit.timeout.connect(process.kill)
        limit.start()
        self._running.append(process)
        process.start(program, arguments)

    def close(self) -> None:
        """End what still runs."""
        running, self._running = self._running, []
        for process in running:
            process.kill()
            process.waitForFinished(500)

    def _failed(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._over(process, "could not be started: check that it is there and may be run")
        else:
            self._over(process, "was ended: it crashed or took too long")

    def _ended(self, process: QProcess, code: int) -> None:
        self._over(process, f"ended with code {code}" if code else "")

    def _over(self, process: QProcess, why: str) -> None:
        if process not in self._running:
            return
        self._running.remove(process)
        process.deleteLater()
        if why and not self._told:
            self._told = True
            name = self._command[0].rpartition("/")[2]
            self._say(
                f"The command {name} for escalated alarms {why}. Nobody was told by it: check on_escalation "
                "under [alarms] in the configuration."
            )
