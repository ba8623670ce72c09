"""The README's own examples work as they stand there."""

import re
from pathlib import Path

import pytest

from console.settings import load
from tests.scenes.command import run

README = Path(__file__).parents[2] / "README.md"


def blocks(language: str) -> list[str]:
    """The README's blocks of one language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def mapping() -> str:
    """The worked example of a mapping."""
    (text,) = (block for block in blocks("toml") if block.startswith("mapping_version"))
    return text


@pytest.mark.parametrize("number", range(2))
def test_each_configuration_of_the_readme_can_be_read(number: int, tmp_path: Path) -> None:
    text = [block for block in blocks("toml") if "[[source]]" in block][number]
    (tmp_path / "console.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "console.toml").source


@pytest.mark.scene
def test_the_worked_mapping_reads_the_reply_beside_it(tmp_path: Path) -> None:
    (reply,) = blocks("json")
    (tmp_path / "active.json").write_text(reply, encoding="utf-8")
    (tmp_path / "county.toml").write_text(mapping(), encoding="utf-8")
    done = run("check", str(tmp_path / "county.toml"), str(tmp_path / "active.json"), COLUMNS="200")
    assert done.returncode == 1, done.stderr
    assert "county: 1 calls, 1 units" in done.stdout
    assert "program: none filled" in done.stdout
    assert "1 of 1 natures are not in the pack" in done.stdout
    assert "assignments: none filled" not in done.stdout


@pytest.mark.scene
def test_a_code_that_the_mapping_does_not_know_is_a_gap(tmp_path: Path) -> None:
    (reply,) = blocks("json")
    (tmp_path / "active.json").write_text(reply.replace("ENR", "10-97"), encoding="utf-8")
    (tmp_path / "county.toml").write_text(mapping(), encoding="utf-8")
    done = run("check", str(tmp_path / "county.toml"), str(tmp_path / "active.json"), COLUMNS="200")
    assert "state «10-97» means nothing here" in done.stdout


@pytest.mark.scene
def test_a_mapping_with_a_slip_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(
        mapping().replace('number = "no"', 'numbr = "no"'), encoding="utf-8"
    )
    (tmp_path / "active.json").write_text("{}", encoding="utf-8")
    done = run("check", str(tmp_path / "county.toml"), str(tmp_path / "active.json"))
    assert done.returncode == 2
    assert "line" in done.stderr
    assert "Traceback" not in done.stderr
