"""One look, at a whole second, at everything that changed or came due: which alarms come, worsen, go.

Alarms move here and by what people do (`acts.py`), nowhere else, so that the frame rate, the batching of replies and
the speed of a replay cannot be told from them.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from console.domain.alarms.alarm import alarm_id
from console.domain.alarms.book import Alarms
from console.domain.board import State
from console.domain.watching import blindness, course, of_calls, of_sources, of_strips, of_units
from console.domain.watching.catalog import RULES_ABOUT, About, parted, subject_of, turn
from console.domain.watching.making import Making, subject
from console.domain.watching.saying import say
from console.domain.watching.spell import OWN, Spell

LOOKS = 400
"""Subjects that one second looks at; the rest follow in the next, so that a storm of thousands stalls nothing."""


def looked(state: State) -> Alarms:
    """The alarms of ``state`` after the look at its whole second; the same object where nothing is due."""
    due, agenda = state.alarms.agenda.due(state.second)
    if not due and not state.alarms.fresh:
        return state.alarms
    subjects = sorted(due | state.alarms.fresh, key=turn)
    left = replace(state.alarms, fresh=frozenset(subjects[LOOKS:]), agenda=agenda)
    making = Making(replace(state, alarms=left))
    for what in subjects[:LOOKS]:
        _look(making, what)
    say(making)
    flagged = frozenset(key for key in left.flagged if subject_of(About.UNIT, key) in left.fresh)
    made = making.made()
    return made if made.flagged == flagged else replace(made, flagged=flagged)


def _look(making: Making, what: str) -> None:
    about, key = parted(what)
    if about is About.SOURCE:
        _see(making, key)
    spells = {spell.rule: spell for spell in _spells(making, about, key)}
    for rule in RULES_ABOUT[about]:
        _weigh(making, what, rule, spells.get(rule))


def _spells(making: Making, about: About, key: str) -> Iterator[Spell]:
    match about:
        case About.BOARD:
            return iter(())
        case About.SOURCE:
            return of_sources.spells(making.state, key)
        case About.RECORDING:
            return of_sources.of_recording(making.state)
        case About.UNIT:
            return of_units.spells(making.state, key)
        case About.CALL:
            return of_calls.spells(making.state, key)
        case About.STRIP:
            return of_strips.spells(making.state, key)


def _weigh(making: Making, what: str, rule: str, spell: Spell | None) -> None:
    """What the rule finds of the subject ``what``, against the alarm that stands; without a record there is none."""
    _, key = parted(what)
    name, record = alarm_id(rule, key), making.pack.rules.get(rule)
    level = None
    if spell is not None and record is not None:
        level, following = spell.at(making.now)
        making.plan(what, following)
        if level is not None:
            course.holds(making, key, spell, record, level)
            return
    if record is not None and rule in course.LATCHED and key in making.alarms.flagged:
        course.holds(making, key, Spell(rule, None, ()), record, OWN)
        return
    making.stop(name)
    alarm = making.standing.get(name)
    if alarm is None:
        return
    if blindness.answered(making.state, rule):
        course.gone(making, alarm, record)
    else:
        making.plan(what, course.later(making))


def _see(making: Making, source: str) -> None:
    """Where a source went blind, or can be seen again: its alarms are set aside by design, or looked at once more."""
    found = of_sources.blind(making.state, source)
    ours = {feed.key for feed in making.state.feeds.values() if feed.source == source}
    alarms = making.alarms
    if found == alarms.blind & ours:
        return
    making.keep(replace(alarms, blind=(alarms.blind - ours) | found))
    for alarm in tuple(making.standing.values()):
        by = blindness.by(making.state, alarm.rule, alarm.subject)
        if by == alarm.suppressed_by:
            continue
        making.put(moved := replace(alarm, suppressed_by=by))
        if not by:
            making.fresh.add(subject(alarm))
            if moved.calling and moved.announced_at is None:
                making.calling.append(moved.id)
