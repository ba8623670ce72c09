"""What the alarms of each rule say, in parts: the row as it is now, its own name where the row is gone."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.words import rule_words
from console.domain.vocabulary import CallState, UnitState
from console.domain.watching import catalog
from console.ui.attention.saying import Said
from console.ui.attention.subject import Subject, joined_words, on_call
from console.ui.parts.clocks import Present, age_text, clock_text
from console.ui.parts.lacking import feeds_text, no_data
from console.ui.parts.masking import isolated, number
from console.ui.theme.words import word

Says = Callable[[Subject, Present], Said]


def about(subject: Subject, **parts: str) -> Said:
    """What is said of the alarm's subject, by number and nature or by its name."""
    call, name = subject.called
    rule = subject.alarm.rule
    return Said(call, name, **{"brief": BRIEF.get(rule) or rule_words(rule), **parts})


BRIEF: Mapping[str, str] = {
    catalog.EMERGENCY: "calls for help",
    catalog.CHECK_IN: "overdue",
    catalog.SILENT: "silent",
    catalog.STATUS_OLD: "no state",
    catalog.ALONE: "without a call",
    catalog.PENDING_LONG: "waits",
    catalog.ASSIGNED_LONG: "not rolling",
    catalog.TRAVEL_LONG: "on its way",
    catalog.SCENE_LONG: "on scene",
    catalog.TRANSPORT_LONG: "transporting",
    catalog.KICK_BACK: "to police",
    catalog.MISSING: "not reported",
    catalog.CALL_OLD: "nothing heard",
    catalog.UNOWNED: "no owner",
    catalog.BAD_ANSWERS: "bad answers",
    catalog.UNREADABLE: "bad rows",
}
"""The verb beside its figure in a panel with type at 200 %: none is cut there."""


def _limit(subject: Subject, now: Present) -> str:
    """The limit that is passed, in the words of a clock."""
    stay = subject.stay
    if stay is None or not stay.level(now.at):
        return ""
    end = stay.red if stay.level(now.at) == 2 else stay.amber
    return clock_text(end - stay.since)


def _since(subject: Subject) -> datetime:
    return subject.stay.since if subject.stay is not None else subject.alarm.since


def _stayed(verb: str) -> Says:
    """Said of a time in one state, with the limit it passed."""

    def says(subject: Subject, now: Present) -> Said:
        clock = now.clock(_since(subject))
        return about(
            subject,
            verb=verb,
            link="" if verb == _WAITED else "for",
            figure=clock,
            limit=_limit(subject, now),
        )

    return says


_WAITED = "has waited"


def _lasts(verb: str) -> Says:
    """Said of what has been so for a while."""

    def says(subject: Subject, now: Present) -> Said:
        return about(subject, verb=verb, figure=now.ago(subject.alarm.since))

    return says


def _emergency(subject: Subject, _now: Present) -> Said:
    return about(subject, verb="calls for help", tail=on_call(subject))


def _check_in(subject: Subject, now: Present) -> Said:
    if subject.due is None:
        since = now.time(subject.alarm.raised_at)
        return about(subject, verb="check-in overdue", link="since", figure=since)
    at = f" {on_call(subject)}" if subject.call is not None else ""
    return about(subject, mark=at, verb="check-in overdue", link="", figure=now.clock(subject.due))


def _silent(subject: Subject, now: Present) -> Said:
    unit = subject.unit
    doing = f"while {word(unit.state)}" if unit is not None and unit.state is not UnitState.UNKNOWN else ""
    tail = joined_words(doing, on_call(subject))
    return about(subject, verb="silent", figure=now.ago(subject.alarm.since), tail=tail)


def _status_old(subject: Subject, now: Present) -> Said:
    heard = subject.unit.updated_at if subject.unit is not None else None
    told = now.ago(heard or subject.alarm.since)
    return about(subject, mark=":", verb="nothing heard of its state", figure=told)


