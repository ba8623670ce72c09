"""`import` as an operator runs it: its report, its exit codes, and what a kill in the middle leaves."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console.archive.store.database import transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import runs, shifts
from tests.importing.files import THREE_WATCHES, row, written
from tests.scenes.command import run

pytestmark = pytest.mark.scene


def ids(archive: Path) -> list[str]:
    with open_database(str(archive)) as database, transaction(database) as connection:
        return sorted(connection.scalars(shifts.select().with_only_columns(shifts.c.id)))


def test_a_file_comes_in_with_a_report(tmp_path: Path) -> None:
    done = run("import", str(written(tmp_path)), "--archive", str(tmp_path / "a.db"))
    assert done.returncode == 0, done.stderr
    assert "calls.csv: 6 rows, 5 calls, 3 units (America/Los_Angeles)" in done.stdout
    assert ids(tmp_path / "a.db") == ["sffd-2018-01-19", "sffd-2018-01-20", "sffd-2018-01-22"]


def test_the_zone_asked_for_goes_first(tmp_path: Path) -> None:
    path = written(tmp_path, row("1", "M1", 19, "10:00"))
    done = run("import", str(path), "--tz", "Asia/Tokyo", "--archive", str(tmp_path / "a.db"))
    assert "(Asia/Tokyo)" in done.stdout


def test_rejected_rows_are_written_whole_with_their_reasons(tmp_path: Path) -> None:
    path = written(tmp_path, *THREE_WATCHES, row("9", "", 19, "10:00"))
    rejected = tmp_path / "rejected.csv"
    run("import", str(path), "--archive", str(tmp_path / "a.db"), "--rejected", str(rejected))
    with rejected.open(encoding="utf-8", newline="") as file:
        (found,) = csv.DictReader(file)
    assert (found["file"], found["line"], found["reason"]) == (
        "calls.csv",
        "8",
        "no unit_id: the row is left out",
    )
    assert (found["call_number"], found["received_dttm"]) == ("9", "2018-01-19T10:00:00")


def test_a_json_file_gives_what_the_same_rows_give_as_csv(tmp_path: Path) -> None:
    path = written(tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [dict(one) for one in csv.DictReader(file)]
    for one in rows:
        point = [float(one.pop("longitude")), float(one.pop("latitude"))]
        one["case_location"] = {"type": "Point", "coordinates": point}
    (tmp_path / "calls.json").write_text(json.dumps(rows), encoding="utf-8")
    bodies = []
    for name in ("calls.csv", "calls.json"):
        archive = tmp_path / f"{name}.db"
        assert run("import", str(tmp_path / name), "--archive", str(archive)).returncode == 0
        with open_database(str(archive)) as database, transaction(database) as connection:
            bodies.append(
                list(connection.exec_driver_sql("SELECT first, body FROM blocks ORDER BY run, first"))
            )
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("missing.csv",), 4, "cannot be opened: No such file or directory; check the name"),
        (("calls.csv", "--tz", "Mars"), 2, "no known time zone: give one such as America/Denver"),
        (("calls.csv", "--format", "nope"), 2, "there is no format 'nope'"),
        (("calls.csv", "--rejected", "calls.csv"), 2, "is one of the files to import"),
        (("calls.csv", "--rejected", "no/such/folder.csv"), 2, "cannot be written"),
        ((), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    written(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "console", "import", *arguments, "--archive", str(tmp_path / "a.db")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    done = run(
        "import", str(tmp_path / "no.csv"), str(written(tmp_path)), "--archive", str(tmp_path / "a.db")
    )
    assert (done.returncode, len(ids(tmp_path / "a.db"))) == (4, 3)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 1000)
    done = run("import", str(written(tmp_path)), "--archive", str(tmp_path / "a.db"))
    assert (done.returncode, "Traceback" in done.stderr) == (4, False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes in other ways")
@pytest.mark.parametrize("ending", ["SIGKILL", "SIGINT"])
def test_an_import_that_was_ended_goes_on_when_it_is_run_again(tmp_path: Path, ending: str) -> None:
    days = [
        row(f"{day}{n}", f"M{n}", day, "10:00", "", "10:01", "", "", "", "", "11:00")
        for day in range(1, 31)
        for n in range(40)
    ]
    path, archive = written(tmp_path, *days), tmp_path / "a.db"
    command = [sys.executable, "-m", "console", "import", str(path), "--archive", str(archive)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not (archive.exists() and _some(archive)) and process.poll() is None:
            pass
        process.send_signal(getattr(signal, ending))
        _, said = process.communicate(timeout=60)
    before = ids(archive)
    assert run(*command[3:]).returncode == 0
    assert len(before) >= 1
    assert len(ids(archive)) == 30
    with open_database(str(archive)) as database, transaction(database) as connection:
        assert len(list(connection.execute(runs.select()))) == 30
    if ending == "SIGINT" and len(before) < 30:
        assert "run the same command again to go on" in said


def _some(archive: Path) -> bool:
    try:
        return bool(ids(archive))
    except ValueError:
        return False
