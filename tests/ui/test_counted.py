"""The list behind a number: it counts what the number counts, and says why for every other row."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency, Call, Stamps
from console.domain.feed import Problem
from console.domain.metrics import counted as tally_of
from console.domain.state import State
from console.domain.vocabulary import (
    CallState,
    FeedName,
    Health,
    Origin,
    Police,
    Program,
    Sensitivity,
    UnitState,
)
from console.session.store import Store
from console.ui.figures import counted, sources
from console.ui.figures.behind import JUDGES, Verdict, behind
from console.ui.figures.listing import Listing, open_listing
from console.ui.look.view import View
from tests.domain.builders import calls as any_call
from tests.ui.board import PACK, a_board, a_call, a_unit, a_view, ago, feed, feeds, on_scene
from tests.ui.desk import keep

boards = st.lists(any_call(), max_size=6, unique_by=lambda call: call.id)


def board_of(*calls: Call) -> State:
    return a_board(calls, tally=tally_of(calls, PACK, None))


def verdicts(board: State, name: str) -> Counter[Verdict]:
    return Counter(row.verdict for row in behind(board, name))


def reason(board: State, name: str) -> str:
    (row,) = behind(board, name)
    return f"{row.verdict.name}: {row.reason}"


def served(number: int, **fields: object) -> Call:
    """An eligible call that a team reached."""
    stamps = Stamps(queued_at=ago(40), eligible_at=ago(40), assigned_at=ago(30), on_scene_at=ago(20))
    usual: dict[str, object] = {"state": CallState.CLOSED, "stamps": stamps, "police": Police.NONE}
    return a_call(number, **{**usual, **fields})


def unserved(number: int, **fields: object) -> Call:
    """An eligible call that closed without a team."""
    stamps = Stamps(queued_at=ago(40), eligible_at=ago(40))
    usual: dict[str, object] = {"state": CallState.CLOSED, "stamps": stamps, "police": Police.ATTENDED}
    return a_call(number, **{**usual, **fields})


@given(given_calls=boards)
def test_the_rows_counted_are_as_many_as_the_figure_says(given_calls: list[Call]) -> None:
    board = board_of(*given_calls)
    tally = board.tally
    found = {name: verdicts(board, name) for name in JUDGES}
    assert found["eligible_coverage"][Verdict.COUNTED] == tally.served_yes
    assert found["strict_diversions"][Verdict.COUNTED] == tally.strict_yes
    assert found["strict_diversions"][Verdict.UNKNOWN] == tally.strict_may - tally.strict_yes
    assert found["gross_share"][Verdict.COUNTED] == tally.answered_yes
    assert found["unmet_demand"][Verdict.COUNTED] == tally.unmet
    assert found["waiting"][Verdict.COUNTED] == tally.waiting


@given(given_calls=boards)
def test_every_call_of_the_board_is_in_every_list_with_a_reason(given_calls: list[Call]) -> None:
    board = board_of(*given_calls)
    for name in JUDGES:
        rows = behind(board, name)
        assert {row.row.id for row in rows} == board.calls.keys()
        assert all(row.reason for row in rows)


@pytest.mark.parametrize(
    ("name", "call", "said"),
    [
        ("eligible_coverage", served(1), "COUNTED: a team arrived"),
        ("eligible_coverage", served(1, by_phone=True), "COUNTED: resolved by phone"),
        ("eligible_coverage", unserved(1), "IN_N: no reason given; police took it"),
        (
            "eligible_coverage",
            unserved(1, unmet_reason="ALL_TEAMS_BUSY", police=Police.NONE),
            "IN_N: all teams busy",
        ),
        ("eligible_coverage", served(1, program=None), "UNKNOWN: a unit arrived, its program is not known"),
        (
            "eligible_coverage",
            a_call(1, eligible=True),
            "OUT: still open: neither served nor unmet yet",
        ),
        ("eligible_coverage", a_call(1), "UNKNOWN: eligibility unknown: not screened yet"),
        (
            "eligible_coverage",
            a_call(1, nature="XXX"),
            "UNKNOWN: eligibility unknown: nature XXX is not in the definitions",
        ),
        ("eligible_coverage", a_call(1, eligible=False), "OUT: screened out by the agency"),
        ("strict_diversions", served(1, police_queue=True), "COUNTED: a team arrived, and no police"),
        ("strict_diversions", served(1, police_queue=True, police=Police.ATTENDED), "IN_N: police came too"),
        (
            "strict_diversions",
            served(1, police_queue=True, program=Program.CO_RESPONDER),
            "IN_N: co-responder call: counts as patrol released",
        ),
        (
            "strict_diversions",
            served(1, police_queue=True, police=Police.UNKNOWN),
            "UNKNOWN: whether police came is not known",
        ),
        ("gross_share", served(1), "COUNTED: a team arrived"),
        (
            "gross_share",
            served(1, origin=Origin.OFFICER),
            "COUNTED: a team arrived; asked for by an officer, so not in n",
        ),
        ("unmet_demand", served(1), "IN_N: a team arrived"),
        ("unmet_demand", unserved(1, unmet_reason="WAIT_LIMIT"), "COUNTED: wait limit; police took it"),
        ("waiting", a_call(1), "COUNTED: waits for a team"),
        ("waiting", on_scene(1, "u1"), "OUT: on scene"),
    ],
)
def test_the_reason_is_told_in_words(name: str, call: Call, said: str) -> None:
    assert reason(board_of(call), name) == said


def test_a_call_of_the_shift_before_is_left_out_of_the_figures_but_not_of_those_who_wait() -> None:
    agencies = {"cad": Agency(shift_from=ago(10))}
    board = a_board([a_call(1, waits=60)], agencies=agencies)
    assert reason(board, "eligible_coverage") == "OUT: received before this shift began"
    assert reason(board, "waiting") == "COUNTED: waits for a team"


def test_a_team_whose_state_nobody_knows_is_not_counted_as_free() -> None:
    board = a_board(units=[a_unit("a"), a_unit("b", state=UnitState.UNKNOWN)])
    assert [(row.row.id, row.verdict) for row in behind(board, "teams_free")] == [
        ("a", Verdict.COUNTED),
        ("b", Verdict.UNKNOWN),
    ]


class Lists:
    """A window that lists are opened over."""

    def __init__(self, qtbot: QtBot, board: State) -> None:
        self.store, self.view = Store(board), a_view()
        self.window = keep(qtbot, QWidget())
        self.window.show()

    def open(self, name: str) -> Listing:
        return open_listing(self.store, self.view, counted.sheet(name), self.window)


def texts(listing: Listing) -> str:
    return "\n".join(label.text() for label in listing.findChildren(QLabel))


def test_the_list_tells_figure_formula_and_window(qtbot: QtBot) -> None:
    board = board_of(served(1), unserved(2))
    listing = Lists(qtbot, board).open("eligible_coverage")
    assert "50\u00a0% n\u00a02" in texts(listing)
    assert "S / (E − open)" in texts(listing)
    assert "1 counted · 1 in n, not counted" in texts(listing)


def test_picking_a_row_selects_the_call_everywhere(qtbot: QtBot) -> None:
    lists = Lists(qtbot, board_of(served(1), unserved(2)))
    lists.open("eligible_coverage").table.picked.emit("c2")
    assert lists.view.value.call == "c2"


def test_picking_a_team_selects_the_team(qtbot: QtBot) -> None:
    lists = Lists(qtbot, a_board(units=[a_unit("star 3")]))
    lists.open("teams_free").table.picked.emit("star 3")
    assert lists.view.value.unit == "star 3"


def test_the_list_follows_the_board(qtbot: QtBot) -> None:
    lists = Lists(qtbot, board_of(a_call(1)))
    listing = lists.open("waiting")
    lists.store.set(board_of(a_call(1), a_call(2)))
    assert listing.windowTitle().startswith("Waiting  2")
    assert listing.table.rows.place("c2") >= 0


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_list_that_is_open_is_not_opened_twice(qtbot: QtBot) -> None:
    lists = Lists(qtbot, board_of(a_call(1)))
    assert lists.open("waiting") is lists.open("waiting")


def test_escape_closes_the_list_and_ends_its_watch(qtbot: QtBot) -> None:
    lists = Lists(qtbot, board_of(a_call(1)))
    before = lists.store.watched, lists.view.watched
    listing = lists.open("waiting")
    QTest.keyClick(listing, Qt.Key.Key_Escape)
    assert (lists.store.watched, lists.view.watched) == before


def test_the_board_stays_in_reach_while_a_list_is_open(qtbot: QtBot) -> None:
    assert not Lists(qtbot, board_of(a_call(1))).open("waiting").isModal()


def test_a_call_to_be_hidden_keeps_its_nature_covered_in_the_list(qtbot: QtBot) -> None:
    call = a_call(1, nature_text="Suicide threat", sensitivity=Sensitivity.HIDE)
    model = Lists(qtbot, board_of(call)).open("waiting").table.rows
    shown = [model.index(row, column).data() for row in range(2) for column in range(model.columnCount())]
    assert "Suicide threat" not in shown


def test_an_empty_list_says_why(qtbot: QtBot) -> None:
    assert "Nothing to count yet" in texts(Lists(qtbot, a_board()).open("waiting"))


def test_a_feed_in_trouble_says_since_when_and_for_what_reason(qtbot: QtBot) -> None:
    down = feed(
        FeedName.CALLS, ago(1), reported=Health.DOWN, since=ago(3), reason="server_error", detail="Error 500."
    )
    listing = open_listing(
        Store(a_board(feeds=feeds(down))), a_view(), sources.feed_sheet(), keep(qtbot, QWidget())
    )
    row = listing.table.rows.plain(0)
    assert "down\t16:27:12\tserver error" in row
    assert "Error 500." in row


@pytest.mark.parametrize(
    ("asked", "allowed", "told"),
    [(612, 1_000, "612 of 1,000"), (0, 1_000, "0 of 1,000"), (1_440, 0, "1,440"), (0, 0, "")],
)
def test_a_feed_tells_what_it_asked_of_what_is_permitted(
    qtbot: QtBot, asked: int, allowed: int, told: str
) -> None:
    board = a_board(feeds=feeds(feed(FeedName.CALLS, asked_h=asked, allowed_h=allowed)))
    model = open_listing(Store(board), a_view(), sources.feed_sheet(), keep(qtbot, QWidget())).table.rows
    cells = {
        model.headerData(column, Qt.Orientation.Horizontal): model.index(0, column).data()
        for column in range(model.columnCount())
    }
    assert (cells["Requests/h"] or "") == told


@pytest.mark.parametrize(
    "kind", ["reused", "conflict", "contradiction", "worker", "bad_answer", "orphan", "too_many"]
)
def test_every_kind_of_problem_says_what_to_do(kind: str) -> None:
    assert sources.TIPS[kind].endswith(".")


def test_problems_tell_what_to_do(qtbot: QtBot) -> None:
    board = a_board(problems={"x": Problem("unknown_code", "cad/units", "status «XQ»", 12, ("U1",))})
    view: Store[View] = a_view()
    window = keep(qtbot, QWidget())
    listing = open_listing(Store(board), view, sources.problem_sheet(), window)
    assert listing.windowTitle() == "12 rows had problems"
    spoken = [listing.table.rows.index(0, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(5)]
    assert "Add the code to the mapping" in " ".join(spoken)
