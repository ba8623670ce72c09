"""The agency's definition pack: what its codes mean and what its limits are, read from TOML.

A pack is versioned and hashed; it enters the log as an event, so a recording always says by which
definitions its figures were made.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

Minutes = Annotated[float, Meta(gt=0, le=1_440)]
Name = Annotated[str, Meta(min_length=1, max_length=120)]


V = TypeVar("V")


class DefinitionError(ValueError):
    """The pack cannot be used; the text says which line or field, and what is expected there."""


class Nature(Struct, frozen=True, forbid_unknown_fields=True):
    """What one nature code of the dispatch system means.

    ``behavioral`` puts a call in M, ``eligible`` says that it meets the written criteria unless
    screening says otherwise, ``police_default`` that police would have been sent (W).
    """

    category: Name
    behavioral: bool
    eligible: bool = False
    police_default: bool = False


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes that a call of one priority may wait before it is amber, and before it is red."""

    amber: Minutes
    red: Minutes


class PositionLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds after which a position fades, and after which it is stale."""

    fade_s: float = 60.0
    stale_s: float = 300.0


class Definitions(Struct, frozen=True, forbid_unknown_fields=True):
    """One pack. ``waiting`` is keyed by priority as text; ``sha256`` is of the file's bytes."""

    name: Name
    version: Name
    natures: dict[str, Nature]
    waiting: dict[str, Limit]
    pack: Literal[1] = 1
    source: str = ""
    positions: PositionLimits = PositionLimits()
    sha256: str = ""

    def nature(self, code: str) -> Nature | None:
        """The meaning of ``code``, or ``None`` where the pack does not list it."""
        return self.natures.get(code)

    def limit(self, priority: int | None) -> Limit | None:
        """How long a call of ``priority`` may wait, or ``None`` where the pack sets no limit."""
        return self.waiting.get(str(priority))


NO_DEFINITIONS = Definitions(name="none", version="0", natures={}, waiting={})
"""Until a pack is loaded nothing has a category or a limit."""


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
