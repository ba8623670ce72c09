"""Frozen settings from one TOML file; a secret is named there, never written there."""

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from console.domain.vocabulary import FeedName


class SettingsError(ValueError):
    """The configuration cannot be used; the text says what, where and what to do."""


class AgencySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The agency's own choices; ``definitions`` is a shipped pack's name or a path."""

    name: str = ""
    timezone: str = ""
    definitions: str = "denver-style"


class SourceSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[source]]``: where the data come from. ``every`` gives seconds between polls by feed."""

    name: str
    url: str
    kind: Literal["console"] = "console"
    secret: str = ""
    feeds: tuple[FeedName, ...] = tuple(FeedName)
    every: dict[FeedName, float] = {}


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole configuration."""

    source: tuple[SourceSettings, ...]
    agency: AgencySettings = AgencySettings()


def load(file: Path) -> Settings:
    """Read ``file``; raises `SettingsError` with the line or the field and what is expected there."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}: cannot be read ({type(error).__name__}): check the path and that it is UTF-8"
        ) from error
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not TOML: {error}; mend that line") from error
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: {error}; see the configuration section of the README") from error
    if not settings.source:
        raise SettingsError(f"{file}: no [[source]]: name at least one dispatch API")
    names = [source.name for source in settings.source]
    if len(set(names)) < len(names):
        raise SettingsError(f"{file}: two sources share a name: give each [[source]] its own")
    return settings


def secret(reference: str, environment: Mapping[str, str] = os.environ) -> str:
    """The secret that ``reference`` names: ``env:NAME`` or ``file:PATH``; empty for none.

    Raises `SettingsError` for a secret written out in place of a reference, for a variable that is
    not set, and for a file that others can read.
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
        case _:
            raise SettingsError(
                "secret must be env:NAME or file:PATH, never the secret itself: move it there"
            )


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
