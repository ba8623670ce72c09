"""What a notice of the desktop says: it stays in the system's own history, so it holds nothing of any person.

Of calls only their rule, count and area are told, of teams the callsign, of sources the name (RELIABILITY section 2).
"""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.watching.catalog import CATALOG, About
from console.ui.alerts.hearing import unheard
from console.ui.parts.clocks import present
from console.ui.parts.lacking import feeds_text, lacking
from console.ui.parts.masking import hidden, isolated, joined

LINES = 4
"""Rules that one notice names; the rest are counted."""

BY_NAME = frozenset({About.UNIT, About.SOURCE})
"""What is told by its name: a team's callsign and a source, never a call."""


class Notice(Struct, frozen=True):
    """``urgent`` stays until somebody closes it, where the desktop can do so."""

    title: str
    text: str
    urgent: bool


def announced(state: State, number: int) -> list[Alarm]:
    """The alarms of priority 1 and 2, and about data, that were said with the tones after that number."""
    fresh = unheard(state.alarms, number)
    said = {tone.at for tone in fresh if not (tone.again or tone.escalated)}
    late = {tone.at for tone in fresh if tone.escalated}
    if not said and not late:
        return []
    return [
        alarm
        for alarm in state.alarms.standing.values()
        if alarm.calling and _serious(alarm) and (alarm.announced_at in said or alarm.escalated_at in late)
    ]


def notice(alarms: list[Alarm], state: State) -> Notice:
    """One notice for all of ``alarms``, the most urgent first."""
    now = present(state.second, state.agency)
    most = min(alarm.priority for alarm in alarms)
    heaps = _heaps(alarms)
    lines = [_line(heap, state) for heap in heaps[:LINES]]
    rest = sum(len(heap) for heap in heaps[LINES:])
    since = f"since {now.time(min(alarm.since for alarm in alarms))}"
    text = "\n".join((*lines, joined((f"and {rest} more" if rest else "", since, "see the console"))))
    count = f"{len(alarms)} alarms" if len(alarms) > 1 else "alarm"
    late = ", nobody has acknowledged" if any(alarm.escalated_at is not None for alarm in alarms) else ""
    return Notice(f"SMART Console: {count}, priority {most}{late}", text, most == 1)


def _serious(alarm: Alarm) -> bool:
    return alarm.priority <= 2 or CATALOG[alarm.rule].data


def _heaps(alarms: Iterable[Alarm]) -> list[list[Alarm]]:
    found: dict[str, list[Alarm]] = {}
    for alarm in sorted(alarms, key=lambda one: (one.priority, one.raised_at, one.id)):
        found.setdefault(alarm.rule, []).append(alarm)
    return list(found.values())


def _line(heap: list[Alarm], state: State) -> str:
    """``STAR 4: check-in overdue``, ``3 calls in D3, D5: waits too long``."""
    first = heap[0]
    about, said = CATALOG[first.rule].about, rule_words(first.rule)
    if about is About.RECORDING:
        return said.capitalize()
    if about in BY_NAME:
        names = [_name(alarm, state) for alarm in heap]
        more = f" and {len(names) - LINES} more" if len(names) > LINES else ""
        return f"{', '.join(names[:LINES])}{more}: {said}"
    areas = Counter(alarm.area for alarm in heap if alarm.area and not _covered(alarm, state))
    where = f" in {', '.join(isolated(area) for area, _ in areas.most_common(LINES))}" if areas else ""
    what = "call" if len(heap) == 1 else "calls"
    return f"{len(heap)} {what}{where}: {said}"


def _name(alarm: Alarm, state: State) -> str:
    """A team's callsign; a source with those of its feeds that the alarm is about."""
    name = isolated(alarm.name or alarm.subject)
    if CATALOG[alarm.rule].about is not About.SOURCE:
        return name
    found = lacking(state.feeds, alarm.subject, alarm.rule, state.second)
    return name if found.whole or not found.names else f"{name} {feeds_text(found)}"


def _covered(alarm: Alarm, state: State) -> bool:
    """Whether the dispatch system covers the call. Of one that left the board nobody knows: no area is told."""
    strip = state.strips.get(alarm.subject) if CATALOG[alarm.rule].about is About.STRIP else None
    call = state.calls.get(strip.call if strip is not None else alarm.subject)
    return hidden(call) if call is not None else strip is not None
