"""What an alarm says, and what is to be done: sentences from the rows as they are now, without personal data."""

from console.domain.alarms.words import rule_words
from console.domain.watching import catalog
from console.ui.attention.helping import who_could
from console.ui.attention.kinds import KINDS
from console.ui.attention.saying import Said
from console.ui.attention.sayings import SAYS, about
from console.ui.attention.subject import Subject, place
from console.ui.parts.clocks import Present, clock_text
from console.ui.parts.masking import isolated, joined


def what(subject: Subject, now: Present) -> str:
    """What is the matter, in one line."""
    return said(subject, now).sentence


def said(subject: Subject, now: Present) -> Said:
    """What is the matter, in parts."""
    alarm = subject.alarm
    brief = rule_words(alarm.rule)
    if not alarm.active:
        over = now.time(alarm.returned_at)
        return about(subject, mark=":", verb=f"{brief}, over", link="since", figure=over)
    return SAYS[alarm.rule](subject, now)


def more(subject: Subject, now: Present) -> str:
    """Since when, where, how often it came up, who could take it, and what to do."""
    return joined((*_since(subject, now), *_left(subject, now), _team(subject, now), _step(subject)))


def below(subject: Subject, now: Present) -> str:
    """The same for a line that may be cut: what to do stands first, or who has seen it."""
    since, times, held, seen, area = _since(subject, now)
    first = (seen, *_left(subject, now), _step(subject))
    return joined((*first, times, held, since, area, _team(subject, now)))


def kind(rule: str, count: int) -> str:
    """``7 calls waiting too long``."""
    return f"{count} {KINDS[rule]}"


def _since(subject: Subject, now: Present) -> tuple[str, ...]:
    alarm = subject.alarm
    times = f"×{alarm.count}" if alarm.count > 1 else ""
    held = "comes and goes: held" if alarm.chatters and alarm.active else ""
    late = alarm.rule == catalog.CHECK_IN and subject.due is not None
    since = f"since {now.time(subject.due if late else alarm.since)}"
    return since, times, held, _seen(subject, now), place(subject)


def _left(subject: Subject, now: Present) -> tuple[str, ...]:
    """The time until police get a call that waits."""
    alarm, due = subject.alarm, subject.due
    if not alarm.active or alarm.rule != catalog.PENDING_LONG or due is None or due <= now.at:
        return ()
    return (f"police in {clock_text(due - now.at)}",)


def _team(subject: Subject, now: Present) -> str:
    return who_could(subject, now) if subject.alarm.active else ""


def _step(subject: Subject) -> str:
    if not subject.alarm.active or subject.rule is None:
        return ""
    return _first_step(subject.rule.response)


def _first_step(response: str) -> str:
    return isolated(response.split(";", maxsplit=1)[0].split(". ", maxsplit=1)[0].rstrip("."))


def _seen(subject: Subject, now: Present) -> str:
    alarm = subject.alarm
    if alarm.acknowledged_at is None:
        return ""
    how = f", {HOW[alarm.how]}" if alarm.how else ""
    return f"seen by {isolated(alarm.acknowledged_by)} {now.time(alarm.acknowledged_at)}{how}"


HOW = {"radio": "by radio", "phone": "by phone", "app": "by app", "not_reached": "not reached"}
