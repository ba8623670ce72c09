"""Which subjects have to be looked at after an event: only those of which something changed that a rule goes by."""

from collections.abc import Iterable

from msgspec.structs import replace

from console.domain.alarms.alarm import alarm_id
from console.domain.alarms.book import Alarms
from console.domain.board import State
from console.domain.entities import Call, Unit
from console.domain.feed import Feed
from console.domain.metrics import is_team
from console.domain.watching.catalog import CATALOG, FEED_DOWN, FEED_LATE, About, subject_of

_CALL, _UNIT = f"{About.CALL}:", f"{About.UNIT}:"


def calls_marked(before: State, after: State, touched: Iterable[str]) -> State:
    """``after``, with the calls ``touched`` and the units on them to be looked at."""
    alarms, fresh = after.alarms, set[str]()
    named = dict[str, tuple[str, ...]]()
    for key in touched:
        old, new = before.calls.get(key), after.calls.get(key)
        if _CALL + key in alarms.lasting or _told(old) != _told(new):
            fresh.add(_CALL + key)
        parts, were = _parts(new), _parts(old)
        if parts != were or _open(old) is not _open(new):
            fresh.update(_UNIT + unit for unit in (*parts, *were, *alarms.claims.get(key, ())))
        for unit in dict.fromkeys((*parts, *were)) if parts != were else ():
            calls = named.get(unit, alarms.named.get(unit, ()))
            named[unit] = _moved(calls, key, there=unit in parts)
    fresh.update(_CALL + key for key, _ in before.missing.items() ^ after.missing.items())
    return _with(after, alarms, fresh, named=_merged(alarms.named, named))


def units_marked(before: State, after: State, touched: Iterable[str]) -> State:
    """``after``, with the units ``touched`` to be looked at."""
    alarms, fresh, flagged = after.alarms, set[str](), set[str]()
    claims, teams = dict[str, tuple[str, ...]](), alarms.teams
    for key in touched:
        old, new = before.units.get(key), after.units.get(key)
        if _UNIT + key in alarms.lasting or _said(old) != _said(new):
            fresh.add(_UNIT + key)
        if new is not None and new.emergency:
            flagged.add(key)
        teams = teams or (new is not None and is_team(new))
        was, now = old.call if old else "", new.call if new else ""
        if was != now:
            for call in filter(None, (was, now)):
                claims[call] = _moved(claims.get(call, alarms.claims.get(call, ())), key, there=call == now)
    if teams and not alarms.teams:
        fresh.update(_UNIT + key for key in after.units)
    alarms = alarms if not flagged - alarms.flagged else replace(alarms, flagged=alarms.flagged | flagged)
    return _with(after, alarms, fresh, claims=_merged(alarms.claims, claims), teams=teams)


def positions_marked(state: State, touched: Iterable[str]) -> State:
    """``state``, with those units to be looked at that were silent; where the others are is no news to any rule."""
    if not state.alarms.lasting:
        return state
    return _with(state, state.alarms, state.alarms.lasting & {_UNIT + key for key in touched})


def feed_marked(before: State, after: State, feed: Feed) -> State:
    """``after``, with the source of ``feed`` to be looked at if it fares otherwise than before."""
    old = before.feeds.get(feed.key)
    same = old is not None and (old.reported, old.reason, old.every) == (
        feed.reported,
        feed.reason,
        feed.every,
    )
    what = subject_of(About.SOURCE, feed.source)
    first = old is None or (old.answered_at is None) is not (feed.answered_at is None)
    if same and not first and feed.key not in after.alarms.blind and not _late(after, feed.source):
        return after
    return _with(after, after.alarms, {what})


def recording_marked(state: State) -> State:
    """``state``, with its recording to be looked at."""
    return _with(state, state.alarms, {subject_of(About.RECORDING, "")})


def all_marked(state: State) -> State:
    """``state`` with everything to be looked at: other definitions hold."""
    sources = {feed.source for feed in state.feeds.values()}
    return _with(
        state,
        state.alarms,
        {
            *(subject_of(About.SOURCE, source) for source in sources),
            *(_CALL + key for key in state.open_calls),
            *(_UNIT + key for key in state.units),
            *(subject_of(About.STRIP, key) for key in state.strips),
            *(
                subject_of(CATALOG[alarm.rule].about, alarm.subject)
                for alarm in state.alarms.standing.values()
            ),
        },
    )


def strips_marked(before: State, after: State) -> State:
    """``after``, with the strips to be looked at that came or went."""
    if before.strips is after.strips:
        return after
    changed = before.strips.keys() ^ after.strips.keys()
    return _with(after, after.alarms, {subject_of(About.STRIP, key) for key in changed})


def _late(state: State, source: str) -> bool:
    return any(alarm_id(rule, source) in state.alarms.standing for rule in (FEED_DOWN, FEED_LATE))


def _with(
    state: State,
    alarms: Alarms,
    fresh: Iterable[str],
    named: dict[str, tuple[str, ...]] | None = None,
    claims: dict[str, tuple[str, ...]] | None = None,
    teams: bool | None = None,
) -> State:
    marked = replace(
        alarms,
        fresh=alarms.fresh.union(fresh),
        named=alarms.named if named is None else named,
        claims=alarms.claims if claims is None else claims,
        teams=alarms.teams if teams is None else teams,
    )
    return replace(state, alarms=marked)


def _told(call: Call | None) -> tuple[object, ...] | None:
    """What the rules of calls go by; when the source last touched the row is asked for when it comes due."""
    if call is None:
        return None
    return (
        call.state,
        call.priority,
        call.stamps,
        call.assignments,
        call.program,
        call.eligible,
        call.nature,
    )


def _said(unit: Unit | None) -> tuple[object, ...] | None:
    """What the rules of units go by."""
    if unit is None:
        return None
    return unit.state, unit.since, unit.call, unit.emergency, unit.program


def _parts(call: Call | None) -> tuple[str, ...]:
    return call.committed if call is not None and call.open else ()


def _open(call: Call | None) -> bool:
    return call is not None and call.open


def _moved(keys: tuple[str, ...], key: str, *, there: bool) -> tuple[str, ...]:
    rest = tuple(other for other in keys if other != key)
    return tuple(sorted((*rest, key))) if there else rest


def _merged(
    held: dict[str, tuple[str, ...]], moved: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    if not moved:
        return held
    merged = {**held, **moved}
    for key in [key for key, found in moved.items() if not found]:
        del merged[key]
    return merged
