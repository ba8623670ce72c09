"""``check`` of a definition pack, as the person uses it who wrote one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from console.cli import app, main
from console.resources import path
from tests.domain.test_definitions import WHOLE

SHIPPED = path("definitions") / "denver-style.toml"


def checked(*arguments: str | Path) -> Result:
    """What ``check`` prints."""
    done = CliRunner().invoke(app, ["check", *map(str, arguments)], env={"COLUMNS": "220"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def written(folder: Path, data: bytes, name: str = "ours.toml") -> Path:
    """A pack in a file."""
    (folder / name).write_bytes(data)
    return folder / name


def test_a_pack_is_told_with_name_version_hash_limits_and_alarms() -> None:
    said = checked(SHIPPED)
    lines = [" ".join(line.replace("│", " ").split()) for line in said.stdout.splitlines()]
    assert said.exit_code == 0
    assert lines[0] == "denver-style 2"
    assert lines[1].startswith("sha256 ")
    assert "waiting 1 3 2 10 1" in lines
    assert "enroute any 30 - 45 3" in lines
    assert any(line.startswith("pending_too_long 1, 2, 3 0 s 5 min 60 min Assign") for line in lines)
    assert any(line.startswith("responder_emergency 1 0 s 1 min never Call the team") for line in lines)
    assert "every rule of this version has its record" in lines


def test_rules_without_a_record_are_named(tmp_path: Path) -> None:
    said = checked(written(tmp_path, WHOLE))
    assert said.exit_code == 0
    assert "no record, so no alarm: responder_emergency, check_in_overdue" in said.stdout
    assert "unit_silent," not in said.stdout


def test_everything_that_cannot_be_used_is_told_by_its_line(tmp_path: Path) -> None:
    said = checked(
        written(tmp_path, WHOLE.replace(b"amber = 5", b"amber = 50").replace(b"delayed", b"delay"))
    )
    assert said.exit_code == 1
    assert "2 things do not fit" in said.stdout
    assert "line 8: waiting.2: amber (50 min) must be below red (9 min)" in said.stdout
    assert "line 14: team_limits.delay: no such state of a team: did you mean `delayed`?" in said.stdout


def test_a_pack_that_is_not_toml_is_still_known_for_one(tmp_path: Path) -> None:
    said = checked(written(tmp_path, WHOLE + b"[rules\n"))
    assert (said.exit_code, "line 27: not TOML" in said.stdout) == (1, True)


def test_programs_get_the_same_as_json(tmp_path: Path) -> None:
    good = json.loads(checked(SHIPPED, "--json").stdout)
    bad = json.loads(checked(written(tmp_path, WHOLE.replace(b"every", b"evry")), "--json").stdout)
    assert (good["ok"], good["name"], good["missing"], good["flaws"]) == (True, "denver-style", [], [])
    limit = {"of": "waiting", "key": "1", "amber_min": 3.0, "red_min": 10.0, "at_amber": 2, "at_red": 1}
    assert good["limits"][0] == limit
    assert (bad["ok"], [flaw["line"] for flaw in bad["flaws"]]) == (False, [17, 17])


def test_two_packs_are_compared_value_by_value(tmp_path: Path) -> None:
    ours = written(tmp_path, WHOLE)
    theirs = written(
        tmp_path, WHOLE.replace(b"amber = 5", b"amber = 4").replace(b"\n1 = 15", b""), "theirs.toml"
    )
    found = json.loads(checked(ours, theirs, "--json").stdout)
    assert found == [
        {"where": "waiting.2.amber", "first": "5.0", "second": "4.0"},
        {"where": "kick_back.after.1", "first": "15.0", "second": ""},
    ]
    assert "2 values differ" in checked(ours, theirs).stdout
    assert "say the same" in checked(ours, ours).stdout


def test_a_second_file_that_is_no_pack_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["smart-console", "check", str(SHIPPED), str(tmp_path / "none.toml")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "none.toml: cannot be read (FileNotFoundError)" in capsys.readouterr().err


def test_json_of_anything_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, b"[[source]]\nname = 'a'\n")
    monkeypatch.setattr("sys.argv", ["smart-console", "check", str(file), "--json"])
    with pytest.raises(SystemExit):
        main()
    assert "is no definition pack" in capsys.readouterr().err
