"""Reads a definition pack from TOML, and says where it does not fit."""

import hashlib
import tomllib
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from console.domain.definitions import Definitions, Limit, Nature

V = TypeVar("V")


class DefinitionError(ValueError):
    """The pack cannot be used; the text says which line or field, and what is expected there."""


def parse(data: bytes) -> Definitions:
    """Read a pack from the bytes of its TOML file.

    Raises `DefinitionError` with the line (bad TOML) or the field (bad value) and what to do.
    """
    try:
        document: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DefinitionError(f"the pack is not UTF-8 text (byte {error.start}): save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"the pack is not TOML: {error}; mend that line") from error
    for table, kind in (("natures", Nature), ("waiting", Limit)):
        for key, entry in _entries(document, table):
            _checked(entry, kind, f"{table}.{key}", key, data)
    pack = _checked(document, Definitions, "", "", data)
    for priority, limit in pack.waiting.items():
        if limit.amber >= limit.red:
            raise DefinitionError(
                f"waiting.{priority}: amber ({limit.amber:g} min) must be below red ({limit.red:g} min)"
            )
    return msgspec.structs.replace(pack, sha256=hashlib.sha256(data).hexdigest())


def _entries(document: dict[str, Any], table: str) -> Iterable[tuple[str, object]]:
    entries = document.get(table)
    return entries.items() if isinstance(entries, dict) else ()


def _checked(value: object, kind: type[V], where: str, key: str, data: bytes) -> V:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$")
        field = path.strip("`.")
        wanted = key or field.partition(".")[0]
        place = ".".join(part for part in (where, field) if part)
        raise DefinitionError(
            f"the pack does not fit: {place or 'the file'}: {what}{_line_of(wanted, data)}"
        ) from error


def _line_of(wanted: str, data: bytes) -> str:
    """Where the table or field ``wanted`` stands in the file, for the message."""
    for number, line in enumerate(data.decode("utf-8").splitlines(), start=1):
        name = line.partition("#")[0].partition("=")[0].strip(" []")
        if wanted and name.rpartition(".")[2].strip('"') == wanted:
            return f" (line {number})"
    return ""
