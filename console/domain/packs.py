"""Reads a definition pack from TOML, and says everything that does not fit, each with its line."""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from typing import Any

from console.domain.definitions import Definitions
from console.domain.proofing.flaw import Flaw, Flaws
from console.domain.proofing.lines import Path, lines
from console.domain.proofing.sense import weighed
from console.domain.proofing.shape import kept
from console.domain.watching.catalog import CATALOG


class DefinitionError(ValueError):
    """The pack in ``file`` cannot be used; the text says which line and name, and what is expected there."""

    def __init__(self, flaws: Sequence[Flaw], file: str = "") -> None:
        told = [flaw.told for flaw in flaws]
        many = f"{len(told)} things do not fit:\n  " + "\n  ".join(told)
        said = many if len(told) > 1 else "".join(told)
        super().__init__(f"{file}: {said}" if file else said)
        self.flaws = tuple(flaws)


def parse(data: bytes) -> Definitions:
    """Read a pack from the bytes of its TOML file.

    Raises `DefinitionError` with every line that is wrong and what to write there.
    """
    document, places = _read(data)
    flaws = Flaws(places)
    fields = kept(document, Definitions, flaws)
    weighed(Definitions(**{"name": "", "version": "", "natures": {}, "waiting": {}, **fields}), flaws)
    if found := flaws.all():
        raise DefinitionError(found)
    return Definitions(**{**fields, "sha256": hashlib.sha256(data).hexdigest()})


def unwatched(pack: Definitions) -> tuple[str, ...]:
    """The rules of which ``pack`` has no record: they make no alarm."""
    return tuple(rule for rule in CATALOG if rule not in pack.rules)


def _read(data: bytes) -> tuple[dict[str, Any], dict[Path, int]]:
    """What the file says, and where each name of it stands."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DefinitionError([Flaw(line, "", "not UTF-8 text: save the file as UTF-8")]) from error
    try:
        return tomllib.loads(text), lines(text)
    except RecursionError as error:
        raise DefinitionError([Flaw(0, "", "tables or lists stand too deep in one another")]) from error
    except ValueError as error:  # a number of thousands of digits is no TOMLDecodeError
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else len(text.splitlines())
        why = str(error).partition(" (at ")[0]
        raise DefinitionError([Flaw(line, "", f"not TOML ({why}): mend that line")]) from error
