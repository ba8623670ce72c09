"""The one item model, its order, and the table that keeps what a person looks at in its place."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui.look.look import Look
from console.ui.look.view import Order
from console.ui.parts.clocks import Present
from console.ui.table.columns import Column, Rules
from console.ui.table.diff import changes, runs
from console.ui.table.rows import RowsModel
from console.ui.table.table import RowsTable
from console.ui.table.widths import LEAST, ROOM, fitted
from console.ui.theme import fonts, style
from console.ui.theme.theme import DARK
from tests.ui.board import NOW

Rank = tuple[int, str]

THEN = Present(NOW)
COLUMNS: tuple[Column[Rank], ...] = (
    Column(title="Rank", width=40, text=lambda row, _now: str(row[0]), sort=lambda row: row[0]),
    Column(title="Name", text=lambda row, _now: row[1], sort=lambda row: row[1]),
    Column(title="Clock", width=40, text=lambda _row, now: str(now.at), ticks=True),
)
RULES: Rules[Rank] = Rules(order=lambda row: row[0])


def a_model() -> RowsModel[Rank]:
    """An empty model under the eye of Qt's own model tester."""
    model = RowsModel(COLUMNS, RULES, THEN)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def ranked(*ranks: int) -> dict[str, Rank]:
    return {f"r{rank}": (rank, f"row {rank}") for rank in ranks}


def shown(model: RowsModel[Rank]) -> list[str]:
    return [str(model.data(model.index(place, 1))) for place in range(model.rowCount())]


def spans(spy: QSignalSpy) -> list[tuple[int, int]]:
    """The rows that each signal was about."""
    told = (spy.at(n) for n in range(spy.count()))
    return [(args[0].row(), args[1].row()) for args in told]


rows = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.tuples(st.integers(0, 5), st.text(max_size=3))
)


@given(st.lists(st.tuples(rows, st.booleans(), st.booleans()), max_size=6))
def test_after_any_sequence_of_puts_the_model_shows_exactly_the_rows(
    puts: list[tuple[dict[str, Rank], bool, bool]],
) -> None:
    model = a_model()
    last: dict[str, Rank] = {}
    for last, still, order in puts:
        model.put(last, THEN, still=still, order=order)
    model.put(last, THEN)
    assert {model.id(place): model.row(place) for place in range(model.rowCount())} == last
    assert list(model.ids) == sorted(last, key=lambda key: (last[key][0], key))


@given(rows, rows, st.booleans())
def test_an_index_that_is_held_follows_its_row(
    before: dict[str, Rank], after: dict[str, Rank], descending: bool
) -> None:
    model = a_model()
    model.put(before, THEN)
    held = {key: QPersistentModelIndex(model.index(place, 0)) for place, key in enumerate(model.ids)}
    kept = {key: after.get(key, row) for key, row in before.items()}
    model.put(kept, THEN)
    model.sort_by("Name", descending=descending)
    assert {key: model.id(index.row()) for key, index in held.items()} == {key: key for key in before}


def test_changed_rows_are_told_in_unbroken_runs() -> None:
    model = a_model()
    model.put(ranked(*range(9)), THEN)
    spy = QSignalSpy(model.dataChanged)
    model.put({**ranked(*range(9)), **{f"r{n}": (n, "new") for n in (1, 2, 6)}} | _same(model, 1, 2, 6), THEN)
    assert spans(spy) == [(1, 2), (6, 6)]


def _same(model: RowsModel[Rank], *changed: int) -> dict[str, Rank]:
    """The rows the model holds, but for those that changed."""
    return {model.id(place): model.row(place) for place in range(model.rowCount()) if place not in changed}


def test_rows_come_and_go_one_run_at_a_time_and_never_by_a_reset() -> None:
    model = a_model()
    model.put(ranked(*range(40)), THEN)
    gone, come, reset = (QSignalSpy(s) for s in (model.rowsRemoved, model.rowsInserted, model.modelReset))
    model.put({key: row for key, row in _same(model).items() if row[0] not in (3, 4, 9)} | ranked(50), THEN)
    assert (gone.count(), come.count(), reset.count()) == (2, 1, 0)


def test_another_shift_altogether_is_one_reset() -> None:
    model = a_model()
    model.put(ranked(*range(40)), THEN)
    reset = QSignalSpy(model.modelReset)
    model.put(ranked(*range(100, 140)), THEN)
    assert reset.count() == 1


def test_rows_that_did_not_change_are_not_told_of() -> None:
    model, held = a_model(), ranked(1, 2, 3)
    model.put(held, THEN)
    spy = QSignalSpy(model.dataChanged)
    assert model.put(dict(held), THEN) is False
    assert spy.count() == 0


