"""Frozen settings from one TOML file; a secret is named there, never written there."""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from console.domain.vocabulary import FeedName, Program
from console.escalation import AlarmSettings
from console.quantities import duration, size
from console.secrecy import TEMPLATES, secret_parameter, secretive

SignInName = Literal[
    "none", "bearer", "header", "query", "basic", "oauth2_password", "oauth2_client", "json_login"
]


WRITTEN_OUT = (
    "must name where the secret is, never hold it: run `smart-console secret set {0}` and write "
    '"keyring:{0}" there (or env:NAME, file:PATH)'
)

IN_ADDRESS = "holds a secret in the clear: take it out of there and name it in `secret` or in `fields`"

KEPT = ("env:", "file:", "keyring:")


class SettingsError(ValueError):
    """The configuration cannot be used; the text says what, where and what to do."""


class AgencySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The agency's own choices; ``definitions`` is a shipped pack's name or a path.

    ``name``, ``timezone`` and ``bounds`` (south, west, north, east in degrees) describe the agency where
    its sources do not do so themselves.
    """

    name: str = ""
    timezone: str = ""
    definitions: str = "denver-style"
    bounds: tuple[float, float, float, float] | None = None


class AuthSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[source.auth]``: how the console signs in; the secret itself is named by the source's ``secret``."""

    kind: SignInName = "bearer"
    name: str = ""
    url: str = ""
    scope: str = ""
    fields: dict[str, str] = {}
    answer: str = "access_token"


class SourceSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[source]]``: where the data come from. ``every`` gives seconds between polls by feed.

    ``mapping`` is a file, ``preset`` the name of a shipped mapping; both are for kind ``mapped``.
    ``programs`` tells a unit's program by its type or call sign, ``units`` the board's name of a unit by
    the source's own. A proxy is used where it is named here and nowhere else.
    """

    name: str
    url: str = ""
    kind: Literal["console", "resgrid", "ticketscad", "eido", "traccar", "mapped"] = "console"
    secret: str = ""
    username: str = ""
    auth: AuthSettings | None = None
    feeds: tuple[FeedName, ...] = ()
    every: dict[FeedName, float] = {}
    mapping: str = ""
    preset: str = ""
    timezone: str = ""
    programs: dict[str, Program] = {}
    units: dict[str, str] = {}
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    proxy: str = ""
    hourly: int = 0
    events: bool = True


def _password(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.password or secret_parameter(url))


class ArchiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[archive]``: where shifts are recorded, a file or a database that consoles share.

    ``key`` names the secret that encrypts the file. Past shifts are removed once they are older than ``keep``,
    or where all of them need more than ``room``; none of the two is bounded where it is empty. With ``follow``
    no source is polled: the board is the one that another console records there.
    """

    url: str = ""
    key: str = ""
    keep: str = "90 days"
    room: str = "20 GB"
    record: bool = True
    follow: bool = False

    def __post_init__(self) -> None:
        if self.keep:
            duration(self.keep)
        if self.room:
            size(self.room)
        if _password(self.url):
            raise ValueError(
                "`url` holds a password in the clear: take it out of there, and leave it to the file "
                "~/.pgpass or to the variable PGPASSWORD"
            )
        if self.key and not self.key.startswith(KEPT):
            raise ValueError(f"`key` {WRITTEN_OUT.format('NAME')}")


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole configuration. The order of its sources is their precedence: the first wins a conflict."""

    source: tuple[SourceSettings, ...] = ()
    agency: AgencySettings = AgencySettings()
    archive: ArchiveSettings = ArchiveSettings()
    alarms: AlarmSettings = AlarmSettings()


def load(file: Path) -> Settings:
    """Read ``file``; raises `SettingsError` with the line or the field and what is expected there."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}: cannot be read ({type(error).__name__}): check the path and that it is UTF-8"
        ) from error
    try:
        document = tomllib.loads(text)
        _refuse_secrets(document, file)
        settings = msgspec.convert(document, Settings)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not TOML: {error}; mend that line") from error
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: {error}; see the configuration section of the README") from error
    if not settings.source and not settings.archive.follow:
        raise SettingsError(f"{file}: no [[source]]: name at least one dispatch API")
    names = [source.name for source in settings.source]
    if len(set(names)) < len(names):
        raise SettingsError(f"{file}: two sources share a name: give each [[source]] its own")
    return settings


def _refuse_secrets(document: dict[str, Any], file: Path) -> None:
    """Raise `SettingsError` for a secret that is written where only its place belongs; it is not repeated."""
    sources = document.get("source")
    for source in sources if isinstance(sources, list) else ():
        if not isinstance(source, dict):
            continue
        name = source.get("name")
        name = name if isinstance(name, str) and name and " " not in name else "NAME"
        for field, text in _fields(source):
            if secretive(field) and not _names_a_place(text):
                raise SettingsError(f"{file}: source {name}: `{field}` {WRITTEN_OUT.format(name)}")
        auth = source.get("auth")
        url = auth.get("url") if isinstance(auth, dict) else None
        if isinstance(url, str) and (field := secret_parameter(url)):
            raise SettingsError(f"{file}: source {name}: `{field}` in the `url` of its auth {IN_ADDRESS}")


def _fields(source: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """What of a source and its sign-in may hold a secret: ``secret`` itself, and names that are not ours."""
    for tree, known in ((source, SourceSettings), (source.get("auth"), AuthSettings)):
        if isinstance(tree, dict):
            harmless = {*known.__struct_fields__} - {"secret"}
            yield from ((name, text) for name, text in tree.items() if name not in harmless)
            if isinstance(tree.get("fields"), dict):
                yield from tree["fields"].items()


def _names_a_place(text: object) -> bool:
    return isinstance(text, str) and (not text or text in TEMPLATES or text.startswith(KEPT))


def secret(reference: str, environment: Mapping[str, str] = os.environ) -> str:
    """The secret that ``reference`` names: ``env:NAME``, ``file:PATH`` or ``keyring:NAME``; empty for none.

    Raises `SettingsError` for a secret written out in place of a reference, for a variable that is
    not set, for a file that others can read, and for a keyring that does not have it.
    """
    kind, _, name = reference.partition(":")
    match kind:
        case "":
            return ""
        case "env":
            if name not in environment:
                raise SettingsError(f"the variable {name} is not set: set it to the source's token")
            return environment[name]
        case "file":
            return _secret_file(Path(name).expanduser())
        case "keyring":
            return _kept(name)
        case _:
            raise SettingsError(f"`secret` {WRITTEN_OUT.format('NAME')}")


def _kept(name: str) -> str:
    from console import keyrings

    try:
        found = keyrings.fetch(name)
    except keyrings.NoKeyring as error:
        raise SettingsError(f"keyring:{name}: {error}") from error
    if found is None:
        raise SettingsError(
            f"keyring:{name}: there is no such secret here: run `smart-console secret set {name}`"
        )
    return found


def _secret_file(file: Path) -> str:
    try:
        mode = file.stat().st_mode
        text = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(
            f"{file}: the secret cannot be read ({type(error).__name__}): check the path"
        ) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise SettingsError(f"{file}: others can read this secret: run chmod 600 on it")
    return text
