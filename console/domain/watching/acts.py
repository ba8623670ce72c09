"""What people do about alarms: it holds at once, and is the same wherever the log is folded.

An act speaks of what its person had on the screen: an alarm that came up after it is another one. What follows from an
act, as that a shelf ends, follows at the next look.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Check, Mute, Out, Shelf, alarm_id
from console.domain.alarms.book import ENDED, Alarms
from console.domain.board import State
from console.domain.vocabulary import Reached
from console.domain.watching.catalog import CATALOG, CHECK_IN, About, subject_of
from console.domain.watching.keeping import may_be_there
from console.domain.watching.making import subject
from console.domain.watching.marking import at_once
from console.domain.watching.saying import BOARD
from console.domain.watching.shelving import shelf_end


def acknowledged(state: State, names: Iterable[str], at: datetime, who: str) -> State:
    """The alarms ``names`` were seen by ``who``. One that asks for contact is acknowledged by a check-in only."""
    found = (state.alarms.standing.get(name) for name in dict.fromkeys(names))
    seen = [
        replace(alarm, acknowledged_at=at, acknowledged_by=who)
        for alarm in found
        if alarm is not None and _new_to(alarm, at) and not CATALOG[alarm.rule].contact
    ]
    return _taken(state, seen, at)


def checked(state: State, unit: str, how: Reached, at: datetime, who: str) -> State:
    """Somebody asked after ``unit``; that nobody answered acknowledges its alarm and starts no new interval.

    What is over is over only if somebody was reached: else it holds again, unless the unit is known to be elsewhere.
    """
    alarms = state.alarms
    alarm, held = alarms.standing.get(alarm_id(CHECK_IN, unit)), alarms.checked.get(unit)
    if how is not Reached.NOT_REACHED and (held is None or held.at < at):
        state = _held(state, replace(alarms, checked={**alarms.checked, unit: Check(at, how, who)}))
    state = at_once(state, [subject_of(About.UNIT, unit)])
    if alarm is None or alarm.raised_at > at:
        return state
    if alarm.acknowledged_at is not None:
        reached = alarm.how is Reached.NOT_REACHED and how is not Reached.NOT_REACHED
        return _put(state, [replace(alarm, how=how)]) if reached else state
    if how is Reached.NOT_REACHED and not alarm.active:
        if not may_be_there(state, unit):
            return state
        alarm = replace(alarm, active=True, returned_at=None)
    return _taken(state, [replace(alarm, acknowledged_at=at, acknowledged_by=who, how=how)], at)


def shelved(state: State, name: str, shelf: Shelf) -> State:
    """``name`` is put aside; no longer than its priority, its rule and the pack allow, counted from the first time.

    It needs a reason; what is over needs no shelf.
    """
    alarm = state.alarms.standing.get(name)
    if alarm is None or not alarm.active or alarm.raised_at > shelf.since or not shelf.reason.strip():
        return state
    until = shelf_end(alarm, shelf, state.definitions)
    if until <= shelf.since:
        return state
    first = alarm.shelved_at or (alarm.shelf.since if alarm.shelf is not None else shelf.since)
    aside = replace(alarm, shelf=replace(shelf, until=until), shelved_at=first)
    return _put(state, [replace(aside, acknowledged_at=None, acknowledged_by="", how=None)])


def unshelved(state: State, name: str, at: datetime) -> State:
    """``name`` comes back now."""
    return _off_the_shelf(state, [name], at)


def shift_changed(state: State, at: datetime) -> State:
    """All shelves end with the shift (RELIABILITY section 2.2, rule 4); what is over leaves that would else stay."""
    stays = state.definitions.alarms.returned_min
    over = [
        alarm
        for alarm in state.alarms.standing.values()
        if not alarm.active and alarm.shelf is None and str(alarm.priority) not in stays
    ]
    return _off_the_shelf(_left(state, over), state.alarms.standing, at)


def taken_out(state: State, what: str, out: Out) -> State:
    """A rule, or one alarm by its id, is out of service."""
    return _serving(_held(state, replace(state.alarms, out={**state.alarms.out, what: out})), what)


def put_back(state: State, what: str) -> State:
    """A rule or an alarm is in service again."""
    out = {key: value for key, value in state.alarms.out.items() if key != what}
    return _serving(_held(state, replace(state.alarms, out=out)), what)


def muted(state: State, mute: Mute) -> State:
    """No sound for a while."""
    longest = mute.since + timedelta(seconds=state.definitions.alarms.mute_s)
    mute = replace(mute, until=min(mute.until, longest))
    return at_once(_held(state, replace(state.alarms, mute=mute)), [BOARD])


def unmuted(state: State) -> State:
    """Sound again."""
    return _held(state, replace(state.alarms, mute=None))


def carried(
    state: State, alarms: Iterable[Alarm], checks: dict[str, Check], out: dict[str, Out], at: datetime
) -> State:
    """What an earlier run knew: acknowledgements, shelves and check-ins hold on, and nothing is said twice.

    An alarm of a rule that this console does not have is left behind.
    """
    held, now = state.alarms, state.alarms.standing
    came = [_no_later(alarm, at) for alarm in alarms if alarm.rule in CATALOG]
    known = [_as_known(now[old.id], old) if old.id in now else old for old in came]
    after = replace(held, checked={**checks, **held.checked}, out={**out, **held.out}, carried_at=at)
    subjects = [*(subject_of(About.UNIT, unit) for unit in checks), BOARD]
    return at_once(_put(_held(state, after), known), subjects)


def _no_later(alarm: Alarm, at: datetime) -> Alarm:
    """The clock of an earlier run may have been ahead; nobody could act on an alarm that is yet to come."""
    if alarm.raised_at <= at:
        return alarm
    return replace(alarm, raised_at=at, announced_at=at if alarm.announced_at is not None else None)


def _as_known(new: Alarm, old: Alarm) -> Alarm:
    """An alarm that came up again after a restart, with what was done about it before, or here meanwhile."""
    if new.priority < old.priority or not old.active:
        return new
    if new.acknowledged_at is not None and old.acknowledged_at is None:
        return new
    return replace(
        old,
        active=new.active,
        name=new.name or old.name,
        area=new.area,
        priority=new.priority,
        announced_at=old.announced_at or new.announced_at,
        returned_at=new.returned_at,
        ends_at=new.ends_at,
    )


def _new_to(alarm: Alarm, at: datetime) -> bool:
    """Whether nobody acknowledged it yet, and whoever acts ``at`` a moment can have seen it."""
    return alarm.acknowledged_at is None and alarm.raised_at <= at


def _off_the_shelf(state: State, names: Iterable[str], at: datetime) -> State:
    found = (state.alarms.standing.get(name) for name in names)
    return _put(
        state,
        [
            replace(alarm, shelf=replace(alarm.shelf, until=at))
            for alarm in found
            if alarm is not None and alarm.shelf is not None and alarm.shelf.since <= at < alarm.shelf.until
        ],
    )


def _serving(state: State, what: str) -> State:
    """The alarms that ``what`` speaks of, in or out of service as they are by now."""
    out = state.alarms.out
    alarms = [alarm for alarm in state.alarms.standing.values() if what in (alarm.rule, alarm.id)]
    return _put(state, [replace(alarm, out=alarm.rule in out or alarm.id in out) for alarm in alarms])


def _taken(state: State, seen: list[Alarm], at: datetime) -> State:
    """Acknowledged alarms stand on as long as what they tell of does."""
    if not seen:
        return state
    state = _left(_put(state, seen), [alarm for alarm in seen if not alarm.active and alarm.shelf is None])
    counts = state.alarms.counts.acknowledged(
        (alarm.priority, at - (alarm.announced_at or alarm.raised_at)) for alarm in seen
    )
    return _held(state, replace(state.alarms, counts=counts))


def _left(state: State, over: list[Alarm]) -> State:
    """Alarms that are ``over`` leave those that stand, and are listed as ended."""
    if not over:
        return state
    standing = state.alarms.standing.copy()
    for alarm in over:
        del standing[alarm.id]
    alarms = replace(state.alarms, standing=standing, ended=(*state.alarms.ended, *over)[-ENDED:])
    return at_once(_held(state, alarms), map(subject, over))


def _put(state: State, alarms: list[Alarm]) -> State:
    """``state`` with ``alarms`` as they are by now, to be looked at in the next second."""
    if not alarms:
        return state
    book = state.alarms
    standing, held = book.standing.copy(), book.held.copy()
    for alarm in alarms:
        what = subject(alarm)
        standing[alarm.id] = alarm
        if alarm.rule not in held.get(what, ()):
            held[what] = tuple(sorted((*held.get(what, ()), alarm.rule)))
    return at_once(_held(state, replace(book, standing=standing, held=held)), map(subject, alarms))


def _held(state: State, alarms: Alarms) -> State:
    return replace(state, alarms=alarms)
