"""A definition pack as a report: its limits, its alarms, what it leaves out, and what cannot be used."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from console.domain.definitions import Definitions, Limit
from console.domain.packs import DefinitionError, parse, unwatched
from console.domain.proofing.flaw import Flaw
from console.domain.watching.catalog import CATALOG
from console.domain.watching.priorities import priorities


class LimitLine(Struct, frozen=True):
    """Minutes until amber and red in one state (``of``) for one priority (``key``), and the alarm each makes."""

    of: str
    key: str
    amber_min: float
    red_min: float
    at_amber: int
    at_red: int


class RuleLine(Struct, frozen=True):
    """One alarm that the pack has: how urgent it can be, its delays, and what somebody then does."""

    rule: str
    priorities: tuple[int, ...]
    on_delay_s: float
    off_delay_s: float
    respond_min: float
    shelve_min: float
    response: str


class PackReport(Struct, frozen=True):
    """``missing`` are rules of this version without a record: they make no alarm. With ``flaws`` all else is empty."""

    ok: bool
    name: str = ""
    version: str = ""
    sha256: str = ""
    natures: int = 0
    limits: tuple[LimitLine, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    missing: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()


class Difference(Struct, frozen=True):
    """A value that two packs do not share; empty where one has none."""

    where: str
    first: str
    second: str


def reported(data: bytes) -> PackReport:
    """What is in the file of a pack, or what cannot be used of it."""
    try:
        pack = parse(data)
    except DefinitionError as error:
        return PackReport(ok=False, flaws=error.flaws)
    return PackReport(
        ok=True,
        name=pack.name,
        version=pack.version,
        sha256=pack.sha256,
        natures=len(pack.natures),
        limits=tuple(_limits(pack)),
        rules=tuple(_rules(pack)),
        missing=unwatched(pack),
    )


def differences(first: Definitions, second: Definitions) -> tuple[Difference, ...]:
    """Every value in which two packs differ, by its name in the file."""
    ours, theirs = _flat(msgspec.to_builtins(first)), _flat(msgspec.to_builtins(second))
    return tuple(
        Difference(where, ours.get(where, ""), theirs.get(where, ""))
        for where in dict.fromkeys((*ours, *theirs))
        if where != "sha256" and ours.get(where) != theirs.get(where)
    )


def _limits(pack: Definitions) -> Iterator[LimitLine]:
    tables: Mapping[str, Mapping[str, Limit]] = {
        "waiting": pack.waiting,
        **pack.limits,
        "team_limits": pack.team_limits,
    }
    for of, limits in tables.items():
        for key, limit in limits.items():
            yield LimitLine(of, key, limit.amber, limit.red, limit.at_amber, limit.at_red)


def _rules(pack: Definitions) -> Iterator[RuleLine]:
    for rule in CATALOG:
        if (record := pack.rules.get(rule)) is not None:
            yield RuleLine(
                rule,
                priorities(pack, rule),
                record.on_delay_s,
                record.off_delay_s,
                record.respond_min,
                record.shelve_min,
                record.response,
            )


def _flat(value: Mapping[str, Any], path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, part in value.items():
        name = f"{path}.{key}" if path else key
        found |= _flat(part, name) if isinstance(part, dict) else {name: str(part)}
    return found
