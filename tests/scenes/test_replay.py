"""A recorded shift from the command line: listed, shown as it was at a moment, and debriefed."""

import json
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import insert, update

from console.archive.store.database import transaction
from console.archive.store.tables import blocks, overlay
from console.domain.entities import Call, Stamps
from console.domain.events import (
    AgencyDescribed,
    Bookmarked,
    CallsChanged,
    DefinitionsLoaded,
    FeedReported,
    Noted,
    Recorded,
)
from console.domain.vocabulary import CallState
from console.reports.board import board as told
from tests.archive.replay.recorded import Writing, archive, live
from tests.domain.builders import AGENCY, PACK, at, feed
from tests.samples import samples
from tests.scenes.command import board, run, served

pytestmark = pytest.mark.scene

FIRST = Call("k1", number="7", nature="THEFT", state=CallState.PENDING, stamps=Stamps(answered_at=at(40)))
EVENTS: list[Recorded] = [
    DefinitionsLoaded(at(0), PACK),
    AgencyDescribed(at(0), "cad", AGENCY),
    FeedReported(at(0), feed()),
    CallsChanged(at(60), "cad/calls", (FIRST,)),
    Bookmarked(at(61), "look here", "ana"),
    Noted(at(62), "=why so late", "ana", "k1"),
    CallsChanged(at(120), "cad/calls", (msgspec.structs.replace(FIRST, nature="WELCHK"),)),
]
UNTIL = at(8 * 60)
"""The shift lasts from noon in Denver into the evening; at 17:00 it is midnight in Greenwich."""

Output = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with archive(folder) as database:
        writing = Writing(database)
        writing.write(EVENTS[:3], at(0))
        writing.settle()
        for event in EVENTS[3:]:
            writing.write([event], event.at)
        writing.write([], UNTIL)
        writing.settle()
        writing.log.end(UNTIL)
        note = Noted(at(90), "a trainee's", "tom")
        with transaction(database) as connection:
            connection.execute(
                insert(overlay).values(
                    shift=writing.shift,
                    number=1,
                    at=0,
                    made_at=0,
                    who="tom",
                    body=msgspec.msgpack.encode(note),
                )
            )
    return folder / "shifts.db"


def _replay(place: Path, *arguments: str) -> Output:
    return run("replay", "latest", "--archive", str(place), *arguments)


def _board(output: Output) -> dict[str, Any]:
    assert output.returncode == 0, output.stderr
    found: dict[str, Any] = json.loads(output.stdout)
    return found


def test_the_board_of_a_moment_is_byte_for_byte_the_one_that_was_live(place: Path) -> None:
    moment = at(75).isoformat()
    output = _replay(place, "--at", moment, "--json")
    assert output.stdout.encode() == msgspec.json.encode(told(live(EVENTS, at(75)))) + b"\n"


def test_a_time_of_day_may_lie_behind_midnight(place: Path) -> None:
    assert _board(_replay(place, "--at", "21:00", "--json", "--tz", "UTC"))["at"] == "2026-11-19T21:00:00Z"
    assert _board(_replay(place, "--at", "1:30", "--json", "--tz", "UTC"))["at"] == "2026-11-20T01:30:00Z"


def test_a_moment_outside_of_the_shift_is_refused_with_its_span(place: Path) -> None:
    output = _replay(place, "--at", "2026-11-21T10:00", "--json", "--tz", "UTC")
    assert output.returncode == 2
    assert "from 2026-11-19 19:00:00 to 2026-11-20 03:00:00 (UTC)" in output.stderr


def test_as_known_by_now_the_call_is_there_before_it_was_heard_of(place: Path) -> None:
    moment = ("--at", at(50).isoformat(), "--json")
    assert _board(_replay(place, *moment))["calls"] == []
    calls = _board(_replay(place, *moment, "--corrected"))["calls"]
    assert [(call["number"], call["nature"]) for call in calls] == [("7", "WELCHK")]


def test_a_shift_that_is_not_there_is_refused_with_those_that_are(place: Path) -> None:
    output = run("replay", "2026-11-91", "--at", "20:00", "--json", "--archive", str(place))
    assert output.returncode == 2
    assert "there are 2026-11-19" in output.stderr


