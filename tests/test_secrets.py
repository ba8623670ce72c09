"""Secrets in the keyring: stored unseen, listed by name only, named in a configuration and never written there."""

import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoBackend
from keyring.errors import KeyringLocked, PasswordDeleteError
from typer.testing import CliRunner

from console import keyrings
from console.cli import app
from console.commands import connect, doctors
from console.feeds.spec import SignInKind
from console.settings import SettingsError, load, secret

SOURCE = """
[[source]]
name = "city-cad"
url = "https://api.example.org"
"""


class Memory(KeyringBackend):
    """A keyring that forgets everything with the test."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Nowhere(NoBackend):
    """What stands in for a keyring where there is none."""

    def __init__(self) -> None:
        self.asked = 0


class Locked(Memory):
    """A keyring whose owner does not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


@pytest.fixture(autouse=True)
def ring() -> Iterator[Memory]:
    """A keyring in memory in the place of the system's."""
    before, ring = keyring.get_keyring(), Memory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def written(folder: Path, text: str) -> Path:
    """A configuration file."""
    file = folder / "console.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_secret_is_stored_from_a_pipe_and_found_by_its_name(ring: Memory) -> None:
    done = CliRunner().invoke(app, ["secret", "set", "denver-cad"], input="s3cret\n")
    assert done.exit_code == 0
    assert 'secret = "keyring:denver-cad"' in done.output
    assert "s3cret" not in done.output
    assert secret("keyring:denver-cad") == "s3cret"


def test_a_secret_is_typed_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "t0ken" if "denver-cad" in prompt else "")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    from console.commands import secrets

    assert secrets.store("denver-cad") == 0
    assert keyrings.fetch("denver-cad") == "t0ken"


def test_the_list_shows_names_and_nothing_else() -> None:
    for name in ("west", "east"):
        keyrings.store(name, f"secret of {name}")
    done = CliRunner().invoke(app, ["secret", "list"])
    assert (done.exit_code, done.output) == (0, "east\nwest\n")


def test_a_removed_secret_is_gone_from_the_keyring_and_the_list(ring: Memory) -> None:
    keyrings.store("west", "s3cret")
    assert CliRunner().invoke(app, ["secret", "remove", "west"]).exit_code == 0
    assert keyrings.names() == []
    assert "s3cret" not in ring.kept.values()


def test_removing_what_is_not_there_ends_with_one() -> None:
    done = CliRunner().invoke(app, ["secret", "remove", "west"])
    assert (done.exit_code, done.output) == (1, "west: there is no such secret\n")


@pytest.mark.parametrize(("name", "typed"), [("two words", "s3cret\n"), ("west", "\n")])
def test_what_cannot_be_stored_is_refused(name: str, typed: str, ring: Memory) -> None:
    done = CliRunner().invoke(app, ["secret", "set", name], input=typed)
    assert isinstance(done.exception, SettingsError)
    assert not ring.kept


def test_a_secret_that_was_never_stored_is_told_with_the_command() -> None:
    with pytest.raises(SettingsError, match="smart-console secret set denver-cad"):
        secret("keyring:denver-cad")


@pytest.mark.parametrize("backend", [Nowhere(), Locked()])
def test_without_a_keyring_that_opens_the_other_ways_are_named(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(SettingsError, match="env:NAME or file:PATH"):
        secret("keyring:denver-cad")


def test_a_keyring_that_writes_plain_files_is_not_used() -> None:
    plain = type("Plain", (Memory,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(plain())
    with pytest.raises(keyrings.NoKeyring, match="plain files"):
        keyrings.store("denver-cad", "s3cret")


def test_the_doctor_names_the_keyring_or_what_to_use_instead() -> None:
    keyring.set_keyring(Nowhere())
    assert "env:NAME or file:PATH" in doctors._keyring().detail


@pytest.mark.parametrize(
    "line",
    [
        'secret = "hunter2"',
        'password = "hunter2"',
        'token = "hunter2"',
        '[source.auth]\nclient_secret = "hunter2"',
        '[source.auth]\nkind = "json_login"\n[source.auth.fields]\napi_key = "hunter2"',
        '[source.auth]\nfields = { Password = "hunter2" }',
        "secret = 4711",
        "pin = 4711",
        '"API Key" = "hunter2"',
        '[source.auth]\nfields = { apiKey = "hunter2" }',
        '[source.auth]\nfields = { "X-Access-Token" = "hunter2" }',
        '[source.auth]\nfields = { user_pin = "4711" }',
        '[source.auth]\nfields = { subscription-key = "hunter2" }',
        '[source.auth]\nfields = { password = "{username}hunter2" }',
    ],
)
def test_a_secret_in_the_configuration_is_refused_with_the_command_and_not_repeated(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(SettingsError, match="smart-console secret set city-cad") as refused:
        load(written(tmp_path, SOURCE + line))
    assert "hunter2" not in str(refused.value)


def test_a_secret_in_the_address_of_a_token_is_refused_and_not_repeated(tmp_path: Path) -> None:
    text = SOURCE + '[source.auth]\nurl = "https://auth.example.org/token?grant=x&Client-Secret=hunter2"'
    with pytest.raises(SettingsError, match="source city-cad: `Client-Secret` in the `url`") as refused:
        load(written(tmp_path, text))
    assert "hunter2" not in str(refused.value)


def test_fields_that_only_sound_like_a_secret_are_no_secret(tmp_path: Path) -> None:
    text = """kind = "mapped"
mapping = "county.toml"
client_cert = "me.pem"
client_key = "me.key"
[source.auth]
url = "https://auth.example.org/token?scope=read"
fields = { shipping = "none", login = "{username}", key = "{username}" }
"""
    (source,) = load(written(tmp_path, SOURCE + text)).source
    assert (source.mapping, source.client_key) == ("county.toml", "me.key")


def test_a_login_may_name_where_its_secrets_are(tmp_path: Path) -> None:
    keyrings.store("city-cad", "s3cret")
    keyrings.store("city-key", "k3y")
    login = """secret = "keyring:city-cad"
[source.auth]
kind = "json_login"
url = "/auth"
fields = { email = "{username}", password = "{secret}", api_key = "keyring:city-key" }
"""
    (spec,) = connect.sources(written(tmp_path, SOURCE + login), None, None).specs
    assert spec.sign_in.fields == {"email": "{username}", "password": "{secret}", "api_key": "k3y"}
    assert (spec.sign_in.secret, spec.sign_in.kept) == ("s3cret", "keyring:city-cad")


def test_a_user_with_a_secret_signs_in_as_the_kind_of_source_does(tmp_path: Path) -> None:
    keyrings.store("city-cad", "s3cret")
    user = 'username = "watch"\nsecret = "keyring:city-cad"\n'
    for kind, way in (("traccar", SignInKind.BASIC), ("resgrid", SignInKind.OAUTH2_PASSWORD)):
        text = f'{SOURCE}kind = "{kind}"\n{user}'
        (spec,) = connect.sources(written(tmp_path, text), None, None).specs
        assert spec.sign_in.kind is way


def test_a_way_of_signing_in_that_lacks_something_names_the_source_and_the_field(tmp_path: Path) -> None:
    text = SOURCE + '[source.auth]\nkind = "oauth2_password"\n'
    with pytest.raises(SettingsError, match="source city-cad: sign-in oauth2_password lacks its `url`"):
        connect.sources(written(tmp_path, text), None, None)


def test_a_file_of_certificates_that_holds_none_is_told_before_the_start(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"source city-cad: ca_file .*ca\.pem cannot be used"):
        connect.sources(written(tmp_path, SOURCE + 'ca_file = "ca.pem"\n'), None, None)