def _to_closed(subject: Subject, _now: Present) -> Said:
    if subject.call is None:
        return about(subject, verb="still committed to a closed call", brief="call closed")
    call = number(subject.call)
    return about(subject, verb=f"still committed to closed call {call}", brief=f"on closed {call}")


def _alone(subject: Subject, now: Present) -> Said:
    return about(subject, verb="on scene", figure=now.ago(subject.alarm.since), tail="without a call")


def _status_long(subject: Subject, now: Present) -> Said:
    verb = word(subject.unit.state) if subject.unit is not None else "in one state"
    return replace(_stayed(verb)(subject, now), brief=verb)


def _kick_back(subject: Subject, now: Present) -> Said:
    if subject.due is None:
        return about(subject, verb="goes to police by policy")
    left = subject.due - now.at
    if left > timedelta():
        clock = clock_text(left)
        return about(subject, verb="goes to police by policy", link="in", figure=clock, under="left")
    ago = f"{age_text(-left)} ago"
    return about(subject, verb="was to go to police", link="", figure=ago)


def _call_old(subject: Subject, now: Present) -> Said:
    call = subject.call
    tail = f"while {word(call.state)}" if call is not None and call.state is not CallState.UNKNOWN else ""
    return about(subject, mark=":", verb="nothing heard", figure=now.ago(subject.alarm.since), tail=tail)


def _unowned(subject: Subject, _now: Present) -> Said:
    why = f": {isolated(subject.strip.why)}" if subject.strip is not None else " without an owner"
    return about(subject, verb=f"left the board{why}")


def _down(subject: Subject, now: Present) -> Said:
    mark, verb = no_data(subject.lacks)
    return about(subject, mark=mark, verb=verb, figure=now.ago(subject.alarm.since))


def _feeds(one: str, several: str) -> Says:
    """Said of those feeds of a source that an alarm is about; of the source where none of them tells of it."""

    def says(subject: Subject, now: Present) -> Said:
        lacks = subject.lacks
        named = f": {feeds_text(lacks)}" if lacks.names and not lacks.whole else ""
        found = about(subject, verb=several if named else one, figure=now.ago(subject.alarm.since))
        return replace(found, mark=named)

    return says


def _recording(subject: Subject, now: Present) -> Said:
    return Said(verb="Nothing is recorded", figure=now.ago(subject.alarm.since))


SAYS: Mapping[str, Says] = {
    catalog.EMERGENCY: _emergency,
    catalog.CHECK_IN: _check_in,
    catalog.SILENT: _silent,
    catalog.STATUS_OLD: _status_old,
    catalog.TO_CLOSED: _to_closed,
    catalog.ALONE: _alone,
    catalog.STATUS_LONG: _status_long,
    catalog.PENDING_LONG: _stayed(_WAITED),
    catalog.ASSIGNED_LONG: _stayed("assigned, not rolling"),
    catalog.TRAVEL_LONG: _stayed("has a team on its way"),
    catalog.SCENE_LONG: _stayed("has a team on scene"),
    catalog.TRANSPORT_LONG: _stayed("transporting"),
    catalog.KICK_BACK: _kick_back,
    catalog.MISSING: _lasts("not reported by its source"),
    catalog.CALL_OLD: _call_old,
    catalog.UNOWNED: _unowned,
    catalog.FEED_DOWN: _down,
    catalog.FEED_LATE: _feeds("answers late", "answer late"),
    catalog.SIGN_IN: _lasts("asks for a sign-in"),
    catalog.TOO_OFTEN: _feeds("asks for fewer requests", "are asked too often"),
    catalog.SKEW: _lasts("and this workstation differ in their clocks"),
    catalog.UNREADABLE: _feeds("sends rows that cannot be read", "have rows that cannot be read"),
    catalog.BAD_ANSWERS: _feeds("answers with what cannot be read", "answer with what cannot be read"),
    catalog.VANISHED: _lasts("reports hardly any of its open calls"),
    catalog.NOT_RECORDED: _recording,
}
