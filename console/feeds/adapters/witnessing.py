"""Who is on a call, where an API tells only what each unit does now: the console sees the stages pass.

The stage that a unit is in, and since when, becomes its part in the call; `console.feeds.rows.history` keeps
the stages that were seen before. Their names are given in ``observed``, because the API does not tell them
of the call.
"""

from console.domain.vocabulary import UnitState
from console.feeds.adapter import Value

STAGE = {
    UnitState.ASSIGNED: "assigned_at",
    UnitState.ENROUTE: "enroute_at",
    UnitState.ON_SCENE: "on_scene_at",
    UnitState.TRANSPORTING: "left_at",
    UnitState.AT_DESTINATION: "destination_at",
}


def witnessed(units: list[Value]) -> list[Value]:
    """A part in its call for each of ``units`` that is on one."""
    parts = []
    for unit in units:
        if unit.get("call") and unit.get("id"):
            stage = STAGE.get(unit.get("state") or UnitState.UNKNOWN)
            since = {stage: unit["since"]} if stage and unit.get("since") else {}
            parts.append({"call": unit["call"], "unit": unit["id"], **since})
    return parts


def observed(parts: list[Value]) -> list[str]:
    """The stages that ``parts`` of one call were seen in."""
    return sorted({name for part in parts for name in STAGE.values() if part.get(name)})
