"""The board as JSON: what was only observed is named, and what does not fit together is listed."""

from io import StringIO

import msgspec
from rich.console import Console

from console.domain.events import Acknowledged
from console.domain.state import advance, start
from console.domain.vocabulary import AlarmState, UnitState
from console.reports.board import board
from console.reports.tables import show
from tests.domain.alarming import BEGINNING, on_scene, waiting
from tests.domain.builders import NOON, at
from tests.ui.board import a_board, a_call, a_unit, ago, fix


def test_a_call_names_the_stamps_that_its_source_does_not_tell() -> None:
    told, seen = board(a_board([a_call(1), a_call(2, observed=("queued_at",))])).calls
    assert (told.observed, seen.observed) == ((), ("queued_at",))


def test_orphans_and_contradictions_are_among_the_problems() -> None:
    state = a_board(
        [a_call(1)],
        [a_unit("star1", state=UnitState.ON_SCENE, call="c1")],
        positions={"ghost": fix("ghost", ago(0))},
    )
    found = board(state)
    assert [(one.kind, one.count) for one in found.problems] == [("orphan", 1), ("contradiction", 1)]
    screen = Console(file=StringIO(), width=250)
    show(found, screen)
    assert isinstance(screen.file, StringIO)
    printed = screen.file.getvalue()
    assert "ghost" in printed
    assert "STAR1 is on scene, but call 1 still waits for a team." in printed


def test_alarms_stand_by_urgency_with_what_was_done_and_without_names() -> None:
    log = [*BEGINNING, waiting("k0", NOON), waiting("k1", NOON), on_scene("k2", NOON)]
    state = advance(start(NOON), [*log, Acknowledged(at(0.5), ("pending_too_long:k0",), "a person")], at(0.6))
    found = board(state)
    lines = [(one.rule, one.name, one.priority, one.state, one.raised_at) for one in found.alarms]
    assert lines[:3] == [
        ("check_in_overdue", "STAR k2", 1, AlarmState.UNACKNOWLEDGED, at(0.5)),
        ("pending_too_long", "N-k0", 2, AlarmState.ACKNOWLEDGED, at(0.2)),
        ("pending_too_long", "N-k1", 2, AlarmState.UNACKNOWLEDGED, at(0.2)),
    ]
    assert found.alarms[1].acknowledged_at == at(0.5)
    assert b"a person" not in msgspec.json.encode(found)


def test_the_table_names_alarms_in_words() -> None:
    state = advance(start(NOON), [*BEGINNING, waiting("k0", NOON)], at(0.3))
    screen = Console(file=StringIO(), width=250)
    show(board(state), screen)
    assert isinstance(screen.file, StringIO)
    assert "waits too long" in screen.file.getvalue()
