"""A console is killed outright: the next one on the same archive repeats nothing, and forgets nothing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.scenes.command import served

pytestmark = pytest.mark.scene

WRITTEN_S = 2.0
Found = dict[str, Any]


class Killed:
    """What the first console had on its board before it was killed, and what the next one has."""

    def __init__(self, archive: Path) -> None:
        with served("--scenario", "surge") as url:
            command = [sys.executable, "-m", "tests.scenes.carried", url, str(archive)]
            with subprocess.Popen([*command, "first"], stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                self.before: Found = json.loads(process.stdout.readline())
                Event().wait(WRITTEN_S)
                process.kill()
            left = shutil.copytree(archive.parent, archive.parent.with_name("left")) / archive.name
            self.after = _found([*command, "next"])
        self.down = _found([*command[:4], str(left), "down"])
        self.seen, self.shelved, self.open = self.before["answered"]


def _found(command: list[str]) -> Found:
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    found: Found = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return Killed(tmp_path_factory.mktemp("carried") / "here" / "shifts.db")


def test_an_alarm_stays_as_somebody_left_it(killed: Killed) -> None:
    names = (killed.seen, killed.shelved, killed.open)
    states = [killed.before["states"][name] for name in names]
    assert states == ["acknowledged", "shelved", "unacknowledged"]
    assert [killed.after["states"].get(name, "over") for name in names] == states
    assert killed.after["shelved_until"][killed.shelved] == killed.before["shelved_until"][killed.shelved]


def test_a_start_without_the_dispatch_system_forgets_none(killed: Killed) -> None:
    before, down = killed.before, killed.down
    assert {name: down["states"].get(name) for name in before["states"]} == before["states"]
    assert down["checked"] == before["checked"]
    assert down["shelved_until"] == before["shelved_until"]


def test_nothing_that_was_said_is_said_again(killed: Killed) -> None:
    both = killed.before["said"].keys() & killed.after["said"].keys()
    assert len(both) > 3
    assert {name: killed.after["said"][name] for name in both} == {
        name: killed.before["said"][name] for name in both
    }


def test_the_check_in_clock_of_a_team_goes_on(killed: Killed) -> None:
    team = killed.before["team"]
    assert killed.after["checked"][team] == killed.before["checked"][team]
