"""When each committed team is likely to be free again, by scenes like the one it is on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

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

    ``since`` is its arrival there, ``arrives_at`` when that is expected of a team still on its way. ``clears_at`` goes
    ``by`` so many of the ``n`` scenes of the kind ``like``: those that lasted as long as this one has by now, or all.
    It is ``None`` where too few scenes are known (``like`` then is, too, and ``n`` were like it), where nothing tells
    when the team arrives, where it is ``past`` the median and too few lasted as long, or none at all (``longest``).
    """

    unit: str
    call: str
    since: datetime | None = None
    arrives_at: datetime | None = None
    clears_at: datetime | None = None
    like: Like | None = None
    n: int = 0
    past: bool = False
    by: int = 0
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
    kinds = compared.of(unit.program, category_of(state, call))
    since = _arrived(unit, call, part)
    arrives = None if since is not None else _arrives(state, unit, call)
    usual = next((one for one in kinds if len(one[1]) >= compared.least), None)
    if usual is None:
        return Expected(unit.id, call.id, since, arrives, n=len(kinds[0][1]))
    like, pool = usual
    found, begins = Expected(unit.id, call.id, since, arrives, like=like, n=len(pool)), since or arrives
    if begins is None:
        return found
    return _weighed(found, [usual, *kinds], begins, state.second, compared.least)


def _weighed(found: Expected, kinds: "Kinds", begins: datetime, now: datetime, least: int) -> Expected:
    """``found`` with when it is likely free; the first of ``kinds`` is the one it is of.

    Those scenes tell best that lasted as long as it has been there by now: with all of them the estimates came true
    4.6 min too early in the middle, with these 0.1 min (3,083 of them, in ten shifts of the demo city). Where they are
    too few of every kind, all scenes count, and past the median of these no moment can be told.
    """
    been = (now - begins).total_seconds()
    clears = begins + timedelta(seconds=kinds[0][1].median_s())
    past = clears <= now
    for like, pool in kinds[1:]:
        if len(longer := pool.longer(been)) >= least:
            clears = begins + timedelta(seconds=longer.median_s())
            return replace(found, clears_at=clears, like=like, n=len(pool), past=past, by=len(longer))
    if not past:
        return replace(found, clears_at=clears, by=found.n)
    return replace(found, past=True, longest=not any(pool.longer(been) for _, pool in kinds))


Kinds = list[tuple[Like, Pool]]
"""The scenes that a team is compared with, the most like first."""


class _Compared:
    """The scenes that a team is compared with, looked for once for all teams of a kind."""

    def __init__(self, state: State) -> None:
        self.least = state.definitions.kick_back.least
        self._scenes = state.scenes
        self._found: dict[tuple[Program, str], Kinds] = {}

    def of(self, program: Program, category: str) -> Kinds:
        """The kinds of scenes, the most like first."""
        key = program, category
        if key not in self._found:
            kinds = Like if category else (Like.PROGRAM, Like.ALL)
            self._found[key] = [(like, self._scenes.pool(like, program, category)) for like in kinds]
        return self._found[key]


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
