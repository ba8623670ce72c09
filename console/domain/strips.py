"""The strip rule: no call or follow-up leaves the board without an owner, a disposition or a signed hand-off.

Named after the paper strips of a dispatch floor, which nobody may drop before somebody else has taken them. It is about
calls of the program that closed in this shift without a disposition and were not resolved by phone, and follow-ups that
have no case manager, or that are no longer reported and were never done. Where a source gives no dispositions at all
nothing can be said of them, and nothing is. A strip that stands is not forgotten with its shift; what somebody signed
is that closure, and not the next one.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from console.domain.board import State
from console.domain.entities import Call, FollowUp
from console.domain.limits import state_since
from console.domain.sets import eligible, elsewhere, waiting
from console.domain.strip import Signature, Strip
from console.domain.vocabulary import ALTERNATIVE

UNDISPOSED = "closed without a disposition"
UNOWNED = "follow-up without a case manager"
VANISHED = "follow-up no longer reported, never done"

SIGNED: Final = timedelta(days=7)
"""For how long a signature holds: no source reports a call for longer after it closed."""

SIGNATURES: Final = 1_000

_FOLLOW_UP = "follow-up "


def after_calls(before: State, after: State, keys: Collection[str]) -> State:
    """``after``, with the strips of the calls ``keys`` as they are now."""
    given = after.dispositions or any(
        call is not None and call.disposition is not None for call in map(after.calls.get, keys)
    )
    touched = after.calls if given and not after.dispositions else keys
    rows = {key: call for key in touched if (call := after.calls.get(key)) is not None}
    after = _unsigned(after, [key for key, call in rows.items() if call.open])
    moved = {key: of_call(after, call, before.calls.get(key)) for key, call in rows.items()}
    after = after if given is after.dispositions else replace(after, dispositions=given)
    return _moved(after, moved if given else {})


def after_follow_ups(before: State, after: State) -> State:
    """``after``, with the strips of its follow-ups as they are now, and of those that vanished."""
    if before.follow_ups is after.follow_ups:
        return after
    after = _unsigned(after, [_key(row) for row in after.follow_ups.values() if _owned(row)])
    moved = {_key(row): of_follow_up(after, row) for row in after.follow_ups.values()}
    for row in before.follow_ups.values():
        if row.id not in after.follow_ups and row.done_at is None and not row.outcome:
            moved[_key(row)] = _unless_signed(after, _key(row), _strip(after, row, VANISHED))
    return _moved(after, moved)


def of_call(state: State, call: Call, was: Call | None = None) -> Strip | None:
    """The strip of a call that is over and that nobody has answered for; ``None`` where all is well.

    ``was`` is its row before. One that closed in an earlier shift gets no new strip, and keeps the one it has.
    """
    if call.open or call.disposition is not None or call.by_phone:
        return None
    since = call.closed_at or state_since(call) or call.updated_at
    stands = call.id in state.strips
    if since is None or not (stands or _ours(state, call, was)) or elsewhere(call):
        return None
    if not stands and state.window_from is not None and since < state.window_from:
        return None
    strip = Strip(call.number or call.id, since, UNDISPOSED, call=call.id, area=call.area)
    return _unless_signed(state, call.id, strip, call.closed_at)


def of_follow_up(state: State, row: FollowUp) -> Strip | None:
    """The strip of a follow-up that nobody owns."""
    return None if _owned(row) else _unless_signed(state, _key(row), _strip(state, row, UNOWNED))


def signed(state: State, key: str, signature: Signature) -> State:
    """Somebody answers for the strip ``key``."""
    strip = state.strips.get(key)
    if strip is None:
        return state
    signature = replace(signature, of=_of(strip), since=strip.since)
    return _moved(replace(state, signed=_kept({**state.signed, key: signature}, signature.at)), {key: None})


def carried(state: State, held: dict[str, Strip], signed: dict[str, Signature]) -> State:
    """``state`` with the strips and signatures of an earlier run; what it knows better by now stands."""
    state = replace(state, signed=_kept({**signed, **state.signed}, state.at))
    state = _moved(
        state, {key: _unless_signed(state, key, strip, strip.since) for key, strip in held.items()}
    )
    keys = held.keys() | (state.strips.keys() & state.signed.keys())
    rows = {_key(row): row for row in state.follow_ups.values()}
    moved = {key: of_call(state, state.calls[key]) for key in sorted(keys & state.calls.keys())}
    return _moved(
        state, {**moved, **{key: of_follow_up(state, rows[key]) for key in sorted(keys & rows.keys())}}
    )


def _ours(state: State, call: Call, was: Call | None) -> bool:
    """Whether the program ever had the call: it was eligible or its own, a team was sent, or it waited for one."""
    if call.assignments or eligible(call, state.definitions) is True:
        return True
    if call.eligible is False:
        return False
    waited = call.stamps.queued_at is not None or (was is not None and waiting(was))
    return waited or call.program in ALTERNATIVE


def _owned(row: FollowUp) -> bool:
    return bool(row.case_manager) or row.done_at is not None


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


def _unless_signed(state: State, key: str, strip: Strip, closed: datetime | None = None) -> Strip | None:
    """``strip``, unless somebody answers for it: for this call, and for no later time that it ``closed``."""
    signature = state.signed.get(key)
    if signature is None or (signature.of and signature.of != _of(strip)):
        return strip
    signed = max(signature.at, signature.since or signature.at)
    return strip if closed is not None and closed > signed else None


def _unsigned(state: State, keys: Iterable[str]) -> State:
    """What is open again, or has an owner again, is nobody's hand-off any more."""
    again = [key for key in keys if key in state.signed]
    if not again:
        return state
    return replace(state, signed={key: one for key, one in state.signed.items() if key not in again})


def _kept(signed: dict[str, Signature], now: datetime) -> dict[str, Signature]:
    """The signatures that still matter: those of the last days, and no more than a person looks through."""
    left = sorted(
        ((key, one) for key, one in signed.items() if now - one.at < SIGNED), key=lambda pair: pair[1].at
    )
    return dict(left[-SIGNATURES:])


def _of(strip: Strip) -> str:
    """What tells that the same id means another one by now."""
    return strip.call if strip.follow_up else strip.name


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
