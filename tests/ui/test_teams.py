"""The roster: groups that always sum, what stands beside a callsign, and how silent a team is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Check
from console.domain.alarms.book import Alarms
from console.domain.definitions import CheckIn, Limit, Safety
from console.domain.entities import CrewMember, Position, Unit
from console.domain.events import CheckedIn
from console.domain.metrics import is_team
from console.domain.state import State
from console.domain.vocabulary import (
    Availability,
    CallState,
    FeedName,
    Health,
    Program,
    Reached,
    Role,
    UnitState,
)
from console.domain.watching.catalog import CHECK_IN, PENDING_LONG, SILENT
from console.session.store import Store
from console.ui.look.view import Roster, View
from console.ui.teams.team_groups import Group, grouped
from console.ui.teams.team_rows import Sources, TeamRow, team_rows
from console.ui.teams.team_words import detail_tone
from console.ui.teams.teams import TeamsPanel
from console.ui.teams.teams_columns import COLUMNS
from console.ui.theme import fonts, style
from console.ui.theme.theme import DARK
from tests.ui.board import (
    NOW,
    PACK,
    Acts,
    a_board,
    a_call,
    a_unit,
    a_view,
    ago,
    alarmed,
    an_alarm,
    feed,
    feeds,
    fix,
    later,
    on_scene,
)
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


ASKING = replace(PACK, safety=Safety(check_in={"clinician_ems": CheckIn(every=20, warn=3)}))
"""A pack that asks after a clinician + EMT team on scene every 20 minutes."""


def busy(key: str, **fields: Any) -> Unit:
    """A team on scene since a minute."""
    return a_unit(key, **{"state": UnitState.ON_SCENE, "since": ago(1), "call": "c0", **fields})


def verbs(panel: TeamsPanel) -> Acts:
    assert isinstance(panel._verbs, Acts)
    return panel._verbs


def offers(panel: TeamsPanel, key: str) -> dict[str, QAction]:
    """What can be done with a row, as its menu offers it."""
    menu = panel.table._menu
    menu.offer_acts(panel.table.rows.place(key), QPoint(0, 0))
    menu.close()
    return {action.text(): action for action in menu.actions() if action.text()}


def tone(panel: TeamsPanel, key: str) -> str:
    """The color of what stands beside a team."""
    return detail_tone(panel.table.rows.row(panel.table.rows.place(key)))


def has_color(panel: TeamsPanel, color: str) -> bool:
    image, wanted = panel.table.viewport().grab().toImage(), QColor(color).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


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
    assert cell(panel, "zulu", "Doing").startswith("EMERGENCY")
    assert "priority 1 alarm" in cell(panel, "zulu", "Doing", Qt.ItemDataRole.AccessibleTextRole)
    assert has_color(panel, DARK.p1)
    assert listed(panel) == ["Available 2", "  ZULU", "  STAR1"]


def test_a_call_for_help_comes_before_an_overdue_check_in(make: Make) -> None:
    units = [busy("a"), busy("b"), busy("c", emergency=True)]
    panel, _, _ = make(alarmed(a_board(units=units), an_alarm(CHECK_IN, "b", 1)))
    assert listed(panel)[-3:] == ["  C", "  B", "  A"]


def test_the_check_in_clock_counts_down_warns_and_says_how_long_it_is_overdue(make: Make) -> None:
    placed = {"s": fix("s", NOW)}
    panel, store, _ = make(a_board(units=[busy("s", since=ago(15))], definitions=ASKING, positions=placed))
    assert (cell(panel, "s", "Note"), tone(panel, "s")) == ("check-in 05:00", "muted")
    store.set(later(store.value, 130))
    assert (cell(panel, "s", "Note"), tone(panel, "s")) == ("check-in 02:50", "p2")
    store.set(later(store.value, 300))
    assert (cell(panel, "s", "Note"), tone(panel, "s")) == ("overdue 02:10", "p1")


def test_a_check_in_before_it_is_due_starts_the_clock_anew_and_is_told_with_how(make: Make) -> None:
    placed = {"s": fix("s", NOW)}
    panel, store, _ = make(a_board(units=[busy("s", since=ago(15))], definitions=ASKING, positions=placed))
    store.set(alarmed(store.value, checked={"s": Check(ago(2), Reached.RADIO, "m.ruiz")}))
    assert cell(panel, "s", "Note") == "check-in 18:00"
    tooltip = cell(panel, "s", "Doing", Qt.ItemDataRole.ToolTipRole)
    assert "last check-in by radio, m.ruiz 2 min · 16:28" in tooltip


def test_a_team_that_is_not_on_scene_or_of_no_team_program_is_not_asked_after(make: Make) -> None:
    units = [a_unit("free"), busy("pd", program=Program.POLICE)]
    panel, _, _ = make(a_board(units=units, definitions=ASKING), roster=Roster(others=True))
    assert (cell(panel, "free", "Note"), cell(panel, "pd", "Note")) == ("", "")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_check_in_is_logged_with_how_the_team_was_reached(make: Make) -> None:
    panel, _, _ = make(a_board(units=[busy("s"), a_unit("free")], definitions=ASKING))
    offered = offers(panel, "s")
    assert list(offered) == [
        "Check in S: by radio",
        "Check in S: by phone",
        "Check in S: by app",
        "Check in S: not reached",
    ]
    for action in offered.values():
        action.trigger()
    assert [(act.unit, act.how) for act in verbs(panel).done if isinstance(act, CheckedIn)] == [
        ("s", how) for how in Reached
    ]
    assert offers(panel, "free") == {}


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_key_on_a_teams_row_asks_how_it_was_reached(make: Make) -> None:
    panel, _, _ = make(a_board(units=[busy("s"), a_unit("free")], definitions=ASKING))
    panel.table.setFocus()
    for key, opens in (("free", False), ("s", True)):
        panel.table.setCurrentIndex(panel.table.rows.index(panel.table.rows.place(key), 0))
        QTest.keyClick(panel.table, Qt.Key.Key_I)
        assert panel.table._menu.isVisible() is opens
    panel.table._menu.close()


def test_a_time_over_the_limit_of_its_state_has_a_color_and_a_word(make: Make) -> None:
    pack = replace(PACK, team_limits={"delayed": Limit(15, 30)})
    for since, word, color in ((10, "", "muted"), (16, "over 15 min", "p2"), (31, "over 30 min", "p1")):
        unit = a_unit("s", state=UnitState.DELAYED, since=ago(since))
        panel, _, _ = make(a_board(units=[unit], definitions=pack))
        assert (cell(panel, "s", "Note"), tone(panel, "s")) == (word, color)


def test_a_time_goes_over_its_limit_on_the_second_though_nothing_was_sent(make: Make) -> None:
    pack = replace(PACK, team_limits={"delayed": Limit(15, 30)})
    unit = a_unit("s", state=UnitState.DELAYED, since=ago(14))
    panel, store, _ = make(a_board(units=[unit], definitions=pack))
    store.set(later(store.value, 59))
    assert cell(panel, "s", "Note") == ""
    store.set(later(store.value, 1))
    assert cell(panel, "s", "Note") == "over 15 min"


def test_the_age_of_the_status_is_told_apart_from_that_of_the_position(make: Make) -> None:
    quiet = busy("s", updated_at=ago(50))
    panel, store, _ = make(a_board(units=[quiet], positions={"s": fix("s", ago(0, 5))}))
    assert cell(panel, "s", "Note") == "status 50 min old"
    store.set(replace(store.value, positions={"s": fix("s", ago(7))}))
    assert cell(panel, "s", "Note") == "silent 7 min"
    tooltip = cell(panel, "s", "Doing", Qt.ItemDataRole.ToolTipRole)
    assert "last position 7 min · 16:23" in tooltip
    assert "status heard 50 min · 15:40" in tooltip


def test_a_committed_team_without_any_position_says_so_where_others_have_one(make: Make) -> None:
    panel, store, _ = make(a_board(units=[busy("s", since=ago(9)), a_unit("free")]))
    assert cell(panel, "s", "Note") == "no position 9 min"
    assert cell(panel, "free", "Note") == ""
    store.set(later(store.value, 1, feeds=feeds(feed(FeedName.UNITS), feed(FeedName.POSITIONS, None))))
    assert cell(panel, "s", "Note") == ""


def test_a_team_on_a_closed_call_and_one_on_scene_without_a_call_say_so(make: Make) -> None:
    shut = a_call(1031, state=CallState.CLOSED)
    units = [busy("a", call="c1031"), busy("b", call=""), busy("c", call="c7")]
    panel, store, _ = make(a_board([shut, a_call(7)], units))
    assert [cell(panel, key, "Doing") for key in "abc"] == [
        "on scene · closed 1031",
        "on scene · no call",
        "on scene · 7 has no team",
    ]
    store.set(alarmed(store.value, named={"b": ("c9",), "c": ("c7",)}))
    assert [cell(panel, key, "Doing") for key in "bc"] == ["on scene", "on scene · 7"]


def test_a_row_changes_as_its_call_closes(make: Make) -> None:
    panel, store, _ = make(a_board([on_scene(1, "a")], [busy("a", call="c1")]))
    assert cell(panel, "a", "Doing") == "on scene · 1"
    store.set(later(store.value, 1, calls={"c1": a_call(1, state=CallState.CLOSED)}))
    assert cell(panel, "a", "Doing") == "on scene · closed 1"


def test_a_teams_alarm_is_a_badge_on_its_row_and_the_most_urgent_comes_first(make: Make) -> None:
    overdue, silent = an_alarm(CHECK_IN, "b", 1), an_alarm(SILENT, "a", 2)
    panel, store, _ = make(alarmed(a_board(units=[busy("a"), busy("b"), busy("c")]), overdue, silent))
    spoken = [cell(panel, key, "Doing", Qt.ItemDataRole.AccessibleTextRole) for key in "abc"]
    assert [text.partition("c0")[2] for text in spoken] == [" · priority 2 alarm", " · priority 1 alarm", ""]
    assert listed(panel)[-3:] == ["  B", "  A", "  C"]
    seen = replace(overdue, acknowledged_at=NOW, how=Reached.NOT_REACHED)
    store.set(alarmed(store.value, seen, silent))
    assert cell(panel, "b", "Doing", Qt.ItemDataRole.AccessibleTextRole).endswith("alarm, acknowledged")


def test_alarms_and_check_ins_of_others_leave_a_row_as_it_is(make: Make) -> None:
    panel, store, _ = make(a_board(units=[busy("a"), busy("b")], definitions=ASKING))
    before = panel.table.rows.row(panel.table.rows.place("b"))
    checked = {"a": Check(NOW, Reached.APP, "m.ruiz")}
    store.set(alarmed(store.value, an_alarm(SILENT, "a"), an_alarm(PENDING_LONG, "b"), checked=checked))
    assert panel.table.rows.row(panel.table.rows.place("b")) is before


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


@pytest.mark.parametrize("width", [346, 400])
@pytest.mark.parametrize("waits", [6, 100])
def test_the_figures_of_a_check_in_are_never_cut_however_long_the_callsigns(
    make: Make, width: int, waits: int
) -> None:
    units = [busy(f"s{n}", callsign=f"STAR NORTHWEST COMMUNITY {n}", since=ago(waits)) for n in range(30)]
    panel, _, _ = make(a_board(units=units, definitions=ASKING))
    panel.resize(width, 300)
    note, look = PLACES["Note"], panel.table._cells.look
    said = [cell(panel, unit.id, "Note") for unit in units]
    assert all(said)
    assert not hides(panel, "Note")
    assert not hides(panel, "Time")
    needed = max(look.small.metrics.horizontalAdvance(text) for text in said)
    assert panel.table.columnWidth(note) - look.pad >= needed
    assert panel.table.columnWidth(PLACES["Doing"]) >= 60


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


checks = st.dictionaries(
    st.text("abc", min_size=1, max_size=2),
    st.builds(Check, st.integers(-5, 20).map(ago), st.sampled_from(Reached), st.just("m.ruiz")),
)
named = st.dictionaries(st.text("abc", min_size=1, max_size=2), st.just(("c1",)))
standing = st.lists(
    st.builds(an_alarm, st.sampled_from([CHECK_IN, PENDING_LONG]), st.sampled_from("abc")), max_size=3
).map(lambda found: {alarm.id: alarm for alarm in found})
alarms = st.builds(Alarms, checked=checks, named=named, standing=standing, teams=st.booleans())


@given(st.lists(st.tuples(units, positions, alarms, st.integers(0, 3_000)), min_size=1, max_size=4))
def test_rows_made_step_by_step_are_those_made_from_scratch(
    steps: list[tuple[dict[str, Unit], dict[str, Position], Alarms, int]],
) -> None:
    held: Any = {}
    old = Sources(NOW)
    for board, seen, said, seconds in steps:
        new = Sources(ago(-seconds / 60), board, {}, seen, ASKING, alarms=said, placed=True)
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
