"""The dispatch API as a process: started, waited for, stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from console.simulator.child import TOKEN_VARIABLE, Child, ChildError, arguments
from console.simulator.options import ServeOptions
from console.simulator.server import PARENT_VARIABLE, READY

ROOT = Path(__file__).parents[2]
TOKEN = {"Authorization": "Bearer s3cret"}
SMALL = ServeOptions(scenario="load:5x5")
PARENT = """
import sys
from console.simulator.child import Child
from console.simulator.options import ServeOptions
child = Child(ServeOptions(scenario="load:5x5"))
print(child.start(), child._process.pid, flush=True)
sys.stdin.read()
"""


def test_a_child_serves_until_it_is_left_and_its_token_stands_in_no_process_list() -> None:
    with Child(ServeOptions(scenario="load:5x5", token="s3cret")) as child:
        replies = [httpx.get(f"{child.url}/v1/service", headers=headers) for headers in ({}, TOKEN)]
        lines = [" ".join(process.cmdline()) for process in psutil.Process().children(recursive=True)]
    assert [reply.status_code for reply in replies] == [401, 200]
    assert not any("s3cret" in line for line in lines)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{child.url}/v1/service")


def test_a_child_that_cannot_start_says_why() -> None:
    child = Child(ServeOptions(scenario="friday"))
    with pytest.raises(ChildError, match="there is no scenario 'friday'"):
        child.start()


def test_a_child_that_says_nothing_is_given_up_and_ended() -> None:
    child = Child(SMALL, program=(sys.executable, "-c", "import sys; sys.stdin.read()"))
    with pytest.raises(ChildError, match="it said: nothing"):
        child.start(timeout=0.3)


def test_a_child_can_be_stopped_before_it_started() -> None:
    child = Child(SMALL)
    child.stop()
    assert child.url == ""


def test_a_child_ends_with_its_parent_however_that_ends() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline().split()[1]))
    parent.kill()
    parent.communicate()
    child.wait(5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to stop by")
def test_a_server_told_to_stop_ends_cleanly() -> None:
    environment = {name: value for name, value in os.environ.items() if name != PARENT_VARIABLE}
    server = subprocess.Popen(
        [sys.executable, "-m", "console", *arguments(SMALL)],
        cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    assert server.stdout.readline().startswith(READY)
    server.send_signal(signal.SIGTERM)
    _, said = server.communicate(timeout=10)
    assert (server.returncode, said) == (0, "")


def test_the_command_line_stands_for_the_options() -> None:
    asked = ServeOptions(
        "surge", 7, "a.csv", "16:30", "America/Denver", False, 60.0, 8765, "s3cret", ("cut@5%", "hang")
    )
    assert arguments(asked) == [
        "serve", "--speed", "60", "--port", "8765", "--scenario", "surge", "--seed", "7", "--shift", "a.csv",
        "--at", "16:30", "--tz", "America/Denver", "--no-rebase", "--fault", "cut@5%", "--fault", "hang",
    ]  # fmt: skip


def test_the_variable_of_the_token_is_the_one_the_command_line_reads() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "console", "serve", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"},
    ).stdout  # fmt: skip
    assert TOKEN_VARIABLE in help_text
