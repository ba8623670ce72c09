"""The panel itself: as high as its lines, calm when empty, and never moving the line that somebody looks at."""

from collections.abc import Iterable, Iterator
from time import perf_counter

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.counts import Counts, Slot
from console.domain.alarms.flood import Flood
from console.domain.state import State
from console.domain.watching import catalog
from console.ui.attention.blinking import BEAT_MS
from console.ui.attention.header import CALM, Header
from console.ui.attention.lines import lines
from tests.ui.attention.alarmed import alarmed, an_alarm, ids, over, seen, waits
from tests.ui.attention.seat import Seat
from tests.ui.board import ago, later
from tests.ui.desk import undress

ROW = 36


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """The application as it was."""
    yield
    undress(qapp)


def sit(qtbot: QtBot, *alarms: Alarm, **fields: object) -> Seat:
    return Seat(qtbot, alarmed(*alarms, **fields))


def many(numbers: Iterable[int]) -> list[Alarm]:
    """Waiting calls, the higher number the newer."""
    return [waits(number, raised_at=ago(100 - number)) for number in numbers]


def texts(seat: Seat) -> list[str]:
    rows = seat.panel.table.rows
    return [str(rows.data(rows.index(row, 1))) for row in range(rows.rowCount())]


def shown(seat: Seat) -> list[str]:
    """The ids from top to bottom."""
    return list(seat.panel.table.rows.ids)


def words(seat: Seat) -> str:
    """All that the line above the alarms says."""
    (header,) = seat.panel.findChildren(Header)
    return header.said


def top(seat: Seat, key: str) -> int:
    table = seat.panel.table
    return table.rowViewportPosition(table.rows.place(key))


pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)"),
    pytest.mark.usefixtures("undressed"),
]


def test_an_empty_panel_is_its_title_line(qtbot: QtBot) -> None:
    seat = sit(qtbot)
    assert CALM in words(seat)
    assert seat.panel.height() < 2 * ROW


def test_the_panel_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    low, high = sit(qtbot, *many([1, 2])), sit(qtbot, *many([1, 2, 3, 4]))
    assert high.panel.height() - low.panel.height() == 2 * ROW


@pytest.mark.parametrize("height", [1_080, 768])
def test_the_panel_takes_a_third_of_the_column_at_most(qtbot: QtBot, height: int) -> None:
    seat = sit(qtbot, *many(range(1, 40)))
    seat.window.resize(1_366, height)
    seat.store.set(later(seat.store.value, 1))
    qtbot.wait(20)
    calls = seat.window.arrangement.docks["calls"].widget()
    assert seat.panel.height() <= (seat.panel.height() + calls.height()) * 0.36
    assert seat.panel.height() > 3 * ROW


def test_the_title_counts_what_calls_and_what_was_acknowledged(qtbot: QtBot) -> None:
    assert "2 · 1 acknowledged" in words(sit(qtbot, *many([1, 2]), seen(waits(3))))


def test_a_new_alarm_does_not_move_the_line_somebody_reads(qtbot: QtBot) -> None:
    held = many([1, 2, 3])
    seat = sit(qtbot, *held)
    seat.enter()
    seat.press(Qt.Key.Key_Down)
    before = top(seat, shown(seat)[1])
    key = shown(seat)[1]
    seat.store.set(replace(alarmed(*held, *many([11, 12, 13])), second=later(seat.store.value, 1).second))
    assert shown(seat)[0] == "pending_too_long:c13"
    assert top(seat, key) == before


def test_what_came_up_out_of_sight_is_counted_and_one_press_away(qtbot: QtBot) -> None:
    held = many(range(1, 13))
    seat = sit(qtbot, *held)
    seat.enter()
    seat.press(Qt.Key.Key_Down)
    seat.store.set(replace(alarmed(*held, *many([21, 22, 23])), second=later(seat.store.value, 1).second))
    assert "3 new above" in words(seat)
    (chip,) = (one for one in seat.panel.findChildren(QPushButton) if one.text() == "3 new above")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert "new above" not in words(seat)
    assert seat.panel.table.rowAt(0) == 0


def test_the_list_goes_back_to_its_top_when_nobody_reads_it(qtbot: QtBot) -> None:
    held = many([1, 2, 3])
    seat = sit(qtbot, *held)
    seat.enter()
    seat.press(Qt.Key.Key_Down)
    seat.store.set(replace(alarmed(*held, *many([11])), second=later(seat.store.value, 1).second))
    seat.window.setFocus()
    assert seat.panel.table.rowAt(0) == 0


def test_the_arrows_select_a_line_and_leave_the_board(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many([1, 2]))
    seat.enter()
    seat.press(Qt.Key.Key_Down)
    assert (seat.view.value.alarm, seat.view.value.call) == ("pending_too_long:c1", "")


def test_the_line_that_the_focus_comes_to_is_selected(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many([1, 2]))
    seat.enter()
    assert seat.view.value.alarm == "pending_too_long:c2"


def test_enter_selects_the_call_of_an_alarm(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many([1, 2]))
    seat.enter()
    seat.press(Qt.Key.Key_Return)
    assert seat.view.value.call == "c2"


def test_enter_selects_the_team_of_an_alarm(qtbot: QtBot) -> None:
    seat = sit(qtbot, an_alarm(catalog.SILENT, "star5"))
    seat.enter()
    seat.press(Qt.Key.Key_Return)
    assert seat.view.value.unit == "star5"