def test_a_tick_tells_of_the_clocks_in_sight_and_of_nothing_else() -> None:
    model = a_model()
    model.put(ranked(*range(9)), THEN)
    spy = QSignalSpy(model.dataChanged)
    model.tick(THEN, 2, 4)
    first, last = spy.at(0)[:2]
    assert (first.row(), first.column(), last.row(), last.column()) == (2, 2, 4, 2)
    assert spy.count() == 1


def test_equals_keep_the_tables_own_order_under_a_chosen_column() -> None:
    model = a_model()
    model.put({"a": (2, "x"), "b": (1, "x"), "c": (3, "w")}, THEN)
    model.sort_by("Name", descending=True)
    assert model.ids == ("b", "a", "c")
    model.sort_by("")
    assert model.ids == ("b", "a", "c")


def test_while_the_hand_moves_rows_keep_their_places_and_what_is_gone_lingers() -> None:
    model = a_model()
    model.put(ranked(1, 2, 3), THEN)
    model.put({"r0": (0, "new"), "r2": (9, "changed"), "r3": (3, "row 3")}, THEN, still=True)
    assert shown(model) == ["row 1", "changed", "row 3", "new"]


def test_changes_are_told_by_identity_and_by_key() -> None:
    same, other = (1, "same"), (1, "same " + "again")
    found = changes({"a": same, "b": same, "c": same}, {"c": same, "a": other, "d": same})
    assert (sorted(found.put), found.gone) == (["a", "d"], ["b"])


@given(st.sets(st.integers(0, 30)))
def test_runs_hold_every_position_once_and_do_not_touch(positions: set[int]) -> None:
    found = runs(sorted(positions))
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(positions)
    assert all(left[1] + 1 < right[0] for left, right in pairwise(found))


def test_a_narrow_table_leaves_out_the_most_spare_column_first() -> None:
    columns = (
        Column[Any](title="kept", width=50, text=lambda _row, _now: ""),
        Column[Any](title="first to go", width=60, spare=2, text=lambda _row, _now: ""),
        Column[Any](title="second", width=40, spare=1, text=lambda _row, _now: ""),
        Column[Any](title="the rest", text=lambda _row, _now: ""),
    )
    assert set(fitted(columns, {}, 50 + 60 + 40 + ROOM, round)) == {0, 1, 2, 3}
    assert set(fitted(columns, {}, 50 + 40 + ROOM, round)) == {0, 2, 3}
    assert set(fitted(columns, {}, 10, round)) == {0, 3}


def test_columns_grow_with_their_text_only_while_the_widest_one_keeps_its_room() -> None:
    columns = (
        Column[Any](title="grows", width=50, most=90, text=lambda _row, _now: ""),
        Column[Any](title="the rest", text=lambda _row, _now: ""),
    )
    assert fitted(columns, {0: 90}, 90 + ROOM, round)[0] == 90
    assert fitted(columns, {0: 90}, 60 + ROOM, round)[0] == 60


def a_column(title: str, width: int = 0, **more: Any) -> Column[Any]:
    return Column(title=title, width=width, text=lambda _row, _now: "", **more)


def test_the_identity_of_a_row_has_its_full_width_before_a_spare_column_has_any() -> None:
    columns = (
        a_column("number", 40, most=120, identity=True),
        a_column("nature"),
        a_column("area", 40, spare=1),
    )
    assert fitted(columns, {0: 90}, 90 + ROOM + 30, round) == {0: 90, 1: 0}


def test_columns_grow_in_their_order() -> None:
    columns = (a_column("a", 10, most=50), a_column("b", 10, most=50), a_column("rest"))
    assert fitted(columns, {1: 50, 0: 50}, 60 + ROOM, round) == {0: 50, 1: 10, 2: 0}


def test_columns_fold_before_the_widest_one_disappears() -> None:
    columns = (a_column("number", 40, identity=True), a_column("nature"), a_column("state", 90, folds=1))
    assert set(fitted(columns, {}, 40 + LEAST + 90, round)) == {0, 1, 2}
    assert set(fitted(columns, {}, 40 + LEAST + 80, round)) == {0, 1}


@given(st.integers(40, 700), st.floats(1, 2))
def test_the_identity_gives_back_what_it_grew_where_the_widest_column_would_vanish(
    room: int, scale: float
) -> None:
    columns = (a_column("number", 40, most=400, identity=True), a_column("nature"))
    widths = fitted(columns, {0: 400}, room, lambda at_full: round(at_full * scale))
    assert widths[0] == round(40 * scale) or room - widths[0] >= round(LEAST * scale)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], RowsTable]]:
    fonts.load()
    style.apply(qapp, DARK)
    kept: list[RowsTable] = []  # a widget nobody holds can be collected in the middle of its own painting

    def made() -> RowsTable:
        table = RowsTable(COLUMNS, RULES, Look(DARK, 1.0))
        table.resize(300, 28 * 6)
        qtbot.addWidget(table)
        kept.append(table)
        with qtbot.waitExposed(table):
            table.show()
        return table

    yield made
    kept.clear()


