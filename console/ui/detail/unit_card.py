"""A unit's card as lines: what it does, for whom, who is on it and how fresh that is."""

from collections.abc import Iterator

from msgspec import Struct

from console.domain.alarms.alarm import Alarm
from console.domain.definitions import Definitions
from console.domain.entities import Call, Position, Unit
from console.domain.state import State
from console.domain.vocabulary import UnitState
from console.domain.watching.catalog import ALONE, TO_CLOSED, About
from console.reports.wording.states import over_text
from console.reports.wording.words import REACHED
from console.ui.calls.call_words import LEVEL_TONES
from console.ui.detail.alarm_lines import alarm_lines, wrapped
from console.ui.detail.card_lines import Line, fact, heading
from console.ui.parts.clocks import Present, clock_text
from console.ui.parts.masking import isolated, joined, masked, nature, number
from console.ui.standing.badge import alarms_of
from console.ui.teams.team_doubt import DOUBTS
from console.ui.teams.team_rows import TeamRow, sources_of, team_row
from console.ui.teams.team_words import member_text, shift_text, state_text
from console.ui.theme.theme import Token
from console.ui.theme.words import word

_DOUBTED = frozenset({TO_CLOSED, ALONE})
"""Rules whose alarm says already that the unit does not fit its call."""


class UnitCard(Struct, frozen=True):
    """A unit's row on the roster, with its position, its call, and the alarms that stand about it."""

    row: TeamRow
    position: Position | None
    call: Call | None
    pack: Definitions
    alarms: tuple[Alarm, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.row.unit


def unit_card(state: State, unit: Unit) -> UnitCard:
    """The card of ``unit`` as the board stands."""
    alarms = tuple(alarms_of(state.alarms.standing, About.UNIT, unit.id))
    row = team_row(unit, sources_of(state))
    return UnitCard(row, state.positions.get(unit.id), state.calls.get(unit.call), state.definitions, alarms)


def unit_lines(card: UnitCard, now: Present) -> Iterator[Line]:
    """The whole card, from the top."""
    unit = card.unit
    if unit.emergency:
        yield Line("", "EMERGENCY", "priority 1", tone="p1", right_tone="p1")
    yield from alarm_lines(card.alarms, card.pack, now)
    if card.alarms:
        yield heading("Now")
    yield from _state(card, now)
    yield from _check_in(card.row, now)
    yield _call(card)
    yield _position(card, now)
    yield _heard(card.row, now)
    yield from _crew(unit)
    yield heading("About")
    yield fact(
        "shift", f"until {now.time(unit.shift_until)}" if unit.shift_until else "", shift_text(unit, now)
    )
    yield fact("home", isolated(unit.home))
    yield fact("district", isolated(unit.area))
    if unit.capabilities:
        yield fact("brings", ", ".join(isolated(word(skill)) for skill in unit.capabilities))


def _state(card: UnitCard, now: Present) -> Iterator[Line]:
    unit, row = card.unit, card.row
    unknown = unit.state is UnitState.UNKNOWN
    told = joined((state_text(unit), over_text(row.stay, row.level)))
    tone: Token = "stale" if unknown else "text"
    yield Line("state", told, now.clock(unit.since), tone, LEVEL_TONES[row.level])
    if row.doubt and not _DOUBTED.intersection(alarm.rule for alarm in card.alarms):
        yield from (Line("", text) for text in wrapped(DOUBTS[row.doubt]))
    if unit.raw_state and not unknown:
        yield fact("raw state", isolated(unit.raw_state))
    yield fact("since", now.both(unit.since) if unit.since else "")


def _check_in(row: TeamRow, now: Present) -> Iterator[Line]:
    """When the team is to be asked after, and who last did, how and when."""
    if row.due is not None:
        said = "overdue" if row.asked == 2 else "due in"
        left = now.clock(row.due) if row.asked == 2 else clock_text(row.due - now.at)
        tone: Token = ("text", "p2", "p1")[row.asked]
        yield Line("check-in", f"{said} {left}", f"due {now.time(row.due)}", tone)
    if row.check is not None:
        yield Line(
            "checked in", f"{REACHED[row.check.how]}, {isolated(row.check.who)}", now.both(row.check.at)
        )


def _heard(row: TeamRow, now: Present) -> Line:
    """The age of the status, apart from that of the position."""
    if row.unit.updated_at is None:
        return Line("status", "no moment reported", tone="muted")
    told = f"heard {now.both(row.unit.updated_at)}"
    return Line("status", told, "too old" if row.unheard else "", "stale" if row.unheard else "text")


def _call(card: UnitCard) -> Line:
    key, call = card.unit.call, card.call
    if not key:
        return Line("call", "none", tone="muted")
    if call is None:
        return Line("call", f"{isolated(key)} is not on the board", tone="stale")
    over = "" if call.open else "closed"
    return Line("call", joined((number(call), over, nature(call))), target=("call", key))


def _position(card: UnitCard, now: Present) -> Line:
    position = card.position
    if position is None:
        return Line("position", "none reported", tone="stale" if card.row.unplaced else "muted")
    age = now.since(position.at)
    old = age is not None and age.total_seconds() > card.pack.positions.stale_s
    told = now.both(position.at)
    return Line("position", f"silent {told}" if old else told, tone="stale" if old else "text")


def _crew(unit: Unit) -> Iterator[Line]:
    yield heading("Crew")
    if not unit.crew:
        yield Line("", "not given", tone="muted")
    for member in unit.crew:
        yield Line("", member_text(member), masked(member.name))