def test_what_is_no_archive_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "shifts.db").write_bytes(b"x" * 5_000)
    output = _replay(tmp_path / "shifts.db", "--at", "20:00", "--json")
    assert (output.returncode, output.stdout) == (4, "")
    assert "no archive" in output.stderr


def test_the_shifts_are_listed_for_programs(place: Path) -> None:
    output = run("shifts", "--archive", str(place), "--json")
    (line,) = json.loads(output.stdout)
    assert (line["id"], line["from"], line["to"], line["ended"], line["gaps_s"]) == (
        "2026-11-19",
        "2026-11-19T19:00:00Z",
        "2026-11-20T03:00:00Z",
        "well",
        0,
    )


def test_the_shifts_are_listed_for_people(place: Path) -> None:
    assert "2026-11-19 19:00" in run("shifts", "--archive", str(place)).stdout


def test_the_debrief_has_notes_and_bookmarks_of_the_shift_and_of_its_replays(
    place: Path, tmp_path: Path
) -> None:
    file = tmp_path / "debrief.csv"
    assert _replay(place, "--debrief", str(file), "--tz", "UTC").returncode == 0
    lines = file.read_text("utf-8-sig").splitlines()[1:]
    assert lines == [
        "2026-11-19 20:01:00,2026-11-19T20:01:00Z,bookmark,,look here,ana",
        "2026-11-19 20:02:00,2026-11-19T20:02:00Z,note,7,'=why so late,ana",
        "2026-11-19 20:30:00,2026-11-19T20:30:00Z,note,,a trainee's,tom",
    ]


def test_a_debrief_of_another_kind_of_file_is_refused(place: Path, tmp_path: Path) -> None:
    output = _replay(place, "--debrief", str(tmp_path / "debrief.docx"))
    assert output.returncode == 2
    assert "end in .csv or .md" in output.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--debrief", "no/debrief.md", "--json"), "--debrief does not go with --json"),
        (("--debrief", "no/debrief.md", "--at", "20:00"), "--debrief does not go with --at"),
        (("--json", "--at", "20:00", "--speed", "4"), "--json does not go with --speed"),
        (("--reveal",), "--reveal goes with --json"),
    ],
)
def test_options_of_which_one_would_be_passed_over_are_refused(
    place: Path, arguments: tuple[str, ...], says: str
) -> None:
    output = run("replay", "latest", "--archive", str(place), *arguments)
    assert (output.returncode, output.stdout) == (2, "")
    assert says in output.stderr


def test_damage_before_the_moment_is_told_and_the_board_is_that_behind_it(tmp_path: Path) -> None:
    with archive(tmp_path) as database:
        writing = Writing(database)
        writing.all(EVENTS, at(180), minute=1800)
        writing.log.end(at(180))
        with transaction(database) as connection:
            last = update(blocks).where(blocks.c.first > 1).values(body=b"other")
            connection.execute(last)
    output = _replay(tmp_path / "shifts.db", "--at", at(170).isoformat(), "--json", "--tz", "UTC")
    assert "damaged from 2026-11-19 19:30:00 to 21:00:00" in output.stderr
    assert output.stderr.count("damaged from") == 1
    assert _board(output)["calls"][0]["nature"] == "WELCHK"


FIRE, present = samples("sf-fire-2018")


@present
@pytest.mark.parametrize("moment", ["2018-01-19T18:00", "2018-01-20T03:30"])
def test_an_imported_shift_at_a_moment_is_the_file_served_at_it(tmp_path: Path, moment: str) -> None:
    file, place = FIRE / "sffd-2018-01-13_24.csv", tmp_path / "shifts.db"
    zone = ("--tz", "America/Los_Angeles")
    assert run("import", str(file), *zone, "--archive", str(place)).returncode == 0
    with served("--shift", str(file), *zone, "--at", moment, "--no-rebase", "--speed", "0") as url:
        live_board = board(url)
    replayed = _board(run("replay", "sffd-2018-01-19", "--at", moment, "--json", "--archive", str(place)))
    for part in ("at", "agency", "notice", "calls", "units", "teams", "metrics"):
        assert replayed[part] == live_board[part], part
    assert len(replayed["calls"]) > 5
