"""Which archive a verb uses, and what of a configuration is refused."""

from datetime import timedelta
from pathlib import Path

import pytest

from console.commands.archives import followed, place, recorded
from console.commands.connect import sources
from console.settings import SettingsError

SOURCE = '[[source]]\nname = "cad"\nurl = "http://127.0.0.1:9"\n'


def configured(folder: Path, archive: str) -> Path:
    file = folder / "console.toml"
    file.write_text(f"{SOURCE}[archive]\n{archive}\n", encoding="utf-8")
    return file


def test_without_a_word_it_is_this_person_s_own_file(tmp_path: Path) -> None:
    found = place(None, configured(tmp_path, ""), {})
    assert found.url.startswith("sqlite:///")
    assert found.url.endswith("shifts.db")
    assert (found.key, found.keep, found.room) == (None, timedelta(days=90), 20 * 10**9)


def test_the_option_goes_before_the_configuration_and_that_before_the_environment(tmp_path: Path) -> None:
    environment = {"SMART_CONSOLE_ARCHIVE": "/from/environment.db"}
    file = configured(tmp_path, 'url = "/from/file.db"')
    plain = tmp_path / "plain.toml"
    plain.write_text(SOURCE, encoding="utf-8")
    found = [
        place("/from/option.db", file, environment).url,
        place(None, file, environment).url,
        place(None, plain, environment).url,
    ]
    assert found == ["/from/option.db", "sqlite:////from/file.db", "/from/environment.db"]


def test_a_relative_file_is_beside_the_configuration_that_names_it(tmp_path: Path) -> None:
    found = place(None, configured(tmp_path, 'url = "sqlite:///shifts/a.db"'), {})
    assert found.url == f"sqlite:///{tmp_path / 'shifts' / 'a.db'}"


def test_a_key_is_that_of_the_configured_archive_alone(tmp_path: Path) -> None:
    file = configured(tmp_path, 'url = "/a.db"\nkey = "env:KEPT"')
    environment = {"SMART_CONSOLE_ARCHIVE_KEY": "other"}
    with pytest.raises(SettingsError, match="KEPT is not set"):
        place(None, file, environment)
    assert place("/b.db", file, environment).key == "other"
    assert place("/b.db", file, {}).key is None


def test_a_key_never_shows(tmp_path: Path) -> None:
    assert "s3cret" not in repr(
        place(None, configured(tmp_path, ""), {"SMART_CONSOLE_ARCHIVE_KEY": "s3cret"})
    )


def test_a_desktop_that_shall_not_record_does_not(tmp_path: Path) -> None:
    file = configured(tmp_path, "record = false")
    assert recorded(None, file, {}) is None
    assert recorded("/asked/for.db", file, {}) is not None


def test_nothing_is_removed_where_nothing_bounds_it(tmp_path: Path) -> None:
    found = place(None, configured(tmp_path, 'keep = ""\nroom = ""'), {})
    assert (found.keep, found.room) == (None, None)


@pytest.mark.parametrize(
    ("archive", "says"),
    [
        ('keep = "soon"', "90 days"),
        ('room = "much"', "20 GB"),
        ('key = "hunter2"', "must name where the secret is"),
        ('url = "postgresql://me:hunter2@host/db"', "password in the clear"),
        ('url = "postgresql://me@host/db?password=hunter2"', "password in the clear"),
        ('urll = "x"', "urll"),
    ],
)
def test_what_cannot_be_is_refused_without_a_secret(tmp_path: Path, archive: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        place(None, configured(tmp_path, archive), {})
    assert says in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_board_is_followed_where_that_is_asked_or_configured(tmp_path: Path) -> None:
    file = configured(tmp_path, 'url = "/a.db"')
    assert followed(None, file, None, asked=False) is None
    asked = followed(None, file, None, asked=True)
    assert asked is not None
    assert asked.url == "sqlite:////a.db"
    file.write_text('[archive]\nurl = "/b.db"\nfollow = true\n', encoding="utf-8")
    assert followed(None, file, "http://127.0.0.1:9", asked=False) is None
    configured_so = followed(None, file, None, asked=False)
    assert configured_so is not None
    assert configured_so.url == "sqlite:////b.db"


def test_a_configuration_that_only_follows_has_nothing_to_poll_or_record(tmp_path: Path) -> None:
    file = tmp_path / "console.toml"
    file.write_text('[archive]\nurl = "/b.db"\nfollow = true\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="--follow"):
        sources(file, None, None)
