"""The configuration file, and secrets that are named in it."""

from pathlib import Path

import pytest

from console.settings import SettingsError, load, secret

GOOD = """
[agency]
definitions = "denver-style"
[[source]]
name = "city-cad"
url = "https://api.example.org"
secret = "env:CITY_TOKEN"
feeds = ["calls", "units"]
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "console.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_configuration_names_its_sources(tmp_path: Path) -> None:
    settings = load(_file(tmp_path, GOOD))
    assert [source.name for source in settings.source] == ["city-cad"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[agency]\n", "source"),
        (GOOD + "sped = 1\n", "sped"),
        (GOOD + GOOD.replace('[agency]\ndefinitions = "denver-style"\n', ""), "share a name"),
        ("[[source]\n", "not TOML"),
        (GOOD.replace('"calls"', '"cals"'), "cals"),
    ],
)
def test_a_wrong_configuration_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        load(_file(tmp_path, text))


def test_a_missing_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="check the path"):
        load(tmp_path / "none.toml")


def test_a_secret_comes_from_the_variable_it_names() -> None:
    assert secret("env:CITY_TOKEN", {"CITY_TOKEN": "abc"}) == "abc"


def test_a_secret_written_out_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        secret("hunter2", {})
    assert "hunter2" not in str(refused.value)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("abc", encoding="utf-8")
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        secret(f"file:{file}", {})


def test_a_secret_in_a_private_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("abc\n", encoding="utf-8")
    file.chmod(0o600)
    assert secret(f"file:{file}", {}) == "abc"
