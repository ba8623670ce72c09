"""The board as one immutable value, and the only two ways it moves: `reduce` and `advance`.

Return the same object when nothing changed: views compare with ``is``. Dictionaries in a `State`
are never mutated; a change makes one shallow copy per reply, whatever the number of rows.
"""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from console.domain import trend
from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.entities import Agency, Call, Facility, FollowUp, Position, Unit
from console.domain.events import (
    AgencyDescribed,
    Anything,
    Bookmarked,
    CallsChanged,
    DefinitionsLoaded,
    FacilitiesChanged,
    FeedReported,
    FollowUpsChanged,
    Noted,
    PositionsChanged,
    ProblemsFound,
    Recorded,
    RecordingReported,
    Revealed,
    Tick,
    UnitsChanged,
)
from console.domain.feed import Feed, Problem, merged
from console.domain.metrics import Tally, contribution, counted, moved
from console.domain.recording import Recording
from console.domain.rows import merge
from console.domain.trend import MINUTE


class State(Struct, frozen=True):
    """Everything the screen shows. ``at`` is the moment it holds for, ``second`` the last whole one.

    ``seen`` counts the folded recorded events: it is the line number in the log. ``open_calls`` are those
    of ``calls`` that still need somebody: what the board is about. ``missing`` holds open calls that the
    source no longer reports, with the moment that was noticed.
    """

    at: datetime
    second: datetime
    seen: int = 0
    agencies: dict[str, Agency] = {}
    definitions: Definitions = NO_DEFINITIONS
    calls: dict[str, Call] = {}
    open_calls: dict[str, Call] = {}
    units: dict[str, Unit] = {}
    positions: dict[str, Position] = {}
    facilities: dict[str, Facility] = {}
    follow_ups: dict[str, FollowUp] = {}
    missing: dict[str, datetime] = {}
    feeds: dict[str, Feed] = {}
    problems: dict[str, Problem] = {}
    tally: Tally = Tally()
    samples: tuple[trend.Sample, ...] = ()
    reveals: int = 0
    notes: tuple[Noted, ...] = ()
    bookmarks: tuple[Bookmarked, ...] = ()
    recording: Recording | None = None

    @property
    def agency(self) -> Agency | None:
        """The agency of the first source that described itself, or ``None`` before that."""
        return next(iter(self.agencies.values()), None)

    @property
    def window_from(self) -> datetime | None:
        """When the shift that the figures are about began."""
        return self.agency.shift_from if self.agency else None


def start(at: datetime) -> State:
    """The empty board at ``at``."""
    return State(at=at, second=at.replace(microsecond=0))


def advance(state: State, events: Iterable[Recorded], now: datetime) -> State:
    """Fold ``events``, in order and none later than ``now``, with a tick on every whole second between.

    A tick stands before everything that arrived within its own second, so that the frame rate, the
    batching and the replay speed cannot be told from the result.
    """
    for event in events:
        state = reduce(_ticked(state, event.at), event)
    state = _ticked(state, now)
    return state if state.at == now else replace(state, at=now)


def _ticked(state: State, until: datetime) -> State:
    """``state`` with the ticks up to ``until``; seconds at which no rule has anything to do are passed in one step.

    A day without events has 86,400 of them; only whole minutes draw the trend.
    """
    last = until.replace(microsecond=0)
    while (minute := state.second.replace(second=0) + MINUTE) <= last:
        state = reduce(state, Tick(minute))
    return state if last <= state.second else reduce(state, Tick(last))


def reduce(state: State, event: Anything) -> State:
    """The board after ``event``."""
    match event:
        case Tick(at=at):
            return _tick(state, at)
        case CallsChanged():
            after = _calls(state, event)
        case UnitsChanged(changed=rows, gone=gone, full=full):
            after = _with_free_teams(replace(state, units=merge(state.units, rows, gone, _id, full=full)))
        case PositionsChanged(changed=rows, gone=gone, full=full):
            after = replace(state, positions=merge(state.positions, rows, gone, _unit, full=full))
        case FacilitiesChanged(changed=rows, gone=gone, full=full):
            after = replace(state, facilities=merge(state.facilities, rows, gone, _id, full=full))
        case FollowUpsChanged(changed=rows, gone=gone, full=full):
            after = replace(state, follow_ups=merge(state.follow_ups, rows, gone, _id, full=full))
        case FeedReported(feed=feed):
            after = replace(state, feeds={**state.feeds, feed.key: feed})
        case ProblemsFound():
            after = _problems(state, event)
        case AgencyDescribed(source=source, agency=agency):
            after = recounted(replace(state, agencies={**state.agencies, source: agency}))
        case DefinitionsLoaded(pack=pack):
            after = recounted(replace(state, definitions=pack))
        case Revealed():
            after = replace(state, reveals=state.reveals + 1)
        case Noted():
            after = replace(state, notes=(*state.notes, event))
        case Bookmarked():
            after = replace(state, bookmarks=(*state.bookmarks, event))
        case RecordingReported(recording=recording):
            after = replace(state, recording=recording)
        case _:
            assert_never(event)
    return replace(after, at=max(state.at, event.at), seen=state.seen + 1)


