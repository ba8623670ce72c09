"""What of the alarms is said aloud: on transitions only, less in a flood, priority 1 again until acknowledged."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Mute, Tone
from console.domain.alarms.book import TONES, Alarms
from console.domain.alarms.counts import Counts
from console.domain.alarms.flood import Flood
from console.domain.watching.catalog import CATALOG, About, subject_of
from console.domain.watching.making import Making, subject

SETTLE = timedelta(seconds=5)
"""How long the first look waits for what an earlier run knew, so that a restart repeats nothing (RELIABILITY 2.2)."""

BOARD = subject_of(About.BOARD, "")


def say(making: Making) -> None:
    """Count what came up, say what is to be said, and plan the next repeat."""
    alarms, now = making.alarms, making.now
    began = alarms.began or now
    opened = alarms.opened or alarms.carried_at is not None or now >= began + SETTLE
    flood = alarms.flood.moved(now, len(making.raised) if alarms.opened else 0, making.pack.alarms.flood)
    if flood.since is not None and alarms.flood.since is None:
        flood = replace(flood, groups=_causes(making))
    names = making.calling if alarms.opened else [*making.standing] if opened else []
    flood, said = _said(making, flood, names)
    repeat = _repeat_at(making, said)
    tones = [*_tones(said), *_repeated(making, repeat)]
    making.keep(
        replace(
            alarms,
            flood=flood,
            counts=_counted(making, said, flood),
            tones=_numbered(alarms.tones, now, tones) if tones else alarms.tones,
            mute=_mute(alarms, now, said),
            began=began,
            opened=opened,
            repeat_at=repeat,
        )
    )
    making.plan(BOARD, None if opened else began + SETTLE)
    making.plan(BOARD, repeat if repeat != alarms.repeat_at else None)
    making.plan(BOARD, flood.next_at(making.pack.alarms.flood) if flood.since is not None else None)


def _said(making: Making, flood: Flood, names: list[str]) -> tuple[Flood, list[Alarm]]:
    """Those of ``names`` that call for somebody, marked as announced; in a flood only what tells of a new cause.

    In a flood priority 3 is listed and counted, and not said; priority 2 once for each cause; priority 1 always.
    """
    said: list[Alarm] = []
    groups = flood.groups
    for name in dict.fromkeys(names):
        alarm = making.standing.get(name)
        if alarm is None or not alarm.calling or not alarm.active or alarm.announced_at == making.now:
            continue
        if not making.alarms.opened and alarm.announced_at is not None:
            continue  # an earlier run said it
        alarm = replace(alarm, announced_at=making.now)
        making.put(alarm)
        if alarm.priority == 1:
            making.plan(subject(alarm), making.now + timedelta(seconds=making.pack.alarms.escalate_s))
        if flood.since is None or alarm.priority == 1:
            said.append(alarm)
        elif alarm.priority == 2 and alarm.rule not in groups:
            said.append(alarm)
            groups = (*groups, alarm.rule)
    return (flood if groups is flood.groups else replace(flood, groups=groups)), said


def _causes(making: Making) -> tuple[str, ...]:
    """The rules that were heard of when the flood began."""
    heard = (alarm.rule for alarm in making.standing.values() if alarm.announced_at is not None)
    return tuple(sorted(set(heard)))


def _repeat_at(making: Making, said: list[Alarm]) -> datetime | None:
    """When a priority 1 is next said again; ``None`` where none waits for anybody."""
    due, every = making.alarms.repeat_at, timedelta(seconds=making.pack.alarms.repeat_s)
    if any(alarm.priority == 1 for alarm in said):
        return making.now + every
    if due is None or due > making.now:
        return due
    waits = any(alarm.priority == 1 and alarm.calling for alarm in making.standing.values())
    return making.now + every if waits else None


def _tones(said: list[Alarm]) -> Iterator[Tone]:
    """One for all that concern calls and teams, one for all trouble with the data: the most urgent of each."""
    for data in (False, True):
        found = [alarm.priority for alarm in said if CATALOG[alarm.rule].data is data]
        if found:
            yield Tone(0, said[0].raised_at, min(found), data)


def _repeated(making: Making, repeat: datetime | None) -> Iterator[Tone]:
    if making.escalated:
        yield Tone(0, making.now, 1, escalated=True)
    due = making.alarms.repeat_at
    if due is not None and due <= making.now and repeat is not None:
        yield Tone(0, making.now, 1, again=True)


def _numbered(held: tuple[Tone, ...], now: datetime, tones: list[Tone]) -> tuple[Tone, ...]:
    first = held[-1].number + 1 if held else 1
    new = (replace(tone, number=number, at=now) for number, tone in enumerate(tones, start=first))
    return (*held, *new)[-TONES:]


def _mute(alarms: Alarms, now: datetime, said: list[Alarm]) -> Mute | None:
    """Silence is for what is there already: it ends in time, or with a new alarm of priority 1 or 2."""
    mute = alarms.mute
    if mute is None or now >= mute.until or any(alarm.priority <= 2 for alarm in said):
        return None
    return mute


def _counted(making: Making, said: list[Alarm], flood: Flood) -> Counts:
    before, now = making.alarms, making.now
    up = [(alarm.rule, alarm.priority) for alarm in making.raised]
    counts = before.counts.came(now, up, (alarm.priority for alarm in said))
    counts = counts.chattered(alarm.id for alarm in making.raised if alarm.chatters)
    if before.flood.since is not None and flood.since is None:
        passed = int((now - before.flood.since).total_seconds())
        counts = replace(counts, flooded_s=counts.flooded_s + passed)
    return counts