def top(table: RowsTable, key: str) -> int:
    """The height at which a row stands on the screen."""
    return table.rowViewportPosition(table.rows.place(key))


def point(table: RowsTable, key: str) -> None:
    """Move the pointer over a row."""
    middle = QPoint(20, top(table, key) + 10)
    QTest.mouseMove(table.viewport(), middle + QPoint(0, 1))
    QTest.mouseMove(table.viewport(), middle)


def test_a_scrolled_table_stays_where_it_is_when_rows_come_above(make: Callable[[], RowsTable]) -> None:
    table = make()
    table.show_rows(ranked(*range(10, 50)), THEN)
    table.verticalScrollBar().setValue(28 * 10)
    before = top(table, "r25")
    table.show_rows(ranked(*range(50)), THEN)
    assert top(table, "r25") == before


def test_an_unscrolled_table_shows_what_comes_on_top(make: Callable[[], RowsTable]) -> None:
    table = make()
    table.show_rows(ranked(*range(10, 50)), THEN)
    table.show_rows(ranked(*range(50)), THEN)
    assert top(table, "r0") == 0


def test_the_row_under_a_moving_pointer_keeps_its_place(make: Callable[[], RowsTable]) -> None:
    table = make()
    table.show_rows(ranked(*range(10, 50)), THEN)
    point(table, "r12")
    before = top(table, "r12")
    table.show_rows(ranked(5, *range(12, 50)), THEN)
    assert table.held
    assert top(table, "r12") == before
    assert table.rows.place("r5") == table.rows.rowCount() - 1


def test_when_the_hand_rests_the_rows_take_their_places_and_the_row_under_it_stays(
    make: Callable[[], RowsTable], qtbot: QtBot
) -> None:
    table = make()
    table.show_rows(ranked(*range(10, 50)), THEN)
    point(table, "r12")
    before = top(table, "r12")
    table.show_rows(ranked(*range(50)), THEN)
    qtbot.waitUntil(lambda: not table.held, timeout=3_000)
    assert table.rows.ids == tuple(ranked(*range(50)))
    assert top(table, "r12") == before


def test_a_pointer_left_lying_does_not_keep_new_rows_out_of_sight_for_good(
    make: Callable[[], RowsTable],
) -> None:
    table = make()
    table.show_rows(ranked(*range(10, 50)), THEN)
    point(table, "r12")
    table.settle()
    table.show_rows(ranked(*range(50)), THEN)
    assert top(table, "r0") < 0
    table._hand._near.timeout.emit()
    assert top(table, "r0") == 0


def test_the_keyboards_row_survives_new_rows_another_order_and_a_reset(make: Callable[[], RowsTable]) -> None:
    table = make()
    table.show_rows(ranked(*range(40)), THEN)
    table.setCurrentIndex(table.rows.index(table.rows.place("r7"), 0))
    table.show_rows(ranked(7, *range(50, 120)), THEN)
    table.sort_by(Order("Name", descending=True))
    assert table.rows.id(table.currentIndex().row()) == "r7"


def test_a_click_on_a_header_asks_for_that_order_then_the_other_way_then_the_own_one(
    make: Callable[[], RowsTable],
) -> None:
    table = make()
    asked: list[Order] = []
    table.ordered.connect(asked.append)
    table.ordered.connect(table.sort_by)
    for _ in range(3):
        table.horizontalHeader().sectionClicked.emit(1)
    assert asked == [Order("Name"), Order("Name", descending=True), Order()]


def test_enter_and_a_click_pick_the_row(make: Callable[[], RowsTable]) -> None:
    table = make()
    picked: list[str] = []
    table.picked.connect(picked.append)
    table.show_rows(ranked(1, 2, 3), THEN)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, top(table, "r2") + 5))
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert picked == ["r2", "r3"]


def test_a_double_click_picks_once_as_one_click_does(make: Callable[[], RowsTable]) -> None:
    table = make()
    picked: list[str] = []
    table.picked.connect(picked.append)
    table.picked.connect(table.select)
    table.show_rows(ranked(1, 2, 3), THEN)
    at = QPoint(20, top(table, "r2") + 5)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert picked == ["r2"]


def test_the_arrows_move_the_keyboards_row_and_leave_the_selection(make: Callable[[], RowsTable]) -> None:
    table = make()
    picked: list[str] = []
    table.picked.connect(picked.append)
    table.show_rows(ranked(1, 2, 3), THEN)
    table.select("r1")
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert picked == []
    assert table.rows.id(table.currentIndex().row()) == "r2"
