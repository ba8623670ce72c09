"""The roster as rows: each unit with what is known of it, how silent it is, and when it is to be asked after."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from console.domain.alarms.alarm import Check
from console.domain.alarms.book import Alarms
from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.entities import Call, Position, Unit
from console.domain.limits import Stay, status_of
from console.domain.metrics import is_team
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.domain.watching.catalog import About
from console.domain.watching.of_units import COMMITTED, next_check
from console.ui.standing.badge import CALLS_FOR_HELP, NO_BADGE, Badge, badge_of, moved, subjects_of
from console.ui.table.diff import changes
from console.ui.teams.team_doubt import doubt


class TeamRow(Struct, frozen=True, gc=False):
    """One unit. ``fix`` is the moment of its last position where that is too old, else ``None``; where it is committed
    and no position ever came it is ``unplaced``, and ``fix`` since when.

    ``call`` is the number of the call it is on, ``old`` whether the units' own feed is not current. ``level`` is 0
    within the limits of its ``stay`` in its state, 1 over amber, 2 over red. ``due`` is when somebody is to have asked
    after it, ``asked`` 0 until that is near, 1 then, 2 once it is overdue; ``check`` the last time that somebody did.
    ``unheard`` is the moment of the last word of its state where that is too old. ``doubt`` is what does not fit its
    call. ``turns`` is when time alone changes the row next.
    """

    unit: Unit
    call: str = ""
    fix: datetime | None = None
    unplaced: bool = False
    old: bool = False
    badge: Badge = NO_BADGE
    stay: Stay | None = None
    level: int = 0
    due: datetime | None = None
    asked: int = 0
    check: Check | None = None
    unheard: datetime | None = None
    doubt: str = ""
    turns: datetime | None = None


class Sources(Struct, frozen=True):
    """The slices of the board that the rows are made from, at the second they hold for.

    ``placed`` tells whether any source gives positions.
    """

    second: datetime
    units: Mapping[str, Unit] = {}
    calls: Mapping[str, Call] = {}
    positions: Mapping[str, Position] = {}
    pack: Definitions = NO_DEFINITIONS
    current: bool = True
    alarms: Alarms = Alarms()
    placed: bool = False


def sources_of(state: State, *, current: bool = True) -> Sources:
    """The slices of ``state``; ``current`` tells whether the feed of units is."""
    return Sources(
        second=state.second,
        units=state.units,
        calls=state.calls,
        positions=state.positions,
        pack=state.definitions,
        current=current,
        alarms=state.alarms,
        placed=any(feed.name is FeedName.POSITIONS and feed.answered_at for feed in state.feeds.values()),
    )


def team_rows(held: Mapping[str, TeamRow], old: Sources, new: Sources) -> Mapping[str, TeamRow]:
    """The rows of ``new``, keeping what is still true of those ``held`` from ``old``; the same if all is."""
    if _anew(old, new):
        held, old = {}, Sources(new.second)
    found = changes(old.units, new.units)
    touched = set(found.put)
    if len(touched) < len(new.units):  # behind a jump all are others, and need not be asked what else changed
        touched.update(_called(held, old.calls, new.calls), _refixed(held, old, new))
        touched.update(_alarmed(old.alarms, new.alarms))
    if not (touched & new.units.keys()) and not found.gone:
        return held
    rows = dict(held)
    for key in found.gone:
        rows.pop(key, None)
    ages, named = _ages(new), subjects_of(new.alarms.standing)
    for key in touched & new.units.keys():
        rows[key] = _row(new.units[key], new, ages, named)
    return rows


def _anew(old: Sources, new: Sources) -> bool:
    """Whether every row is in question: what they all go by changed, or time went back."""
    same = old.pack is new.pack and old.current is new.current and old.placed is new.placed
    return not same or old.alarms.teams is not new.alarms.teams or new.second < old.second


def team_row(unit: Unit, sources: Sources) -> TeamRow:
    """The row of one unit."""
    return _row(unit, sources, _ages(sources), subjects_of(sources.alarms.standing))


def _row(unit: Unit, sources: Sources, ages: "_Ages", named: Collection[str]) -> TeamRow:
    """``named`` are the subjects of which alarms stand."""
    now, pack, alarms = sources.second, sources.pack, sources.alarms
    ours = is_team(unit) or not alarms.teams
    fix = _fix(unit, sources.positions.get(unit.id), ages)
    stay, check = (status_of(unit, pack) if ours else None), alarms.checked.get(unit.id)
    asked = next_check(pack, check, alarms.kept.get(unit.id, unit)) if ours else None
    due = None if asked is None else asked[1]
    warn = None if due is None else due - _warn(pack, unit)
    silent = _stale_at(unit, pack) if ours else None
    steps = (stay.amber, stay.red) if stay is not None else ()
    turns = (moment for moment in (*steps, warn, due, silent) if moment is not None and moment > now)
    return TeamRow(
        unit=unit,
        call=_number(unit.call, sources.calls) if unit.call else "",
        fix=fix,
        unplaced=fix is not None and unit.id not in sources.positions,
        old=not sources.current,
        badge=_badge(unit, alarms, named),
        stay=stay,
        level=0 if stay is None else stay.level(now),
        due=due,
        asked=0 if due is None or warn is None else (now >= warn) + (now >= due),
        check=check,
        unheard=unit.updated_at if silent is not None and silent <= now else None,
        doubt=doubt(unit, sources.calls, alarms.named) if ours else "",
        turns=min(turns, default=None),
    )


def _badge(unit: Unit, alarms: Alarms, named: Collection[str]) -> Badge:
    """That of its worst alarm; a call for help has one, whether or not it makes an alarm."""
    badge = badge_of(alarms.standing, About.UNIT, unit.id) if unit.id in named else NO_BADGE
    return CALLS_FOR_HELP if unit.emergency and badge.rank > 1 else badge


def _warn(pack: Definitions, unit: Unit) -> timedelta:
    every = pack.check_in(unit.program)
    return timedelta(minutes=every.warn) if every is not None else timedelta()


def _stale_at(unit: Unit, pack: Definitions) -> datetime | None:
    """When the last word of a committed unit's state is too old."""
    if unit.updated_at is None or unit.state not in COMMITTED:
        return None
    return unit.updated_at + timedelta(minutes=pack.safety.status_old_min)