def test_a_selected_alarm_that_ended_hands_its_acknowledgement_to_no_other(qtbot: QtBot) -> None:
    one, two = many([1, 2])
    seat = sit(qtbot, one, two)
    seat.choose(two)
    seat.store.set(alarmed(one))
    seat.press(Qt.Key.Key_A)
    assert not seat.acts.done
    assert seat.said == "The selected alarm is over. Once more takes the newest."
    seat.press(Qt.Key.Key_A)
    assert seat.acknowledged == [one.id]


def test_enter_opens_and_closes_a_heap(qtbot: QtBot) -> None:
    gone = [over(waits(1)), over(waits(2))]
    seat = sit(qtbot, *gone)
    seat.enter()
    seat.press(Qt.Key.Key_Return)
    assert shown(seat) == ["over:", *ids(gone)]
    seat.press(Qt.Key.Key_Return)
    assert shown(seat) == ["over:"]


def test_only_an_active_priority_1_blinks_until_it_is_acknowledged(qtbot: QtBot) -> None:
    urgent = waits(1, priority=1)
    seat = sit(qtbot, urgent, waits(2))
    before = seat.panel.blinking.running
    seat.store.set(alarmed(seen(urgent), waits(2)))
    after = seat.panel.blinking.running
    assert (before, after, seat.panel.blinking.lit) == (True, False, True)


def test_nothing_else_blinks(qtbot: QtBot) -> None:
    assert not sit(qtbot, waits(2), over(an_alarm(catalog.CHECK_IN, "s", priority=1))).panel.blinking.running


def test_a_blink_is_slower_than_twice_a_second() -> None:
    assert 1_000 / (2 * BEAT_MS) <= 2


def test_a_person_can_stop_the_blinking(qtbot: QtBot) -> None:
    seat = sit(qtbot, waits(1, priority=1))
    seat.window.appearance.blink()
    still = seat.panel.blinking.running
    seat.window.appearance.blink()
    assert (still, seat.panel.blinking.running) == (False, True)


def test_a_flood_has_one_bar_with_its_rate(qtbot: QtBot) -> None:
    counts = Counts(slots=(Slot(ago(130), (0, 9, 0)), Slot(ago(30), (1, 10, 3)), Slot(ago(10), (0, 20, 3))))
    flood = {"flood": Flood(since=ago(28), count=37), "counts": counts}
    seat = sit(qtbot, *many([1, 2]), book=flood)
    assert "Alarm flood since 16:02, 37 alarms · 37 in the last hour, guideline 6" in words(seat)


def test_there_is_no_bar_outside_a_flood(qtbot: QtBot) -> None:
    assert "flood" not in words(sit(qtbot, waits(1)))


def test_another_pack_gives_other_words(qtbot: QtBot) -> None:
    seat = sit(qtbot, waits(1))
    board = seat.store.value
    limits = {**board.definitions.waiting, "2": replace(board.definitions.waiting["2"], amber=12)}
    seat.store.set(replace(board, definitions=replace(board.definitions, waiting=limits)))
    assert texts(seat) == ["1 welfare check has waited 18:02, limit 12:00"]


def test_a_panel_that_closed_watches_nothing(qtbot: QtBot) -> None:
    seat = sit(qtbot, waits(1, priority=1))
    seat.window.close()
    assert seat.store.watched == 0
    assert seat.view.watched == 0
    assert not seat.panel.blinking.running


def test_the_panel_can_be_popped_out_and_grow(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many(range(1, 30)))
    dock = seat.window.arrangement.docks["attention"]
    dock.toggle()
    seat.store.set(later(seat.store.value, 1))
    assert seat.panel.maximumHeight() > 10_000
    dock.put_back()
    seat.store.set(later(seat.store.value, 2))
    assert seat.panel.maximumHeight() < 500


def test_a_storm_of_5000_alarms_does_not_stall_the_screen(qtbot: QtBot) -> None:
    storm = [waits(number, priority=1 + number % 3, raised_at=ago(number / 200)) for number in range(5_000)]
    seat = sit(qtbot, *storm, book={"flood": Flood(since=ago(9), count=5_000)})
    last = replace(storm[-1], acknowledged_at=ago(0), acknowledged_by="m.ruiz")
    after: State = replace(
        seat.store.value,
        alarms=replace(seat.store.value.alarms, standing={**seat.store.value.alarms.standing, last.id: last}),
    )
    begun = perf_counter()
    seat.store.set(after)
    assert perf_counter() - begun < 0.25  # 25 ms where nothing else runs
    assert len(lines(after, frozenset(), {})) < 5_000


def test_nothing_moves_when_what_was_said_falls_silent(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many([1, 2]))
    seat.press(Qt.Key.Key_A)
    before = seat.panel.height()
    seat.panel.foot.quiet()
    assert (seat.said, seat.panel.height()) == ("", before)


def test_a_calm_panel_gives_that_room_back(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many([1, 2]))
    seat.press(Qt.Key.Key_A)
    seat.panel.foot.quiet()
    seat.store.set(alarmed())
    assert seat.panel.height() < 2 * ROW


def test_a_calm_panel_that_answered_is_its_title_line_again(qtbot: QtBot) -> None:
    seat = sit(qtbot)
    qtbot.wait(50)  # the window settles
    before = seat.panel.height()
    seat.press(Qt.Key.Key_A)
    seat.panel.foot.quiet()
    assert seat.panel.height() == before


def test_a_heap_that_is_opened_at_the_end_shows_its_first_members(qtbot: QtBot) -> None:
    seat = sit(qtbot, *many(range(1, 8)), *(over(waits(number)) for number in (20, 21, 22)))
    seat.panel._pick("over:")
    qtbot.wait(20)
    table = seat.panel.table
    seen = table.rowAt(table.viewport().height() - 4)
    assert seen >= table.rows.place("over:") + 2
