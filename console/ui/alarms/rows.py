"""The rows of the alarm list: every alarm under its state, and what was taken out of service."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from console.domain.alarms.alarm import Alarm, Out, Shelf
from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.ui.attention import told
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
_PLACES = {name: place for place, name in enumerate((*SECTIONS.values(), ENDED))}


class AlarmRow(Struct, frozen=True):
    """A heading, an alarm, or a rule that is out of service. ``out`` says who took it out and why."""

    key: str
    place: tuple[int, float, str]
    heading: str = ""
    subject: Subject | None = None
    rule: str = ""
    out: Out | None = None
    ended: bool = False

    @property
    def alarm(self) -> Alarm | None:
        """The alarm, where it is one."""
        return self.subject.alarm if self.subject is not None else None

    @property
    def shelf(self) -> Shelf | None:
        """Until when it is put aside."""
        alarm = self.alarm
        return alarm.shelf if alarm is not None and alarm.state is AlarmState.SHELVED else None


def alarm_rows(state: State) -> Mapping[str, AlarmRow]:
    """All rows, each group under its heading with its number."""
    rows = [*_standing(state), *_rules_out(state), *_ended(state)]
    names = list(_PLACES)
    found: dict[str, AlarmRow] = {}
    for name, place in _PLACES.items():
        mine = sorted((row for row in rows if row.place[0] == place), key=lambda row: row.place)
        if mine:
            key = f"heading:{names[place]}"
            found[key] = AlarmRow(key, (place, float("-inf"), ""), heading=f"{name} {len(mine)}")
            found.update((row.key, row) for row in mine)
    return found


def _standing(state: State) -> Iterator[AlarmRow]:
    for alarm in state.alarms.standing.values():
        place = _PLACES[SECTIONS[alarm.state]]
        order = alarm.priority * 1e11 - alarm.raised_at.timestamp()
        out = state.alarms.out.get(alarm.id) or state.alarms.out.get(alarm.rule)
        yield AlarmRow(alarm.id, (place, order, alarm.id), subject=subject(state, alarm), out=out)


def _rules_out(state: State) -> Iterator[AlarmRow]:
    place = _PLACES[SECTIONS[AlarmState.OUT_OF_SERVICE]]
    for what, out in state.alarms.out.items():
        if what not in state.alarms.standing:
            yield AlarmRow(f"out:{what}", (place, -1.0, what), rule=what, out=out)


def _ended(state: State) -> Iterator[AlarmRow]:
    for number, alarm in enumerate(reversed(state.alarms.ended)):
        key = f"ended:{number}"
        yield AlarmRow(key, (_PLACES[ENDED], float(number), key), subject=subject(state, alarm), ended=True)


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
