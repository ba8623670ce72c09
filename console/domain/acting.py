"""What people do, folded into the board."""

from typing import assert_never

from msgspec.structs import replace

from console.domain import strips
from console.domain.alarms.alarm import Mute, Out, Shelf
from console.domain.board import State
from console.domain.events import (
    Acknowledged,
    Acted,
    Bookmarked,
    CheckedIn,
    Muted,
    Noted,
    PutBack,
    Revealed,
    Shelved,
    SignedOff,
    TakenOut,
    Unmuted,
    Unshelved,
)
from console.domain.strip import Signature
from console.domain.watching import acts, marking


def acted(state: State, event: Acted) -> State:
    """The board after what somebody did."""
    match event:
        case Revealed():
            return replace(state, reveals=state.reveals + 1)
        case Noted():
            return replace(state, notes=(*state.notes, event))
        case Bookmarked():
            return replace(state, bookmarks=(*state.bookmarks, event))
        case SignedOff(at=at, strip=key, to=to, who=who):
            return marking.strips_marked(state, strips.signed(state, key, Signature(at, who, to)))
        case _:
            return _about_alarms(state, event)


def _about_alarms(
    state: State,
    event: Acknowledged | CheckedIn | Shelved | Unshelved | TakenOut | PutBack | Muted | Unmuted,
) -> State:
    match event:
        case Acknowledged(at=at, alarms=names, who=who):
            return acts.acknowledged(state, names, at, who)
        case CheckedIn(at=at, unit=unit, how=how, who=who):
            return acts.checked(state, unit, how, at, who)
        case Shelved(at=at, alarm=name, until=until, reason=reason, who=who):
            return acts.shelved(state, name, Shelf(at, until, who, reason))
        case Unshelved(at=at, alarm=name):
            return acts.unshelved(state, name, at)
        case TakenOut(at=at, what=what, reason=reason, who=who):
            return acts.taken_out(state, what, Out(at, who, reason))
        case PutBack(what=what):
            return acts.put_back(state, what)
        case Muted(at=at, until=until, who=who):
            return acts.muted(state, Mute(at, until, who))
        case Unmuted():
            return acts.unmuted(state)
        case _:
            assert_never(event)
