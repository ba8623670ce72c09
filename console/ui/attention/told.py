"""What an alarm says, and what is to be done: sentences from the rows as they are now, without personal data."""

from collections.abc import Callable
from datetime import datetime, timedelta

from console.domain.alarms.words import rule_words
from console.domain.vocabulary import CallState, UnitState
from console.domain.watching import catalog
from console.ui.attention.helping import who_could
from console.ui.attention.kinds import KINDS
from console.ui.attention.subject import Subject, joined_words, on_call, place
from console.ui.parts.clocks import Present, age_text, clock_text
from console.ui.parts.masking import isolated, joined, number
from console.ui.theme.words import word

Says = Callable[[Subject, Present], str]


def what(subject: Subject, now: Present) -> str:
    """What is the matter, in one line."""
    alarm = subject.alarm
    if not alarm.active:
        return f"{subject.name}: {rule_words(alarm.rule)}, over since {now.time(alarm.returned_at)}"
    return _SAYS[alarm.rule](subject, now)


def more(subject: Subject, now: Present) -> str:
    """Since when, where, what to do, and how often it came up."""
    alarm = subject.alarm
    times = f"×{alarm.count}" if alarm.count > 1 else ""
    held = "comes and goes: held" if alarm.chatters and alarm.active else ""
    seen = _seen(subject, now)
    since = subject.due if alarm.rule == catalog.CHECK_IN and subject.due is not None else alarm.since
    return joined((f"since {now.time(since)}", times, held, seen, place(subject), to_do(subject, now)))


def to_do(subject: Subject, now: Present) -> str:
    """The first step that the rule's record asks for, with what the board knows about it."""
    if not subject.alarm.active:
        return ""
    known = ""
    if subject.alarm.rule == catalog.PENDING_LONG and subject.due is not None and subject.due > now.at:
        known = f"police by policy in {clock_text(subject.due - now.at)}"
    known = joined((known, who_could(subject, now)))
    if subject.rule is None:
        return known
    return joined((known, _first_step(subject.rule.response)))


def kind(rule: str, count: int) -> str:
    """``7 calls waiting too long``."""
    return f"{count} {KINDS[rule]}"


def _first_step(response: str) -> str:
    return isolated(response.split(";", maxsplit=1)[0].split(". ", maxsplit=1)[0].rstrip("."))


def _seen(subject: Subject, now: Present) -> str:
    alarm = subject.alarm
    if alarm.acknowledged_at is None:
        return ""
    how = f", {HOW[alarm.how]}" if alarm.how else ""
    return f"seen by {isolated(alarm.acknowledged_by)} {now.time(alarm.acknowledged_at)}{how}"


HOW = {"radio": "by radio", "phone": "by phone", "app": "by app", "not_reached": "not reached"}


def _limit(subject: Subject, now: Present) -> str:
    """The limit that is passed, in the words of a clock."""
    stay = subject.stay
    if stay is None or not stay.level(now.at):
        return ""
    end = stay.red if stay.level(now.at) == 2 else stay.amber
    return f", limit {clock_text(end - stay.since)}"


def _since(subject: Subject) -> datetime:
    return subject.stay.since if subject.stay is not None else subject.alarm.since


def _stayed(subject: Subject, now: Present, said: str) -> str:
    return f"{subject.name} {said} {now.clock(_since(subject))}{_limit(subject, now)}"


def _emergency(subject: Subject, _now: Present) -> str:
    return joined_words(subject.name, "calls for help", on_call(subject))


def _check_in(subject: Subject, now: Present) -> str:
    if subject.due is None:
        return f"{subject.name} check-in overdue since {now.time(subject.alarm.raised_at)}"
    return joined_words(subject.name, on_call(subject), f"check-in overdue {now.clock(subject.due)}")


def _silent(subject: Subject, now: Present) -> str:
    unit = subject.unit
    doing = f"while {word(unit.state)}" if unit is not None and unit.state is not UnitState.UNKNOWN else ""
    return joined_words(subject.name, f"silent for {now.ago(subject.alarm.since)}", doing, on_call(subject))


