"""One look, at a whole second, at everything that changed or came due: which alarms come, worsen, go.

Alarms move here and by what people do (`acts.py`), nowhere else, so that the frame rate, the batching of replies and
the speed of a replay cannot be told from them.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from console.domain.alarms.alarm import alarm_id
from console.domain.alarms.book import Alarms
from console.domain.board import State
from console.domain.definitions import Rule
from console.domain.watching import course, of_sources, vanishing
from console.domain.watching.catalog import EMERGENCY, TO_CLOSED, About, parted, turn
from console.domain.watching.choosing import LOOKS, chosen
from console.domain.watching.finding import spells
from console.domain.watching.keeping import outdated
from console.domain.watching.making import Making, subject
from console.domain.watching.saying import BOARD, say, to_say
from console.domain.watching.spell import OWN, Spell, already

_SOURCE = f"{About.SOURCE}:"


def looked(state: State) -> Alarms:
    """The alarms of ``state`` after the look at its whole second; the same object where nothing is due."""
    alarms = state.alarms
    due = chosen(state, int(state.second.timestamp()))
    if not due:
        return alarms
    making = Making(state)
    sources = [what for what in due if what.startswith(_SOURCE)]
    for what in sources:
        _look(making, what)
    for what in _ordered(making, due, sources):
        _look(making, what)
    if alarms.flagged:
        alarms = replace(alarms, flagged=frozenset())
    return making.made(say(making, alarms) if BOARD in due or to_say(making, alarms) else alarms)


def _ordered(making: Making, due: set[str], done: Iterable[str]) -> list[str]:
    """The rest of those to look at, with those that can be seen again by now; what is too many follows."""
    again = sorted(making.again - due, key=turn)
    for what in again[LOOKS:]:
        making.plan(what, making.now)
    return sorted(due.difference(done).union(again[:LOOKS]), key=turn)


def _look(making: Making, what: str) -> None:
    about, key = parted(what)
    making.begin(what)
    if about is About.SOURCE:
        _see(making, what, key)
    found: dict[str, Spell | None] = {spell.rule: spell for spell in spells(making.state, about, key)}
    if about is About.UNIT and key in making.alarms.flagged:
        found.setdefault(EMERGENCY, already(EMERGENCY))
    for rule in making.held.get(what, ()):
        found.setdefault(rule, None)
    rules = making.pack.rules
    kept = [rule for rule, spell in found.items() if _weigh(making, what, key, rule, spell, rules.get(rule))]
    making.hold(what, kept)
    if about is About.UNIT:
        _remember(making, what, key, closed=TO_CLOSED in found and found[TO_CLOSED] is not None)


def _remember(making: Making, what: str, key: str, *, closed: bool) -> None:
    """What has to be known of a unit once the rows that tell it have left."""
    making.claim(key, making.state.units[key].call if closed else "")
    if not outdated(making.state, key):
        return
    if course.awaited(making, key):
        making.plan(what, making.now + course.UNHEARD)
    else:
        making.forget(key)


def _weigh(making: Making, what: str, key: str, rule: str, spell: Spell | None, record: Rule | None) -> bool:
    """What the rule finds of ``what``, against the alarm that stands: whether one stands or starts after that.

    Without a record there is none.
    """
    level = None
    if spell is not None and record is not None:
        level, following = spell.at(making.now)
        making.plan(what, following)
    name = alarm_id(rule, key)
    alarm = making.standing.get(name)
    if level is None and alarm is None:
        making.stop(name)
        return False
    if alarm is not None:
        alarm = course.placed(making, alarm)
    if level is not None and spell is not None and record is not None:
        course.holds(making, what, alarm, spell, record, record.priority if level == OWN else level)
    else:
        making.stop(name)
        if alarm is not None:
            course.gone(making, what, alarm, record)
    alarm = making.standing.get(name)
    if alarm is None:
        return name in making.starting
    course.goes_on(making, what, alarm)
    return name in making.standing or name in making.starting


def _see(making: Making, what: str, source: str) -> None:
    """Where a source went blind, its alarms are set aside by design; where it can be seen again, they are looked at."""
    feeds = of_sources.feeds(making.state, source)
    found = of_sources.blind(feeds, making.now) | vanishing.hidden(making.state, source)
    ours = {*(feed.key for feed in feeds), vanishing.mark(source)}
    making.plan(what, of_sources.blind_at(feeds, making.now))
    before = making.blind
    if found == before & ours:
        return
    making.blind = (before - ours) | found
    for alarm in tuple(making.standing.values()):
        by = making.sight.hidden_by(making.blind, alarm.rule, alarm.subject)
        if by and by != alarm.suppressed_by and alarm.active:
            making.put(replace(alarm, suppressed_by=by))
        elif alarm.suppressed_by and not by:
            making.again.add(subject(alarm))
