"""The course of one alarm: it starts, comes up, worsens, chatters, ends (ISA-18.2, RELIABILITY section 2.2).

A look first puts the alarm where it belongs (`placed`), then weighs what its rule finds (`holds`, `gone`), then does
what is due of it in any case (`goes_on`). Whatever is not acknowledged, not set aside and not said yet is to be said.
"""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import CHATTER_S, Alarm, alarm_id
from console.domain.definitions import Rule
from console.domain.vocabulary import Reached
from console.domain.watching import naming
from console.domain.watching.catalog import CATALOG, PENDING_LONG
from console.domain.watching.keeping import in_doubt, may_be_there
from console.domain.watching.making import Making
from console.domain.watching.spell import Spell

UPS = 4
"""Moments of coming up that an alarm keeps."""

UNHEARD = timedelta(seconds=5)
"""When an alarm is looked at again whose data are not there yet."""

GIVEN_UP = timedelta(minutes=10)
"""How long an alarm of an earlier run waits for rows that no source gives; for those of one that is down, longer."""

UNSEEN = timedelta(hours=12)
"""How long an alarm stands that is over and that nobody saw, where the pack gives its priority no time."""

ASKED_AGAIN = timedelta(minutes=5)
"""When a team that nobody reached is asked after again, where no row tells its program any more."""


def placed(making: Making, alarm: Alarm) -> Alarm:
    """``alarm`` set aside, or not, as it is by now: by a source that is down, or taken out of service."""
    out = making.alarms.out
    if not (making.blind or out or alarm.suppressed_by or alarm.out):
        return alarm
    by = making.sight.hidden_by(making.blind, alarm.rule, alarm.subject) if alarm.active else ""
    aside = alarm.rule in out or alarm.id in out
    if (by, aside) == (alarm.suppressed_by, alarm.out):
        return alarm
    alarm = replace(alarm, suppressed_by=by, out=aside)
    making.put(alarm)
    return alarm


def holds(making: Making, what: str, alarm: Alarm | None, spell: Spell, record: Rule, priority: int) -> None:
    """What a rule tells of is so at this second, as urgent as ``priority``."""
    if alarm is None or not alarm.active:
        _comes(making, what, alarm, spell, record, priority)
        return
    if priority < alarm.priority:
        worse = _anew(making, replace(alarm, priority=priority, ends_at=None, eases_at=None, shelf=None))
        making.put(worse)
        if worse.chatters:
            making.chattering.append(worse.id)
    elif priority > alarm.priority:
        _eases(making, what, alarm, priority)
    elif alarm.ends_at is not None or alarm.eases_at is not None:
        making.put(replace(alarm, ends_at=None, eases_at=None, count=alarm.count + alarm.chatters))


def gone(making: Making, what: str, alarm: Alarm, record: Rule | None) -> None:
    """What ``alarm`` tells of is not so at this second: it ends once that has lasted."""
    if (
        not alarm.active
        or (CATALOG[alarm.rule].latched and alarm.acknowledged_at is None)
        or _lost(making, alarm)
    ):
        return
    if _unheard(making, alarm):
        making.plan(what, making.now + UNHEARD)
        return
    off = CHATTER_S if alarm.chatters else record.off_delay_s if record is not None else 0.0
    ends = alarm.ends_at or making.now + timedelta(seconds=off)
    if ends > making.now:
        making.plan(what, ends)
        if alarm.ends_at is None:
            making.put(replace(alarm, ends_at=ends))
        return
    over = replace(alarm, active=False, ends_at=None, eases_at=None, returned_at=making.now, suppressed_by="")
    if alarm.shelf is not None or (alarm.calling and alarm.announced_at is not None):
        making.leave(over)
    else:
        making.drop(over)


def goes_on(making: Making, what: str, alarm: Alarm) -> None:
    """What is due of an alarm that stands, whether or not anything of it changed."""
    if alarm.shelf is not None:
        if alarm.shelf.until > making.now:
            making.plan(what, alarm.shelf.until)
            return
        alarm = replace(alarm, shelf=None, acknowledged_at=None, acknowledged_by="", how=None)
        if not alarm.active:
            making.drop(alarm)
            return
        alarm = replace(alarm, announced_at=None, escalated_at=None)
        making.put(alarm)
    if not alarm.active:
        _retires(making, what, alarm)
    elif alarm.acknowledged_at is not None:
        _asked_again(making, what, alarm)
    elif alarm.calling:
        _calls(making, what, alarm)


