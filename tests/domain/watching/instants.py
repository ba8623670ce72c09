"""Shifts as they come from several feeds at once: at each instant some replies of several rows, and people's acts."""

from datetime import datetime, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Position, Stamps, Unit
from console.domain.events import (
    CallsChanged,
    CarriedOver,
    FeedReported,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from tests.domain.alarming import BEGINNING, FEEDS, KEYS, acts
from tests.domain.builders import NOON, feed, moments

EVERY = timedelta(seconds=2)
END = NOON + timedelta(minutes=3)

R = TypeVar("R")

Replies = tuple[Recorded, ...]
"""What arrives at one instant: replies of different feeds, in any order."""

_keys = st.sampled_from(KEYS)
_ago = st.integers(0, 40_000).map(lambda ms: timedelta(milliseconds=ms))


@st.composite
def _calls(draw: st.DrawFn, moment: datetime) -> CallsChanged:
    return CallsChanged(
        moment,
        "cad/calls",
        tuple(draw(_call(key, moment)) for key in draw(st.lists(_keys, max_size=4, unique=True))),
        tuple(draw(st.lists(_keys, max_size=1))),
        draw(st.booleans()),
    )


@st.composite
def _call(draw: st.DrawFn, key: str, moment: datetime) -> Call:
    since = moment - draw(_ago)
    return Call(
        key,
        nature="WELCHK",
        priority=draw(st.sampled_from([1, 2])),
        state=draw(
            st.sampled_from([CallState.PENDING, CallState.PENDING, CallState.ON_SCENE, CallState.CLOSED])
        ),
        stamps=Stamps(queued_at=since, on_scene_at=since),
        eligible=True,
        assignments=tuple(map(Assignment, draw(st.lists(_keys, max_size=2, unique=True)))),
        updated_at=since,
    )


@st.composite
def _units(draw: st.DrawFn, moment: datetime) -> UnitsChanged:
    return UnitsChanged(
        moment,
        "cad/units",
        tuple(draw(_unit(key, moment)) for key in draw(st.lists(_keys, max_size=4, unique=True))),
        tuple(draw(st.lists(_keys, max_size=1))),
        draw(st.booleans()),
    )


@st.composite
def _unit(draw: st.DrawFn, key: str, moment: datetime) -> Unit:
    since = moment - draw(_ago)
    return Unit(
        key,
        program=draw(st.sampled_from([Program.CLINICIAN_EMS, Program.CLINICIAN_EMS, Program.POLICE])),
        state=draw(st.sampled_from([UnitState.ON_SCENE, UnitState.ENROUTE, UnitState.AVAILABLE])),
        since=since,
        call=draw(st.just("") | _keys),
        emergency=draw(st.integers(0, 9)) == 0,
        updated_at=draw(st.none() | st.just(since)),
    )


@st.composite
def _fixes(draw: st.DrawFn, moment: datetime) -> PositionsChanged:
    keys = draw(st.lists(_keys, max_size=4, unique=True))
    rows = tuple(Position(key, 39.7, -104.9, moment - draw(_ago)) for key in keys)
    return PositionsChanged(moment, "cad/positions", rows, (), draw(st.booleans()))


@st.composite
def replies(draw: st.DrawFn, moment: datetime) -> Replies:
    """Some of the feeds reply; of one that does it is reported that it did."""
    names = draw(st.lists(st.sampled_from(FEEDS), max_size=3, unique=True))
    found: list[Recorded] = []
    for name in names:
        found.append(draw(_rows(name, moment)))
        report = feed(name=name, every=EVERY, answered_at=moment, since=moment)
        found.append(FeedReported(moment, replace(report, reported=draw(_healths))))
    return tuple(found)


def _rows(name: FeedName, moment: datetime) -> st.SearchStrategy[Recorded]:
    match name:
        case FeedName.CALLS:
            return _calls(moment)
        case FeedName.UNITS:
            return _units(moment)
        case _:
            return _fixes(moment)


_healths = st.sampled_from([Health.OK, Health.OK, Health.DOWN])


@st.composite
def shifts(draw: st.DrawFn) -> list[Replies]:
    """What arrives at each instant of a shift in which something is going on."""
    found: list[Replies] = [BEGINNING]
    for moment in sorted(draw(st.lists(moments, min_size=2, max_size=10, unique=True))):
        come = draw(st.integers(0, 3))
        if come == 0:
            found.append((draw(acts(moment)),))
        elif come == 1 and len(found) < 4:
            found.append((CarriedOver(moment),))
        else:
            found.append(draw(replies(moment)))
    return found


def flat(shift: list[Replies]) -> list[Recorded]:
    """All of it as one log."""
    return [event for instant in shift for event in instant]


def played(log: list[Recorded], until: datetime = END) -> State:
    """The board after ``log``."""
    return advance(start(NOON), log, until)


def turned(event: Recorded, seed: int) -> Recorded:
    """The same reply with its rows in another order."""
    match event:
        case CallsChanged(changed=rows):
            return replace(event, changed=rotated(rows, seed))
        case UnitsChanged(changed=others):
            return replace(event, changed=rotated(others, seed))
        case PositionsChanged(changed=fixes):
            return replace(event, changed=rotated(fixes, seed))
        case _:
            return event


def rotated(rows: tuple[R, ...], seed: int) -> tuple[R, ...]:
    """``rows`` in one of their other orders."""
    cut = seed % max(1, len(rows))
    turn = (*rows[cut:], *rows[:cut])
    return turn[::-1] if seed % 2 else turn


def pairs(instant: Replies) -> list[Replies]:
    """The replies of ``instant``, each with the report that belongs to it."""
    if not any(isinstance(event, CallsChanged | UnitsChanged | PositionsChanged) for event in instant):
        return [instant]
    return [instant[place : place + 2] for place in range(0, len(instant), 2)]
