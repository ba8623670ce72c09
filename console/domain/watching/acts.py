"""What people do about alarms: it holds at once, and is the same wherever the log is folded.

An act speaks of what its person had on the screen: an alarm that came up after it is another one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Check, Mute, Out, Shelf, alarm_id
from console.domain.alarms.book import ENDED, Alarms
from console.domain.board import State
from console.domain.definitions import Definitions
from console.domain.vocabulary import Reached
from console.domain.watching.catalog import CATALOG, CHECK_IN, About, subject_of
from console.domain.watching.making import subject
from console.domain.watching.saying import BOARD


def acknowledged(state: State, names: Iterable[str], at: datetime, who: str) -> State:
    """The alarms ``names`` were seen by ``who``. One that asks for contact is acknowledged by a check-in only."""
    found = [alarm for alarm in map(state.alarms.standing.get, names) if alarm is not None]
    seen = [
        alarm
        for alarm in found
        if alarm.acknowledged_at is None and alarm.raised_at <= at and not CATALOG[alarm.rule].contact
    ]
    return _taken(state, [replace(alarm, acknowledged_at=at, acknowledged_by=who) for alarm in seen], at)


def checked(state: State, unit: str, how: Reached, at: datetime, who: str) -> State:
    """Somebody asked after ``unit``; that nobody answered acknowledges its alarm and starts no new interval."""
    alarm = state.alarms.standing.get(alarm_id(CHECK_IN, unit))
    if how is not Reached.NOT_REACHED:
        held = state.alarms.checked.get(unit)
        if held is None or held.at < at:
            state = _held(
                state, replace(state.alarms, checked={**state.alarms.checked, unit: Check(at, how, who)})
            )
    state = _fresh(state, [subject_of(About.UNIT, unit)])
    if alarm is None or alarm.acknowledged_at is not None or alarm.raised_at > at:
        return state
    return _taken(state, [replace(alarm, acknowledged_at=at, acknowledged_by=who, how=how)], at)


def shelved(state: State, name: str, shelf: Shelf) -> State:
    """``name`` is put aside; no longer than its priority, its rule and the pack allow."""
    alarm = state.alarms.standing.get(name)
    if alarm is None or alarm.raised_at > shelf.since:
        return state
    longest = shelf.since + shelf_cap(alarm, state.definitions)
    if longest <= shelf.since:
        return state
    put = replace(alarm, shelf=replace(shelf, until=min(shelf.until, longest)), acknowledged_at=None)
    return _planned(_put(state, [put]), subject(put), min(shelf.until, longest))


def shelf_cap(alarm: Alarm, pack: Definitions) -> timedelta:
    """The longest that ``alarm`` may be shelved: never a call for help (RELIABILITY section 2.2, rule 4)."""
    record = pack.rules.get(alarm.rule)
    if CATALOG[alarm.rule].latched or record is None:
        return timedelta()
    cap = pack.alarms.shelve_min.get(str(alarm.priority), 0.0)
    return timedelta(minutes=min(cap, record.shelve_min))


def unshelved(state: State, name: str, at: datetime) -> State:
    """``name`` comes back now."""
    alarm = state.alarms.standing.get(name)
    if alarm is None or alarm.shelf is None or alarm.shelf.since > at:
        return state
    back = replace(alarm, shelf=replace(alarm.shelf, until=at))
    return _fresh(_put(state, [back]), [subject(back)])


def taken_out(state: State, what: str, out: Out) -> State:
    """A rule, or one alarm by its id, is out of service."""
    return _serving(_held(state, replace(state.alarms, out={**state.alarms.out, what: out})), what, out=True)


def put_back(state: State, what: str) -> State:
    """A rule or an alarm is in service again."""
    out = {key: value for key, value in state.alarms.out.items() if key != what}
    return _serving(_held(state, replace(state.alarms, out=out)), what, out=False)


def muted(state: State, mute: Mute) -> State:
    """No sound for a while."""
    longest = mute.since + timedelta(seconds=state.definitions.alarms.mute_s)
    mute = replace(mute, until=min(mute.until, longest))
    return _planned(_held(state, replace(state.alarms, mute=mute)), BOARD, mute.until)


def unmuted(state: State) -> State:
    """Sound again."""
    return _held(state, replace(state.alarms, mute=None))


def carried(
    state: State, alarms: Iterable[Alarm], checks: dict[str, Check], out: dict[str, Out], at: datetime
) -> State:
    """What an earlier run knew: acknowledgements, shelves and check-ins hold on, and nothing is said twice.

    But priority 1 that waits for somebody is repeated as it would have been.
    """
    held = state.alarms
    standing = dict(held.standing)
    came = list(alarms)
    for old in came:
        new = standing.get(old.id)
        standing[old.id] = old if new is None else _as_known(new, old)
    after = replace(
        held, standing=standing, checked={**checks, **held.checked}, out={**out, **held.out}, carried_at=at
    )
    subjects = (
        {subject(alarm) for alarm in came} | {subject_of(About.UNIT, unit) for unit in checks} | {BOARD}
    )
    return _repeating(_fresh(_held(state, after), subjects), at)


def _repeating(state: State, at: datetime) -> State:
    alarms = state.alarms
    waits = any(alarm.priority == 1 and alarm.calling for alarm in alarms.standing.values())
    if not waits or alarms.repeat_at is not None:
        return state
    again = at + timedelta(seconds=state.definitions.alarms.repeat_s)
    return _planned(_held(state, replace(alarms, repeat_at=again)), BOARD, again)


def _as_known(new: Alarm, old: Alarm) -> Alarm:
    """An alarm that came up again after a restart, with what was done about it before, or here meanwhile."""
    if new.priority < old.priority or not old.active:
        return new
    if new.acknowledged_at is not None and old.acknowledged_at is None:
        return new
    return replace(old, active=new.active, name=new.name or old.name, area=new.area, priority=new.priority)


def shift_changed(state: State, at: datetime) -> State:
    """All shelves end with the shift (RELIABILITY section 2.2, rule 4)."""
    shelved = [
        alarm
        for alarm in state.alarms.standing.values()
        if alarm.shelf is not None and alarm.shelf.until > at
    ]
    for alarm in shelved:
        state = unshelved(state, alarm.id, at)
    return state


def _serving(state: State, what: str, *, out: bool) -> State:
    alarms = [alarm for alarm in state.alarms.standing.values() if what in (alarm.rule, alarm.id)]
    still = [alarm for alarm in alarms if alarm.rule in state.alarms.out or alarm.id in state.alarms.out]
    moved = [replace(alarm, out=out or alarm in still) for alarm in alarms]
    state = _put(state, [alarm for alarm in moved if alarm.active or alarm.out])
    return _fresh(state, [subject(alarm) for alarm in moved])


def _taken(state: State, seen: list[Alarm], at: datetime) -> State:
    """Acknowledged alarms stand on as long as what they tell of does."""
    if not seen:
        return state
    alarms = state.alarms
    standing = dict(alarms.standing)
    over = [alarm for alarm in seen if not alarm.active and alarm.shelf is None]
    for alarm in seen:
        standing[alarm.id] = alarm
    for alarm in over:
        del standing[alarm.id]
    counts = alarms.counts.acknowledged(
        (alarm.priority, at - (alarm.announced_at or alarm.raised_at)) for alarm in seen
    )
    ended = (*alarms.ended, *over)[-ENDED:]
    after = replace(alarms, standing=standing, ended=ended, counts=counts)
    return _fresh(_held(state, after), [subject(alarm) for alarm in seen])


def _put(state: State, alarms: Iterable[Alarm]) -> State:
    return _held(
        state,
        replace(state.alarms, standing={**state.alarms.standing, **{alarm.id: alarm for alarm in alarms}}),
    )


def _held(state: State, alarms: Alarms) -> State:
    return replace(state, alarms=alarms)


def _fresh(state: State, subjects: Iterable[str]) -> State:
    return _held(state, replace(state.alarms, fresh=state.alarms.fresh.union(subjects)))


def _planned(state: State, what: str, moment: datetime) -> State:
    return _held(state, replace(state.alarms, agenda=state.alarms.agenda.planned([(what, moment)])))
