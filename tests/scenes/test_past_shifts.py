"""Twelve real days, imported by the verb: in the window they are what the file is, and printed what is served."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.samples import samples
from tests.scenes.command import board, run, served
from tests.scenes.past import calls_of, open_calls

FOLDER, real = samples("sf-fire-2018")
DAYS, WATCH = FOLDER / "sffd-2018-01-13_24.csv", FOLDER / "soda-nuek-vuh3-watch-2018-01-19.json"
ZONE = ("--tz", "America/Los_Angeles")

ELSEWHERE = {"feeds", "alarms"}
"""What of a board differs by right: an import has the three feeds that its file tells of, and calls them after the
agency, and they answered each quarter of an hour, as a file has no polls; a served file also answers, with nothing,
for facilities and follow-ups. An alarm of a replay came up when it was due, one of a snapshot when that was taken: what
they tell of is the same, but for what is over and nobody acknowledged."""

WITHIN = 0.15
"""By which share a second of play may be off: a moment passes between the two looks at the clock."""

pytestmark = [pytest.mark.scene, real]

Found = dict[str, Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both files imported, the watch of the one into an archive of its own."""
    place = tmp_path_factory.mktemp("past")
    for file, name in ((DAYS, "days.db"), (WATCH, "watch.db")):
        done = run("import", str(file), *ZONE, "--archive", str(place / name))
        assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="module")
def seen(archive: Path) -> list[Found]:
    """What one window showed while every shift was opened in it, sought in and played."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.scenes.days", str(archive / "days.db")],
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Found] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_file_is_twelve_days_and_the_night_before(archive: Path) -> None:
    done = run("shifts", "--archive", str(archive / "days.db"), "--json")
    lines = json.loads(done.stdout)
    assert [line["id"] for line in lines] == [f"sffd-2018-01-{day}" for day in range(24, 11, -1)]
    assert all(line["imported"] for line in lines)
    assert sum(line["calls"] for line in lines[:-1]) > 4_700


def test_each_day_lists_exactly_the_calls_that_the_file_has_open(seen: list[Found]) -> None:
    calls = calls_of(DAYS)
    assert len(seen) == 13 * 4
    for one in seen:
        listed = {key.partition("/")[2] or key for key in one["listed"]}
        assert listed == open_calls(calls, datetime.fromisoformat(one["at"])), (one["shift"], one["at"])
    assert sum(len(one["listed"]) for one in seen) > 700


def test_each_day_has_the_same_calls_and_every_placed_unit_on_the_map(seen: list[Found]) -> None:
    for one in seen:
        assert one["map_calls"] == one["listed"], (one["shift"], one["at"])
        assert one["map_units"] == one["positions"], (one["shift"], one["at"])
    assert sum(len(one["map_units"]) for one in seen) > 5_000


def test_each_day_plays_240_times_as_fast(seen: list[Found]) -> None:
    played = [one for one in seen if "played" in one]
    assert len(played) == 13
    for one in played:
        assert one["played"] == pytest.approx(240 * one["took"], rel=WITHIN)


@pytest.mark.parametrize(
    ("name", "file", "shift", "at", "alarms"),
    [
        ("days.db", DAYS, "sffd-2018-01-13", "2018-01-13T12:00", 1),
        ("days.db", DAYS, "sffd-2018-01-19", "2018-01-20T02:30:17", 0),
        ("watch.db", WATCH, "sffd-2018-01-19", "2018-01-19T18:00", 1),
        ("watch.db", WATCH, "sffd-2018-01-19", "2018-01-20T00:47:03", 0),
    ],
)
def test_what_is_replayed_is_what_is_served(
    archive: Path, name: str, file: Path, shift: str, at: str, alarms: int
) -> None:
    replayed = printed(archive / name, shift, at)
    with served("--shift", str(file), "--at", at, *ZONE, "--speed", "0", "--no-rebase") as url:
        live = board(url)
    assert len(live["calls"]) > 5
    assert len(live["units"]) > 80
    assert live.keys() == replayed.keys()
    for part in live.keys() - ELSEWHERE:
        assert replayed[part] == live[part], part
    then, now = _alarms(replayed), _alarms(live)
    assert len(then & now) >= alarms
    assert len(then ^ now) <= 2
    both = {feed["feed"]: feed["health"] for feed in replayed["feeds"]}
    assert both == dict.fromkeys(("calls", "units", "positions"), "ok")
    assert both.items() <= {feed["feed"]: feed["health"] for feed in live["feeds"]}.items()


def _alarms(board: Found) -> set[tuple[str, str, int]]:
    """Those that hold. Up to two may be within the seconds for which a replay waits to see whether they last.

    A file has positions only at a call's own moments, so that an import calls no team silent; a polled source does.
    """
    held = (one for one in board["alarms"] if one["state"] != "returned")
    lines = (one for one in held if one["rule"] != "unit_silent")
    return {(one["rule"], one["subject"], one["priority"]) for one in lines}


def printed(archive: Path, shift: str, at: str) -> Found:
    """The board that ``replay --json`` prints."""
    done = run("replay", shift, "--archive", str(archive), "--at", at, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: Found = json.loads(done.stdout)
    return found
