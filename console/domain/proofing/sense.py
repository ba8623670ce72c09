"""Whether what a pack says makes sense: limits that rise, alarms that do not grow milder, names that exist."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from console.domain.definitions import CheckIn, Definitions, Limit
from console.domain.proofing.flaw import Flaws
from console.domain.proofing.lines import Path
from console.domain.vocabulary import CallState, Program, UnitState
from console.domain.watching.catalog import CATALOG

LATER = (CallState.ASSIGNED, CallState.ENROUTE, CallState.ON_SCENE, CallState.TRANSPORTING)
"""The states of a call that have limits of their own; waiting is `[waiting]`."""

LOWEST = 99
"""The lowest priority that a call can have."""

REST = "any"
DEFAULT = "default"


def weighed(pack: Definitions, flaws: Flaws) -> None:
    """Put into ``flaws`` what of ``pack`` cannot be meant."""
    _limits(pack.waiting, ("waiting",), flaws)
    _priorities(pack.waiting, ("waiting",), flaws, rest=REST)
    for state, limits in pack.limits.items():
        path = ("limits", state)
        if state == CallState.PENDING:
            flaws.add(path, "the limits of a call that waits stand in [waiting]")
        elif state not in LATER:
            flaws.unknown(path, "state of a call with limits", LATER)
        _limits(limits, path, flaws)
        _priorities(limits, path, flaws, rest=REST)
    _names(pack.team_limits, ("team_limits",), "state of a team", UnitState, flaws)
    _limits(pack.team_limits, ("team_limits",), flaws)
    _safety(pack.safety.check_in, flaws)
    _kick_back(pack, flaws)
    _alarms(pack, flaws)
    _names(pack.rules, ("rules",), "rule in this version", CATALOG, flaws)


def _limits(limits: Mapping[str, Limit], path: Path, flaws: Flaws) -> None:
    for key, limit in limits.items():
        if limit.amber >= limit.red:
            said = f"amber ({limit.amber:g} min) must be below red ({limit.red:g} min)"
            flaws.add((*path, key), said)
        if limit.at_amber and not 1 <= limit.at_red <= limit.at_amber:
            said = f"the alarm at red (at_red = {limit.at_red}) is milder than that at amber"
            flaws.add((*path, key), f"{said} (at_amber = {limit.at_amber}): 1 is the most urgent, 0 is none")


def _priorities(keys: Iterable[str], path: Path, flaws: Flaws, rest: str = "") -> None:
    for key in keys:
        whole = key.isdecimal() and str(int(key)) == key and int(key) <= LOWEST
        if not whole and key != (rest or None):
            also = f' or "{rest}" for all others' if rest else ""
            flaws.add((*path, key), f"must be a priority of calls, a whole number from 0 to {LOWEST}{also}")


def _names(keys: Iterable[str], path: Path, kind: str, known: Iterable[str], flaws: Flaws) -> None:
    names = [str(name) for name in known]
    for key in keys:
        if key not in names:
            flaws.unknown((*path, key), kind, names)


def _safety(check_in: Mapping[str, CheckIn], flaws: Flaws) -> None:
    path = ("safety", "check_in")
    _names(check_in, path, "program", (*Program, DEFAULT), flaws)
    for program, every in check_in.items():
        if every.warn >= every.every:
            said = f"warn ({every.warn:g} min) must be below every ({every.every:g} min)"
            flaws.add((*path, program), said)


def _kick_back(pack: Definitions, flaws: Flaws) -> None:
    after, path = pack.kick_back.after, ("kick_back", "after")
    _priorities(after, path, flaws)
    for priority, minutes in after.items():
        if minutes <= pack.kick_back.warn:
            said = f"must be above warn ({pack.kick_back.warn:g} min), or the alarm comes with the call"
            flaws.add((*path, priority), said)


def _alarms(pack: Definitions, flaws: Flaws) -> None:
    system = pack.alarms
    if system.flood.ends_below > system.flood.over:
        said = f"must not be above over ({system.flood.over}), or a flood ends as it begins"
        flaws.add(("alarms", "flood", "ends_below"), said)
    for name, minutes in (("shelve_min", system.shelve_min), ("returned_min", system.returned_min)):
        _names(minutes, ("alarms", name), "priority of alarms", ("1", "2", "3"), flaws)
    caps = sorted(item for item in system.shelve_min.items() if item[0] in ("1", "2", "3"))
    for (urgent, cap), (milder, other) in pairwise(caps):
        if cap > other:
            said = f"an urgent alarm ({urgent}: {cap:g} min) must not be shelved longer than a milder one"
            flaws.add(("alarms", "shelve_min", milder), f"{said} ({milder}: {other:g} min)")
    if pack.positions.fade_s >= pack.positions.stale_s:
        said = f"fade_s ({pack.positions.fade_s:g} s) must be below stale_s ({pack.positions.stale_s:g} s)"
        flaws.add(("positions", "fade_s"), said)
