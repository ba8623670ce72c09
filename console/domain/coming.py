"""The next two hours, half hour by half hour: who goes off shift, who comes on, how many teams are likely free.

Nothing is guessed: a team whose shift times are not given, or of which nobody can say when it is free, counts apart.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.breaks import breaks_due
from console.domain.entities import Unit
from console.domain.expecting.teams import Expected, outlook
from console.domain.metrics import is_team
from console.domain.state import State
from console.domain.vocabulary import Availability, UnitState, availability

STEP = timedelta(minutes=30)
STEPS = 4

_OUT = frozenset({UnitState.DELAYED, UnitState.OUT_OF_SERVICE})


class Crewed(Struct, frozen=True):
    """Teams ``on_duty`` at a moment. ``free`` are those that are free, or expected to be, if no new call comes;
    ``unsure`` those of which that cannot be told."""

    on_duty: tuple[str, ...]
    free: tuple[str, ...]
    unsure: tuple[str, ...]


class Half(Struct, frozen=True):
    """The board at the moment ``at``, as far as it can be told.

    ``known`` are teams of which the shift reaches beyond it, ``open_ended`` those now on duty of which nobody gave the
    end. ``off`` and ``on`` are the teams that go and come since the moment before.
    """

    at: datetime
    known: Crewed
    open_ended: Crewed
    off: tuple[str, ...]
    on: tuple[str, ...]


class Coming(Struct, frozen=True):
    """The board now, and at the next whole half hours.

    ``over`` are teams still on duty past the end of their shift, ``late`` those that should be on duty and are not,
    ``unplanned`` those off duty whose next shift nobody gave. ``out`` are teams that are out of service or held up now:
    when they are back is not known. ``breaks`` are teams due a break by the last half hour, with the moment from which
    on; ``None`` where the data show no breaks. ``waiting`` calls wait now.
    """

    halves: tuple[Half, ...]
    over: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    unplanned: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    breaks: tuple[tuple[str, datetime], ...] | None = None
    teams: int = 0
    waiting: int = 0

    @property
    def ends_known(self) -> bool:
        """Whether the end of any shift is given."""
        return any(half.known.on_duty for half in self.halves)


def coming(state: State) -> Coming:
    """The next two hours as the board knows them at its second."""
    now = state.second
    teams = sorted((unit for unit in state.units.values() if is_team(unit)), key=lambda unit: unit.id)
    expected = outlook(state)
    moments = (now, *_marks(now))
    last = moments[-1]
    befores = (now, *moments)
    return Coming(
        tuple(_half(teams, expected, now, before, at) for before, at in zip(befores, moments, strict=False)),
        over=_ids(unit for unit in teams if _on(unit) and _ended(unit, now)),
        late=_ids(unit for unit in teams if unit.state is UnitState.OFF_DUTY and _during(unit, now)),
        unplanned=_ids(unit for unit in teams if unit.state is UnitState.OFF_DUTY and not _plan(unit, now)),
        out=_ids(unit for unit in teams if unit.state in _OUT),
        breaks=breaks_due(state.breaks, teams, state.window_from, now, last),
        teams=len(teams),
        waiting=state.tally.waiting,
    )


def _marks(now: datetime) -> Iterable[datetime]:
    """The next whole half hours."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    first = hour + STEP * ((now - hour) // STEP + 1)
    return (first + STEP * n for n in range(STEPS))


def _half(
    teams: list[Unit], expected: dict[str, Expected], now: datetime, before: datetime, at: datetime
) -> Half:
    def crewed(units: Iterable[Unit]) -> Crewed:
        found = tuple(units)
        free = (unit for unit in found if _free(unit, expected.get(unit.id), now, at))
        unsure = (unit for unit in found if _unsure(unit, expected.get(unit.id), now, at))
        return Crewed(_ids(found), _ids(free), _ids(unsure))

    return Half(
        at,
        known=crewed(unit for unit in teams if _certain(unit, now, at)),
        open_ended=crewed(unit for unit in teams if _on(unit) and unit.shift_until is None),
        off=_ids(unit for unit in teams if _certain(unit, now, before) and not _certain(unit, now, at)),
        on=_ids(unit for unit in teams if not _certain(unit, now, before) and _certain(unit, now, at)),
    )


def _certain(unit: Unit, now: datetime, at: datetime) -> bool:
    """Whether the unit is on duty at ``at`` by its shift's end: it is now and the shift lasts, or the shift begins.

    One that works on past the end is on duty now and counted no further.
    """
    until = unit.shift_until
    if until is None:
        return False
    if until <= at:
        return _on(unit) and at == now
    return _on(unit) or _begins(unit, now, at)


def _begins(unit: Unit, now: datetime, at: datetime) -> bool:
    return unit.shift_from is not None and now < unit.shift_from <= at


def _free(unit: Unit, found: Expected | None, now: datetime, at: datetime) -> bool:
    if unit.state is UnitState.AVAILABLE or unit.state is UnitState.OFF_DUTY:
        return True
    return at > now and found is not None and found.clears_at is not None and found.clears_at <= at


def _unsure(unit: Unit, found: Expected | None, now: datetime, at: datetime) -> bool:
    """Whether nobody can say if the unit is free at ``at``: held up, out, unknown, or on a scene like no other."""
    if unit.state is UnitState.UNKNOWN:
        return True
    if at == now or unit.state in (UnitState.AVAILABLE, UnitState.OFF_DUTY):
        return False
    committed = availability(unit.state) is Availability.ASSIGNED
    return not committed or found is None or found.clears_at is None


def _on(unit: Unit) -> bool:
    return unit.state is not UnitState.OFF_DUTY


def _ended(unit: Unit, now: datetime) -> bool:
    return unit.shift_until is not None and unit.shift_until <= now


def _during(unit: Unit, now: datetime) -> bool:
    """Whether the unit's shift goes on now, by its times."""
    began, until = unit.shift_from, unit.shift_until
    return began is not None and until is not None and began <= now < until


def _plan(unit: Unit, now: datetime) -> bool:
    """Whether it is known when the unit is on duty next, or that it should be now."""
    return unit.shift_until is not None and unit.shift_until > now


def _ids(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(unit.id for unit in units)
