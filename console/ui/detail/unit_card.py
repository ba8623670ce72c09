"""A unit's card as lines: what it does, for whom, who is on it and how fresh that is."""

from collections.abc import Iterator

from msgspec import Struct

from console.domain.entities import Call, Position, Unit
from console.domain.vocabulary import UnitState
from console.ui.detail.card_lines import Line, fact, heading
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined, masked, nature, number
from console.ui.teams.team_words import member_text, shift_text, state_text
from console.ui.theme.words import word


class UnitCard(Struct, frozen=True):
    """A unit with its position and its call; ``stale_s`` is the age at which a position is too old."""

    unit: Unit
    position: Position | None
    call: Call | None
    stale_s: float


def unit_lines(card: UnitCard, now: Present) -> Iterator[Line]:
    """The whole card, from the top."""
    unit = card.unit
    if unit.emergency:
        yield Line("", "emergency signal", "priority 1", tone="p1", right_tone="p1")
    unknown = unit.state is UnitState.UNKNOWN
    yield fact("state", state_text(unit), now.clock(unit.since), "stale" if unknown else "text")
    if unit.raw_state and not unknown:
        yield fact("raw state", isolated(unit.raw_state))
    yield fact("since", now.both(unit.since) if unit.since else "")
    yield _call(card)
    yield _position(card, now)
    yield from _crew(unit)
    yield heading("About")
    yield fact(
        "shift", f"until {now.time(unit.shift_until)}" if unit.shift_until else "", shift_text(unit, now)
    )
    yield fact("home", isolated(unit.home))
    yield fact("district", isolated(unit.area))
    if unit.capabilities:
        yield fact("brings", ", ".join(isolated(word(skill)) for skill in unit.capabilities))
    if unit.updated_at is not None:
        yield fact("updated", now.both(unit.updated_at))


def _call(card: UnitCard) -> Line:
    key, call = card.unit.call, card.call
    if not key:
        return Line("call", "none", tone="muted")
    if call is None:
        return Line("call", f"{isolated(key)} is not on the board", tone="stale")
    return Line("call", joined((number(call), nature(call))), target=("call", key))


def _position(card: UnitCard, now: Present) -> Line:
    position = card.position
    if position is None:
        return Line("position", "none reported", tone="muted")
    age = now.since(position.at)
    old = age is not None and age.total_seconds() > card.stale_s
    told = now.both(position.at)
    return Line("position", f"silent {told}" if old else told, tone="stale" if old else "text")


def _crew(unit: Unit) -> Iterator[Line]:
    yield heading("Crew")
    if not unit.crew:
        yield Line("", "not given", tone="muted")
    for member in unit.crew:
        yield Line("", member_text(member), masked(member.name))
