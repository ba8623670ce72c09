"""Which units have a part in a call, and since when: from who was sent, who answered, and where units head.

Resgrid tells no stage of a call. The moment at which a unit's state began is the moment of the stage,
as far as the console saw it; a unit is on a call while the call is its destination.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from console.domain.vocabulary import ALTERNATIVE, CallState, Program, UnitState
from console.feeds.adapters.resgrid.codes import FREE, STAGES, UNIT_STATES
from console.feeds.adapters.resgrid.fields import Raw, rows, text, whole
from console.feeds.adapters.resgrid.times import Times
from console.feeds.adapters.resgrid.units import Seen

_NEVER = datetime.max.replace(tzinfo=UTC)


class Answered(Struct, frozen=True):
    """A state that a unit took at a call. It is told by name: two units of one name cannot be told apart."""

    name: str
    status: int | None
    at: datetime | None


class Sent(Struct, frozen=True):
    """A call's extra data: when each unit, by its id at the source, was last dispatched; what they answered."""

    units: dict[str, datetime | None] = {}
    answers: tuple[Answered, ...] = ()


class Part(Struct, frozen=True):
    """One unit's part. ``here``: it heads for the call or is there. ``over``: it has left, nobody says when."""

    unit: str
    seen: Seen | None
    stamps: dict[str, datetime]
    observed: frozenset[str]
    here: bool
    over: bool

    @property
    def program(self) -> Program | None:
        """What the unit belongs to."""
        return self.seen.program if self.seen else None


def sent(extra: Raw, times: Times, call: str) -> Sent:
    """The extra data of ``call``."""
    units = {
        text(each, "Id"): times.utc(each, "Timestamp", call)
        for each in rows(extra, "Dispatches")
        if text(each, "Type") == "Unit" and text(each, "Id")
    }
    answers = tuple(
        Answered(text(each, "Name"), whole(each, "StatusId"), times.utc(each, "Timestamp", call))
        for each in rows(extra, "Activity")
        if text(each, "Type") == "Unit"
    )
    return Sent(units, answers)


class Parts:
    """The parts of each call in one round. ``custom`` names the department's own states by their number."""

    def __init__(self, seen: Sequence[Seen], custom: Mapping[int, str]) -> None:
        self._seen = {each.source: each for each in seen}
        self._custom = custom
        names = Counter(each.name for each in seen)
        self._named = {each.name: each.source for each in seen if names[each.name] == 1}
        self._linked: dict[str, list[Seen]] = {}
        for each in seen:
            if each.call:
                self._linked.setdefault(each.call, []).append(each)

    def linked(self, call: str) -> list[Seen]:
        """The units that head for ``call`` or are there."""
        return self._linked.get(call, [])

    def sign(self, call: str) -> tuple[tuple[str, int | None, datetime | None], ...]:
        """What is different once a unit joins ``call``, leaves it or changes its state there."""
        return tuple(sorted(((each.source, each.status, each.since) for each in self.linked(call)), key=repr))

    def of(self, call: str, extra: Sent) -> list[Part]:
        """All parts in ``call``, in the order in which they began."""
        answers = self._stages(extra)
        sources = {*extra.units, *(each.source for each in self.linked(call)), *answers}
        parts = [self._part(call, source, extra, answers.get(source, {})) for source in sources]
        return sorted(parts, key=lambda part: (min(part.stamps.values(), default=_NEVER), part.unit))

    def _part(self, call: str, source: str, extra: Sent, answers: dict[str, datetime]) -> Part:
        seen, sent_at = self._seen.get(source), extra.units.get(source)
        here = seen is not None and seen.call == call
        stamps = {**answers, **_begun(seen, answers)} if here else {**answers}
        observed = {*stamps}
        if sent_at:
            stamps["assigned_at"] = sent_at
            observed.discard("assigned_at")
        left = None if here else _left(seen, sent_at, answers)
        if left:
            stamps["cleared_at"] = left
            observed.add("cleared_at")
        over = not here and left is None and (source not in extra.units or _moved_on(seen, sent_at))
        return Part(seen.unit if seen else source, seen, stamps, frozenset(observed), here, over)

    def _stages(self, extra: Sent) -> dict[str, dict[str, datetime]]:
        """The first moment of each stage that each unit answered, by its id at the source."""
        found: dict[str, dict[str, datetime]] = {}
        for answer in extra.answers:
            source, stage = self._named.get(answer.name), STAGES.get(self._code(answer.status))
            if source and stage and answer.at:
                stages = found.setdefault(source, {})
                stages[stage] = min(stages.get(stage, answer.at), answer.at)
        return found

    def _code(self, status: int | None) -> str:
        if status is None:
            return ""
        return UNIT_STATES.get(status) or self._custom.get(status, "")


def ours(parts: Sequence[Part]) -> list[Part]:
    """The parts that speak for the call: those of alternative-response teams, where there are any."""
    return [part for part in parts if part.program in ALTERNATIVE] or [*parts]


def state(parts: Iterable[Part]) -> CallState:
    """How far a call is that its dispatcher has not closed; nobody says what it is once its units have left."""
    found = [*parts]
    active = [part for part in found if not part.over and "cleared_at" not in part.stamps]
    if not active:
        return CallState.UNKNOWN if any(part.observed for part in found) else CallState.PENDING
    return max((_stage(part) for part in active), key=_ORDER.index)


_ORDER = (CallState.ASSIGNED, CallState.ENROUTE, CallState.ON_SCENE, CallState.TRANSPORTING)

_CALL_STATES = {
    UnitState.ENROUTE: CallState.ENROUTE,
    UnitState.ON_SCENE: CallState.ON_SCENE,
    UnitState.TRANSPORTING: CallState.TRANSPORTING,
    UnitState.AT_DESTINATION: CallState.TRANSPORTING,
}


def _stage(part: Part) -> CallState:
    if part.seen is None or not part.here:
        return CallState.ASSIGNED  # it was sent, and is not on its way yet
    return _CALL_STATES.get(part.seen.state, CallState.ASSIGNED)


def _begun(seen: Seen | None, answers: Mapping[str, datetime]) -> dict[str, datetime]:
    """The stage that the present state of a unit at the call is, and when it began."""
    if seen is None or seen.since is None or seen.code not in STAGES:
        return {}
    stage = STAGES[seen.code]
    return {stage: min(answers.get(stage, seen.since), seen.since)}


def _left(seen: Seen | None, sent_at: datetime | None, answers: Mapping[str, datetime]) -> datetime | None:
    """When a unit that had answered the call became free again."""
    if seen is None or seen.state not in FREE or not answers:
        return None
    last = max([*answers.values(), *([sent_at] if sent_at else [])])
    return seen.since if _later(seen.since, last) else None


def _moved_on(seen: Seen | None, sent_at: datetime | None) -> bool:
    """Whether a unit that was sent has taken another call since."""
    return seen is not None and bool(seen.call) and _later(seen.since, sent_at)


def _later(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and (other is None or moment > other)
