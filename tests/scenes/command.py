"""Run the console's own command as an operator would, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TIMEOUT_S = 90


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One verb, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "console", *arguments],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        env={**os.environ, **environment},
        check=False,
    )


def board(url: str, *arguments: str) -> dict[str, Any]:
    """The board of a served dispatch API, as ``snapshot --json`` prints it."""
    done = run("snapshot", "--source", url, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """The URL of ``serve`` with ``arguments``, while it runs."""
    command = [sys.executable, "-m", "console", "serve", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening on http://127.0.0.1:"), line
            yield line.split()[-1]
        finally:
            process.terminate()
