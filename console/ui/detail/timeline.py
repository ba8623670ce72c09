"""A call's stamps as lines: each with its interval and its team, and the time in its state against the limit."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from console.domain.definitions import Definitions
from console.domain.entities import STAMP_NAMES, Assignment, Call, Unit
from console.domain.limits import Stay, stay_of
from console.domain.vocabulary import CallState, Origin
from console.reports.wording.states import over_text
from console.ui.calls.call_words import LEVEL_TONES
from console.ui.detail.card_lines import Line
from console.ui.parts.clocks import Present, age_text, interval_text
from console.ui.parts.masking import isolated, joined
from console.ui.theme.words import word

STAMP_WORDS = {
    "answered_at": "answered",
    "created_at": "created",
    "eligible_at": "found eligible",
    "queued_at": "queued",
    "assigned_at": "assigned",
    "enroute_at": "en route",
    "on_scene_at": "on scene",
    "contact_at": "with the person",
    "left_at": "left the scene",
    "destination_at": "at destination",
    "cleared_at": "cleared",
}

OBSERVED = "The source does not tell this moment; the console saw the change then."

_ALWAYS = STAMP_NAMES.index("on_scene_at") + 1
_OF_STATE = {
    CallState.ASSIGNED: "assigned_at",
    CallState.ENROUTE: "enroute_at",
    CallState.ON_SCENE: "on_scene_at",
    CallState.TRANSPORTING: "left_at",
}
_PART_STAMPS = tuple(name for name in STAMP_NAMES if hasattr(Assignment, name))


def timeline(call: Call, pack: Definitions, units: Mapping[str, Unit], now: Present) -> Iterator[Line]:
    """Every stamp that a call of this state can have."""
    names = _reached(call)
    stay = stay_of(call, pack)
    before: datetime | None = None
    for name in names:
        moment: datetime | None = getattr(call.stamps, name)
        step = interval_text(moment - before) if moment and before else ""
        line = Line(
            now.exact(moment),
            joined((STAMP_WORDS[name], _by(call, units, name, moment))),
            step,
            "text" if moment else "muted",
        )
        yield _observed(_waiting(line, name, call, stay, now), name, moment, call)
        before = moment or before
        if name == _OF_STATE.get(call.state):
            yield from _staying(call, stay, now)
    if (stamp := _OF_STATE.get(call.state)) is not None and stamp not in names:
        yield from _staying(call, stay, now)
    if call.closed_at is not None:
        step = interval_text(call.closed_at - before) if before else ""
        yield _observed(Line(now.exact(call.closed_at), "closed", step), "closed_at", call.closed_at, call)


def _observed(line: Line, name: str, moment: datetime | None, call: Call) -> Line:
    """The line, with the word that its moment is the console's own where the source does not tell it."""
    if moment is None or name not in call.observed:
        return line
    return replace(line, right=joined(("observed", line.right)), note=OBSERVED)


def _reached(call: Call) -> tuple[str, ...]:
    """The stamps a call of this state can have, and every later one that it has all the same."""
    last = max((n for n, name in enumerate(STAMP_NAMES, 1) if getattr(call.stamps, name)), default=0)
    closed = call.state is CallState.CLOSED
    return STAMP_NAMES[: len(STAMP_NAMES) if closed else max(_ALWAYS, last)]


def _by(call: Call, units: Mapping[str, Unit], name: str, moment: datetime | None) -> str:
    """Who a stamp is of: the way in for the first, the team for those a team sets."""
    if name == "answered_at":
        return "" if call.origin is Origin.UNKNOWN else word(call.origin)
    if moment is None or name not in _PART_STAMPS:
        return ""
    teams = (team_sign(units, part.unit) for part in call.assignments if getattr(part, name) == moment)
    return next(teams, "")


def team_sign(units: Mapping[str, Unit], unit: str) -> str:
    """The callsign of a unit; one that nobody describes goes by its id."""
    known = units.get(unit)
    return isolated((known.callsign if known else "") or unit)


def _staying(call: Call, stay: Stay | None, now: Present) -> Iterator[Line]:
    """How long the call is in the state that the stamp above began, against the limit of that."""
    if stay is None:
        return
    level = stay.level(now.at)
    limit = over_text(stay, level) or f"limit {age_text(stay.amber - stay.since)}"
    tone = LEVEL_TONES[level]
    yield Line("", f"{word(call.state)} for {now.clock(stay.since)}", limit, right_tone=tone)


def _waiting(line: Line, name: str, call: Call, stay: Stay | None, now: Present) -> Line:
    """The running wait beside *queued*, and the limit beside the *assigned* that is still missing."""
    if call.state is not CallState.PENDING:
        return line
    level = 0 if stay is None else stay.level(now.at)
    tone = LEVEL_TONES[level]
    if name == "queued_at" and call.stamps.queued_at:
        return replace(line, right=f"waiting {now.clock(call.stamps.queued_at)}", right_tone=tone)
    if name == "assigned_at" and stay is not None:
        limit = over_text(stay, level) or f"limit {age_text(stay.amber - stay.since)}"
        return replace(line, right=limit, right_tone=tone)
    return line


def team_stamps(part: Assignment, call: Call, now: Present) -> Iterator[Line]:
    """What one of several teams did by when."""
    last = max((n for n, name in enumerate(_PART_STAMPS, 1) if getattr(part, name)), default=0)
    before: datetime | None = None
    for name in _PART_STAMPS[:last]:
        moment: datetime | None = getattr(part, name)
        step = interval_text(moment - before) if moment and before else ""
        line = Line(now.exact(moment), STAMP_WORDS[name], step, "text" if moment else "muted")
        yield _observed(line, name, moment, call)
        before = moment or before
