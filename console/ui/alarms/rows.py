"""The rows of the alarm list: every alarm under its state, and what was taken out of service."""

from collections.abc import Mapping
from datetime import datetime
from heapq import nsmallest
from typing import TypeAlias

from msgspec import Struct

from console.domain.alarms.alarm import Alarm, Out, Shelf
from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.ui.attention import told
from console.ui.attention.lasting import lasts_since
from console.ui.attention.subject import Subject, subject
from console.ui.parts.clocks import Present, clock_text
from console.ui.parts.lacking import held_by
from console.ui.parts.masking import isolated, joined
from console.ui.theme.theme import Token

SECTIONS = {
    AlarmState.UNACKNOWLEDGED: "Not acknowledged",
    AlarmState.ACKNOWLEDGED: "Acknowledged",
    AlarmState.RETURNED: "Over and not acknowledged",
    AlarmState.SHELVED: "Shelved",
    AlarmState.SUPPRESSED: "Held back while a source is down",
    AlarmState.OUT_OF_SERVICE: "Out of service",
}
ENDED = "Ended lately"
SHOWN = 300
"""Rows of one group: of 5,000 each change took 100 ms, and nobody reads so many."""

_PLACES = {name: place for place, name in enumerate((*SECTIONS.values(), ENDED))}
_STANDS = {state: _PLACES[name] for state, name in SECTIONS.items()}
_OUT, _ENDED = _STANDS[AlarmState.OUT_OF_SERVICE], _PLACES[ENDED]


class AlarmRow(Struct, frozen=True):
    """A heading, an alarm, or a rule that is out of service. ``out`` says who took it out and why.

    ``rest`` is how many alarms beyond those shown a line counts.
    """

    key: str
    place: tuple[int, float, float, str]
    heading: str = ""
    subject: Subject | None = None
    rule: str = ""
    out: Out | None = None
    ended: bool = False
    rest: int = 0

    @property
    def alarm(self) -> Alarm | None:
        """The alarm, where it is one."""
        return self.subject.alarm if self.subject is not None else None

    @property
    def shelf(self) -> Shelf | None:
        """Until when it is put aside."""
        alarm = self.alarm
        return alarm.shelf if alarm is not None and alarm.state is AlarmState.SHELVED else None


class AlarmRows:
    """The rows of one list: all of a board, each the same object while nothing of it changed."""

    def __init__(self) -> None:
        self._held: Mapping[str, AlarmRow] = {}

    def __call__(self, state: State) -> Mapping[str, AlarmRow]:
        """The rows of ``state``."""
        self._held = alarm_rows(state, self._held)
        return self._held


def alarm_rows(state: State, held: Mapping[str, AlarmRow] | None = None) -> Mapping[str, AlarmRow]:
    """The rows, each group under its heading with its number, and with a line for those beyond `SHOWN`."""
    groups: list[list[Place]] = [[] for _ in _PLACES]
    for alarm in state.alarms.standing.values():
        order = alarm.priority * 1e11 - alarm.raised_at.timestamp()
        groups[_STANDS[alarm.state]].append((order, lasts_since(state, alarm).timestamp(), alarm.id))
    groups[_OUT].extend(
        (-1.0, 0.0, f"out:{what}") for what in state.alarms.out if what not in state.alarms.standing
    )
    groups[_ENDED].extend(
        (float(number), 0.0, f"ended:{number}") for number in range(len(state.alarms.ended))
    )
    found: dict[str, AlarmRow] = {}
    for (name, place), mine in zip(_PLACES.items(), groups, strict=True):
        if mine:
            found |= _group(state, (place, name), mine, held or {})
    return found


Place: TypeAlias = tuple[float, float, str]
"""Where a row stands in its group, since when it lasts where others came with it, and its key."""


