"""The board as JSON: what was only observed is named, and what does not fit together is listed."""

from io import StringIO

from rich.console import Console

from console.domain.vocabulary import UnitState
from console.reports.board import board
from console.reports.tables import show
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
