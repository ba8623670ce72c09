"""A call's card as lines: every stamp with its interval and its team, what the pack says of it, who is on it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from console.domain.alarms.alarm import Alarm
from console.domain.definitions import Definitions
from console.domain.entities import Call, FollowUp, Unit
from console.domain.events import Noted
from console.domain.sets import marks
from console.domain.state import State
from console.domain.vocabulary import CallState, Police, Program
from console.domain.watching.catalog import About
from console.ui.calls.call_words import state_text
from console.ui.detail.alarm_lines import alarm_lines
from console.ui.detail.call_notes import note_lines
from console.ui.detail.card_lines import Line, fact, heading
from console.ui.detail.kick_back import kick_back_lines
from console.ui.detail.timeline import team_sign, team_stamps, timeline
from console.ui.parts.clocks import NOTHING, Present
from console.ui.parts.masking import address, isolated, joined, masked, outcome
from console.ui.standing.badge import alarms_of
from console.ui.theme.words import word

_NEVER = datetime.max.replace(tzinfo=UTC)


class Card(Struct, frozen=True):
    """A call and what the board knows around it. ``revealed`` while a person holds the mask off, ``ahead`` what
    is said of the time before police get it, ``alarms`` those that stand about it."""

    call: Call
    pack: Definitions
    units: Mapping[str, Unit]
    follow_ups: tuple[FollowUp, ...] = ()
    missing: datetime | None = None
    revealed: bool = False
    notes: tuple[Noted, ...] = ()
    ahead: tuple[Line, ...] = ()
    alarms: tuple[Alarm, ...] = ()


def call_card(state: State, call: Call, now: Present, *, revealed: bool) -> Card:
    """The card of ``call`` as the board stands."""
    return Card(
        call,
        state.definitions,
        state.units,
        follow_ups_of(call, state.follow_ups.values(), state.calls),
        state.missing.get(call.id),
        revealed,
        tuple(note for note in state.notes if note.call == call.id),
        tuple(kick_back_lines(state, call, now)),
        tuple(alarms_of(state.alarms.standing, About.CALL, call.id)),
    )


def call_lines(card: Card, now: Present) -> Iterator[Line]:
    """The whole card, from the top."""
    if card.missing is not None:
        yield Line("", f"not reported since {now.time(card.missing)} · check CAD", tone="stale")
    yield from alarm_lines(card.alarms, card.pack, now)
    yield from timeline(card.call, card.pack, card.units, now)
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


def _teams(card: Card, now: Present) -> Iterator[Line]:
    parts = card.call.assignments
    if parts:
        yield heading("Teams")
    for part in parts:
        still = "cleared" if part.cleared_at else "committed"
        yield Line(team_sign(card.units, part.unit), still, target=("unit", part.unit))
        if len(parts) > 1:
            yield from team_stamps(part, card.call, now)


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
        old = call.open and now.at - call.updated_at >= timedelta(minutes=card.pack.safety.call_old_min)
        right = "not updated for too long" if old else ""
        yield fact("updated", now.both(call.updated_at), right, "stale" if old else "text")


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