def _group(
    state: State, group: tuple[int, str], rows: list[Place], held: Mapping[str, AlarmRow]
) -> dict[str, AlarmRow]:
    place, name = group
    key = f"heading:{name}"
    found = {key: AlarmRow(key, (place, float("-inf"), 0.0, ""), heading=f"{name} {len(rows):,}")}
    for order, since, what in nsmallest(SHOWN, rows):
        row = row_of(state, what, held.get(what), (place, order, since, what))
        if row is not None:
            found[what] = row
    if (rest := len(rows) - SHOWN) > 0:
        more = f"rest:{name}"
        found[more] = AlarmRow(more, (place, float("inf"), 0.0, ""), heading=f"and {rest:,} more", rest=rest)
    return found


def row_of(
    state: State,
    key: str,
    held: AlarmRow | None = None,
    place: tuple[int, float, float, str] = (0, 0.0, 0.0, ""),
) -> AlarmRow | None:
    """The row of that key; ``held`` itself where nothing of it changed, ``None`` where there is none."""
    alarms, (kind, _, what) = state.alarms, key.partition(":")
    out = alarms.out.get(what) if kind == "out" else None
    alarm = alarms.standing.get(key)
    if alarm is None and kind == "ended" and what.isdecimal() and int(what) < len(alarms.ended):
        alarm = alarms.ended[-1 - int(what)]
    if alarm is None:
        return AlarmRow(key, place, rule=what, out=out) if out is not None else None
    told_of = subject(state, alarm, held.subject if held is not None else None)
    if kind != "ended":
        out = alarms.out.get(alarm.id) or alarms.out.get(alarm.rule)
    if held is not None and held.subject is told_of and held.out is out and held.place == place:
        return held
    return AlarmRow(key, place, subject=told_of, out=out, ended=kind == "ended")


def standing(rows: Mapping[str, AlarmRow]) -> int:
    """How many alarms stand, with those beyond what is shown."""
    shown = sum(row.alarm is not None and not row.ended for row in rows.values())
    return shown + sum(row.rest for row in rows.values() if row.place[0] != _ENDED)


def what(row: AlarmRow, now: Present) -> str:
    """What it tells of, or the rule."""
    alarm = row.alarm
    if row.heading:
        return row.heading
    if row.subject is None or alarm is None:
        rule, _, key = row.rule.partition(":")
        return (
            f"One alarm “{rule_words(rule)}”: {isolated(key)}" if key else f"All alarms “{rule_words(rule)}”"
        )
    if row.ended:
        return f"{row.subject.name}: {rule_words(alarm.rule)}"
    return told.what(row.subject, now)


def more(row: AlarmRow, now: Present) -> str:
    """Since when, and what to do; of one that is over when it came up."""
    if row.subject is None:
        return ""
    if row.ended:
        return f"came up {now.time(row.subject.alarm.raised_at)}"
    return told.more(row.subject, now)


def state_of(row: AlarmRow, now: Present) -> str:
    """What was done about it: until when, by whom."""
    alarm, shelf = row.alarm, row.shelf
    if shelf is not None:
        left = clock_text(shelf.until - now.at)
        return f"back in {left}"
    if row.out is not None:
        return f"out since {now.time(row.out.since)}"
    if alarm is None:
        return ""
    if alarm.suppressed_by:
        return held_by(alarm.suppressed_by)
    if row.ended:
        return f"over {now.time(_end(alarm))}"
    if alarm.acknowledged_at is not None:
        return f"seen {now.time(alarm.acknowledged_at)}"
    return ""


def why(row: AlarmRow, now: Present) -> str:
    """By whom and why."""
    alarm, shelf = row.alarm, row.shelf
    if shelf is not None:
        return joined((isolated(shelf.who), isolated(shelf.reason)))
    if row.out is not None:
        return joined((isolated(row.out.who), isolated(row.out.reason)))
    if alarm is None or alarm.acknowledged_at is None:
        return ""
    how = told.HOW[alarm.how] if alarm.how else ""
    when = f"seen {now.time(alarm.acknowledged_at)}" if row.ended else ""
    return joined((isolated(alarm.acknowledged_by), when, how))


def tone(row: AlarmRow) -> Token:
    """Full where it calls for somebody."""
    alarm = row.alarm
    return "text" if alarm is not None and not row.ended and alarm.calling else "muted"


def _end(alarm: Alarm) -> datetime:
    return alarm.returned_at or alarm.acknowledged_at or alarm.raised_at
