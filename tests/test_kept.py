"""The configuration that the first run writes: what was entered, no secret, and nothing lost."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from console.commands import entering, kept
from console.feeds.spec import SignInKind
from console.settings import AuthSettings, SettingsError, load
from console.ui.welcome.trying import Entered, Field, Kind

CONSOLE = Kind("console", "SMART Console dispatch API", "", zoned=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the configuration of this person goes; its folder is not there yet."""
    return tmp_path / "smart-console" / "console.toml"


def entered(url: str, **fields: Any) -> Entered:
    return Entered(CONSOLE, "city-cad", url, **fields)


def test_a_secret_by_reference_is_written_as_it_was_given(file: Path) -> None:
    settings = entering.settings(entered("https://cad.example.org", reference="env:CAD_TOKEN"))
    kept.write(settings, file)
    assert load(file).source[0].secret == "env:CAD_TOKEN"


def test_a_configuration_that_was_there_is_kept_aside(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("# mine\n", encoding="utf-8")
    old = kept.write(entering.settings(entered("https://cad.example.org")), file)
    assert old is not None
    assert old.read_text(encoding="utf-8") == "# mine\n"
    assert old.name.startswith("console.toml.bak-")
    assert load(file).source[0].url == "https://cad.example.org"


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        kept.write(entering.settings(entered("https://cad.example.org")), tmp_path / "taken" / "console.toml")


@pytest.mark.parametrize("name", ['quote " mark', "back\\slash", "Zürich", "line\nbreak"])
def test_any_name_survives_the_file(file: Path, name: str) -> None:
    kept.write(entering.settings(Entered(CONSOLE, name, "https://cad.example.org")), file)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["source"][0]["name"] == name


@pytest.mark.parametrize("kind", SignInKind)
def test_every_way_to_sign_in_is_written_as_it_was_entered(file: Path, kind: SignInKind) -> None:
    more = {
        Field.SIGN_IN: kind.value,
        Field.HEADER: "X-Api-Key",
        Field.TOKEN_URL: "/token",
        Field.SCOPE: "read offline",
    }
    told = Entered(CONSOLE, "city-cad", "https://cad.example.org", reference="env:CAD", more=more)
    kept.write(entering.settings(told), file)
    assert load(file).source[0].auth == AuthSettings(kind.value, "X-Api-Key", "/token", "read offline")


def test_the_usual_sign_in_is_not_written(file: Path) -> None:
    kept.write(entering.settings(entered("https://cad.example.org")), file)
    assert load(file).source[0].auth is None
    assert "auth" not in file.read_text(encoding="utf-8")


def test_certificates_are_written_with_their_whole_paths_and_the_proxy_as_it_is(
    file: Path, tmp_path: Path
) -> None:
    names = {Field.CA_FILE: "ca.pem", Field.CLIENT_CERT: "me.pem", Field.CLIENT_KEY: "me.key"}
    more = {field: str(tmp_path / name) for field, name in names.items()}
    told = Entered(
        CONSOLE, "cad", "https://cad.example.org", more={**more, Field.PROXY: "http://proxy.example:3128"}
    )
    kept.write(entering.settings(told), file)
    source = load(file).source[0]
    assert [source.ca_file, source.client_cert, source.client_key] == list(more.values())
    assert source.proxy == "http://proxy.example:3128"


def test_the_time_zone_goes_to_the_agency(file: Path) -> None:
    kind = Kind("resgrid", "Resgrid", "")
    told = Entered(kind, "county", "https://api.example.org", timezone="America/Denver")
    kept.write(entering.settings(told), file)
    assert load(file).agency.timezone == "America/Denver"


def test_every_kind_that_is_offered_can_be_written(file: Path) -> None:
    for kind in entering.kinds():
        kept.write(entering.settings(Entered(kind, "source", "https://cad.example.org")), file)
        found = load(file).source[0]
        assert (found.kind, found.preset) == (kind.name, kind.preset)


def test_the_mappings_that_ship_are_offered_by_their_own_names() -> None:
    offered = {kind.preset: kind for kind in entering.kinds() if kind.preset}
    assert offered["first-due"].title == "First Due"
    assert offered["first-due"].base.startswith("https://")


def test_a_mapping_of_the_agency_is_written_with_its_whole_path(file: Path, tmp_path: Path) -> None:
    own = entering.kinds()[-1]
    told = Entered(own, "county", "https://cad.example.org", mapping=str(tmp_path / "county.toml"))
    kept.write(entering.settings(told), file)
    assert load(file).source[0].mapping == str(tmp_path / "county.toml")
