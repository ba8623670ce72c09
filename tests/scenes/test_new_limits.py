"""An agency changes its limits in the middle of a shift: over real HTTP, as the recorder on a server meets it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from console.resources import path
from tests.scenes.command import run, served

pytestmark = pytest.mark.scene

CONFIG = """
[agency]
definitions = "ours.toml"
[[source]]
name = "city"
url = "{url}"
"""
SHIPPED = (path("definitions") / "denver-style.toml").read_text(encoding="utf-8")
WAIT = "2 = { amber = 10, red = 20"
LONGEST = 400


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    with served("--scenario", "surge") as url:
        yield url


def until(stream: IO[str] | None, said: str) -> str:
    """The next line in which ``said`` stands."""
    assert stream is not None
    for _ in range(LONGEST):
        line = stream.readline()
        assert line, f"it ended without: {said}"
        if said in line:
            return line
    raise AssertionError(said)


def test_what_cannot_be_used_is_told_and_what_can_holds_and_is_in_the_recording(
    city: str, tmp_path: Path
) -> None:
    pack, config, archive = tmp_path / "ours.toml", tmp_path / "c.toml", str(tmp_path / "a.db")
    config.write_text(CONFIG.format(url=city), encoding="utf-8")
    pack.write_text(SHIPPED, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "console",
        "record",
        "--config",
        str(config),
        "--archive",
        archive,
        "--for",
        "60s",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until(process.stdout, "shift ")
        pack.write_text(SHIPPED.replace(WAIT, "2 = { amber = 30, red = 20"), encoding="utf-8")
        refused = until(process.stderr, "ours.toml")
        pack.write_text(
            SHIPPED.replace(WAIT, "2 = { amber = 15, red = 20").replace('"2"', '"spring"'), encoding="utf-8"
        )
        until(process.stdout, "definitions denver-style spring hold from now on")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    line = SHIPPED[: SHIPPED.index(WAIT)].count("\n") + 1
    assert f"ours.toml: line {line}: waiting.2: amber (30 min) must be below red (20 min)" in refused
    (shift,) = json.loads(run("shifts", "--archive", archive, "--json").stdout)
    first, last = (
        json.loads(run("replay", shift["id"], "--archive", archive, "--at", shift[end], "--json").stdout)
        for end in ("from", "to")
    )
    assert (first["definitions"]["version"], last["definitions"]["version"]) == ("2", "spring")