def _number(key: str, calls: Mapping[str, Call]) -> str:
    call = calls.get(key)
    return (call.number if call else "") or key


class _Ages(NamedTuple):
    """Before ``oldest`` a position is too old; committed since before ``silent`` without any is too long."""

    oldest: datetime
    silent: datetime | None


def _ages(sources: Sources) -> _Ages:
    now, pack = sources.second, sources.pack
    silent = now - timedelta(minutes=pack.safety.silent_min) if sources.placed else None
    return _Ages(now - timedelta(seconds=pack.positions.stale_s), silent)


def _fix(unit: Unit, position: Position | None, ages: _Ages) -> datetime | None:
    """Since when the unit's place is not known, where that is too long."""
    if position is not None:
        return position.at if position.at < ages.oldest else None
    if ages.silent is None or unit.since is None or unit.state not in COMMITTED:
        return None
    return unit.since if unit.since < ages.silent else None


def _called(held: Mapping[str, TeamRow], old: Mapping[str, Call], new: Mapping[str, Call]) -> Iterable[str]:
    """Rows whose call got a number, or another one, or is in another state."""
    found = changes(old, new)
    calls = {key for key in (*found.put, *found.gone) if _otherwise(old.get(key), new.get(key))}
    return [key for key, row in held.items() if row.unit.call in calls] if calls else ()


def _otherwise(old: Call | None, new: Call | None) -> bool:
    """Whether a row says something else of its call than before."""
    if old is None or new is None:
        return old is not new
    return old.number != new.number or old.state is not new.state


def _alarmed(old: Alarms, new: Alarms) -> Iterable[str]:
    """Units of which an alarm, a check-in or what calls say of them changed."""
    yield from moved(old.standing, new.standing, About.UNIT)
    for before, after in ((old.checked, new.checked), (old.named, new.named), (old.kept, new.kept)):
        if before is not after:
            found = changes(before, after)
            yield from found.put
            yield from found.gone


def _refixed(held: Mapping[str, TeamRow], old: Sources, new: Sources) -> Iterable[str]:
    """Rows that time alone changed, and those whose position came back, or became too old."""
    now, position, ages = new.second, new.positions.get, _ages(new)
    if old.second != new.second:
        return [
            key
            for key, row in held.items()
            if (row.turns is not None and row.turns <= now) or row.fix != _fix(row.unit, position(key), ages)
        ]
    found = changes(old.positions, new.positions)
    touched = held.keys() & {*found.put, *found.gone}
    return [key for key in touched if held[key].fix != _fix(held[key].unit, position(key), ages)]
