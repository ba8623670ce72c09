"""The course of one alarm: it starts, comes up, worsens, chatters, ends (ISA-18.2, RELIABILITY section 2.2)."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import CHATTER_S, Alarm, alarm_id
from console.domain.definitions import Rule
from console.domain.watching import blindness, naming
from console.domain.watching.catalog import CATALOG, subject_of
from console.domain.watching.making import Making, subject
from console.domain.watching.spell import OWN, Spell

UPS = 4
"""Moments of coming up that an alarm keeps."""

LATCHED = frozenset(rule for rule, facts in CATALOG.items() if facts.latched)

UNHEARD = timedelta(seconds=5)
"""When an alarm is looked at again whose data are not there yet."""


def holds(making: Making, key: str, spell: Spell, record: Rule, level: int) -> None:
    """What a rule tells of is so at this second, as urgent as ``level``."""
    name, priority = alarm_id(spell.rule, key), record.priority if level == OWN else level
    alarm = making.standing.get(name)
    if alarm is None or not alarm.active:
        _comes(making, key, spell, record, priority)
        return
    if alarm.ends_at is not None:
        alarm = replace(alarm, ends_at=None)
        making.put(alarm)
    if priority < alarm.priority:
        _worsens(making, alarm, priority)
    elif priority > alarm.priority:
        making.put(replace(alarm, priority=priority))
    else:
        _stands(making, alarm)


def gone(making: Making, alarm: Alarm, record: Rule | None) -> None:
    """What ``alarm`` tells of is not so at this second: it ends once that has lasted."""
    if not alarm.active:
        _returned(making, alarm)
        return
    if CATALOG[alarm.rule].latched and alarm.acknowledged_at is None:
        _stands(making, alarm)
        return
    off = timedelta(seconds=CHATTER_S if alarm.chatters else record.off_delay_s if record is not None else 0)
    ends = alarm.ends_at or making.now + off
    if ends > making.now:
        if alarm.ends_at is None:
            making.put(replace(alarm, ends_at=ends))
        making.plan(subject(alarm), ends)
        _stands(making, replace(alarm, ends_at=ends))
    else:
        _ends(making, alarm)


def later(making: Making) -> datetime:
    """When to look again at an alarm that came over from an earlier run, before its data are there."""
    return making.now + UNHEARD


def shelf_over(making: Making, alarm: Alarm) -> None:
    """Nobody holds it aside any longer: it calls again if it still holds."""
    back = replace(alarm, shelf=None, acknowledged_at=None, acknowledged_by="")
    if not back.active:
        making.drop(back)
        return
    making.put(back)
    making.calling.append(back.id)


def _comes(making: Making, key: str, spell: Spell, record: Rule, priority: int) -> None:
    name, now = alarm_id(spell.rule, key), making.now
    facts = CATALOG[spell.rule]
    ready = making.start(name) + timedelta(seconds=record.on_delay_s)
    if ready > now:
        making.plan(subject_of(facts.about, key), ready)
        return
    making.stop(name)
    old = making.standing.get(name)
    called, area = naming.named(making.state, facts.about, key)
    alarm = Alarm(
        rule=spell.rule,
        subject=key,
        priority=priority,
        since=spell.since or now,
        raised_at=now,
        name=called or (old.name if old else ""),
        area=area or (old.area if old else ""),
        count=old.count + 1 if old else 1,
        shelf=old.shelf if old else None,
        suppressed_by=blindness.by(making.state, spell.rule, key),
        out=spell.rule in making.alarms.out or name in making.alarms.out,
        raised=(*old.raised, now)[-UPS:] if old else (now,),
    )
    making.put(alarm)
    making.raised.append(alarm)
    if alarm.calling:
        making.calling.append(name)
    if alarm.shelf is not None:
        making.plan(subject(alarm), alarm.shelf.until)


def _worsens(making: Making, alarm: Alarm, priority: int) -> None:
    """A worse priority is a new alarm to whoever acknowledged the milder one."""
    worse = replace(
        alarm,
        priority=priority,
        raised_at=making.now,
        count=alarm.count + 1,
        acknowledged_at=None,
        acknowledged_by="",
        how=None,
        escalated_at=None,
    )
    making.put(worse)
    making.raised.append(worse)
    if worse.calling:
        making.calling.append(worse.id)


def _stands(making: Making, alarm: Alarm) -> None:
    """It goes on: what is due of it without any change of what it tells of."""
    if alarm.shelf is not None:
        if alarm.shelf.until <= making.now:
            shelf_over(making, alarm)
        else:
            making.plan(subject(alarm), alarm.shelf.until)
        return
    if CATALOG[alarm.rule].contact and alarm.acknowledged_at is not None:
        _asked_again(making, alarm)
    elif (
        alarm.priority == 1
        and alarm.calling
        and alarm.announced_at is not None
        and alarm.escalated_at is None
    ):
        due = alarm.announced_at + timedelta(seconds=making.pack.alarms.escalate_s)
        if due <= making.now:
            making.put(replace(alarm, escalated_at=making.now))
            making.escalated = True
        else:
            making.plan(subject(alarm), due)


def _asked_again(making: Making, alarm: Alarm) -> None:
    """A team that nobody reached: the alarm comes back after a while, as long as nobody does."""
    unit = making.state.units.get(alarm.subject)
    every = making.pack.check_in(unit.program) if unit is not None else None
    assert alarm.acknowledged_at is not None
    due = alarm.acknowledged_at + timedelta(minutes=every.again if every is not None else 5)
    if due <= making.now:
        again = replace(
            alarm,
            raised_at=making.now,
            count=alarm.count + 1,
            acknowledged_at=None,
            acknowledged_by="",
            how=None,
            escalated_at=None,
        )
        making.put(again)
        making.raised.append(again)
        making.calling.append(again.id)
    else:
        making.plan(subject(alarm), due)


def _ends(making: Making, alarm: Alarm) -> None:
    over = replace(alarm, active=False, ends_at=None, returned_at=making.now)
    heard = alarm.announced_at is not None and alarm.acknowledged_at is None
    if alarm.shelf is not None or (heard and not alarm.out and not alarm.suppressed_by):
        making.put(over)
        _returned(making, over)
    else:
        making.drop(over)


def _returned(making: Making, alarm: Alarm) -> None:
    """It is over and nobody acknowledged it: it stands a while and then goes by itself, so that they do not pile up."""
    if alarm.shelf is not None:
        _stands(making, alarm)
        return
    minutes = making.pack.alarms.returned_min.get(str(alarm.priority))
    if minutes is None or alarm.returned_at is None:
        return
    due = alarm.returned_at + timedelta(minutes=minutes)
    if due <= making.now:
        making.drop(alarm)
    else:
        making.plan(subject(alarm), due)
