"""The lines of the attention panel: which alarms stand alone, which are heaped together, and in what order."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import nsmallest
from operator import itemgetter
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.ui.attention.helping import likely
from console.ui.attention.lasting import lasts_since
from console.ui.attention.subject import Subject, subject
from console.ui.table.columns import Rules

SHOWN = 300
"""Lines of single alarms, and members of an opened heap: of 5,000 a change took 80 ms, and nobody reads so many."""

KIND, OVER, HELD, REST = "kind:", "over:", "held:", "rest:"
"""How the keys of heaps begin: alarms of one rule, alarms that are over, alarms held back while a feed is down.
``REST`` begins the key of the line for those that are not shown."""

Place: TypeAlias = tuple[Any, ...]


HELPED = 60
"""Lines that say which team could take their call: more than are ever in sight."""

_NO_LINE = frozenset({AlarmState.SHELVED, AlarmState.OUT_OF_SERVICE})


class Heap(Struct, frozen=True, gc=False):
    """Alarms that share a line. ``name`` is their rule or feed, ``first`` the one that came up first.

    ``oldest`` is since when the longest of them lasts, ``priority`` that of the most urgent, ``calling`` how many call,
    ``urgent`` how many are of priority 1.
    """

    name: str
    first: Alarm
    oldest: datetime
    priority: int
    count: int
    calling: int
    urgent: int
    opened: bool = False


class Line(Struct, frozen=True, gc=False):
    """One line: an alarm by itself or a heap. ``place`` sorts it, ``inside`` marks a member of an opened heap.

    ``rest`` is how many alarms beyond those shown a line counts.
    """

    key: str
    place: Place
    subject: Subject | None = None
    heap: Heap | None = None
    inside: bool = False
    rest: int = 0

    @property
    def calling(self) -> bool:
        """Whether it waits for somebody to say that they saw it."""
        if self.subject is not None:
            return self.subject.alarm.calling
        return self.heap is not None and self.heap.calling > 0

    @property
    def priority(self) -> int:
        """Its badge; 0 where it has none."""
        if self.subject is not None:
            return self.subject.alarm.priority
        if self.heap is None or self.key.startswith(HELD):
            return 0
        return self.heap.priority if self.key.startswith(KIND) or self.heap.priority == 1 else 0

    @property
    def blinks(self) -> bool:
        """Whether it is an active call of priority 1 that nobody has acknowledged: nothing else blinks."""
        alarm = self.subject.alarm if self.subject is not None else None
        return alarm is not None and alarm.priority == 1 and alarm.calling and alarm.active


RULES: Rules[Line] = Rules(order=lambda line: line.place)


def lines(state: State, opened: frozenset[str], held: Mapping[str, Line]) -> dict[str, Line]:
    """The lines of the board's alarms, with the members of those heaps that are ``opened``.

    What did not change is the same object as in ``held``.
    """
    heaps: dict[str, list[Alarm]] = {}
    alone: list[tuple[Place, Alarm]] = []
    flood = state.alarms.flood.since is not None
    for alarm in state.alarms.standing.values():
        stands = alarm.state
        key = _heap_of(alarm, stands)
        if key and (flood or not key.startswith(KIND)):
            heaps.setdefault(key, []).append(alarm)
        elif stands not in _NO_LINE:
            alone.append((_place(state, alarm), alarm))
    found = {line.key: line for line in _singles(state, alone, held)}
    for key, alarms in heaps.items():
        found.update((line.key, line) for line in _heap(state, key, alarms, opened, held))
    return helped(found, state)


def helped(found: dict[str, Line], state: State) -> dict[str, Line]:
    """``found``, the topmost with the teams that could take their calls now; itself where they are the same."""
    top = (
        nsmallest(HELPED, found.values(), key=lambda line: line.place)
        if len(found) > HELPED
        else found.values()
    )
    teams = likely({line.key: line.subject for line in top if line.subject is not None}, state)
    if not teams:
        return found
    return {**found, **{key: replace(found[key], subject=subject) for key, subject in teams.items()}}


def behind(state: State, key: str) -> list[Alarm]:
    """The alarms that the line of that key speaks of, the earliest first; none where it is gone."""
    standing = state.alarms.standing
    if not key:
        return []
    if (alarm := standing.get(key)) is not None:
        return [alarm]
    found = [alarm for alarm in standing.values() if _heaped(alarm) == key]
    return sorted(found, key=_earliest)


def calling(alarms: Iterable[Alarm]) -> list[Alarm]:
    """Those that are active and that nobody has acknowledged."""
    return [alarm for alarm in alarms if alarm.calling and alarm.active]


def _heaped(alarm: Alarm) -> str:
    return _heap_of(alarm, alarm.state)


def _heap_of(alarm: Alarm, stands: AlarmState) -> str:
    """The heap that an alarm goes to in a flood, or once it is over or held back; an active priority 1 to none."""
    if stands is AlarmState.SUPPRESSED:
        return HELD + alarm.suppressed_by
    if stands is AlarmState.RETURNED:
        return OVER
    return "" if alarm.priority == 1 or stands in _NO_LINE else KIND + alarm.rule


def _place(state: State, alarm: Alarm, *, first_out: bool = False) -> Place:
    """Where an alarm by itself stands: what calls, the most urgent, the newest, or in a flood the first."""
    came = alarm.raised_at.timestamp()
    block = 2 if not alarm.calling else 0 if alarm.active else 1
    since = lasts_since(state, alarm).timestamp()
    return (block, alarm.priority, came if first_out else -came, since, alarm.id)


def _singles(state: State, alone: list[tuple[Place, Alarm]], held: Mapping[str, Line]) -> Iterator[Line]:
    """A line for each of the first, and one for all the others."""
    for place, alarm in nsmallest(SHOWN, alone, key=itemgetter(0)):
        yield _single(state, alarm, place, held)
    if (rest := len(alone) - SHOWN) > 0:
        yield Line(REST, (2, _LAST), rest=rest)


_LAST = 9
"""A priority behind all others."""


def _single(
    state: State, alarm: Alarm, place: Place, held: Mapping[str, Line], *, inside: bool = False
) -> Line:
    old = held.get(alarm.id)
    shown = subject(state, alarm, old.subject if old is not None else None)
    if old is not None and old.subject is shown and old.place == place:
        return old
    return Line(alarm.id, place, shown, inside=inside)


def _heap(
    state: State, key: str, alarms: list[Alarm], opened: frozenset[str], held: Mapping[str, Line]
) -> Iterator[Line]:
    """The heap's line keeps the time and the place of its earliest alarm: that is often the cause of the others."""
    if key.startswith(KIND) and len(alarms) == 1:
        yield _single(state, alarms[0], _place(state, alarms[0], first_out=True), held)
        return
    came = min(alarm.raised_at for alarm in alarms)
    first = min((alarm for alarm in alarms if alarm.raised_at == came), key=lambda alarm: alarm.id)
    count = sum(alarm.calling for alarm in alarms)
    most, oldest = min(alarm.priority for alarm in alarms), min(alarm.since for alarm in alarms)
    urgent = sum(alarm.priority == 1 for alarm in alarms)
    heap = Heap(_name(key), first, oldest, most, len(alarms), count, urgent, key in opened)
    block = {KIND: 0 if count else 2, OVER: 3, HELD: 4}[key[: key.index(":") + 1]]
    place = (block, most, first.raised_at.timestamp(), first.since.timestamp(), key)
    old, new = held.get(key), Line(key, (*place, 0), heap=heap)
    yield old if old is not None and old.place == new.place and _same_heap(old.heap, heap) else new
    if key in opened:
        yield from _members(state, alarms, place, held)


def _members(state: State, alarms: list[Alarm], within: Place, held: Mapping[str, Line]) -> Iterator[Line]:
    """The earliest of an opened heap, and one line for all the others."""
    for alarm in nsmallest(SHOWN, alarms, key=_earliest):
        place = (*within, 1, alarm.raised_at.timestamp(), alarm.id)
        yield _single(state, alarm, place, held, inside=True)
    if (rest := len(alarms) - SHOWN) > 0:
        yield Line(f"{REST}{within[-1]}", (*within, 2), inside=True, rest=rest)


def _name(key: str) -> str:
    return key.partition(":")[2]


def _earliest(alarm: Alarm) -> tuple[Any, ...]:
    return (alarm.raised_at, alarm.id)


def _same_heap(old: Heap | None, new: Heap | None) -> bool:
    if old is None or new is None:
        return old is new
    return old.first is new.first and old == new
