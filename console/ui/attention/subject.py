"""An alarm with the rows that it tells of, as they are now: what its words are made from."""

from datetime import datetime

from msgspec import Struct

from console.domain.alarms.alarm import Alarm, Check
from console.domain.definitions import Rule
from console.domain.entities import Call, Unit
from console.domain.expecting.countdown import Candidate
from console.domain.limits import Stay, status_of, stay_of
from console.domain.state import State
from console.domain.strip import Strip
from console.domain.vocabulary import UnitState
from console.domain.watching.catalog import CATALOG, About
from console.domain.watching.of_calls import hand_over_at
from console.domain.watching.of_units import check_in_due
from console.ui.parts.lacking import NOTHING_LACKS, Lacking, lacking
from console.ui.parts.masking import dimmed, isolated, nature, number


class Help(Struct, frozen=True, gc=False):
    """Who could take a call, by its callsign, as that was at the second ``at``; ``one`` is ``None`` for nobody.

    ``stands`` is what that team did then.
    """

    at: datetime
    name: str = ""
    one: Candidate | None = None
    stands: UnitState | None = None


class Subject(Struct, frozen=True, gc=False):
    """``call`` and ``unit`` are ``None`` where they are gone from the board: then the alarm's own name stands in.

    ``stay`` is the time in one state against its limit, ``due`` when policy hands the call over, or when the team
    was to be asked after. ``rule`` is the record of why there is such an alarm, ``help`` who could take
    the call, ``lacks`` which of a source's feeds it is about.
    """

    alarm: Alarm
    call: Call | None = None
    unit: Unit | None = None
    strip: Strip | None = None
    stay: Stay | None = None
    due: datetime | None = None
    check: Check | None = None
    rule: Rule | None = None
    help: Help | None = None
    lacks: Lacking = NOTHING_LACKS

    @property
    def name(self) -> str:
        """What people call it: number and nature of the call, callsign of the team, name of the source."""
        return joined_words(*self.called)

    @property
    def called(self) -> tuple[str, str]:
        """The number of the call, empty for anything else, and its nature or the name."""
        about = CATALOG[self.alarm.rule].about
        if about in (About.CALL, About.STRIP) and self.call is not None:
            return number(self.call), plain_nature(self.call)
        if self.strip is not None:
            return "", isolated(self.strip.name)
        if about is About.UNIT and self.unit is not None:
            return "", isolated(self.unit.callsign or self.unit.id)
        return "", isolated(self.alarm.name or self.alarm.subject)

    @property
    def dimmed(self) -> bool:
        """Whether the dispatch system asks that the call stands back."""
        return self.call is not None and dimmed(self.call)


def subject(state: State, alarm: Alarm, held: Subject | None = None) -> Subject:
    """``alarm`` with its rows; ``held`` itself where they are the same, with the same definitions."""
    key, about = alarm.subject, CATALOG[alarm.rule].about
    unit = state.units.get(key) if about is About.UNIT else None
    strip = state.strips.get(key) if about is About.STRIP else None
    call = state.calls.get(_call_of(about, key, unit, strip))
    check = state.alarms.checked.get(key) if unit is not None else None
    lacks = lacking(state.feeds, key, alarm.rule, state.second) if about is About.SOURCE else NOTHING_LACKS
    if held is not None and _same(held, (alarm, call, unit, strip, check)) and held.lacks == lacks:
        return held
    pack = state.definitions
    rule = pack.rules.get(alarm.rule)
    if about is About.UNIT:
        due = check_in_due(state, unit) if unit is not None else None
        stay = status_of(unit, pack) if unit is not None else None
        return Subject(alarm, call, unit, strip, stay, due[1] if due else None, check, rule)
    if call is None:
        return Subject(alarm, call, unit, strip, rule=rule, lacks=lacks)
    return Subject(alarm, call, unit, strip, stay_of(call, pack), hand_over_at(call, pack), rule=rule)


def _call_of(about: About, key: str, unit: Unit | None, strip: Strip | None) -> str:
    match about:
        case About.CALL:
            return key
        case About.UNIT:
            return unit.call if unit is not None else ""
        case About.STRIP:
            return strip.call if strip is not None else ""
        case _:
            return ""


def _same(held: Subject, rows: tuple[object, ...]) -> bool:
    alarm, call, unit, strip, check = rows
    return (
        held.alarm is alarm
        and held.call is call
        and held.unit is unit
        and held.strip is strip
        and held.check is check
    )


def plain_nature(call: Call) -> str:
    """The nature as it stands inside a sentence: ``welfare check``; a code stays as it is."""
    said = nature(call)
    return said[:1].lower() + said[1:] if said[:2].istitle() else said


def joined_words(*words: str) -> str:
    """The words that say something, with a space between."""
    return " ".join(word for word in words if word)


def place(subject: Subject) -> str:
    """The area of the call or team."""
    if subject.call is not None and subject.call.area:
        return isolated(subject.call.area)
    return isolated(subject.alarm.area)


def on_call(subject: Subject) -> str:
    """``at 1044`` for a team that is committed to a call."""
    return f"at {number(subject.call)}" if subject.call is not None else ""
