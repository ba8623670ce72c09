"""What else must not be forgotten at a handover: strips, promised contacts, and the notes of the shift."""

from datetime import datetime, timedelta

from console.domain.entities import FollowUp
from console.domain.events import Noted
from console.domain.state import State
from console.reports.handover.lines import FollowUpLine, FollowUps, NoteLine, StripLine
from console.reports.wording.masking import MASK, isolated, masked

AHEAD = timedelta(hours=24)
"""How far ahead a promised contact is listed."""

NOTE_LIMIT = 4_000
"""Characters of a note that are printed: all that can be typed."""

NOBODY = "nobody named"


def strips(state: State) -> tuple[StripLine, ...]:
    """What left the board with nobody to answer for it, the oldest first."""
    found = sorted(state.strips.values(), key=lambda strip: strip.since)
    return tuple(
        StripLine(isolated(strip.name), isolated(strip.area), strip.since, isolated(strip.why))
        for strip in found
    )


def follow_ups(state: State, now: datetime) -> FollowUps:
    """Overdue and due within a day, by case manager; who that is the board shows masked, so it is a number here."""
    waiting = [row for row in state.follow_ups.values() if row.done_at is None]
    dated = [(row.due_at, row) for row in waiting if row.due_at is not None]
    near = sorted((due, row.id, row) for due, row in dated if due <= now + AHEAD)
    owners = _owners(state)
    found = [_follow_up(row, due, state, owners, now) for due, _, row in near]
    return FollowUps(
        tuple(sorted(found, key=lambda line: line.owner)),
        later=len(dated) - len(near),
        undated=len(waiting) - len(dated),
    )


def _owners(state: State) -> dict[str, str]:
    """Each case manager by a number: the same page says who has how many, and no name."""
    names = sorted({row.case_manager for row in state.follow_ups.values() if row.case_manager})
    width = len(str(len(names)))
    return {name: f"{MASK} {place:0{width}}" for place, name in enumerate(names, 1)}


def _follow_up(
    row: FollowUp, due: datetime, state: State, owners: dict[str, str], now: datetime
) -> FollowUpLine:
    call = state.calls.get(row.call)
    name = (call.number or call.id) if call is not None else row.call or row.id
    return FollowUpLine(row.id, isolated(name), owners.get(row.case_manager, NOBODY), due, due <= now)


def notes(state: State) -> tuple[NoteLine, ...]:
    """The notes of this shift; what is said of a call may name a person, so it is masked as on the board."""
    since = state.window_from
    ours = (note for note in state.notes if since is None or note.at >= since)
    return tuple(_note(note, state) for note in sorted(ours, key=lambda note: note.at))


def _note(note: Noted, state: State) -> NoteLine:
    call = state.calls.get(note.call)
    name = (call.number or call.id) if call is not None else note.call
    text = masked(note.text) if note.call else isolated(note.text, NOTE_LIMIT)
    return NoteLine(note.at, text, isolated(note.who), isolated(name))
