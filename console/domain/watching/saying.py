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


def to_say(making: Making, alarms: Alarms) -> bool:
    """Whether there is anything to say, or to count, at a second at which the board itself is not due."""
    if not alarms.opened or making.calling or making.escalated or making.chattering:
        return True
    return making.urgent and alarms.repeat_at is None


def say(making: Making, alarms: Alarms) -> Alarms:
    """Say what is to be said of ``alarms``, count it, and plan what the board itself has to do next."""
    now, before = making.now, alarms.opened
    began = alarms.began or now
    opened = before or alarms.carried_at is not None or now >= began + SETTLE
    if opened and not before:
        _open(making)
    new = _new(making) if opened else []
    flood = alarms.flood.moved(now, len(new) if before else 0, making.pack.alarms.flood)
    heard = flood.groups
    if begins := flood.since is not None and alarms.flood.since is None:
        heard = _causes(making)
    flood, said = _said(new, replace(flood, groups=heard) if begins else flood)
    if begins and not said:
        said = _first_of(new, heard)
    tones = [*_tones(said), *_repeated(making, alarms, said)]
    after = replace(
        alarms,
        flood=flood,
        counts=_counted(making, alarms, new, said, flood),
        tones=_numbered(alarms.tones, now, tones) if tones else alarms.tones,
        mute=_mute(alarms, now, said),
        began=began,
        opened=opened,
        repeat_at=_repeat_at(making, alarms, said),
    )
    making.begin(BOARD)
    for moment in _moments(making, after):
        making.plan(BOARD, moment)
    return after


def _open(making: Making) -> None:
    """All that came up while nothing was said yet is to be said now, but for what an earlier run said."""
    calling = [alarm for alarm in making.standing.values() if alarm.calling]
    unsaid = (alarm for alarm in calling if alarm.active and alarm.announced_at is None)
    making.calling = [alarm.id for alarm in unsaid if alarm.ends_at is None]
    making.urgent = any(alarm.priority == 1 and alarm.active for alarm in calling)


def _new(making: Making) -> list[Alarm]:
    """Those that call for somebody and were not said yet, marked as announced."""
    new = [replace(making.standing[name], announced_at=making.now) for name in making.calling]
    for alarm in new:
        making.put(alarm)
        if alarm.priority == 1:
            making.plan(subject(alarm), making.now + timedelta(seconds=making.pack.alarms.escalate_s))
    return new


def _said(new: list[Alarm], flood: Flood) -> tuple[Flood, list[Alarm]]:
    """Those of ``new`` that are heard: in a flood only what tells of a new cause.

    In a flood priority 3 is listed and counted, and not said; priority 2 once for each cause; priority 1 always.
    """
    if flood.since is None:
        return flood, new
    said: list[Alarm] = []
    groups = dict.fromkeys(flood.groups)
    for alarm in new:
        if alarm.priority == 1 or (alarm.priority == 2 and alarm.rule not in groups):
            said.append(alarm)
        if alarm.priority == 2:
            groups[alarm.rule] = None
    return (flood if len(groups) == len(flood.groups) else replace(flood, groups=tuple(sorted(groups)))), said


def _first_of(new: list[Alarm], heard: tuple[str, ...]) -> list[Alarm]:
    """The most urgent of those with which a flood begins: a storm that comes all at once is not silent."""
    causes = [alarm for alarm in new if alarm.rule not in heard]
    return [min(causes, key=lambda alarm: alarm.priority)] if causes else []


def _causes(making: Making) -> tuple[str, ...]:
    """The rules of which somebody heard before the flood began."""
    now = making.now
    heard = (alarm.rule for alarm in making.standing.values() if alarm.announced_at not in (None, now))
    return tuple(sorted(set(heard)))


def _repeat_at(making: Making, alarms: Alarms, said: list[Alarm]) -> datetime | None:
    """When a priority 1 is next said again; ``None`` where none waits for anybody."""
    due, every = alarms.repeat_at, timedelta(seconds=making.pack.alarms.repeat_s)
    if any(alarm.priority == 1 for alarm in said):
        return making.now + every
    if due is None:
        return making.now + every if making.urgent else None
    if due > making.now:
        return due
    return making.now + every if _waits(making) else None


def _waits(making: Making) -> bool:
    return any(alarm.priority == 1 and alarm.calling and alarm.active for alarm in making.standing.values())


def _tones(said: list[Alarm]) -> Iterator[Tone]:
    """One for all that concern calls and teams, one for all trouble with the data: the most urgent of each."""
    for data in (False, True):
        found = [alarm for alarm in said if CATALOG[alarm.rule].data is data]
        if found:
            yield Tone(0, found[0].raised_at, min(alarm.priority for alarm in found), data)


def _repeated(making: Making, alarms: Alarms, said: list[Alarm]) -> Iterator[Tone]:
    """The second, more urgent tone of what escalates; else a priority 1 again, unless a new one sounds anyway."""
    due = alarms.repeat_at is not None and alarms.repeat_at <= making.now
    if making.escalated:
        yield Tone(0, making.now, 1, escalated=True)
    elif due and not any(alarm.priority == 1 for alarm in said) and _waits(making):
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


def _counted(making: Making, before: Alarms, new: list[Alarm], said: list[Alarm], flood: Flood) -> Counts:
    now = making.now
    counts = before.counts.came(
        now, [(alarm.rule, alarm.priority) for alarm in new], [alarm.priority for alarm in said]
    )
    counts = counts.chattered(making.chattering)
    if before.flood.since is not None and flood.since is None:
        passed = int((now - before.flood.since).total_seconds())
        counts = replace(counts, flooded_s=counts.flooded_s + passed)
    return counts


def _moments(making: Making, alarms: Alarms) -> Iterator[datetime | None]:
    """When the board itself is next due: to open, to repeat, to hear again, to end a flood."""
    assert alarms.began is not None
    yield None if alarms.opened else alarms.began + SETTLE
    yield alarms.repeat_at
    yield alarms.mute.until if alarms.mute is not None else None
    yield alarms.flood.next_at(making.pack.alarms.flood) if alarms.flood.since is not None else None
