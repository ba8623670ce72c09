"""The strip rule: no call or follow-up leaves the board without an owner, a disposition or a signed hand-off.

Named after the paper strips of a dispatch floor, which nobody may drop before somebody else has taken them. It is about
calls of the program that closed in this shift without a disposition and were not resolved by phone, and follow-ups that
have no case manager, or that are no longer reported and were never done. Where a source gives no dispositions at all
nothing can be said of them, and nothing is.
"""

from collections.abc import Collection

from msgspec.structs import replace

from console.domain.board import State
from console.domain.entities import Call, FollowUp
from console.domain.limits import state_since
from console.domain.sets import elsewhere
from console.domain.strip import Signature, Strip

UNDISPOSED = "closed without a disposition"
UNOWNED = "follow-up without a case manager"
VANISHED = "follow-up no longer reported, never done"

_FOLLOW_UP = "follow-up "


def after_calls(after: State, keys: Collection[str]) -> State:
    """``after``, with the strips of the calls ``keys`` as they are now."""
    given = after.dispositions or any(
        call is not None and call.disposition is not None for call in map(after.calls.get, keys)
    )
    touched = after.calls if given and not after.dispositions else keys
    moved = {key: of_call(after, call) for key in touched if (call := after.calls.get(key)) is not None}
    after = after if given is after.dispositions else replace(after, dispositions=given)
    return _moved(after, moved if given else {})


def after_follow_ups(before: State, after: State) -> State:
    """``after``, with the strips of its follow-ups as they are now, and of those that vanished."""
    if before.follow_ups is after.follow_ups:
        return after
    moved = {_key(row): of_follow_up(after, row) for row in after.follow_ups.values()}
    for row in before.follow_ups.values():
        if row.id not in after.follow_ups and row.done_at is None and not row.outcome:
            moved[_key(row)] = _unless_signed(after, _key(row), _strip(after, row, VANISHED))
    return _moved(after, moved)


def of_call(state: State, call: Call) -> Strip | None:
    """The strip of a call that is over and that nobody has answered for; ``None`` where all is well."""
    if call.open or call.disposition is not None or call.by_phone or not _ours(call):
        return None
    since = call.closed_at or state_since(call) or call.updated_at
    if since is None or (state.window_from is not None and since < state.window_from):
        return None
    strip = Strip(call.number or call.id, since, UNDISPOSED, call=call.id, area=call.area)
    return _unless_signed(state, call.id, strip)


def of_follow_up(state: State, row: FollowUp) -> Strip | None:
    """The strip of a follow-up that nobody owns."""
    if row.case_manager or row.done_at is not None:
        return None
    return _unless_signed(state, _key(row), _strip(state, row, UNOWNED))


def signed(state: State, key: str, signature: Signature) -> State:
    """Somebody answers for the strip ``key``."""
    if key not in state.strips:
        return state
    after = replace(state, signed={**state.signed, key: signature})
    return _moved(after, {key: None})


def carried(state: State, held: dict[str, Strip], signed: dict[str, Signature]) -> State:
    """``state`` with the strips and signatures of an earlier run; what it knows better by now stands."""
    state = replace(state, signed={**signed, **state.signed})
    there = {key: call for key in held if (call := state.calls.get(key)) is not None}
    found = {key: strip for key, strip in held.items() if key not in state.signed and key not in there}
    return _moved(state, {**found, **{key: of_call(state, call) for key, call in there.items()}})


def _ours(call: Call) -> bool:
    """Whether the program ever had the call: it was eligible, or one of its teams was sent."""
    return not elsewhere(call) and (call.eligible is True or bool(call.assignments))


def _strip(state: State, row: FollowUp, why: str) -> Strip:
    call = state.calls.get(row.call)
    name = (call.number or call.id) if call is not None else row.call or row.id
    return Strip(
        name,
        row.updated_at or state.at,
        why,
        call=row.call,
        follow_up=row.id,
        area=call.area if call is not None else "",
    )


def _unless_signed(state: State, key: str, strip: Strip) -> Strip | None:
    return None if key in state.signed else strip


def _key(row: FollowUp) -> str:
    return _FOLLOW_UP + row.id


def _moved(state: State, moved: dict[str, Strip | None]) -> State:
    """``state`` with the strips in ``moved``; one that stands already keeps its moment."""
    held = state.strips
    come = {key: strip for key, strip in moved.items() if strip is not None and key not in held}
    gone = [key for key, strip in moved.items() if strip is None and key in held]
    if not come and not gone:
        return state
    return replace(state, strips={key: strip for key, strip in {**held, **come}.items() if key not in gone})
