"""The rules about one call: too long in a state, close to police taking it, no longer reported, not heard of."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.domain.board import State
from console.domain.definitions import Definitions
from console.domain.entities import Call
from console.domain.limits import state_since, stay_of
from console.domain.sets import eligible, elsewhere, waiting
from console.domain.vocabulary import CallState
from console.domain.watching import catalog
from console.domain.watching.spell import Spell, after, already

LONG = {
    CallState.PENDING: catalog.PENDING_LONG,
    CallState.ASSIGNED: catalog.ASSIGNED_LONG,
    CallState.ENROUTE: catalog.TRAVEL_LONG,
    CallState.ON_SCENE: catalog.SCENE_LONG,
    CallState.TRANSPORTING: catalog.TRANSPORT_LONG,
}
"""The rule about being too long in each state."""


def spells(state: State, key: str) -> Iterator[Spell]:
    """What is to be said of the call ``key``; nothing of one that is over or that another service has."""
    call = state.calls.get(key)
    if call is None or not call.open or elsewhere(call):
        return
    pack = state.definitions
    if (rule := LONG.get(call.state)) is not None and (
        stay := stay_of(call, pack, state.alarms.seen.get(key))
    ) is not None:
        steps = ((stay.amber, stay.at_amber), (stay.red, stay.at_red))
        yield Spell(rule, stay.since, tuple(step for step in steps if step[1]))
    if (handed := hand_over_at(call, pack)) is not None:
        warn = timedelta(minutes=pack.kick_back.warn)
        yield after(catalog.KICK_BACK, state_since(call) or handed, handed - warn)
    if (unreported := state.missing.get(key)) is not None:
        yield already(catalog.MISSING, unreported)
    elif (heard := call.updated_at or state_since(call)) is not None:
        yield after(catalog.CALL_OLD, heard, heard + timedelta(minutes=pack.safety.call_old_min))


def hand_over_at(call: Call, pack: Definitions) -> datetime | None:
    """When policy hands an eligible call that still waits to police; ``None`` where it does not, or none is set."""
    minutes = pack.kick_back.after.get(str(call.priority))
    if minutes is None or not waiting(call) or (since := state_since(call)) is None:
        return None
    return since + timedelta(minutes=minutes) if eligible(call, pack) else None
