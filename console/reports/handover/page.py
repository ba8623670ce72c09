"""A handover as HTML of the kind that Qt's text documents know, and as the words that stand in it."""

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.domain.vocabulary import AlarmState, Availability, CallState, availability
from console.reports.handover.lines import AlarmLine, FeedLine, Handover
from console.reports.handover.of_alarms import ASIDE, WAITING
from console.reports.wording.clocks import NOTHING, Present, present_in
from console.reports.wording.masking import joined
from console.reports.wording.words import word
from console.resources import path

TEMPLATE = "handover.html"
TITLE = "Shift handover"


def html(found: Handover) -> str:
    """The page; every datum in it is text, whatever it holds."""
    folder = path(f"reports/{TEMPLATE}").parent
    pages = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template(TEMPLATE).render(**_given(found))


def _given(found: Handover) -> dict[str, Any]:
    now = present_in(found.at, found.timezone)
    states = {name: [one for one in found.alarms if one.state in stands] for name, stands in _STANDS.items()}
    return {
        "page": found,
        "now": now,
        "title": TITLE,
        "heading": heading(found),
        "span": span(found),
        "summary": summary(found),
        "ours": [call for call in found.calls if not call.elsewhere],
        "others": [call for call in found.calls if call.elsewhere],
        "alarms": states,
        "nothing": NOTHING,
        "quality": quality(found, now),
    }


_STANDS = {"waiting": WAITING, "acknowledged": (AlarmState.ACKNOWLEDGED,), "aside": ASIDE}


def heading(found: Handover) -> str:
    """Whose board it is, and which shift."""
    return joined((found.occasion.agency, found.occasion.shift))


def span(found: Handover) -> str:
    """``Thu 19 Nov 2026 · shift from 06:00 · as of 16:30:12 · made by m.ruiz``."""
    now = present_in(found.at, found.timezone)
    since = f"shift from {now.time(found.since)}" if found.since else ""
    by = f"made by {found.occasion.by}" if found.occasion.by else ""
    return joined((now.day(found.at), since, f"as of {now.exact(found.at)}", by))


def summary(found: Handover) -> tuple[tuple[str, str, str, int], ...]:
    """What is to be taken over, in six figures: each with its name, one remark and its width in percent."""
    ours = [call for call in found.calls if not call.elsewhere]
    queued = sum(call.state is CallState.PENDING for call in ours)
    free = sum(availability(team.state) is Availability.AVAILABLE for team in found.teams)
    waiting = [alarm for alarm in found.alarms if alarm.state in WAITING]
    late = sum(line.overdue for line in found.follow_ups.lines)
    return (
        (str(len(ours)), "open calls", f"{queued} queued", 14),
        (str(free), "teams free", f"of {len(found.teams)}", 13),
        (str(len(waiting)), "alarms not acknowledged", _holding(waiting), 22),
        (str(len(found.overdue)), "check-ins overdue", "", 16),
        (str(late), "follow-ups overdue", f"{len(found.follow_ups.lines) - late} more due within 24 h", 20),
        (str(len(found.strips)), "left without an owner", "", 15),
    )


def _holding(waiting: list[AlarmLine]) -> str:
    """How many of those still hold, and how many of them are of priority 1."""
    hold = [alarm for alarm in waiting if alarm.state is AlarmState.UNACKNOWLEDGED]
    first = sum(alarm.priority == 1 for alarm in hold)
    urgent = f", {first} of priority 1" if first else ""
    return f"{len(hold)} still hold{urgent}" if waiting else ""


def quality(found: Handover, now: Present) -> tuple[str, ...]:
    """The data-quality line: each feed with its age, then problems, clocks and the recording."""
    data = found.quality
    kinds = f" ({', '.join(data.kinds)})" if data.kinds else ""
    rows = "1 row" if data.problems == 1 else f"{data.problems or 'no'} rows"
    problems = f"{rows} with problems{kinds}"
    skew = "clocks not compared" if data.skew_s is None else f"clock skew {data.skew_s:+.1f} s"
    return (*(_feed(feed, now) for feed in data.feeds), problems, skew.replace("-", "−"), data.recording)


def _feed(feed: FeedLine, now: Present) -> str:
    age = f"{now.ago(feed.as_of)} old, as of {now.exact(feed.as_of)}" if feed.as_of else "no answer yet"
    return f"{feed.source} {word(feed.name)}: {word(feed.health)}, {age}"
