"""When each committed team is likely to be free again, by scenes like the one it is on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from console.domain.board import State
from console.domain.clearing.scenes import Like, Pool
from console.domain.entities import Assignment, Call, Unit
from console.domain.expecting.history import category_of
from console.domain.expecting.travel import travel, whereabouts
from console.domain.metrics import is_team
from console.domain.vocabulary import Availability, Program, UnitState, availability

_NEVER = datetime.max.replace(tzinfo=UTC)


class Expected(Struct, frozen=True, gc=False):
    """What is expected of ``unit``, which is on ``call``.

    ``since`` is its arrival there, ``arrives_at`` when that is expected of a team still on its way. ``clears_at`` is
    ``None`` where too few scenes are known, where nothing tells when it arrives, or where it has been there for longer
    than any of them (``longest``). ``past`` the median; then it goes by the ``longer`` scenes, or, if these are too
    few, any time now. ``n`` scenes of the kind ``like`` were looked at; without a kind, so many were like it.
    """

    unit: str
    call: str
    since: datetime | None = None
    arrives_at: datetime | None = None
    clears_at: datetime | None = None
    like: Like | None = None
    n: int = 0
    past: bool = False
    longer: int = 0
    longest: bool = False


def outlook(state: State) -> dict[str, Expected]:
    """What is expected of every committed team at the board's second, by unit; the first to clear comes first."""
    parts = {part.unit: (call, part) for call in state.open_calls.values() for part in _on(call)}
    found, compared = [], _Compared(state)
    for unit in state.units.values():
        if not is_team(unit) or availability(unit.state) is not Availability.ASSIGNED:
            continue
        call, part = parts.get(unit.id, (state.calls.get(unit.call), None))
        found.append(
            Expected(unit.id, unit.call) if call is None else _expected(state, compared, unit, call, part)
        )
    return {one.unit: one for one in sorted(found, key=_turn)}


def _turn(one: Expected) -> tuple[datetime, str]:
    return one.clears_at or _NEVER, one.unit


def _on(call: Call) -> Iterator[Assignment]:
    return (part for part in call.assignments if part.cleared_at is None)


def _expected(
    state: State, compared: "_Compared", unit: Unit, call: Call, part: Assignment | None
) -> Expected:
    """What is expected of ``unit`` on ``call``, with its ``part`` there if the call tells of it."""
    like, pool, n = compared.of(unit.program, category_of(state, call))
    since = _arrived(unit, call, part)
    arrives = None if since is not None else _arrives(state, unit, call)
    begins = since or arrives
    if like is None or begins is None:
        return Expected(unit.id, call.id, since, arrives, like=like, n=n)
    usual = begins + timedelta(seconds=pool.median_s())
    if usual > state.second:
        return Expected(unit.id, call.id, since, arrives, usual, like, n)
    return _past(Expected(unit.id, call.id, since, arrives, None, like, n), begins, pool, state)


def _past(found: Expected, begins: datetime, pool: Pool, state: State) -> Expected:
    """Past the median: by those that took longer than it has by now, if there are enough, else any time now."""
    longer = pool.longer((state.second - begins).total_seconds())
    clears = state.second
    if len(longer) >= state.definitions.kick_back.least:
        clears = begins + timedelta(seconds=longer.median_s())
    return Expected(
        found.unit,
        found.call,
        found.since,
        found.arrives_at,
        clears if longer else None,
        found.like,
        found.n,
        past=True,
        longer=len(longer),
        longest=not longer,
    )


class _Compared:
    """The scenes that a team is compared with, looked for once for all teams of a kind."""

    def __init__(self, state: State) -> None:
        self._scenes, self._least = state.scenes, state.definitions.kick_back.least
        self._found: dict[tuple[Program, str], tuple[Like | None, Pool, int]] = {}

    def of(self, program: Program, category: str) -> tuple[Like | None, Pool, int]:
        """The nearest kind of scenes that has enough of them; else none, and how many were like it."""
        key = program, category
        if key not in self._found:
            self._found[key] = self._look(program, category)
        return self._found[key]

    def _look(self, program: Program, category: str) -> tuple[Like | None, Pool, int]:
        kinds = Like if category else (Like.PROGRAM, Like.ALL)
        pools = [(like, self._scenes.pool(like, program, category)) for like in kinds]
        for like, pool in pools:
            if len(pool) >= self._least:
                return like, pool, len(pool)
        return None, Pool(), len(pools[0][1])


def _arrived(unit: Unit, call: Call, part: Assignment | None) -> datetime | None:
    """When the team came to its scene; its call's own stamp tells where the call names no units."""
    if part is not None:
        return part.on_scene_at or part.contact_at
    if not call.assignments and call.stamps.on_scene_at is not None:
        return call.stamps.on_scene_at
    return unit.since if unit.state is UnitState.ON_SCENE else None


def _arrives(state: State, unit: Unit, call: Call) -> datetime | None:
    span = travel(state, whereabouts(state, unit), call)
    return None if span is None else state.second + span
