"""A row of a whole call whose columns hold a moment for each of its units: ``M1 12:03;M2 12:05``."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from console.simulator.past.layout import Packed
from console.simulator.past.moments import Moments
from console.simulator.past.stages import STAGES, Stage, in_order
from console.simulator.past.unitrow import LONGEST_KEY, UnitRow


def unpacked(
    whole: UnitRow, columns: Sequence[tuple[str, Packed]], moments: Moments, day: date | None
) -> tuple[list[UnitRow], list[str]]:
    """The row of the call and one for each of its units, and what is wrong with any pair.

    A unit that has no end of its own is free when the call ends. Where only one unit went, the stages of the call
    are its own.
    """
    wrong: list[str] = []
    texts = _by_unit(columns, wrong)
    names: dict[Stage, str] = {one.stage: one.column for _, one in columns}
    names.setdefault("available", "the end of the call")
    units = []
    for unit, stages in texts.items():
        found, faults = in_order(stages, names, moments, day, after=whole.received)
        wrong += [f"{fault.partition(':')[0]} for {unit}:{fault.partition(':')[2]}" for fault in faults]
        units.append(_part(whole, unit, found, alone=len(texts) == 1))
    sent = [row for row in units if row.dispatch is not None]
    wrong += [
        f"a unit has no moment of dispatch: {row.unit} is left out" for row in units if row.dispatch is None
    ]
    return [_ended(whole, sent), *sent], wrong


def _by_unit(columns: Sequence[tuple[str, Packed]], wrong: list[str]) -> dict[str, dict[Stage, str]]:
    """What each unit's stages are written as, in the order in which they must happen."""
    units: dict[str, dict[Stage, str]] = {}
    for text, one in sorted(columns, key=lambda column: STAGES.index(column[1].stage)):
        for pair in _pairs(text, one):
            unit, _, moment = (part.strip() for part in pair.rpartition(one.within))
            if unit and moment and len(unit) <= LONGEST_KEY:
                units.setdefault(unit, {}).setdefault(one.stage, moment)
            else:
                wrong.append(f"{one.column} has a unit without its moment: {pair[:40]!r} is left out")
    return units


def _pairs(text: str, one: Packed) -> Iterator[str]:
    return (pair for part in text.split(one.between) if (pair := part.strip()))


def _part(whole: UnitRow, unit: str, found: dict[str, datetime], *, alone: bool) -> UnitRow:
    stages: dict[str, datetime | None] = {stage: found.get(stage) for stage in STAGES}
    if alone:
        stages = {stage: moment or getattr(whole, stage) for stage, moment in stages.items()}
    last = max((moment for moment in found.values()), default=whole.received)
    if stages["available"] is None and whole.available is not None and whole.available >= last:
        stages["available"] = whole.available
    return replace(whole, unit=unit, **{**stages, "received": whole.received, "entry": whole.entry})


def _ended(whole: UnitRow, sent: Sequence[UnitRow]) -> UnitRow:
    """The row of the call; where the file does not say when it ended, it did with its last unit."""
    ends = [row.available for row in sent if row.available is not None]
    if whole.available is not None or not sent or len(ends) < len(sent):
        return whole
    last = max(moment for stage in STAGES if (moment := getattr(whole, stage)) is not None)
    return replace(whole, available=max(last, *ends))
