"""Whether each key of a pack is known, and its value of the right kind; all that fits is kept for further checks."""

from collections.abc import Mapping
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct

from console.domain.proofing.flaw import Flaws
from console.domain.proofing.lines import Path

_OURS = frozenset({"sha256"})
"""Fields that are made from the file and never written in it."""

_WORDS = {
    "`float`": "a number",
    "`int`": "a whole number",
    "`bool`": "true or false",
    "`str`": "text in quotes",
    "of length >= 1": "that is not empty",
    "of length <=": "with a length of at most",
    ">=": "of at least",
    "<=": "of at most",
    ">": "above",
}


def kept(document: Mapping[str, Any], kind: type[Struct], flaws: Flaws) -> dict[str, Any]:
    """The fields of ``kind`` that ``document`` gives and that fit; the others are in ``flaws``."""
    return _fields(document, kind, (), flaws)


def _fields(document: Mapping[str, Any], kind: type[Struct], path: Path, flaws: Flaws) -> dict[str, Any]:
    fields = {field.name: field for field in msgspec.structs.fields(kind) if field.name not in _OURS}
    found: dict[str, Any] = {}
    for name, value in document.items():
        if name not in fields:
            flaws.unknown((*path, name), "key or table here" if not path else "key here", fields)
        elif (fit := _fitting(value, fields[name].type, (*path, name), flaws)) is not None:
            found[name] = fit
    for name, field in fields.items():
        if field.required and name not in document:
            flaws.add((*path, name), "missing: this must be given")
    return found


def _fitting(value: object, kind: Any, path: Path, flaws: Flaws) -> object:
    """``value`` as ``kind``, as far as it fits; ``None`` where nothing does."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct(value, kind, path, flaws)
    if get_origin(kind) is dict:
        if not isinstance(value, dict):
            flaws.add(path, f"must be a table, not {_written(value)}")
            return None
        of = get_args(kind)[1]
        parts = {key: _fitting(part, of, (*path, key), flaws) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    try:
        fit: object = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        flaws.add(path, _said(error, value, kind))
        return None
    return fit


def _struct(value: object, kind: type[Struct], path: Path, flaws: Flaws) -> Struct | None:
    if not isinstance(value, dict):
        flaws.add(path, f"must be a table, not {_written(value)}")
        return None
    found = _fields(value, kind, path, flaws)
    fields = msgspec.structs.fields(kind)
    whole = all(field.name in found for field in fields if field.required or field.name in value)
    return kind(**found) if whole else None


def _said(error: msgspec.ValidationError, value: object, kind: Any) -> str:
    """What the reader says, in words of the file."""
    said = str(error).partition(" - at ")[0]
    if said.startswith("Invalid enum value"):
        return f"must be one of {', '.join(map(str, get_args(kind)))}, not {_written(value)}"
    wanted = said.removeprefix("Expected ").partition(", got")[0]
    for name, word in _WORDS.items():
        wanted = wanted.replace(name, word)
    return f"must be {wanted.removesuffix('.0')}, not {_written(value)}"


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list():
            return "a list"
        case str():
            return f'"{value[:40]}"'
        case _:
            return str(value)
