"""Which subjects an event moves to another look: those of which something changed that a rule goes by.

What a rule goes by besides its own row is followed here: a unit's call and the calls that name it, its position, the
check-ins; so at any moment each subject's next look is the one that the board as it stands gives, whatever the order
in which it came about.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from console.domain.board import State
from console.domain.entities import Call
from console.domain.feed import Feed
from console.domain.metrics import is_team
from console.domain.vocabulary import CallState, FeedName
from console.domain.watching.catalog import FEED_DOWN, FEED_LATE, SILENT, About, subject_of
from console.domain.watching.finding import reckoned, soon
from console.domain.watching.keeping import kept, seen

_CALL, _UNIT, _STRIP = f"{About.CALL}:", f"{About.UNIT}:", f"{About.STRIP}:"
_LATE = {FEED_DOWN, FEED_LATE}

Links = dict[str, tuple[str, ...]]

Changes = dict[str, dict[str, bool]]
"""By the key of a link, who comes to it and who leaves it."""


def calls_marked(before: State, after: State, touched: Sequence[str], at: datetime) -> State:
    """``after``, with the calls ``touched``, as known since ``at``, to be looked at when due, and so their units."""
    alarms = seen(after, touched, at)
    subjects, named = dict[str, None](), Changes()
    for key in touched:
        old, new = before.calls.get(key), after.calls.get(key)
        subjects[_CALL + key] = None
        parts, were = _parts(new), _parts(old)
        if _kind(old) != _kind(new):
            subjects.update(dict.fromkeys(_UNIT + unit for unit in alarms.claims.get(key, ())))
        for unit in dict.fromkeys((*parts, *were)) if parts != were else ():
            subjects[_UNIT + unit] = None
            named.setdefault(unit, {})[key] = unit in parts
    if before.missing is not after.missing:
        subjects.update(dict.fromkeys(_CALL + key for key in before.missing.keys() ^ after.missing.keys()))
    if alarms.kept:
        theirs = set(touched)
        subjects.update({_UNIT + unit: None for unit, row in alarms.kept.items() if row.call in theirs})
    if named:
        alarms = replace(alarms, named=_merged(alarms.named, named))
    if alarms is not after.alarms:
        after = replace(after, alarms=alarms)
    return _marked(after, subjects)


def units_marked(before: State, after: State, touched: Sequence[str], at: datetime) -> State:
    """``after``, with the units ``touched``, as they are known since ``at``, to be looked at when that is due."""
    alarms = kept(before, after, touched, at)
    flagged, claims, teams = set[str](), Changes(), alarms.teams
    subjects = dict[str, None]()
    for key in touched:
        old, new = before.units.get(key), after.units.get(key)
        subjects[_UNIT + key] = None
        if new is not None:
            teams = teams or is_team(new)
            if new.emergency:
                flagged.add(key)
        was, now = old.call if old else "", new.call if new else ""
        if was != now:
            for call in filter(None, (was, now)):
                claims.setdefault(call, {})[key] = call == now
    if teams and not alarms.teams:
        subjects.update(dict.fromkeys(_UNIT + key for key in after.units))
    if claims or teams is not alarms.teams or not flagged <= alarms.flagged:
        alarms = replace(
            alarms, claims=_merged(alarms.claims, claims), teams=teams, flagged=alarms.flagged | flagged
        )
    if alarms is not after.alarms:
        after = replace(after, alarms=alarms)
    return _marked(after, subjects)


def positions_marked(before: State, after: State, touched: Iterable[str]) -> State:
    """``after``, with those units to be looked at that moved and were silent, or may be so sooner than it seemed.

    Where the others are is no news to any rule.
    """
    old, new, held = before.positions.get, after.positions.get, after.alarms.held
    silent = {subject for subject, rules in held.items() if SILENT in rules}
    subjects = [
        _UNIT + key
        for key in touched
        if (was := old(key)) is not (now := new(key))
        and (was is None or now is None or now.at < was.at or _UNIT + key in silent)
    ]
    return _marked(after, subjects) if subjects else after


def feed_marked(before: State, after: State, feed: Feed) -> State:
    """``after``, with the source of ``feed`` to be looked at if it fares otherwise than before."""
    old, what = before.feeds.get(feed.key), subject_of(About.SOURCE, feed.source)
    first = old is None or (old.answered_at is None) is not (feed.answered_at is None)
    same = old is not None and (old.reported, old.reason, old.every) == (
        feed.reported,
        feed.reason,
        feed.every,
    )
    late = not _LATE.isdisjoint(after.alarms.held.get(what, ()))
    if same and not first and not late and feed.key not in after.alarms.blind:
        return _marked(after, [what])
    after = at_once(after, [what])
    if feed.name is FeedName.POSITIONS and (first or old is None or bool(old.every) is not bool(feed.every)):
        return _marked(after, [_UNIT + key for key in after.units])
    return after


def vanished_marked(before: State, after: State) -> State:
    """``after``, with the sources of calls to be looked at where other ones, or another part of them, are missing."""
    if not (before.missing or after.missing):
        return after
    if before.missing is after.missing and before.open_calls is after.open_calls:
        return after
    sources = {feed.source: None for feed in after.feeds.values() if feed.name is FeedName.CALLS}
    return _marked(after, [subject_of(About.SOURCE, source) for source in sources])


def recording_marked(state: State) -> State:
    """``state``, with its recording to be looked at."""
    return _marked(state, [subject_of(About.RECORDING, "")])


def all_marked(state: State) -> State:
    """``state`` with everything to be looked at: other definitions hold."""
    sources = {feed.source for feed in state.feeds.values()}
    now = [subject_of(About.BOARD, ""), *(subject_of(About.SOURCE, source) for source in sources)]
    subjects = {
        subject_of(About.RECORDING, ""): None,
        **dict.fromkeys(_CALL + key for key in state.open_calls),
        **dict.fromkeys(_UNIT + key for key in state.units),
        **dict.fromkeys(_STRIP + key for key in state.strips),
        **dict.fromkeys(state.alarms.held),
    }
    return at_once(_marked(state, subjects), now)


def strips_marked(before: State, after: State) -> State:
    """``after``, with the strips to be looked at that came or went."""
    if before.strips is after.strips:
        return after
    return _marked(after, [_STRIP + key for key in before.strips.keys() ^ after.strips.keys()])


def at_once(state: State, subjects: Iterable[str]) -> State:
    """``state`` with ``subjects`` to be looked at in the next second."""
    return _looked_at(state, dict.fromkeys(subjects, soon(state)))


def _marked(state: State, subjects: Iterable[str]) -> State:
    return _looked_at(state, dict(reckoned(state, subjects)))


def _looked_at(state: State, moves: dict[str, int]) -> State:
    """``state`` with these next looks; who waits for one that is due already keeps its place among those who wait."""
    looks, now = state.alarms.looks, int(state.second.timestamp())
    if looks.next and looks.next <= now:
        first = now + 1
        moves = {
            what: was if second == first and 0 < (was := looks.second(what)) <= now else second
            for what, second in moves.items()
        }
    looks = looks.moved(moves)
    if looks is state.alarms.looks:
        return state
    return replace(state, alarms=replace(state.alarms, looks=looks))


def _parts(call: Call | None) -> tuple[str, ...]:
    return call.committed if call is not None and call.open else ()


def _kind(call: Call | None) -> CallState | None:
    """What the rules about a unit go by of its call: whether it is there, waits, or is over."""
    if call is None or call.state in (CallState.PENDING, CallState.CLOSED):
        return None if call is None else call.state
    return CallState.UNKNOWN


def _merged(held: Links, changes: Changes) -> Links:
    if not changes:
        return held
    merged = held.copy()
    for key, moved in changes.items():
        rest = [other for other in held.get(key, ()) if other not in moved]
        if found := sorted((*rest, *(other for other, there in moved.items() if there))):
            merged[key] = tuple(found)
        else:
            merged.pop(key, None)
    return merged
