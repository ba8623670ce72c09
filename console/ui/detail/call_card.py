"""A call's card as lines: every stamp with its interval and its team, what the pack says of it, who is on it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from console.domain.definitions import Definitions
from console.domain.entities import STAMP_NAMES, Assignment, Call, FollowUp, Unit
from console.domain.events import Noted
from console.domain.limits import Stay, stay_of
from console.domain.sets import marks
from console.domain.vocabulary import CallState, Origin, Police, Program
from console.ui.calls.call_words import state_text
from console.ui.detail.call_notes import note_lines
from console.ui.detail.card_lines import Line, fact, heading
from console.ui.parts.clocks import NOTHING, Present, age_text, interval_text
from console.ui.parts.masking import address, isolated, joined, masked, outcome
from console.ui.theme.theme import Token
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
_PART_STAMPS = tuple(name for name in STAMP_NAMES if hasattr(Assignment, name))
_NEVER = datetime.max.replace(tzinfo=UTC)
_ALARM_TONES: tuple[Token, Token, Token] = ("muted", "p1", "p2")


class Card(Struct, frozen=True):
    """A call and what the board knows around it. ``revealed`` while a person holds the mask off, ``ahead`` what
    is said of the time before police get it."""

    call: Call
    pack: Definitions
    units: Mapping[str, Unit]
    follow_ups: tuple[FollowUp, ...] = ()
    missing: datetime | None = None
    revealed: bool = False
    notes: tuple[Noted, ...] = ()
    ahead: tuple[Line, ...] = ()


def call_lines(card: Card, now: Present) -> Iterator[Line]:
    """The whole card, from the top."""
    if card.missing is not None:
        yield Line("", f"not reported since {now.time(card.missing)} · check CAD", tone="stale")
    yield from _timeline(card, now)
    yield from card.ahead
    yield from _teams(card, now)
    yield heading("About")
    yield from _about(card, now)
    if card.follow_ups:
        yield heading("Follow-ups")
        yield from (_follow_up(item, now, revealed=card.revealed) for item in card.follow_ups)
    if card.notes:
        yield heading("Notes")
        yield from note_lines(card.notes, now, revealed=card.revealed)


def _timeline(card: Card, now: Present) -> Iterator[Line]:
    call = card.call
    names = _reached(call)
    wait = stay_of(call, card.pack)
    before: datetime | None = None
    for name in names:
        moment: datetime | None = getattr(call.stamps, name)
        step = interval_text(moment - before) if moment and before else ""
        line = Line(
            now.exact(moment),
            joined((STAMP_WORDS[name], _by(card, name, moment))),
            step,
            "text" if moment else "muted",
        )
        yield _observed(_waiting(line, name, call, wait, now), name, moment, call)
        before = moment or before
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


def _by(card: Card, name: str, moment: datetime | None) -> str:
    """Who a stamp is of: the way in for the first, the team for those a team sets."""
    call = card.call
    if name == "answered_at":
        return "" if call.origin is Origin.UNKNOWN else word(call.origin)
    if moment is None or name not in _PART_STAMPS:
        return ""
    teams = (_sign(card, part.unit) for part in call.assignments if getattr(part, name) == moment)
    return next(teams, "")


def _waiting(line: Line, name: str, call: Call, wait: Stay | None, now: Present) -> Line:
    """The running wait beside *queued*, and the limit beside the *assigned* that is still missing."""
    if call.state is not CallState.PENDING:
        return line
    alarm = 0 if wait is None else wait.alarm(now.at)
    tone = _ALARM_TONES[alarm]
    if name == "queued_at" and call.stamps.queued_at:
        return replace(line, right=f"waiting {now.clock(call.stamps.queued_at)}", right_tone=tone)
    if name == "assigned_at" and wait is not None:
        limit = age_text((wait.red if alarm == 1 else wait.amber) - wait.since)
        return replace(line, right=f"{'over' if alarm else 'limit'} {limit}", right_tone=tone)
    return line


def _sign(card: Card, unit: str) -> str:
    known = card.units.get(unit)
    return isolated((known.callsign if known else "") or unit)


def _teams(card: Card, now: Present) -> Iterator[Line]:
    parts = card.call.assignments
    if parts:
        yield heading("Teams")
    for part in parts:
        still = "cleared" if part.cleared_at else "committed"
        yield Line(_sign(card, part.unit), still, target=("unit", part.unit))
        if len(parts) > 1:
            yield from _part(part, card.call, now)


def _part(part: Assignment, call: Call, now: Present) -> Iterator[Line]:
    last = max((n for n, name in enumerate(_PART_STAMPS, 1) if getattr(part, name)), default=0)
    before: datetime | None = None
    for name in _PART_STAMPS[:last]:
        moment: datetime | None = getattr(part, name)
        step = interval_text(moment - before) if moment and before else ""
        line = Line(now.exact(moment), STAMP_WORDS[name], step, "text" if moment else "muted")
        yield _observed(line, name, moment, call)
        before = moment or before


def _about(card: Card, now: Present) -> Iterator[Line]:
    call = card.call
    unknown = call.state is CallState.UNKNOWN
    yield fact(
        "state", state_text(call), isolated("" if unknown else call.raw_state), "stale" if unknown else "text"
    )
    yield fact("program", word(call.program) if call.program else "")
    yield fact("category", *_category(call, card.pack))
    yield fact("eligible", _eligible(call, card.pack))
    yield fact("police", _police(call))
    yield fact("address", address(call, revealed=card.revealed))
    yield fact("district", isolated(call.area))
    if call.destination:
        yield fact("taken to", isolated(call.destination))
    if call.disposition is not None:
        yield fact("outcome", outcome(call, revealed=card.revealed))
    if call.by_phone:
        yield fact("by phone", "resolved by phone")
    if call.unmet_reason:
        yield fact("unmet", isolated(word(call.unmet_reason)))
    if call.updated_at is not None:
        yield fact("updated", now.both(call.updated_at))


def nature_text(call: Call, *, revealed: bool) -> str:
    """The nature in words, else its code; covered where the dispatch system asks for it."""
    said = call.nature_text or call.nature
    return isolated(said) if revealed or call.sensitivity != "hide" else masked(said)


def _category(call: Call, pack: Definitions) -> tuple[str, str]:
    if call.sensitivity == "hide":
        return masked(call.nature), ""
    nature = pack.nature(call.nature)
    if nature is None:
        return (f"{isolated(call.nature)} is not in the pack" if call.nature else ""), ""
    return isolated(nature.category), isolated(call.nature)


def _eligible(call: Call, pack: Definitions) -> str:
    if call.eligible is not None:
        return f"{'yes' if call.eligible else 'no'}, screened by the agency"
    match marks(call, pack).eligible:
        case True:
            return "yes, released as eligible"
        case False:
            return "no, by its nature"
        case None:
            return "not known: no screening given"


def _police(call: Call) -> str:
    said = {
        Police.NONE: "none",
        Police.REQUESTED: "requested",
        Police.ATTENDED: "attended",
        Police.UNKNOWN: "not known",
    }[call.police]
    return joined(
        (
            said,
            "backup asked for" if call.backup_requested else "",
            "taken over from the police queue" if call.police_queue else "",
            "with the team" if call.program is Program.CO_RESPONDER else "",
        )
    )


def _follow_up(item: FollowUp, now: Present, *, revealed: bool) -> Line:
    promised = NOTHING if item.hours is None else f"{item.hours} h"
    shown = isolated if revealed else masked
    owner = shown(item.case_manager) or "nobody named"
    if item.done_at is not None:
        return Line(promised, joined((owner, shown(item.outcome))), f"done {now.time(item.done_at)}")
    if item.due_at is None:
        return Line(promised, owner, "no due time")
    if item.due_at <= now.at:
        return Line(promised, owner, f"overdue {now.ago(item.due_at)}", right_tone="text")
    return Line(promised, owner, f"due {now.time(item.due_at)}")


def follow_ups_of(call: Call, items: Iterable[FollowUp], calls: Mapping[str, Call]) -> tuple[FollowUp, ...]:
    """The follow-ups promised for the call, in the order they fall due.

    One may tell the number of its call; what is another call's id is no number of this one.
    """
    names = {call.id} if call.number in calls else {call.id, call.number} - {""}
    ours = [item for item in items if item.call in names]
    return tuple(sorted(ours, key=lambda item: (item.due_at is None, item.due_at or _NEVER, item.id)))