_id = attrgetter("id")
_unit = attrgetter("unit")


def recounted(state: State) -> State:
    """``state`` with its tally and its trend made anew, after the definitions or the window changed."""
    tally = counted(state.calls.values(), state.definitions, state.window_from)
    state = replace(state, tally=tally, samples=())
    return _backfilled(state)


def _tick(state: State, at: datetime) -> State:
    state = replace(state, at=at, second=at)
    if at.second == 0 and state.calls:
        sample = trend.sample(at, state.tally, state.units.values())
        return replace(state, samples=trend.extended(state.samples, sample, state.window_from))
    return state


def _calls(state: State, event: CallsChanged) -> State:
    fresh = {call.id: call for call in event.changed if state.calls.get(call.id) != call}
    reported = {call.id for call in event.changed}
    gone = (state.calls.keys() if event.full else state.calls.keys() & set(event.gone)) - reported
    lost = {key for key in gone if not state.calls[key].open}
    missing = _missing(state, reported, gone - lost, event.at)
    if not fresh and not lost and missing == state.missing:
        return state
    out = [state.calls[key] for key in (fresh.keys() & state.calls.keys()) | lost]
    after = replace(
        state,
        calls=merge(state.calls, fresh.values(), lost, _id, full=False),
        open_calls=_open(state.open_calls, fresh),
        missing=missing,
        tally=_moved(state, out, fresh.values()),
    )
    begins = _begins(state, event.feed)
    return _backfilled(after, anew=begins) if event.full or begins else after


def _begins(state: State, key: str) -> bool:
    """Whether a source gives its first rows: those of several sources never replace all, but bring their past."""
    feed = state.feeds.get(key)
    return feed is not None and feed.answered_at is None


def _missing(state: State, reported: set[str], gone: set[str], at: datetime) -> dict[str, datetime]:
    """Open calls that are no longer reported, each with the moment that was first noticed."""
    missing = {key: since for key, since in state.missing.items() if key not in reported}
    return {**dict.fromkeys(sorted(gone), at), **missing}


def _open(held: dict[str, Call], fresh: dict[str, Call]) -> dict[str, Call]:
    opened = [call for call in fresh.values() if call.open]
    closed = [key for key, call in fresh.items() if not call.open]
    return merge(held, opened, closed, _id, full=False)


def _moved(state: State, out: Iterable[Call], come: Iterable[Call]) -> Tally:
    pack, since = state.definitions, state.window_from
    return moved(
        state.tally,
        [contribution(call, pack, since) for call in out],
        [contribution(call, pack, since) for call in come],
    )


def _problems(state: State, event: ProblemsFound) -> State:
    problems = dict(state.problems)
    for problem in event.problems:
        key = f"{problem.feed} {problem.kind} {problem.what}"
        held = problems.get(key)
        problems[key] = problem if held is None else merged(held, problem)
    return replace(state, problems=problems)


def _backfilled(state: State, *, anew: bool = False) -> State:
    """``state`` with the trend back to when the shift began; ``anew``: samples that were drawn are made again."""
    if not state.calls or state.window_from is None:
        return state
    samples = trend.reconstructed(
        state.calls.values(),
        state.definitions,
        state.window_from,
        state.second,
        () if anew else state.samples,
    )
    if anew:
        free = {old.at: old.available for old in state.samples}
        samples = tuple(replace(one, available=free.get(one.at)) for one in samples)
    return _with_free_teams(replace(state, samples=samples))


def _with_free_teams(state: State) -> State:
    """The newest sample with the teams free now, where it was rebuilt and so could not tell."""
    if not (state.samples and state.units) or state.samples[-1].available is not None:
        return state
    last = replace(state.samples[-1], available=trend.free_teams(state.units.values()))
    return replace(state, samples=(*state.samples[:-1], last))
