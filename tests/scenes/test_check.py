"""``check`` as an IT person uses it: which saved file answers what, and what is said of what is left out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from console.cli import app
from tests.feeds.resgrid.department import call, unit, wrapped
from tests.scenes.command import run, served

LIST = """
mapping_version = 1
[[request]]
id = "{name}"
path = "/api/{name}"
snapshot = "complete"
{more}
[[request.emit]]
kind = "{kind}"
records = "rows"
fields = {{ id = "id" }}
"""
ONE = LIST.format(name="active", kind="call", more="")
PAGED = LIST.format(name="active", kind="call", more='paging = { kind = "offset", size = 2 }')
TWO = ONE + LIST.format(name="units", kind="unit", more="").replace("mapping_version = 1\n", "")
DETAILED = (
    ONE
    + """
[request.detail]
path = "/api/{id}/notes"
[[request.detail.emit]]
kind = "note"
records = "notes"
fields = { call = "parent.id", text = "item" }
"""
)


def rows(*ids: str) -> dict[str, Any]:
    """A list of rows that have no more than an id."""
    return {"rows": [{"id": key} for key in ids]}


def checked(folder: Path, config: str, replies: Mapping[str, Any]) -> Result:
    """What ``check`` says of a mapping or a configuration and of these files, in their order."""
    (folder / "county.toml").write_text(config, encoding="utf-8")
    for name, reply in replies.items():
        content = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
        (folder / name).write_bytes(content)
    files = [str(folder / name) for name in replies]
    done = CliRunner().invoke(app, ["check", str(folder / "county.toml"), *files], env={"COLUMNS": "220"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_one_request_takes_a_file_of_any_name(tmp_path: Path) -> None:
    assert "county: 1 calls" in checked(tmp_path, ONE, {"monday.json": rows("a")}).output


@pytest.mark.parametrize("names", [("first.json", "second.json"), ("active-1.json", "active-2.json")])
def test_pages_are_taken_in_their_order(tmp_path: Path, names: tuple[str, str]) -> None:
    pages = (rows("a", "b"), rows("c"))
    assert "county: 3 calls" in checked(tmp_path, PAGED, dict(zip(names, pages, strict=True))).output


def test_a_page_that_was_not_saved_is_named(tmp_path: Path) -> None:
    done = checked(tmp_path, PAGED, {"active.json": rows("a", "b")})
    assert "/api/active: no saved reply is left that is named after it" in done.output
    assert done.exit_code == 1


def test_a_file_that_nobody_named_after_a_request_answers_none_of_several(tmp_path: Path) -> None:
    done = checked(tmp_path, TWO, {"active.json": rows("a"), "readme.json": rows("x", "y")})
    assert "county: 0 calls, 0 units" in done.output
    assert "calls, units: not read, as a reply is missing." in done.output
    assert "/api/units: no saved reply is left that is named after it" in done.output
    assert "Save it as units.json" in done.output
    assert "readme.json: no request asks for it" in done.output
    assert done.exit_code == 1


def test_details_that_were_not_saved_are_left_out_and_said_and_the_calls_stay(tmp_path: Path) -> None:
    done = checked(tmp_path, DETAILED, {"monday.json": rows("a", "b"), "other.json": {"notes": ["x"]}})
    assert "county: 2 calls" in done.output
    assert "/api/a/notes: no saved reply is left" in done.output
    assert "other.json: no request asks for it" in done.output


def test_one_saved_detail_stands_for_those_of_all_calls(tmp_path: Path) -> None:
    done = checked(tmp_path, DETAILED, {"notes.json": {"notes": ["x"]}, "monday.json": rows("a", "b")})
    assert "county: 2 calls" in done.output
    assert "no saved reply" not in done.output
    assert any("narrative" in line and "2 of 2" in line for line in done.output.splitlines())


RESGRID = '[[source]]\nname = "county"\nkind = "resgrid"\ntimezone = "America/Denver"\n'
BOARD = {
    "Calls.GetActiveCalls.json": wrapped([call(84112), call(84113)]),
    "Units.GetAllUnitsInfos.json": wrapped([unit()]),
    "UnitStatus.GetAllUnitStatuses.json": wrapped([]),
}


def test_a_detail_is_taken_for_the_call_that_its_file_names(tmp_path: Path) -> None:
    extra = {f"GetCallExtraData.{key}.json": wrapped({"Dispatches": []}) for key in (84113, 84112)}
    done = checked(tmp_path, RESGRID, {**BOARD, **extra})
    assert "county: 2 calls, 1 units" in done.output
    assert "no saved reply" not in done.output
    assert "no request asks for it" not in done.output


def test_a_resgrid_board_without_its_details_keeps_its_calls(tmp_path: Path) -> None:
    done = checked(tmp_path, RESGRID, {**BOARD, "enums.json": {}})
    assert "county: 2 calls, 1 units" in done.output
    assert done.output.count("GetCallExtraData: no saved reply is left") == 1
    assert "enums.json: no request asks for it" in done.output


def test_a_mapping_that_matches_nothing_has_gaps(tmp_path: Path) -> None:
    done = checked(tmp_path, ONE, {"active.json": rows()})
    assert "no rows: records, where and each of the mapping match nothing" in done.output
    assert "no gaps" not in done.output
    assert done.exit_code == 1


SEVERAL = """
[[source]]
name = "cad"
kind = "mapped"
mapping = "cad-calls.toml"
[[source]]
name = "avl"
kind = "traccar"
{units}
"""
CAD = LIST.format(name="units", kind="unit", more="").replace('id = "id" }', 'id = "id", callsign = "id" }')
FIX = {"deviceId": 1, "latitude": 39.7, "longitude": -104.9, "fixTime": "2026-08-22T14:05:40Z", "valid": True}
REPLIES = {
    "units.json": rows("E1"),
    "devices.json": [{"id": 1, "uniqueId": "truck-9", "name": "truck-9"}],
    "positions.json": [FIX],
}


@pytest.mark.parametrize(("units", "orphans"), [("", True), ('units = { "truck-9" = "E1" }', False)])
def test_an_alias_table_is_tried_on_all_sources_together(tmp_path: Path, units: str, orphans: bool) -> None:
    (tmp_path / "cad-calls.toml").write_text(CAD, encoding="utf-8")
    done = checked(tmp_path, SEVERAL.format(units=units), REPLIES)
    assert "together: 0 calls, 1 units, 1 positions" in done.output
    last = done.output[done.output.index("together") :]
    assert ("orphan: position of a unit that was not sent" in last) is orphans
    assert ("no gaps" in last) is not orphans
    assert "no request asks for it" not in done.output


def test_one_source_is_not_read_once_more_together(tmp_path: Path) -> None:
    assert "together" not in checked(tmp_path, ONE, {"active.json": rows("a")}).output


@pytest.mark.scene
def test_two_sources_are_read_together_live(tmp_path: Path) -> None:
    with served("--scenario", "weekday") as url:
        sources = (f'[[source]]\nname = "{name}"\nurl = "{url}"\n' for name in ("city", "county"))
        (tmp_path / "console.toml").write_text("".join(sources), encoding="utf-8")
        done = run("check", str(tmp_path / "console.toml"), COLUMNS="220")
    assert done.returncode == 1, done.stderr
    assert "conflict: same id in two sources" in done.stdout[done.stdout.index("together: ") :]


@pytest.mark.scene
@pytest.mark.parametrize("verb", [("check",), ("snapshot", "--config"), ("run", "--config")])
def test_a_zone_that_there_is_not_ends_with_two_and_one_line(tmp_path: Path, verb: tuple[str, ...]) -> None:
    text = '[[source]]\nname = "city"\nurl = "https://cad.example.org"\ntimezone = "Mars/X"\n'
    (tmp_path / "console.toml").write_text(text, encoding="utf-8")
    done = run(*verb, str(tmp_path / "console.toml"))
    assert done.returncode == 2
    assert done.stderr == (
        "smart-console: source city: no such time zone: 'Mars/X'; write one like America/Denver\n"
    )
