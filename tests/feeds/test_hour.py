"""An hour of random faults ends in exactly the board of an hour without any."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

import pytest

from console.domain.contract import Row, row_key
from console.domain.events import CallsChanged, Event, PositionsChanged, RowsChanged, UnitsChanged
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.feeds.spec import Dialect, SourceSpec
from console.simulator.life.generate import generate
from console.simulator.life.scenarios import SCENARIOS
from console.simulator.shift import Shift
from tests.feeds.board import Board, eventually, watching
from tests.feeds.chaos import Chaos
from tests.feeds.hour import FAULTS, MAPPING, OUT_OF_ORDER, Hour

FAULTY_S, MAPPED_S, PLAIN_S = 8.0, 5.0, 3.0
CHANGES = (CallsChanged, UnitsChanged, PositionsChanged)


@pytest.fixture(scope="module")
def weekday() -> Shift:
    """The weekday of seed 1."""
    return generate(SCENARIOS["weekday"], 1)


async def test_an_hour_of_random_faults_ends_in_the_board_of_a_fault_free_run(weekday: Shift) -> None:
    faulty, plain = Hour(weekday, FAULTY_S, 0.35, seed=7), Hour(weekday, PLAIN_S, 0.0, seed=7)
    async with Chaos() as one, Chaos() as other:
        faulty.serve(one)
        plain.serve(other)
        sources = [
            SourceSpec("cad", server.url, every=dict.fromkeys(FeedName, 0.02)) for server in (one, other)
        ]
        async with watching(sources[0]) as here, watching(sources[1]) as there:
            for server, hour, board in ((other, plain, there), (one, faulty, here)):
                await _end(server, hour, board)
            assert sum(faulty.struck.values()) > 200
            assert faulty.struck.keys() == {*FAULTS, OUT_OF_ORDER}
            assert _rows(here.state) == _rows(there.state)
            assert here.state.missing == there.state.missing == {}
            _check(here, weekday)


async def test_an_hour_of_random_faults_through_a_mapping_ends_in_that_board_too(weekday: Shift) -> None:
    faulty, plain = Hour(weekday, MAPPED_S, 0.35, seed=7), Hour(weekday, PLAIN_S, 0.0, seed=7)
    async with Chaos() as one, Chaos() as other:
        faulty.serve(one)
        plain.serve(other)
        dialect = Dialect("mapped", mapping=MAPPING)
        every = dict.fromkeys(FeedName, 0.02)
        sources = [SourceSpec("cad", server.url, dialect, every=every) for server in (one, other)]
        async with watching(sources[0]) as here, watching(sources[1]) as there:
            for server, hour, board in ((other, plain, there), (one, faulty, here)):
                await _over(hour, board)
                asked = server.times("/active")
                board.hub.hurry()
                await eventually(lambda server=server, asked=asked: server.times("/active") > asked + 2)  # type: ignore[misc]  # bound now
                await board.until(_well)
            assert sum(faulty.struck.values()) > 40
            assert len(there.state.calls) > 100
            assert _rows(here.state) == _rows(there.state)
            assert here.state.missing == {}
            assert not any(call.observed for call in here.state.calls.values())


async def _over(hour: Hour, board: Board) -> None:
    while not hour.over:
        await asyncio.sleep(0.05)
        assert board.state.feeds  # folded as it goes, like on the screen


def _well(state: State) -> bool:
    return all(feed.reason == "ok" for feed in state.feeds.values())


async def _end(server: Chaos, hour: Hour, board: Board) -> None:
    """Wait for the end of the hour, then until each feed has answered once more."""
    await _over(hour, board)
    asked = {feed: server.times(f"/v1/{feed}") for feed in FeedName}
    board.hub.hurry()
    await eventually(lambda: all(server.times(f"/v1/{feed}") > asked[feed] + 1 for feed in FeedName))
    await board.until(_well)


def _rows(state: State) -> tuple[dict[str, object], ...]:
    return (
        dict(state.calls),
        dict(state.units),
        dict(state.positions),
        dict(state.facilities),
        dict(state.follow_ups),
    )


def _check(board: Board, shift: Shift) -> None:
    """Nothing was invented, nothing told twice, nothing older after something newer."""
    for kind in CHANGES:
        told: dict[str, Row] = {}
        for event in _changes(board, kind):
            for row in event.changed:
                key = row_key(row)
                assert event.full or told.get(key) != row
                assert _dated(told.get(key)) <= _dated(row)
                told[key] = row
    for feed, kind in ((FeedName.CALLS, CallsChanged), (FeedName.UNITS, UnitsChanged)):
        written = {change.row for change in shift.timeline.changes(feed)}
        assert _all(event.changed for event in _changes(board, kind)) <= written


def _changes(board: Board, kind: type[Event]) -> list[RowsChanged]:
    return [event for event in board.heard if isinstance(event, RowsChanged) and type(event) is kind]


def _dated(row: Row | None) -> float:
    moment = getattr(row, "updated_at", None) or getattr(row, "at", None)
    return moment.timestamp() if isinstance(moment, datetime) else 0.0


def _all(rows: Iterable[Iterable[Row]]) -> set[Row]:
    return {row for part in rows for row in part}
