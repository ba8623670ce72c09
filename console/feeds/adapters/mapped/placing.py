"""Where in the text of a mapping something stands, and whether a secret stands there."""

import re
from collections.abc import Iterator
from typing import Any

from console.feeds.adapters.mapped.names import FIELDS
from console.secrecy import TEMPLATES, secret_parameter, secretive

KEPT_OUT = (
    "no secret belongs in a mapping: take it out, store it with `smart-console secret set`,"
    " and name it in the configuration as `secret`"
)
CODES = "map"
"""The table of value maps, whose names are the codes of the API."""


def line(text: str, place: tuple[str, ...]) -> str:
    """The line of ``place``: each of its words is looked for after the one before."""
    at = 0
    for word in place:
        found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(text, at)
        at = found.start() if found else at
    return f"line {text.count(chr(10), 0, at) + 1}: "


def misformed(text: str, told: str) -> str:
    """What msgspec ``told`` of a mapping in the wrong form, with its line and with what can stand there."""
    where = re.search(r"`\$([^`]*)`", told)
    at, table = 0, ""
    for name, number in re.findall(r"\.(\w+)(?:\[(\d+)\])?", where.group(1) if where else ""):
        table = f"{table}.{name}" if table else name
        heads = [head.start() for head in re.finditer(re.escape(f"[[{table}]]"), text) if head.start() >= at]
        if number and int(number) < len(heads):
            at = heads[int(number)]
        else:
            found = re.compile(rf"(?<!\w){name}(?!\w)").search(text, at)
            at = found.start() if found else at
    odd = re.search(r"unknown field `([^`]*)`", told)
    if odd:
        found = re.compile(rf"(?<!\w){re.escape(odd.group(1))}(?!\w)").search(text, at)
        at = found.start() if found else at
    kinds = f"; kinds are: {', '.join(FIELDS)}" if ".kind`" in told and ".emit" in told else ""
    return (
        f"line {text.count(chr(10), 0, at) + 1}: {told}{kinds}; the mapping guide says what can stand there"
    )


def secret_in(tree: dict[str, Any]) -> str:
    """The name of a value that looks like a secret written out; empty for none."""
    for place, name, value in _values(tree, ()):
        if secretive(name) and value not in ("", *TEMPLATES) and place != (CODES,):
            return name
        if name == "url" and isinstance(value, str) and (parameter := secret_parameter(value)):
            return parameter
    return ""


def _values(tree: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str | int | float]]:
    """Texts and numbers, each with its name and with the table at the top that it is in."""
    if isinstance(tree, list):
        for item in tree:
            yield from _values(item, place)
    if not isinstance(tree, dict):
        return
    for name, value in tree.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield place[:1], name, value
        else:
            yield from _values(value, (*place, name))
