"""The line at the bottom: whether totals add up, clocks agree and rows could be read."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from console.domain.alarms.alarm import Shelf
from console.domain.definitions import NO_DEFINITIONS, Definitions, Nature
from console.domain.entities import Call
from console.domain.feed import Problem
from console.domain.metrics import Tally, counted
from console.domain.recording import Recording, RecordingState
from console.domain.state import State
from console.domain.vocabulary import FeedName, UnitState
from console.session.store import Store
from console.ui.figures.listing import Listing
from console.ui.frame.status_notes import (
    definitions_note,
    problem_note,
    recording_note,
    self_check,
    shift_note,
    skew_note,
)
from console.ui.frame.statusbar import StatusBar
from console.ui.parts.clocks import present
from tests.domain.builders import PACK
from tests.domain.builders import calls as any_call
from tests.ui.attention.alarmed import alarmed, waits
from tests.ui.board import NOW, a_board, a_call, a_unit, a_view, ago, feed, fix, later
from tests.ui.desk import Desk, keep, undress
from tests.ui.replaying import SHIFT, Recorded


def a_bar(qtbot: QtBot, board: State) -> StatusBar:
    return keep(qtbot, StatusBar(Store(board), a_view()))


def button(bar: StatusBar, text: str) -> QToolButton:
    return next(found for found in bar.findChildren(QToolButton) if text in found.text())


def test_totals_that_add_up_are_ticked() -> None:
    note = self_check(Tally(eligible_yes=66, eligible_may=66, served_yes=40, unmet=23, open=3))
    assert (note.text, note.icon) == ("E 66 = S 40 + unmet 23 + open 3", "check")


def test_calls_that_nobody_can_place_are_shown_as_unknown_and_marked() -> None:
    note = self_check(Tally(eligible_yes=66, eligible_may=66, served_yes=38, unmet=23, open=3))
    assert (note.text, note.tone, note.icon) == (
        "E 66 = S 38 + unmet 23 + open 3 + 2 unknown",
        "p3",
        "health-degraded",
    )


def test_totals_that_do_not_add_up_are_marked_red() -> None:
    note = self_check(Tally(eligible_yes=66, eligible_may=66, served_yes=42, unmet=23, open=3))
    assert (note.tone, note.icon) == ("p1", "close")
    assert note.text == "E 66 ≠ S 42 + unmet 23 + open 3: 2 too many"


@given(given_calls=st.lists(any_call(), max_size=8, unique_by=lambda call: call.id))
def test_no_board_whatever_makes_totals_that_do_not_add_up(given_calls: list[Call]) -> None:
    assert self_check(counted(given_calls, PACK, None)).tone != "p1"


@pytest.mark.parametrize(
    ("skews", "said", "tone"),
    [
        ([], "clock skew not known", "muted"),
        ([0.2], "clock skew +0.2\u00a0s", "muted"),
        ([0.2, -12.04], "clock skew −12.0\u00a0s", "muted"),
        ([31.0], "clock skew +31.0\u00a0s: set the clock", "p3"),
    ],
)
def test_the_largest_clock_skew_is_told(skews: list[float], said: str, tone: str) -> None:
    note = skew_note([feed(FeedName.CALLS, skew_s=skew) for skew in skews] or [feed(FeedName.CALLS, None)])
    assert (note.text, note.tone) == (said, tone)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no problem rows"), (1, "1 row had problems"), (12, "12 rows had problems")]
)
def test_rows_with_problems_are_counted(count: int, said: str) -> None:
    problems = {"x": Problem("unknown_code", "cad/units", "status", count)} if count else {}
    assert problem_note(problems).text == said


def test_the_definitions_are_named_with_version_and_short_hash() -> None:
    pack = Definitions("denver-style", "3", {"X": Nature("x", behavioral=True)}, {}, sha256="a1b2c3d4e5")
    assert definitions_note(pack).text == "definitions denver-style 3 (a1b2c3d)"


def test_a_board_without_definitions_says_so() -> None:
    note = definitions_note(NO_DEFINITIONS)
    assert (note.text, note.tone) == ("no definitions loaded", "p2")


def test_pressing_the_problems_opens_their_list(qtbot: QtBot) -> None:
    bar = a_bar(qtbot, a_board(problems={"x": Problem("bad_row", "cad/units", "latitude 139")}))
    button(bar, "1 row had problems").click()
    (listing,) = bar.findChildren(Listing)
    assert listing.table.rows.rowCount() == 1
    listing.close()


def test_rows_that_do_not_fit_together_are_counted_as_long_as_they_do_not(qtbot: QtBot) -> None:
    store = Store(a_board([a_call(1)], [a_unit("star1", state=UnitState.ON_SCENE, call="c1")]))
    bar = keep(qtbot, StatusBar(store, a_view()))
    problems = button(bar, "1 row had problems")
    store.set(later(store.value, 1, positions={"ghost": fix("ghost", ago(0))}))
    assert problems.text() == "2 rows had problems"
    store.set(later(store.value, 1, positions={}, units={}))
    assert problems.text() == "no problem rows"


def test_the_list_of_problems_says_what_contradicts_what(qtbot: QtBot) -> None:
    bar = a_bar(qtbot, a_board([a_call(1)], [a_unit("star1", state=UnitState.ON_SCENE, call="c1")]))
    button(bar, "1 row had problems").click()
    (listing,) = bar.findChildren(Listing)
    row = listing.table.rows.plain(0)
    assert "contradiction" in row
    assert "STAR1 is on scene, but call 1 still waits for a team." in row
    listing.close()


def test_the_bar_says_that_the_console_only_reads(qtbot: QtBot) -> None:
    assert button(a_bar(qtbot, a_board()), "read-only").toolTip()


def test_the_first_item_asks_for_the_command_bar(qtbot: QtBot) -> None:
    bar = a_bar(qtbot, a_board())
    with qtbot.waitSignal(bar.wants_find, timeout=500):
        button(bar, "find or do anything").click()


@pytest.mark.parametrize("width", [1_920, 1_366, 800])
def test_no_item_is_cut_off_at_any_width(qtbot: QtBot, width: int) -> None:
    bar = a_bar(qtbot, a_board())
    bar.resize(width, 30)
    bar.show()
    qtbot.waitExposed(bar)
    bar.resize(width + 1, bar.height())
    qtbot.wait(10)
    for item in filter(QToolButton.isVisible, bar.findChildren(QToolButton)):
        assert bar.rect().contains(item.mapTo(bar, item.rect().bottomRight()))
        assert item.width() >= item.sizeHint().width()


def test_closing_the_bar_ends_its_watch(qtbot: QtBot) -> None:
    store = Store(a_board())
    bar = keep(qtbot, StatusBar(store, a_view()))
    bar.close()
    assert store.watched == 0


def test_rows_that_were_left_out_stand_out() -> None:
    problems = {
        "x": Problem("unknown_code", "cad/units", "status", 40),
        "y": Problem("bad_row", "cad/units", "latitude 139", 3),
    }
    note = problem_note(problems)
    assert (note.text, note.tone, note.icon) == ("43 rows had problems, 3 left out", "p2", "health-late")


def test_a_clock_that_is_the_source_s_own_is_told_as_such() -> None:
    assert skew_note([feed(FeedName.CALLS)]).text == "clock: as served"


def test_totals_of_nothing_are_not_ticked() -> None:
    note = self_check(Tally(calls=192, eligible_may=192, served_may=192))
    assert (note.text, note.icon) == ("nothing to reconcile", "")


def recorded(state: RecordingState, **fields: Any) -> Recording:
    return Recording(state, ago(3), "archive.db", **fields)


@pytest.mark.parametrize(
    ("recording", "said", "tone"),
    [
        (None, "", "muted"),
        (recorded(RecordingState.STARTING), "recording starts", "muted"),
        (recorded(RecordingState.ON), "recording", "muted"),
        (recorded(RecordingState.ON, lost=1_200), "recording · 1,200 events lost", "p2"),
        (recorded(RecordingState.PAUSED, detail="disk full"), "recording stopped", "p2"),
        (recorded(RecordingState.READING, detail="the console on srv-2"), "another console records", "muted"),
        (recorded(RecordingState.OFF, detail="wrong key"), "not recording", "p2"),
    ],
)
def test_the_bar_says_how_the_recording_goes(recording: Recording | None, said: str, tone: str) -> None:
    note = recording_note(recording, present(NOW, None))
    assert (note.text, note.tone) == (said, tone)


def test_why_since_when_and_where_stand_on_hover() -> None:
    held = recorded(RecordingState.READING, detail="the console on srv-2 records", tip="Nothing to do")
    more = recording_note(held, present(NOW, a_board().agency)).more
    assert more == (*("the console on srv-2 records", "Nothing to do", "Into archive.db", "since 16:27"),)


def test_a_board_without_a_recorder_has_no_word_of_one(qtbot: QtBot) -> None:
    bar = a_bar(qtbot, a_board())
    assert not any("record" in found.text() for found in bar.findChildren(QToolButton))


def test_a_replay_says_which_recording_it_is_of(qtbot: QtBot) -> None:
    replays = Recorded()
    board = a_board(recording=recorded(RecordingState.ON))
    bar = keep(qtbot, StatusBar(Store(board), a_view(), replays))
    assert button(bar, "recording").text() == "recording"
    replays.play()
    assert button(bar, "recording").text() == "recording of Mon 23 Nov, 12 h"
    replays.back_to_live()
    assert button(bar, "recording").text() == "recording"


def test_missing_parts_of_a_recording_are_told_on_hover() -> None:
    note = shift_note(replace(SHIFT, gaps=timedelta(minutes=12)))
    assert "12 min of it are missing: see the hatched parts" in note.more


def test_a_bar_over_a_replay_ends_its_watches(qtbot: QtBot) -> None:
    replays = Recorded()
    bar = keep(qtbot, StatusBar(Store(a_board()), a_view(), replays))
    bar.close()
    assert replays.playing.watched == 0


def test_with_larger_type_the_line_is_as_high_as_what_stands_in_it(qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(qtbot, alarmed(replace(waits(2), shelf=Shelf(ago(3), ago(-12), "m.ruiz", "known")))).open(
        1_366, 768
    )
    desk.view.set(replace(desk.view.value, scale=2.0))
    qtbot.wait(30)
    bar = desk.window.status
    shown = [found for found in bar.findChildren(QToolButton) if found.isVisible()]
    assert "1 shelved" in [found.text() for found in shown]
    assert all(bar.rect().contains(found.mapTo(bar, found.rect().center())) for found in shown)
    undress(qapp)


def test_a_line_that_nobody_changes_is_not_laid_out_again(qtbot: QtBot) -> None:
    bar = a_bar(qtbot, a_board())
    bar.show()
    qtbot.wait(30)
    asked = Layouts(bar)
    qtbot.wait(30)
    assert asked.count <= 2


class Layouts(QObject):
    """Counts how often a widget is asked to lay out what stands in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False
