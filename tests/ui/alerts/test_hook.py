"""The agency's own command on an escalation: what it is told, and that nothing waits for it."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.ui.alerts.hook import MOST, Hook
from tests.ui.alerts.board import BOARD, alarmed, emergency, overdue
from tests.ui.board import ago

LATE = emergency(since=ago(3), escalated_at=ago(1))
CALLED = alarmed(BOARD, LATE)

WRITES = "import sys; open(sys.argv[1], 'a').write(' '.join(sys.argv[2:]) + '\\n')"


class Told:
    """What a person was told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        """Remember it."""
        self.said.append(text)


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", *arguments)


def run(hook: Hook, times: int = 1) -> None:
    for _ in range(times):
        hook.run(CALLED, (LATE, overdue()), LATE)


def over(qtbot: QtBot, hook: Hook) -> None:
    qtbot.waitUntil(lambda: not hook.running, timeout=20_000)


def test_the_command_is_told_priority_rule_since_and_count(qtbot: QtBot, tmp_path: Path) -> None:
    file, told = tmp_path / "told", Told()
    hook = Hook(python(WRITES, str(file), "P{priority}", "{rule}", "{since}", "{count}"), told.say)
    run(hook)
    over(qtbot, hook)
    assert file.read_text() == "P1 responder_emergency 2026-11-23T16:27:12-07:00 2\n"
    assert told.said == []


def test_no_command_is_run_where_none_is_configured() -> None:
    told = Told()
    hook = Hook((), told.say)
    run(hook)
    assert (hook.running, told.said) == (0, [])


def test_no_shell_reads_the_arguments(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "told"
    hook = Hook(python(WRITES, str(file), "$(id); `id` > x"), Told().say)
    run(hook)
    over(qtbot, hook)
    assert file.read_text() == "$(id); `id` > x\n"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("/nowhere/notify",), "The command notify for escalated alarms could not be started"),
        (python("raise SystemExit(3)"), "ended with code 3"),
    ],
)
def test_a_command_that_fails_is_told_once_with_what_to_do(
    qtbot: QtBot, command: tuple[str, ...], why: str
) -> None:
    told = Told()
    hook = Hook(command, told.say)
    run(hook)
    over(qtbot, hook)
    run(hook)
    over(qtbot, hook)
    (said,) = told.said
    assert why in said
    assert "check on_escalation under [alarms]" in said


def test_a_command_that_does_not_end_is_ended(qtbot: QtBot) -> None:
    told = Told()
    hook = Hook(python("import time; time.sleep(60)"), told.say, longest_ms=200)
    run(hook)
    over(qtbot, hook)
    assert "took too long" in told.said[0]


def test_no_more_than_a_few_run_at_once_and_none_outlives_the_window(qtbot: QtBot) -> None:
    told = Told()
    hook = Hook(python("import time; time.sleep(60)"), told.say)
    run(hook, times=MOST + 3)
    assert hook.running == MOST
    hook.close()
    assert (hook.running, told.said) == (0, [])
