"""From a configuration file, or one URL, to the sources and the definitions that a verb reads by."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace
from platformdirs import user_config_path

from console.archive.spec import ArchiveSpec
from console.commands.mapping import completed
from console.commands.signing import Secrets, renewal, sign_in
from console.commands.speaking import dialect, try_zone
from console.domain.definitions import Definitions
from console.domain.entities import Agency
from console.domain.packs import DefinitionError, parse
from console.escalation import AlarmSettings
from console.feeds.spec import SourceSpec, Tls, bearer
from console.resources import path
from console.settings import (
    AgencySettings,
    AuthSettings,
    Settings,
    SettingsError,
    SourceSettings,
    load,
    secret,
)

NOWHERE = "https://saved.invalid"
"""The address of a source whose replies are read from files."""

PERMITTED: Mapping[str, int] = MappingProxyType({"ticketscad": 1_000})
"""Requests in an hour that a kind of source permits unless its configuration says otherwise."""

NOTHING_YET = """no configuration yet. Three ways to a board:
  connect to a dispatch API   smart-console run --config FILE, or: run --source URL
  open a past shift           smart-console serve --shift FILE, then: run --source URL with the address it prints
  try the demo city           smart-console demo"""


class Connection(Struct, frozen=True):
    """What to poll, what codes mean and which file says so, where it is recorded, and how alarms are heard."""

    specs: tuple[SourceSpec, ...]
    pack: Definitions
    archive: ArchiveSpec | None = None
    pack_file: Path | None = None
    alarms: AlarmSettings = AlarmSettings()


def sources(config: Path | None, url: str | None, token_env: str | None) -> Connection:
    """The connection that ``--config`` or ``--source`` names.

    Raises `SettingsError` where neither does, where both do, or where the file cannot be used.
    """
    if url and config:
        raise SettingsError("--config and --source exclude each other: give one of them")
    if url:
        reference = f"env:{token_env}" if token_env else ""
        return connection(Settings((SourceSettings(name="source", url=url, secret=reference),)), Path())
    file = config or usual()
    if config is None and not file.exists():
        raise SettingsError(NOTHING_YET)
    return connection(load(file), file.parent)


def usual() -> Path:
    """The configuration of this person, where no other is named; it need not be there."""
    return user_config_path("smart-console", appauthor=False) / "console.toml"


def alarms(config: Path | None) -> AlarmSettings:
    """How alarms are heard here; raises `SettingsError` where the file cannot be used."""
    file = config or usual()
    return load(file).alarms if config is not None or file.exists() else AlarmSettings()


def unconfigured(config: Path | None, url: str | None) -> bool:
    """Whether nothing says what to read: neither an option nor this person's configuration."""
    return config is None and not url and not usual().exists()


def checked(file: Path, *, live: bool) -> Connection:
    """The connection of a configuration, or of a mapping alone; without its secrets where nothing is asked.

    Raises `SettingsError` where the file cannot be used.
    """
    settings = _mapping_alone(file) if is_mapping(file) else load(file)
    if not live:
        settings = replace(settings, source=tuple(map(_unsigned, settings.source)))
    return connection(settings, file.parent)


def is_mapping(file: Path) -> bool:
    """Whether ``file`` is a mapping and not a configuration; what cannot be read is told by `load`."""
    try:
        return "mapping_version" in tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


def _mapping_alone(file: Path) -> Settings:
    return Settings((SourceSettings(name=file.stem, kind="mapped", mapping=file.name),))


def _unsigned(source: SourceSettings) -> SourceSettings:
    return replace(source, secret="", auth=AuthSettings("none"), url=source.url or NOWHERE)


def one(url: str, token: str) -> Connection:
    """The connection to one console API, as the demo makes it."""
    spec = SourceSpec(name="demo", url=url, sign_in=bearer(token))
    agency = AgencySettings()
    return Connection((spec,), definitions(agency, Path()), pack_file=pack_file(agency, Path()))


def definitions(agency: AgencySettings, beside: Path) -> Definitions:
    """The agency's pack: a shipped one by name, or a file, relative to the configuration."""
    file = pack_file(agency, beside)
    try:
        return parse(file.read_bytes())
    except OSError as error:
        packs = ", ".join(sorted(pack.stem for pack in path("definitions").glob("*.toml")))
        raise SettingsError(
            f"definitions {agency.definitions!r}: no shipped pack of that name ({packs}) and no such file"
        ) from error
    except DefinitionError as error:
        raise DefinitionError(error.flaws, str(file)) from error


def pack_file(agency: AgencySettings, beside: Path) -> Path:
    """The file of the agency's pack; it need not be there."""
    shipped = path("definitions") / f"{agency.definitions}.toml"
    return shipped if shipped.exists() else beside / Path(agency.definitions).expanduser()


def connection(settings: Settings, beside: Path, secrets: Secrets = secret) -> Connection:
    """The connection of ``settings`` read from a file in the folder ``beside``; raises `SettingsError`."""
    if not settings.source:
        raise SettingsError(
            "no [[source]]: name at least one dispatch API here, or show the board with --follow"
        )
    try:
        try_zone(settings.agency.timezone)
    except ValueError as error:
        raise SettingsError(f"agency: {error}") from error
    specs = tuple(_spec(source, settings.agency, beside, secrets) for source in settings.source)
    return Connection(
        specs,
        definitions(settings.agency, beside),
        alarms=settings.alarms,
        pack_file=pack_file(settings.agency, beside),
    )


def _spec(source: SourceSettings, agency: AgencySettings, beside: Path, secrets: Secrets) -> SourceSpec:
    source, mapping = completed(source, beside)
    try:
        spec = SourceSpec(
            name=source.name,
            url=source.url,
            dialect=dialect(source, agency, mapping.text),
            sign_in=sign_in(source, secrets),
            feeds=source.feeds,
            every=source.every,
            tls=Tls(
                *(_file(name, beside) for name in (source.ca_file, source.client_cert, source.client_key))
            ),
            proxy=source.proxy,
            posts=mapping.posts,
            agency=_described(agency),
            hourly=source.hourly or PERMITTED.get(source.kind, 0),
            events=source.events,
            renew=renewal(source),
        )
        if spec.tls != Tls():
            _try_files(spec)
    except ValueError as error:
        told = str(error)
        named = told.startswith(f"source {source.name}:") or isinstance(error, SettingsError)
        raise SettingsError(told if named else f"source {source.name}: {told}") from error
    return spec


def _try_files(spec: SourceSpec) -> None:
    """Files that cannot be used are told here, not on the engine's thread."""
    from console.feeds.wire.secure import context

    context(spec)


def _described(agency: AgencySettings) -> Agency | None:
    if not (agency.name or agency.timezone or agency.bounds):
        return None
    return Agency(name=agency.name, timezone=agency.timezone or "UTC", bounds=agency.bounds)


def _file(name: str, beside: Path) -> str:
    """A file that the configuration names, relative to it."""
    return str(beside / Path(name).expanduser()) if name else ""
