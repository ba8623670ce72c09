"""The alarm list: every alarm under its state, with who and why, and the way back."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Out, Shelf
from console.domain.events import Acknowledged, PutBack, Unshelved
from console.domain.state import State
from console.domain.vocabulary import AlarmState, Reached
from console.domain.watching import catalog
from console.session.store import Store
from console.ui.alarms import rows
from console.ui.alarms.alarm_list import open_alarms
from console.ui.alarms.list_acts import ListActs
from console.ui.alarms.rows import AlarmRows, alarm_rows
from console.ui.figures.listing import Listing
from console.ui.parts.clocks import present
from console.ui.theme import fonts
from tests.ui.attention.alarmed import Living, alarmed, an_alarm, over, seen, waits
from tests.ui.board import NOW, a_view, ago
from tests.ui.desk import Plain, keep, undress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

HERE = present(NOW, alarmed().agency)
SHELVED = replace(waits(2), shelf=Shelf(ago(3), ago(-12), "m.ruiz", "family asked to wait"))
HELD = replace(waits(3), suppressed_by="city-cad/calls")
OUT = replace(an_alarm(catalog.SILENT, "star9"), out=True)
OUTS = {OUT.id: Out(ago(60), "k.lee", "AVL in the shop"), catalog.SKEW: Out(ago(120), "k.lee", "known")}
BOARD = alarmed(
    waits(1),
    seen(waits(4)),
    over(waits(5)),
    SHELVED,
    HELD,
    OUT,
    book={"out": OUTS, "ended": (seen(over(waits(6))),)},
)


def told(state: State = BOARD) -> dict[str, tuple[str, str, str]]:
    """What, where it stands and why, by key."""
    return {
        key: (rows.what(row, HERE), rows.state_of(row, HERE), rows.why(row, HERE))
        for key, row in alarm_rows(state).items()
    }


def test_alarms_stand_under_their_states() -> None:
    headings = [row.heading for row in alarm_rows(BOARD).values() if row.heading]
    assert headings == [
        "Not acknowledged 1",
        "Acknowledged 1",
        "Over and not acknowledged 1",
        "Shelved 1",
        "Held back while a source is down 1",
        "Out of service 2",
        "Ended lately 1",
    ]


def test_of_those_that_came_together_the_longest_stands_first() -> None:
    short, long = waits(1, since=ago(12)), waits(2, since=ago(40))
    assert list(alarm_rows(alarmed(short, long)))[1:] == [long.id, short.id]


def test_a_shelved_one_says_when_it_comes_back_and_who_put_it_aside() -> None:
    assert told()[SHELVED.id][1:] == ("back in 12:00", "m.ruiz · family asked to wait")


def test_one_held_back_names_its_source() -> None:
    assert told()[HELD.id][1] == "city-cad calls give no data"


def test_one_out_of_service_says_who_and_why() -> None:
    assert told()[OUT.id][1:] == ("out since 15:30", "k.lee · AVL in the shop")


def test_a_rule_out_of_service_has_a_row_without_any_alarm() -> None:
    assert told()["out:clock_skew"][0] == "All alarms “clocks differ”"


def test_an_acknowledged_check_in_says_how() -> None:
    checked = replace(seen(an_alarm(catalog.CHECK_IN, "star7")), how=Reached.NOT_REACHED)
    assert told(alarmed(checked))[checked.id][2] == "m.ruiz · not reached"


def test_ended_ones_say_when_they_were_over() -> None:
    assert told()["ended:0"][:2] == ("6: waits too long", "over 16:29")


def test_every_state_has_a_heading() -> None:
    assert rows.SECTIONS.keys() == set(AlarmState)


class Open:
    """The list over a window."""

    def __init__(self, qtbot: QtBot, board: State = BOARD) -> None:
        fonts.load()
        self.store, self.view = Store(board), a_view()
        self.acts = Living(self.store)
        self.window = keep(qtbot, Plain("window"))
        self.window.resize(1_200, 800)
        self.window.show()
        self.list = open_alarms(self.store, self.view, self.acts, self.window)
        (self.below,) = self.list.findChildren(ListActs)

    def pick(self, key: str) -> None:
        """Choose a row."""
        self.list.table.picked.emit(key)

    def offered(self) -> list[str]:
        """The buttons that can be seen."""
        return [one.text() for one in self.below.findChildren(QPushButton) if one.isVisible()]


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    """The list with one of each."""
    yield Open(qtbot)
    undress(qapp)


FIGURES = "Figures of the alarms"


def test_only_what_can_be_done_is_offered(opened: Open) -> None:
    found = {}
    for key in ("pending_too_long:c1", SHELVED.id, OUT.id, HELD.id, "ended:0"):
        opened.pick(key)
        found[key] = opened.offered()
    assert found == {
        "pending_too_long:c1": ["Acknowledge", FIGURES],
        SHELVED.id: ["Back now", FIGURES],
        OUT.id: ["Put back into service", FIGURES],
        HELD.id: [FIGURES],
        "ended:0": [FIGURES],
    }


def test_choosing_a_row_selects_its_call(opened: Open) -> None:
    opened.pick("pending_too_long:c1")
    assert opened.view.value.call == "c1"


def test_acknowledging_moves_it_to_the_acknowledged_ones(opened: Open) -> None:
    opened.pick("pending_too_long:c1")
    QTest.mouseClick(opened.below.acknowledge, Qt.MouseButton.LeftButton)
    assert isinstance(opened.acts.done[-1], Acknowledged)
    assert opened.offered() == [FIGURES]


def test_a_shelved_one_can_be_called_back(opened: Open) -> None:
    opened.pick(SHELVED.id)
    QTest.mouseClick(opened.below.back, Qt.MouseButton.LeftButton)
    assert isinstance(opened.acts.done[-1], Unshelved)


@pytest.mark.parametrize(("key", "what"), [(OUT.id, OUT.id), ("out:clock_skew", "clock_skew")])
def test_what_is_out_of_service_can_be_put_back(opened: Open, key: str, what: str) -> None:
    opened.pick(key)
    QTest.mouseClick(opened.below.serve, Qt.MouseButton.LeftButton)
    act = opened.acts.done[-1]
    assert isinstance(act, PutBack)
    assert act.what == what


def test_the_list_opens_the_figures(opened: Open) -> None:
    QTest.mouseClick(opened.below.figures, Qt.MouseButton.LeftButton)
    assert {one.objectName() for one in opened.window.findChildren(Listing)} == {"alarms", "alarm_figures"}


def test_opening_it_twice_brings_the_same_list_to_the_front(opened: Open) -> None:
    assert open_alarms(opened.store, opened.view, opened.acts, opened.window) is opened.list


def test_a_list_that_closed_watches_nothing(opened: Open) -> None:
    opened.list.close()
    assert (opened.store.watched, opened.view.watched) == (0, 0)


def test_of_very_many_alarms_those_beyond_are_counted() -> None:
    many = alarmed(*(waits(n) for n in range(1, rows.SHOWN + 701)))
    found = alarm_rows(many)
    assert [row.heading for row in found.values() if row.heading] == [
        "Not acknowledged 1,000",
        "and 700 more",
    ]
    assert rows.standing(found) == 1_000


def test_a_row_of_which_nothing_changed_is_the_same_object() -> None:
    kept = AlarmRows()
    first = kept(BOARD)
    after = kept(replace(BOARD, alarms=replace(BOARD.alarms, standing=dict(BOARD.alarms.standing))))
    assert all(after[key] is row for key, row in first.items() if row.subject is not None)


@pytest.mark.parametrize("key", ["nothing", "ended:99", "out:nothing", "heading:Acknowledged"])
def test_a_key_without_an_alarm_has_no_row(key: str) -> None:
    assert rows.row_of(BOARD, key) is None


def test_a_row_is_found_by_its_key_as_it_stands_in_the_list() -> None:
    found = alarm_rows(BOARD)
    single = {key: rows.row_of(BOARD, key) for key, row in found.items() if not row.heading}
    assert [replace(row, place=(0, 0.0, 0.0, "")) for key, row in found.items() if key in single] == list(
        single.values()
    )
