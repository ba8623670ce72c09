"""Several documents by age: the newest holds, and each status counts from when it was first seen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from console.domain.vocabulary import FeedName, UnitState
from console.feeds.adapter import Found, Gathered, Value
from console.feeds.adapters.assembly import ORPHAN, STAGES, Parts, assembled
from console.feeds.adapters.eido.codes import STAGE
from console.feeds.adapters.eido.graph import Graph
from console.feeds.adapters.eido.incident import incident
from console.feeds.adapters.eido.resource import Resource, named, resources
from console.feeds.rows.flaws import Flaw
from console.feeds.spec import Dialect

FIRST = datetime.min.replace(tzinfo=UTC)
CLEARED = "cleared_at"


class Snapshots:
    """Takes in documents, the oldest first, and tells the rows of each feed."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._calls: dict[str, Value] = {}
        self._parts: dict[str, dict[str, Value]] = {}
        self._units: dict[str, Value] = {}
        self._positions: dict[str, Value] = {}
        self._names: dict[str, str] = {}
        self._flaws: dict[str, list[Flaw]] = {}
        self._strays: dict[str, list[Flaw]] = {}

    def take(self, graph: Graph) -> None:
        """Take in one document: it replaces what an older one of its incident said."""
        units = resources(graph, self._dialect.units)
        sent = _sent(graph, units, self._dialect.units)
        call = incident(graph, [unit for unit in sent if not unit.cleared])
        old = self._calls.get(graph.call)
        if old is not None:
            call = _seen_first(old, call)
        self._calls[graph.call] = call
        parts = {unit.id: _part(unit, graph.at) for unit in sent}
        self._parts[graph.call] = _followed(self._parts.get(graph.call, {}), parts, graph.at)
        self._names |= dict.fromkeys(graph.names, graph.call)
        self._flaws[graph.call] = graph.flaws
        for unit in units:
            self._keep(unit)

    def gathered(self, spoilt: Iterable[Flaw], missing: Sequence[Flaw]) -> Found:
        """The rows there are. ``spoilt`` are documents that could not be taken in, ``missing`` those that
        could not be had: nothing is gone then.
        """
        told = Parts(
            calls=[*self._calls.values()],
            units=[self._on_board(row) for row in self._units.values()],
            assignments=[
                {"call": call, "unit": unit, **part}
                for call, parts in self._parts.items()
                for unit, part in parts.items()
            ],
            positions=[*self._positions.values()],
            sent=True,
        )
        for call in told.calls:
            stages = {name for part in self._parts[call["id"]].values() for name in part}
            call["observed"] = sorted({*call["observed"], *stages})
        rows = assembled(told, self._dialect).rows
        lost = tuple(spoilt)
        calls = [*(flaw for flaws in self._flaws.values() for flaw in flaws), *lost, *missing]
        complete = not missing
        units = [*(flaw for flaws in self._strays.values() for flaw in flaws), *lost]
        return {
            FeedName.CALLS: Gathered(rows[FeedName.CALLS], complete, flaws=calls),
            FeedName.UNITS: Gathered(rows[FeedName.UNITS], complete, flaws=units),
            FeedName.POSITIONS: Gathered(rows[FeedName.POSITIONS], complete, flaws=lost),
        }

    def _keep(self, unit: Resource) -> None:
        """Keep what is newest of a unit: it may stand in the documents of two incidents."""
        held = self._units.get(unit.id)
        if held is not None and (held["updated_at"] or FIRST) > (unit.at or FIRST):
            return
        self._strays[unit.id] = unit.flaws
        if unit.id:
            self._units[unit.id] = unit.row | ({"call": unit.active} if unit.active else {})
        if unit.position is not None:
            self._positions[unit.id] = unit.position

    def _on_board(self, row: Value) -> Value:
        """``row`` with the id that its incident has on the board."""
        active = row.get("call")
        if not active:
            return row
        if active not in self._names:
            self._strays[row["id"]] = [
                *self._strays[row["id"]],
                Flaw(row["id"], ORPHAN, "activeOnIncidentId"),
            ]
        return row | {"call": self._names.get(active, active)}


def _sent(graph: Graph, units: Sequence[Resource], names: Mapping[str, str]) -> list[Resource]:
    """The units on this incident, each with when it was sent; one that was sent and is free again was here."""
    sent: dict[str, datetime | None] = {}
    for dispatch in graph.components("dispatchcomponent"):
        references = dispatch.get("emergencyresourcereference")
        for part in graph.follow(references, "emergencyResourceReference"):
            sent[named(part, names)] = graph.stamp(dispatch) or graph.at
    here = [unit for unit in units if unit.id and (unit.id in sent or _on(unit, graph))]
    for unit in here:
        elsewhere = bool(unit.active) and unit.active not in graph.names
        unit.dispatched = sent.get(unit.id)
        unit.cleared = unit.cleared or elsewhere or unit.state is UnitState.AVAILABLE
    return here


def _on(unit: Resource, graph: Graph) -> bool:
    return unit.active in graph.names if unit.active else unit.state in STAGE


def _part(unit: Resource, at: datetime | None) -> Value:
    """The stamps that this document gives the unit: of its present stage alone."""
    part: Value = {"assigned_at": unit.dispatched} if unit.dispatched else {}
    if at is None:
        return part
    if unit.cleared:
        return part | {CLEARED: at}
    if unit.state in STAGE:
        part.setdefault(STAGE[unit.state], at)
    if unit.contact:
        part["contact_at"] = at
    return part


def _followed(before: Mapping[str, Value], now: Mapping[str, Value], at: datetime | None) -> dict[str, Value]:
    """Each unit's part once the newer document is known; one that this leaves out has left the incident."""
    parts: dict[str, Value] = {}
    for unit, old in before.items():
        new = now.get(unit, {CLEARED: at} if at else {})
        kept = {name: _earlier(old.get(name), new.get(name)) for name in STAGES if name in old or name in new}
        if CLEARED not in new:
            kept.pop(CLEARED, None)
        parts[unit] = kept
    return parts | {unit: part for unit, part in now.items() if unit not in before}


def _seen_first(old: Value, new: Value) -> Value:
    """``new`` with what was observed earlier."""
    kept = {"created_at": _earlier(old["created_at"], new["created_at"])}
    if new["closed_at"]:
        kept["closed_at"] = _earlier(old["closed_at"], new["closed_at"])
    return new | kept


def _earlier(mine: datetime | None, other: datetime | None) -> datetime | None:
    return min(mine, other) if mine and other else mine or other
