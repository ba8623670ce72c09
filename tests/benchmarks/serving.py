"""A benchmark's server as a process of its own, for as long as it is needed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[str]:
    """The address of ``python -m module``, which prints it as the last word of its first line."""
    server = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().decode().rpartition(" ")[2].strip()
    finally:
        server.kill()
        server.communicate()