def _status_old(subject: Subject, now: Present) -> str:
    heard = subject.unit.updated_at if subject.unit is not None else None
    return f"{subject.name}: nothing heard of its state for {now.ago(heard or subject.alarm.since)}"


def _to_closed(subject: Subject, _now: Present) -> str:
    call = f"Call {number(subject.call)} closed" if subject.call is not None else "Call closed"
    return f"{call}, team {subject.name} still committed to it"


def _alone(subject: Subject, now: Present) -> str:
    return f"{subject.name} on scene for {now.ago(subject.alarm.since)}, no call has it assigned"


def _status_long(subject: Subject, now: Present) -> str:
    doing = word(subject.unit.state) if subject.unit is not None else "in one state"
    return _stayed(subject, now, f"{doing} for")


def _pending(subject: Subject, now: Present) -> str:
    return _stayed(subject, now, "has waited")


def _assigned(subject: Subject, now: Present) -> str:
    return _stayed(subject, now, "assigned, not rolling for")


def _travel(subject: Subject, now: Present) -> str:
    return _stayed(subject, now, "has a team on its way for")


def _scene(subject: Subject, now: Present) -> str:
    return _stayed(subject, now, "has a team on scene for")


def _transport(subject: Subject, now: Present) -> str:
    return _stayed(subject, now, "transporting for")


def _kick_back(subject: Subject, now: Present) -> str:
    if subject.due is None:
        return f"{subject.name} goes to police by policy"
    left = subject.due - now.at
    if left > timedelta():
        return f"{subject.name} goes to police by policy in {clock_text(left)}"
    return f"{subject.name} was to go to police {age_text(-left)} ago"


def _missing(subject: Subject, now: Present) -> str:
    return f"{subject.name} not reported by its source for {now.ago(subject.alarm.since)}"


def _call_old(subject: Subject, now: Present) -> str:
    call = subject.call
    state = f" while {word(call.state)}" if call is not None and call.state is not CallState.UNKNOWN else ""
    return f"{subject.name}: nothing heard for {now.ago(subject.alarm.since)}{state}"


def _unowned(subject: Subject, _now: Present) -> str:
    why = f": {isolated(subject.strip.why)}" if subject.strip is not None else " without an owner"
    return f"{subject.name} left the board{why}"


def _source(said: str) -> Says:
    def says(subject: Subject, now: Present) -> str:
        return f"{subject.name} {said} {now.ago(subject.alarm.since)}"

    return says


def _recording(subject: Subject, now: Present) -> str:
    return f"Nothing is recorded for {now.ago(subject.alarm.since)}"


_SAYS: dict[str, Says] = {
    catalog.EMERGENCY: _emergency,
    catalog.CHECK_IN: _check_in,
    catalog.SILENT: _silent,
    catalog.STATUS_OLD: _status_old,
    catalog.TO_CLOSED: _to_closed,
    catalog.ALONE: _alone,
    catalog.STATUS_LONG: _status_long,
    catalog.PENDING_LONG: _pending,
    catalog.ASSIGNED_LONG: _assigned,
    catalog.TRAVEL_LONG: _travel,
    catalog.SCENE_LONG: _scene,
    catalog.TRANSPORT_LONG: _transport,
    catalog.KICK_BACK: _kick_back,
    catalog.MISSING: _missing,
    catalog.CALL_OLD: _call_old,
    catalog.UNOWNED: _unowned,
    catalog.FEED_DOWN: _source("gives no data for"),
    catalog.FEED_LATE: _source("answers late for"),
    catalog.SIGN_IN: _source("asks for a sign-in for"),
    catalog.TOO_OFTEN: _source("asks for fewer requests for"),
    catalog.SKEW: _source("and this workstation differ in their clocks for"),
    catalog.UNREADABLE: _source("sends rows that cannot be read for"),
    catalog.BAD_ANSWERS: _source("answers with what cannot be read for"),
    catalog.NOT_RECORDED: _recording,
}