def _comes(making: Making, what: str, old: Alarm | None, spell: Spell, record: Rule, priority: int) -> None:
    rule, key, now = spell.rule, what.partition(":")[2], making.now
    facts, name = CATALOG[rule], alarm_id(rule, key)
    ready = making.start(name) + timedelta(seconds=0.0 if facts.latched else record.on_delay_s)
    if ready > now:
        making.plan(what, ready)
        return
    making.stop(name)
    called, area = naming.named(making.state, facts.about, key)
    ups = old.raised if old is not None else making.ups(rule, key)
    shelf = old.shelf if old is not None and priority >= old.priority else None
    alarm = Alarm(
        rule=rule,
        subject=key,
        priority=priority,
        since=spell.since or now,
        raised_at=now,
        count=old.count + 1 if old else 1,
        name=called or (old.name if old else key),
        area=area or (old.area if old else ""),
        shelf=shelf,
        shelved_at=old.shelved_at if old is not None and shelf is not None else None,
        suppressed_by=making.sight.hidden_by(making.blind, rule, key),
        out=rule in making.alarms.out or name in making.alarms.out,
        raised=(*ups, now)[-UPS:],
    )
    making.put(alarm)
    if alarm.chatters:
        making.chattering.append(name)


def _eases(making: Making, what: str, alarm: Alarm, priority: int) -> None:
    """What it tells of is milder by now: at once, but for one that chatters."""
    eases = alarm.eases_at or making.now + timedelta(seconds=CHATTER_S if alarm.chatters else 0.0)
    if eases <= making.now:
        making.put(replace(alarm, priority=priority, ends_at=None, eases_at=None, escalated_at=None))
        return
    making.plan(what, eases)
    if alarm.eases_at is None or alarm.ends_at is not None:
        making.put(replace(alarm, ends_at=None, eases_at=eases))


def _anew(making: Making, alarm: Alarm) -> Alarm:
    """It is another alarm to whoever heard of it, or acknowledged it, before; that counts as coming up."""
    return replace(
        alarm,
        raised_at=making.now,
        count=alarm.count + 1,
        raised=(*alarm.raised, making.now)[-UPS:],
        shelved_at=None,
        announced_at=None,
        acknowledged_at=None,
        acknowledged_by="",
        how=None,
        escalated_at=None,
    )


def _lost(making: Making, alarm: Alarm) -> bool:
    """Whether it is about a team that nobody reached, and that is not known to be anywhere else: that is not over."""
    return alarm.how is Reached.NOT_REACHED and may_be_there(making.state, alarm.subject)


def awaited(making: Making, key: str) -> bool:
    """Whether the calls that may still have the lost team ``key`` did not come yet in this run."""
    began = making.alarms.began or making.now
    if making.now >= began + GIVEN_UP or not in_doubt(making.state, key):
        return False
    return not making.sight.known(PENDING_LONG, key)


def _unheard(making: Making, alarm: Alarm) -> bool:
    """Whether the alarm is of an earlier run, and its data did not come yet in this one."""
    began = making.alarms.began or making.now
    if alarm.raised_at >= began:
        return False
    if not making.sight.known(alarm.rule, alarm.subject):
        return making.now < began + GIVEN_UP or making.sight.may_come(alarm.rule, alarm.subject)
    return awaited(making, alarm.subject)


def _asked_again(making: Making, what: str, alarm: Alarm) -> None:
    """A team that nobody reached: the alarm comes back after a while, as long as nobody does."""
    if not CATALOG[alarm.rule].contact or alarm.out or alarm.acknowledged_at is None:
        return
    unit = making.state.units.get(alarm.subject)
    every = making.pack.check_in(unit.program) if unit is not None else None
    due = alarm.acknowledged_at + (ASKED_AGAIN if every is None else timedelta(minutes=every.again))
    if due > making.now:
        making.plan(what, due)
        return
    again = replace(_anew(making, alarm), how=alarm.how)
    making.put(again)
    _calls(making, what, again)


def _calls(making: Making, what: str, alarm: Alarm) -> None:
    """Nobody has acknowledged it: it is said, unless it is about to end, and a priority 1 escalates after a while."""
    making.urgent = making.urgent or alarm.priority == 1
    if alarm.announced_at is None:
        if alarm.ends_at is None:
            making.calling.append(alarm.id)
    elif alarm.priority == 1 and alarm.escalated_at is None:
        due = alarm.announced_at + timedelta(seconds=making.pack.alarms.escalate_s)
        if due > making.now:
            making.plan(what, due)
        else:
            making.put(replace(alarm, escalated_at=making.now))
            making.escalated = True


def _retires(making: Making, what: str, alarm: Alarm) -> None:
    """It is over and nobody acknowledged it: it stands a while and then goes by itself, so that they do not pile up.

    RELIABILITY section 2.2 lets a returned priority 1 stay until somebody saw it. It does stay, but says nothing any
    more, for nobody can act on it; and it leaves with the shift that could know of it (`acts.shift_changed`) or after
    `UNSEEN`, as an alarm nobody looks at in a whole shift tells nothing by standing longer.
    """
    minutes = making.pack.alarms.returned_min.get(str(alarm.priority))
    stands = UNSEEN if minutes is None else timedelta(minutes=minutes)
    due = (alarm.returned_at or making.now) + stands
    if alarm.out or due <= making.now:
        making.drop(alarm)
    else:
        making.plan(what, due)
