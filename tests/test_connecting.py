"""A configuration that no adapter can work by is told before anything is polled."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from console.cli import app
from console.commands import connect
from console.resources import path
from console.settings import AgencySettings, Settings, SettingsError, SourceSettings

TICKETS = """
[[source]]
name = "county"
url = "https://cad.example.org/api/external/v1"
kind = "ticketscad"
"""
NO_ZONE = "source county: TicketsCAD tells local times without their zone: set `timezone`"
NO_SUCH = "source county: no such time zone: 'Mars/X'; write one like America/Denver"


def written(folder: Path, text: str) -> Path:
    """A configuration file."""
    file = folder / "console.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["console", "resgrid", "ticketscad", "eido", "traccar"])
def test_a_time_zone_that_there_is_not_is_told_with_its_source(tmp_path: Path, kind: str) -> None:
    text = TICKETS.replace("ticketscad", kind) + 'timezone = "Mars/X"\n'
    with pytest.raises(SettingsError) as told:
        connect.sources(written(tmp_path, text), None, None)
    assert str(told.value) == NO_SUCH


@pytest.mark.parametrize("name", ["Mars/X", "../etc", "America", "/etc/passwd"])
def test_a_time_zone_of_the_agency_that_there_is_not_is_told(tmp_path: Path, name: str) -> None:
    text = f'[agency]\ntimezone = "{name}"\n{TICKETS.replace("ticketscad", "console")}'
    with pytest.raises(
        SettingsError, match=r"^agency: no such time zone: .*; write one like America/Denver$"
    ):
        connect.sources(written(tmp_path, text), None, None)


def test_what_an_adapter_cannot_do_without_is_told_with_its_source(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=NO_ZONE):
        connect.sources(written(tmp_path, TICKETS), None, None)


@pytest.mark.parametrize(
    "verb",
    [
        ("snapshot", "--config", "console.toml"),
        ("check", "console.toml"),
        ("run", "--config", "console.toml"),
        ("run", "--config", "console.toml", "--screenshot", "shots"),
    ],
)
def test_every_verb_refuses_it_before_it_asks_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    written(tmp_path, TICKETS)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, verb)
    assert isinstance(done.exception, SettingsError)
    assert str(done.exception).startswith(NO_ZONE)
    assert "\n" not in str(done.exception)


def test_the_file_of_the_agencys_definitions_stands_beside_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_bytes((path("definitions") / "denver-style.toml").read_bytes())
    settings = Settings(
        (SourceSettings("cad", "https://cad.invalid"),), AgencySettings(definitions="ours.toml")
    )
    assert connect.connection(settings, tmp_path).pack_file == tmp_path / "ours.toml"


def test_a_shipped_pack_is_found_by_its_name(tmp_path: Path) -> None:
    settings = Settings((SourceSettings("cad", "https://cad.invalid"),))
    assert connect.connection(settings, tmp_path).pack_file == path("definitions") / "denver-style.toml"
