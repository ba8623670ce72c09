"""The verbs as an operator uses them: what they print, and how they end."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.scenes.command import board, run, served

pytestmark = pytest.mark.scene


def test_the_demo_takes_pictures_of_a_living_board_and_ends(tmp_path: Path) -> None:
    done = run("demo", "--screenshot", str(tmp_path), "--after", "6", "--size", "1366x768", "--theme", "dark")
    assert done.returncode == 0, done.stderr
    picture = QImage(str(tmp_path / "supervisor-1366x768-dark.png"))
    assert (picture.width(), picture.height()) == (1366, 768)
    assert len({picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}) > 20


def test_a_night_without_a_call_on_the_board_ends_as_well(tmp_path: Path) -> None:
    pictures = ("--screenshot", str(tmp_path), "--after", "2", "--size", "1366x768", "--theme", "night")
    assert run("demo", "--scenario", "quiet_night", *pictures, "--view", "supervisor").returncode == 0


def test_a_dispatch_api_that_is_not_there_ends_as_well(tmp_path: Path) -> None:
    pictures = ("--screenshot", str(tmp_path), "--after", "1", "--size", "1366x768", "--theme", "dark")
    assert run("run", "--source", "http://127.0.0.1:9", *pictures).returncode == 0


def test_the_demo_city_is_alive_over_http() -> None:
    with served("--scenario", "weekday") as url:
        found = board(url)
    assert {"pending", "on_scene"} <= {call["state"] for call in found["calls"]}
    assert found["teams"]["roster"] >= 12
    assert {feed["health"] for feed in found["feeds"]} == {"ok"}
    assert found["metrics"][0]["name"] == "eligible_coverage"
    assert found["metrics"][0]["value"] is not None


def test_a_token_is_asked_for_and_never_repeated() -> None:
    with served("--token", "s3cret-token") as url:
        refused = run("snapshot", "--source", url, "--wait", "4")
        let_in = run("snapshot", "--source", url, "--token-env", "CITY", "--json", CITY="s3cret-token")
    assert (refused.returncode, let_in.returncode) == (3, 0)
    assert "s3cret-token" not in refused.stderr + let_in.stderr + let_in.stdout


def test_names_and_free_text_are_masked_unless_revealed() -> None:
    with served() as url:
        masked = board(url)
        shown = board(url, "--reveal")
    names = {call["caller_name"] for call in shown["calls"] if call["caller_name"]}
    assert names
    assert not names & {call["caller_name"] for call in masked["calls"]}


def test_a_source_that_is_not_there_ends_with_three() -> None:
    done = run("snapshot", "--source", "http://127.0.0.1:9", "--wait", "2")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_a_source_that_speaks_nonsense_ends_with_four() -> None:
    with served("--fault", "garbage") as url:
        done = run("snapshot", "--source", url, "--wait", "3")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "--config", "nowhere.toml"), "nowhere.toml"),
        (("run", "--config", "a.toml", "--source", "http://127.0.0.1:1"), "exclude"),
        (("demo", "--screenshot", "x", "--size", "12"), "WIDTHxHEIGHT"),
        (("demo", "--screenshot", "x", "--theme", "pink"), "light, dark, night"),
        (("demo", "--scenario", "nosuch"), "nosuch"),
        (("serve", "--fault", "nosuch=1"), "nosuch"),
        (("serve", "--at", "yesterday"), "yesterday"),
        (("fly",), "fly"),
    ],
)
def test_wrong_use_ends_with_two_and_says_what_is_wrong(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_shift_ends_with_four(tmp_path: Path) -> None:
    file = tmp_path / "shift.json"
    file.write_text('[{"a": 1}]', encoding="utf-8")
    done = run("serve", "--shift", str(file), "--at", "2018-01-19T18:00")
    assert done.returncode == 4, done.stderr


def test_the_doctor_finds_this_workstation_fit() -> None:
    done = run("doctor", "--json")
    checks = {check["name"]: check["ok"] for check in json.loads(done.stdout)}
    assert checks["references to None"]
    assert "sound" in checks
    assert "qt." not in done.stderr  # what the sound library lacks is told in the table, not beside it
    assert done.returncode == (0 if all(checks.values()) else 1)


def test_the_same_seed_serves_the_same_shift() -> None:
    boards = []
    for _ in range(2):
        with served("--seed", "7", "--speed", "0", "--no-rebase") as url:
            boards.append(board(url))
    first, second = (dict(found, feeds=None) for found in boards)
    assert first == second
    assert datetime.fromisoformat(first["at"]).tzinfo is not None
