"""How long until policy hands a waiting call to police, and which team could be there before that."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from console.domain.board import State
from console.domain.entities import Call, Unit
from console.domain.expecting.teams import Expected, outlook
from console.domain.expecting.travel import travel, whereabouts
from console.domain.metrics import is_team
from console.domain.vocabulary import UnitState
from console.domain.watching.of_calls import hand_over_at

SHOWN = 3
"""Teams that are told of: the first one counts, the others are there if it does not clear."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_FAR = timedelta.max


class Candidate(Struct, frozen=True, gc=False):
    """A team that could take the call: what is expected of it (``None``: it is free), and how far away it is."""

    unit: str
    away: timedelta | None
    expected: Expected | None = None

    @property
    def there_at(self) -> datetime | None:
        """When a committed team could be at the call, if both are known."""
        clears = self.expected.clears_at if self.expected is not None else None
        return None if clears is None or self.away is None else clears + self.away


class Countdown(Struct, frozen=True):
    """``hand_over`` is when policy hands the call to police.

    ``clearing`` are committed teams, the one that could be there first before all; ``free`` is the nearest free one.
    ``of_others`` where no team of the call's own program is on duty, so that the teams are of other programs.
    """

    hand_over: datetime
    clearing: tuple[Candidate, ...] = ()
    free: Candidate | None = None
    of_others: bool = False


def countdown(state: State, call: Call, expected: dict[str, Expected] | None = None) -> Countdown | None:
    """The call's countdown at the board's second; ``None`` for a call that police will not be handed.

    ``expected`` is the board's `outlook`, for whoever asks for many calls.
    """
    handed = hand_over_at(call, state.definitions)
    if handed is None:
        return None
    expected = outlook(state) if expected is None else expected
    free = [unit for unit in state.units.values() if _free(unit)]
    teams = [*free, *(state.units[key] for key in expected)]
    own = call.program is None or any(unit.program is call.program for unit in teams)

    def fits(unit: Unit) -> bool:
        return not own or call.program is None or unit.program is call.program

    ready = (Candidate(unit.id, _away(state, unit, call)) for unit in free if fits(unit))
    nearest = min(ready, key=lambda one: (one.away or _FAR, one.unit), default=None)
    busy = ((state.units[key], one) for key, one in expected.items() if fits(state.units[key]))
    return Countdown(handed, _first(state, call, busy), nearest, of_others=not own and bool(teams))


def _first(state: State, call: Call, teams: Iterable[tuple[Unit, Expected]]) -> tuple[Candidate, ...]:
    """Those that could be there first, of ``teams`` in the order in which they clear.

    Who clears later than enough of them are there needs no look: its way can only add to that.
    """
    found: list[Candidate] = []
    for unit, one in teams:
        last = found[-1].there_at if len(found) == SHOWN else None
        if last is not None and (one.clears_at or _NEVER) > last:
            break
        candidate = _committed(state, call, one, unit)
        if candidate is not None:
            found = sorted((*found, candidate), key=_turn)[:SHOWN]
    return tuple(found)


def _free(unit: Unit) -> bool:
    return is_team(unit) and unit.state is UnitState.AVAILABLE


def _committed(state: State, call: Call, found: Expected, unit: Unit) -> Candidate | None:
    """The team as it clears; not one that is off shift by then."""
    until = unit.shift_until
    if until is not None and until <= (found.clears_at or state.second):
        return None
    return Candidate(unit.id, _away(state, unit, call), found)


def _away(state: State, unit: Unit, call: Call) -> timedelta | None:
    return travel(state, whereabouts(state, unit), call)


def _turn(one: Candidate) -> tuple[datetime, datetime, str]:
    """Who could be there first; of those whose way is not known, who clears first."""
    clears = one.expected.clears_at if one.expected is not None else None
    return one.there_at or _NEVER, clears or _NEVER, one.unit
