"""The roster: groups that always sum, what stands beside a callsign, and how silent a team is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from console.domain.entities import CrewMember, Position, Unit
from console.domain.metrics import is_team
from console.domain.state import State
from console.domain.vocabulary import Availability, FeedName, Health, Program, Role, UnitState
from console.session.store import Store
from console.ui.look.view import Roster, View
from console.ui.teams.team_rows import Group, Sources, TeamRow, grouped, team_rows
from console.ui.teams.teams import TeamsPanel
from console.ui.teams.teams_columns import COLUMNS
from console.ui.theme import fonts, style
from console.ui.theme.theme import DARK
from tests.ui.board import NOW, PACK, Acts, a_board, a_unit, a_view, ago, feed, feeds, fix, later, on_scene
from tests.ui.named import unnamed

Make = Callable[..., tuple[TeamsPanel, Store[State], Store[View]]]
PLACES = {column.title: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    fonts.load()
    style.apply(qapp, DARK)
    kept: list[TeamsPanel] = []  # a widget nobody holds can be collected in the middle of its own painting

    def made(state: State, **view: Any) -> tuple[TeamsPanel, Store[State], Store[View]]:
        store, seen = Store(state), a_view(**view)
        panel = TeamsPanel(store, seen, Acts())
        QAbstractItemModelTester(
            panel.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.table.rows
        )
        panel.resize(400, 500)
        qtbot.addWidget(panel)
        kept.append(panel)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel, store, seen

    yield made
    kept.clear()


def cell(panel: TeamsPanel, key: str, column: str, role: Any = Qt.ItemDataRole.DisplayRole) -> str:
    rows = panel.table.rows
    return str(rows.data(rows.index(rows.place(key), PLACES[column]), role) or "")


def listed(panel: TeamsPanel) -> list[str]:
    """The first column of the roster as it is read: headings, and callsigns below them."""
    rows = panel.table.rows
    found = (rows.row(place) for place in range(rows.rowCount()))
    return [rows.rules.section(row) if isinstance(row, Group) else f"  {row.unit.callsign}" for row in found]


def said(panel: TeamsPanel) -> str:
    labels = (label for label in panel.findChildren(QLabel) if label.isVisible())
    buttons = (button for button in panel.findChildren(QAbstractButton) if button.isVisible())
    return "\n".join((*(label.text() for label in labels), *(button.text() for button in buttons)))


def test_teams_stand_under_their_availability(make: Make) -> None:
    units = [
        a_unit("star1"),
        a_unit("star10"),
        a_unit("star9"),
        a_unit("mc1", state=UnitState.ON_SCENE, program=Program.MOBILE_CRISIS),
        a_unit("mc2", state=UnitState.UNKNOWN),
    ]
    panel, _, _ = make(a_board(units=units))
    assert listed(panel) == [
        "Available 3",
        "  STAR1",
        "  STAR9",
        "  STAR10",
        "Assigned 1",
        "  MC1",
        "Unknown 1",
        "  MC2",
    ]


def test_nobody_available_is_said_not_left_out(make: Make) -> None:
    panel, _, _ = make(a_board(units=[a_unit("star1", state=UnitState.ON_SCENE)]))
    assert listed(panel)[0] == "Available 0"


def test_a_free_team_shows_its_crew_and_a_committed_one_its_call(make: Make) -> None:
    busy = a_unit("star2", state=UnitState.ON_SCENE, call="c1044")
    panel, _, _ = make(a_board([on_scene(1044, "star2")], [a_unit("star1"), busy]))
    assert cell(panel, "star1", "Doing") == "clinician · EMT · es"
    assert cell(panel, "star2", "Doing") == "on scene · 1044"


def test_a_status_nobody_knows_is_quoted_and_never_available(make: Make) -> None:
    panel, _, _ = make(a_board(units=[a_unit("mc9", state=UnitState.UNKNOWN, raw_state="CODE 4X")]))
    assert cell(panel, "mc9", "Doing") == "Unknown «CODE 4X»"
    assert "Available 0" in listed(panel)


def test_a_team_whose_position_is_old_is_silent_since_then(make: Make) -> None:
    board = a_board(units=[a_unit("star5"), a_unit("star6")])
    panel, _, _ = make(
        replace(board, positions={"star5": fix("star5", ago(7)), "star6": fix("star6", ago(1))})
    )
    assert cell(panel, "star5", "Note") == "silent 7 min"
    assert cell(panel, "star6", "Note") == ""


def test_a_new_position_ends_the_silence_within_the_second(make: Make) -> None:
    panel, store, _ = make(replace(a_board(units=[a_unit("s")]), positions={"s": fix("s", ago(7))}))
    store.set(replace(store.value, positions={"s": fix("s", NOW)}))
    assert cell(panel, "s", "Note") == ""


def test_an_emergency_is_a_word_beside_its_badge_and_stands_first_in_its_group(make: Make) -> None:
    units = [a_unit("star1"), a_unit("zulu", emergency=True)]
    panel, _, _ = make(a_board(units=units))
    assert cell(panel, "zulu", "Doing").startswith("emergency")
    assert listed(panel) == ["Available 2", "  ZULU", "  STAR1"]


def test_the_end_of_a_shift_is_told_when_it_is_near(make: Make) -> None:
    units = [a_unit("soon", shift_until=ago(-14)), a_unit("later", shift_until=ago(-90))]
    panel, _, _ = make(a_board(units=units))
    assert cell(panel, "soon", "Note") == "off in 14 min"
    assert cell(panel, "later", "Note") == ""


def test_other_units_are_counted_on_a_button_and_let_in_by_it(make: Make) -> None:
    others = [a_unit("p1", program=Program.POLICE), a_unit("m1", program=Program.EMS)]
    panel, _, view = make(a_board(units=[a_unit("star1"), *others]))
    assert "1 on roster" in said(panel)
    next(b for b in panel.findChildren(QToolButton) if b.text() == "+2 police, EMS").click()
    assert view.value.roster.others
    assert "3 on roster" in said(panel)


def test_a_source_without_teams_shows_every_unit_under_another_title(make: Make) -> None:
    panel, _, _ = make(a_board(units=[a_unit("e1", program=Program.FIRE)]))
    assert "Units\n1 on roster" in said(panel)
    assert listed(panel) == ["Available 1", "  E1"]


def test_a_skill_filters_the_teams_and_the_groups_still_tell_the_whole(make: Make) -> None:
    nurse = a_unit("star2", crew=(CrewMember(Role.NURSE),))
    panel, _, view = make(a_board(units=[a_unit("star1"), nurse]))
    view.set(replace(view.value, roster=Roster(skills=frozenset({"nurse"}))))
    assert listed(panel) == ["Available 1 of 2", "  STAR2"]
    assert "1 of 2 on roster" in said(panel)
    assert "nurse 1 of 2" in said(panel)


@pytest.mark.parametrize("skill", ["es", "tactical_aid", "emt"])
def test_languages_capabilities_and_roles_are_skills_alike(make: Make, skill: str) -> None:
    unit = a_unit("star1", capabilities=("tactical_aid",))
    panel, _, _ = make(a_board(units=[unit]), roster=Roster(skills=frozenset({skill})))
    assert "  STAR1" in listed(panel)


def test_a_skill_nobody_has_says_so_and_can_be_cleared(make: Make) -> None:
    panel, _, view = make(a_board(units=[a_unit("star1")]), roster=Roster(skills=frozenset({"nurse"})))
    assert "None of the units on the roster has what is asked for." in said(panel)
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Show every team").click()
    assert view.value.roster == Roster()


def test_no_name_of_a_crew_member_is_shown_anywhere(make: Make) -> None:
    panel, _, _ = make(a_board(units=[a_unit("star1")]))
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    told = "".join(cell(panel, "star1", name, role) for name in PLACES for role in roles)
    assert "Fenn" not in told
    assert "Hale" not in told


def test_when_the_units_feed_stops_the_roster_stays_with_the_time_it_is_of(make: Make) -> None:
    panel, store, _ = make(a_board(units=[a_unit("star1")]))
    store.set(later(store.value, 1, feeds=feeds(feed(FeedName.UNITS, ago(26, 50)))))
    assert listed(panel) == ["Available 1", "  STAR1"]
    assert "as of 16:03:22" in said(panel)
    assert panel.table.rows.row(panel.table.rows.place("star1")).old


def test_without_units_the_panel_says_why(make: Make) -> None:
    panel, _, _ = make(a_board(feeds={}))
    assert "Not read yet." in said(panel)


def test_a_click_selects_the_unit_and_lets_go_of_the_call(make: Make) -> None:
    panel, _, view = make(a_board(units=[a_unit("star1")]), call="c1")
    place = panel.table.rowViewportPosition(panel.table.rows.place("star1"))
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, place + 5))
    assert (view.value.unit, view.value.call) == ("star1", "")


def test_the_keyboard_steps_over_headings_and_a_click_on_one_selects_nothing(make: Make) -> None:
    panel, _, view = make(a_board(units=[a_unit("a1"), a_unit("b1", state=UnitState.ON_SCENE)]))
    panel.table.setCurrentIndex(panel.table.rows.index(panel.table.rows.place("a1"), 0))
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    assert panel.table.rows.id(panel.table.currentIndex().row()) == "b1"
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 5))
    assert view.value.unit == ""


def hides(panel: TeamsPanel, column: str) -> bool:
    return panel.table.isColumnHidden(PLACES[column])


def test_a_scroll_bar_takes_room_from_the_note_and_not_from_the_time(make: Make) -> None:
    board = a_board(units=[a_unit(f"star{n}", call="c1", state=UnitState.ASSIGNED) for n in range(40)])
    panel, _, _ = make(board)
    for width in range(300, 420, 10):
        panel.resize(width, 300)
        assert not hides(panel, "Time") or hides(panel, "Note")
    panel.resize(346, 300)
    assert not hides(panel, "Time")


def test_an_empty_note_holds_no_room(make: Make) -> None:
    panel, store, _ = make(a_board(units=[a_unit("star1")]))
    panel.resize(346, 300)
    before = panel.table.columnWidth(PLACES["Note"])
    store.set(replace(store.value, positions={"star1": fix("star1", ago(7))}))
    assert before < 30
    assert panel.table.columnWidth(PLACES["Note"]) > 60


def test_without_room_for_the_note_a_silent_team_has_another_symbol_and_a_tooltip(make: Make) -> None:
    panel, store, _ = make(a_board(units=[a_unit("star1")]), scale=2.0)
    panel.resize(346, 300)
    before = panel.table.viewport().grab().toImage()
    store.set(replace(store.value, positions={"star1": fix("star1", ago(7))}))
    assert hides(panel, "Note")
    assert panel.table.viewport().grab().toImage() != before
    assert "silent 7 min" in cell(panel, "star1", "Doing", Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("width", [346, 420])
def test_type_at_200_percent_leaves_room_for_what_a_team_does(make: Make, width: int) -> None:
    units = [a_unit(f"star{n}", call="c1366", state=UnitState.ASSIGNED) for n in range(20)]
    panel, _, _ = make(a_board(units=units), scale=2.0)
    panel.resize(width, 300)
    look = panel.table._cells.look
    needed = look.body.metrics.horizontalAdvance("assigned") + look.pad
    assert panel.table.columnWidth(PLACES["Doing"]) >= needed


def test_the_roster_does_not_move_when_its_feed_fails(make: Make) -> None:
    units = [a_unit("star1"), a_unit("p1", program=Program.POLICE)]
    panel, store, _ = make(a_board(units=units))
    panel.resize(346, 300)
    before = panel.table.geometry()
    store.set(later(store.value, 1, feeds=feeds(feed(FeedName.UNITS, ago(26, 50)))))
    QApplication.processEvents()
    assert panel.table.geometry() == before


def test_a_click_on_the_selected_unit_lets_go_of_it(make: Make) -> None:
    panel, _, view = make(a_board(units=[a_unit("star1")]), unit="star1")
    place = panel.table.rows.place("star1")
    at = QPoint(50, panel.table.rowViewportPosition(place) + 5)
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.value.unit == ""


def test_whatever_takes_the_focus_on_the_roster_has_a_name(make: Make) -> None:
    panel, _, _ = make(a_board(units=[a_unit("star1"), a_unit("p1", program=Program.POLICE)]))
    assert unnamed(panel) == []


def test_closing_the_panel_leaves_nobody_watching(make: Make) -> None:
    panel, store, view = make(a_board(units=[a_unit("star1")]))
    panel.close()
    assert (store.watched, view.watched) == (0, 0)


units = st.lists(
    st.builds(
        a_unit,
        st.text("abc", min_size=1, max_size=2),
        state=st.sampled_from(UnitState),
        program=st.sampled_from(Program),
        crew=st.sampled_from([(), (CrewMember(Role.NURSE),)]),
    ),
    max_size=8,
).map(lambda found: {unit.id: unit for unit in found})
positions = st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(0, 20)).map(
    lambda found: {key: fix(key, ago(minutes)) for key, minutes in found.items()}
)
rosters = st.builds(Roster, st.sampled_from([frozenset(), frozenset({"nurse"})]), st.booleans())


@given(units, rosters)
def test_the_groups_always_sum_to_the_roster(board: dict[str, Unit], roster: Roster) -> None:
    rows = team_rows({}, Sources(NOW), Sources(NOW, board, pack=PACK))
    shown = grouped({}, rows, roster)
    groups = [row for row in shown.rows.values() if isinstance(row, Group)]
    teams = [unit for unit in board.values() if is_team(unit)]
    assert sum(group.total for group in groups) == len(board if roster.others or not teams else teams)
    assert sum(group.shown for group in groups) == shown.units
    assert sum(isinstance(row, TeamRow) for row in shown.rows.values()) == shown.units
    assert not board or any(group.availability is Availability.AVAILABLE for group in groups)


@given(st.lists(st.tuples(units, positions, st.integers(0, 600)), min_size=1, max_size=4))
def test_rows_made_step_by_step_are_those_made_from_scratch(
    steps: list[tuple[dict[str, Unit], dict[str, Position], int]],
) -> None:
    held: Any = {}
    old = Sources(NOW)
    for board, seen, seconds in steps:
        new = Sources(ago(-seconds / 60), board, {}, seen, PACK)
        held, old = team_rows(held, old, new), new
        assert held == team_rows({}, Sources(new.second), new)


def test_a_source_that_has_no_units_leaves_the_teams_of_others_as_they_are(make: Make) -> None:
    none = feed(FeedName.UNITS, None, source="tickets", reported=Health.PAUSED, reason="not_offered")
    known = feeds(feed(FeedName.UNITS), none, feed(FeedName.UNITS, source="county"))
    panel, _, _ = make(a_board(units=[a_unit("star1")], feeds=known))
    assert "as of" not in said(panel)
    assert "incomplete" not in said(panel)


def test_where_no_source_has_units_the_panel_says_so_and_what_to_do(make: Make) -> None:
    none = feed(
        FeedName.UNITS,
        None,
        reported=Health.PAUSED,
        reason="not_offered",
        detail="This server gives no units.",
        tip="Nothing is wrong.",
    )
    panel, _, _ = make(a_board(feeds=feeds(none)))
    assert "This server gives no units.\nNothing is wrong." in said(panel)
