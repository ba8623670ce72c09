"""An archive with a key: it replays as it was live, and without the key nobody reads it, nor harms it."""

import json
from pathlib import Path

import pytest

from tests.scenes.command import board, run, served

pytest.importorskip("sqlcipher3", reason="needs SQLCipher")

pytestmark = pytest.mark.scene

KEY = "correct horse battery staple"
WITH_KEY = {"SMART_CONSOLE_ARCHIVE_KEY": KEY}


class Recorded:
    """The same frozen city live, in an archive with a key, and in one without."""

    def __init__(self, folder: Path) -> None:
        self.locked, self.plain = folder / "locked.db", folder / "plain.db"
        with served("--scenario", "surge", "--speed", "0") as url:
            for archive, environment in ((self.locked, WITH_KEY), (self.plain, {})):
                done = run("record", "--source", url, "--archive", str(archive), "--for", "3s", **environment)
                assert done.returncode == 0, done.stderr
            self.live = board(url, "--reveal")

    def words(self) -> list[bytes]:
        """Names of callers, addresses and what was said of them."""
        found = {
            call[field]
            for call in self.live["calls"]
            for field in ("caller_name", "address", "narrative")
            if call[field] and len(call[field]) > 8
        }
        return [word.encode() for word in found]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return Recorded(tmp_path_factory.mktemp("encrypted"))


def test_with_its_key_it_replays_as_it_was_live(recorded: Recorded) -> None:
    line = json.loads(run("shifts", "--archive", str(recorded.locked), "--json", **WITH_KEY).stdout)[0]
    done = run(
        *("replay", "latest", "--archive", str(recorded.locked), "--at", line["to"], "--json", "--reveal"),
        **WITH_KEY,
    )
    assert done.returncode == 0, done.stderr
    replayed = json.loads(done.stdout)
    for part in ("agency", "calls", "units", "teams", "metrics", "definitions"):
        assert replayed[part] == recorded.live[part], part


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "is encrypted, and no key is set"),
        ({"SMART_CONSOLE_ARCHIVE_KEY": "something else"}, "is not its key"),
    ],
    ids=["without", "with another"],
)
@pytest.mark.parametrize(
    "verb",
    [
        ("shifts",),
        ("replay", "latest", "--at", "12:00", "--json"),
        ("record", "--source", "http://127.0.0.1:9", "--for", "3s"),
    ],
    ids=["shifts", "replay", "record"],
)
def test_who_lacks_the_key_is_told_and_the_file_stays_as_it_is(
    recorded: Recorded, verb: tuple[str, ...], environment: dict[str, str], told: str
) -> None:
    before = recorded.locked.read_bytes()
    done = run(*verb, "--archive", str(recorded.locked), **environment)
    assert done.returncode == 4
    assert told in done.stderr
    assert str(recorded.locked) in done.stderr
    assert (done.stdout, KEY in done.stderr) == ("", False)
    assert recorded.locked.read_bytes() == before
    assert not [file for file in recorded.locked.parent.glob("locked.db-wal") if file.stat().st_size]


def test_nobody_is_named_in_the_bytes_of_its_files(recorded: Recorded) -> None:
    held = b"".join(file.read_bytes() for file in recorded.locked.parent.glob("locked.db*"))
    assert len(recorded.words()) > 20
    assert [word for word in [*recorded.words(), b"SQLite format 3"] if word in held] == []
    assert recorded.plain.read_bytes().startswith(b"SQLite format 3")
