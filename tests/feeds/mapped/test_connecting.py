"""A mapping's own words on its source go into the connection, unless the configuration says otherwise."""

from pathlib import Path

import pytest

from console.commands.connect import connection
from console.feeds.spec import SignInKind, SourceSpec
from console.settings import AgencySettings, AuthSettings, Settings, SettingsError, SourceSettings

MAPPING = """mapping_version = 1
[source]
base_url = "https://cad.example"
tz = "America/Denver"
[source.auth]
kind = "header"
name = "X-Key"
[source.limits]
max_requests_per_hour = 600
[[request]]
id = "calls"
path = "/query"
method = "POST"
[[request.emit]]
kind = "call"
fields = { id = "id" }
"""


def spec(tmp_path: Path, text: str = MAPPING, **source: object) -> SourceSpec:
    (tmp_path / "cad.toml").write_text(text, encoding="utf-8")
    settings = {"name": "cad", "kind": "mapped", "mapping": "cad.toml", "secret": "env:KEY", **source}
    one = SourceSettings(**settings)  # type: ignore[arg-type]  # fields of the settings
    whole = Settings((one,), AgencySettings(timezone="America/Chicago"))
    return connection(whole, tmp_path, lambda name: "k3y" if name else "").specs[0]


def test_a_mapping_tells_address_sign_in_zone_limit_and_posts(tmp_path: Path) -> None:
    found = spec(tmp_path)
    assert found.url == "https://cad.example"
    assert (found.sign_in.kind, found.sign_in.name, found.sign_in.secret) == (
        SignInKind.HEADER,
        "X-Key",
        "k3y",
    )
    assert (found.dialect.zone, found.hourly, found.posts) == ("America/Denver", 600, ("/query",))
    assert found.dialect.mapping == MAPPING


def test_the_configuration_goes_before_the_mapping(tmp_path: Path) -> None:
    auth = AuthSettings("bearer")
    found = spec(tmp_path, url="https://other.example", auth=auth, timezone="America/Boise", hourly=9)
    assert (found.url, found.sign_in.kind) == ("https://other.example", SignInKind.BEARER)
    assert (found.dialect.zone, found.hourly) == ("America/Boise", 9)


def test_a_preset_is_known_by_its_name(tmp_path: Path) -> None:
    found = spec(tmp_path, mapping="", preset="first-due", username="star@denver.example")
    assert found.url == "https://sizeup.firstduesizeup.com/fd-api/v1"
    assert (found.sign_in.kind, found.sign_in.url) == (SignInKind.JSON_LOGIN, "auth/token")


def test_open_data_need_no_secret(tmp_path: Path) -> None:
    assert spec(tmp_path, mapping="", preset="socrata-seattle", secret="").sign_in.kind is SignInKind.NONE


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"mapping": "", "preset": "first"}, "no preset 'first'; there are: arcgis-featureserver"),
        ({"mapping": "", "preset": ""}, "name a `mapping`, your own file, or a `preset`"),
        ({"preset": "first-due"}, "exclude each other"),
        ({"kind": "console", "url": "https://a.example"}, 'a mapping is for kind = "mapped"'),
        ({"mapping": "other.toml"}, "cannot be read"),
        ({"mapping": "", "preset": "cad-snapshot"}, "its mapping has no base_url"),
    ],
)
def test_a_mapping_that_cannot_be_found_is_told(tmp_path: Path, source: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError) as told:
        spec(tmp_path, **source)
    assert words in str(told.value)


def test_a_mapping_that_cannot_be_used_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cad\.toml: line 15"):
        spec(tmp_path, MAPPING.replace('kind = "call"', 'kind = "cals"'))
