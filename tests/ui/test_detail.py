"""The card of what is selected: its timeline and gaps, and an identity that is shown only while held."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Check, Shelf
from console.domain.definitions import CheckIn, Limit, Rule, Safety
from console.domain.entities import NARRATIVE_LIMIT, Disposition, FollowUp, Stamps
from console.domain.events import CheckedIn
from console.domain.feed import Feed
from console.domain.state import State
from console.domain.vocabulary import CallState, FeedName, Health, Reached, Sensitivity, UnitState
from console.domain.watching.catalog import PENDING_LONG, TO_CLOSED
from console.session.store import Store
from console.ui.detail.detail import DetailPanel
from console.ui.detail.reveal import SHOWN_LIMIT, SIGNED_OUT, identity_text
from console.ui.look.view import View, with_call
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

Make = Callable[..., tuple[DetailPanel, Store[State], Store[View], Acts]]

ASKING = replace(PACK, safety=Safety(check_in={"clinician_ems": CheckIn(every=20, warn=3)}))
"""A pack that asks after a clinician + EMT team on scene every 20 minutes."""

RULED = replace(
    PACK,
    rules={
        PENDING_LONG: Rule("Too long.", "Somebody waits.", "Assign the nearest free team.", respond_min=5)
    },
)
"""A pack with the record of one rule."""

SECRETS = {
    "caller_name": "Jane Roe",
    "caller_phone": "303-555-0142",
    "narrative": "Neighbor not seen for two days.",
}


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Make]:
    fonts.load()
    style.apply(qapp, DARK)
    kept: list[DetailPanel] = []  # a widget nobody holds can be collected in the middle of its own painting

    def made(state: State, **view: Any) -> tuple[DetailPanel, Store[State], Store[View], Acts]:
        store, seen, acts = Store(state), a_view(**view), Acts()
        panel = DetailPanel(store, seen, acts)
        QAbstractItemModelTester(
            panel.table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.table.rows
        )
        panel.resize(400, 700)
        qtbot.addWidget(panel)
        kept.append(panel)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel, store, seen, acts

    yield made
    kept.clear()


def lines(panel: DetailPanel) -> list[str]:
    """The card as it is read, one line a row."""
    rows = panel.table.rows
    return [rows.plain(place).replace("\t", " | ") for place in range(rows.rowCount())]


def said(panel: DetailPanel) -> str:
    """Everything on the panel that can be read."""
    labels = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    texts = [text.toPlainText() for text in panel.findChildren(QPlainTextEdit) if text.isVisible()]
    return "\n".join((*labels, *lines(panel), *texts))


def button(panel: DetailPanel) -> QPushButton:
    return next(b for b in panel.findChildren(QPushButton) if b.text() == "Hold to reveal")


def test_every_stamp_has_its_local_time_and_the_interval_since_the_one_before(make: Make) -> None:
    stamps = Stamps(
        answered_at=ago(18, 32), created_at=ago(18, 20), eligible_at=ago(18, 4), queued_at=ago(18, 2)
    )
    panel, _, _, _ = make(a_board([a_call(1042, stamps=stamps)]), call="c1042")
    assert lines(panel)[:7] == [
        "16:11:40 | answered · 911",
        "16:11:52 | created | +0:12",
        "16:12:08 | found eligible | +0:16",
        "16:12:10 | queued | waiting 18:02",
        "— | assigned | over 10 min",
        "— | en route",
        "— | on scene",
    ]


def test_a_missing_stamp_is_a_gap_and_the_interval_spans_it(make: Make) -> None:
    call = on_scene(1, "star1")
    panel, _, _, _ = make(a_board([call], [a_unit("star1")]), call="c1")
    assert "— | en route" in lines(panel)
    assert "16:18:12 | on scene · STAR1 | +8:00" in lines(panel)


def test_stamps_out_of_order_say_so(make: Make) -> None:
    stamps = Stamps(answered_at=ago(5), queued_at=ago(6))
    panel, _, _, _ = make(a_board([a_call(1, state=CallState.ASSIGNED, stamps=stamps)]), call="c1")
    assert "16:24:12 | queued | out of order" in lines(panel)


def test_each_of_several_teams_has_its_own_stamps(make: Make) -> None:
    call = on_scene(1, "star1", "mc4")
    parts = (call.assignments[0], replace(call.assignments[1], on_scene_at=ago(3), cleared_at=ago(1)))
    panel, _, _, _ = make(a_board([replace(call, assignments=parts)], [a_unit("star1")]), call="c1")
    found = lines(panel)
    assert "STAR1 | committed | ›" in found
    assert found[found.index("mc4 | cleared | ›") + 1 :][:7] == [
        "16:10:12 | assigned",
        "— | en route",
        "16:27:12 | on scene | +17:00",
        "— | with the person",
        "— | left the scene",
        "— | at destination",
        "16:29:12 | cleared | +2:00",
    ]


def test_a_moment_that_the_console_saw_and_the_source_does_not_tell_is_called_observed(make: Make) -> None:
    stamps = Stamps(queued_at=ago(25), assigned_at=ago(20), on_scene_at=ago(12), cleared_at=ago(3))
    call = a_call(
        1,
        state=CallState.CLOSED,
        stamps=stamps,
        closed_at=ago(2),
        observed=("on_scene_at", "contact_at", "closed_at"),
    )
    panel, _, _, _ = make(a_board([call]), call="c1")
    found = lines(panel)
    assert "16:10:12 | assigned | +5:00" in found
    assert "16:18:12 | on scene | observed · +8:00" in found
    assert "— | with the person" in found
    assert found[found.index("16:27:12 | cleared | +9:00") + 1] == "16:28:12 | closed | observed · +1:00"
    rows = panel.table.rows
    tips = [rows.index(found.index("16:18:12 | on scene | observed · +8:00"), n) for n in (1, 2)]
    assert all("the console saw the change then" in tip.data(Qt.ItemDataRole.ToolTipRole) for tip in tips)


def test_a_call_without_an_end_of_its_own_has_no_line_for_it(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1, state=CallState.CLOSED)]), call="c1")
    assert not any("| closed" in line and line.startswith("16") for line in lines(panel))


def test_what_the_pack_does_not_list_is_named_and_not_guessed(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1, nature="ZZZ")]), call="c1")
    assert "category | ZZZ is not in the pack" in lines(panel)
    assert "eligible | not known: no screening given" in lines(panel)


def test_a_call_the_source_dropped_says_so_on_its_card(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1)], missing={"c1": ago(26)}), call="c1")
    assert lines(panel)[0] == "not reported since 16:04 · check CAD"


def test_follow_ups_are_listed_as_they_fall_due(make: Make) -> None:
    promised = (
        FollowUp("f1", call="c1", case_manager="K. Ito", hours=48, due_at=ago(-60 * 20)),
        FollowUp("f2", call="c1", case_manager="K. Ito", hours=24, due_at=ago(120)),
    )
    board = a_board([a_call(1)], follow_ups={item.id: item for item in promised})
    panel, _, _, _ = make(board, call="c1")
    assert lines(panel)[-2:] == [
        "24 h | •••• masked | overdue 2 h 00",
        "48 h | •••• masked | due Nov 24 12:30",
    ]


def test_identity_is_masked_until_it_is_held(make: Make) -> None:
    panel, _, _, acts = make(a_board([a_call(1, **SECRETS)]), call="c1")
    assert not any(secret in said(panel) for secret in SECRETS.values())
    assert "identity masked" in said(panel)
    assert acts.revealed == []


def test_holding_the_mouse_reveals_and_logs_once_and_letting_go_covers(make: Make) -> None:
    panel, store, _, acts = make(a_board([a_call(1, **SECRETS)]), call="c1")
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert all(secret in said(panel) for secret in SECRETS.values())
    assert "identity shown" in said(panel)
    store.set(later(store.value, 5))
    QTest.mouseMove(button(panel), QPoint(-40, -40))
    QTest.mouseMove(button(panel), QPoint(5, 5))
    QTest.mouseRelease(button(panel), Qt.MouseButton.LeftButton)
    assert not any(secret in said(panel) for secret in SECRETS.values())
    assert acts.revealed == ["c1"]


def test_holding_the_space_bar_reveals_and_logs_once(make: Make) -> None:
    panel, _, _, acts = make(a_board([a_call(1, **SECRETS)]), call="c1")
    button(panel).setFocus()
    QTest.keyPress(button(panel), Qt.Key.Key_Space)
    assert SECRETS["caller_name"] in said(panel)
    QTest.keyRelease(button(panel), Qt.Key.Key_Space)
    assert SECRETS["caller_name"] not in said(panel)
    assert acts.revealed == ["c1"]


def test_another_selection_while_held_shows_nothing_of_the_next_call(make: Make) -> None:
    calls = [a_call(1, **SECRETS), a_call(2, caller_name="Rex Poe")]
    panel, _, view, acts = make(a_board(calls), call="c1")
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    view.set(with_call(view.value, "c2"))
    assert "Rex Poe" not in said(panel)
    assert SECRETS["caller_name"] not in said(panel)
    QTest.mouseRelease(button(panel), Qt.MouseButton.LeftButton)
    assert acts.revealed == ["c1"]


def test_losing_the_window_ends_the_hold(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1, **SECRETS)]), call="c1")
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    panel.hide()
    assert not panel._identity.revealed


def test_a_hidden_call_shows_nature_category_and_address_only_while_held(make: Make) -> None:
    call = a_call(1, address="12 Elm St", sensitivity=Sensitivity.HIDE)
    panel, _, _, _ = make(a_board([call]), call="c1")
    assert "Welfare" not in said(panel)
    assert "Elm" not in said(panel)
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert "Welfare" in said(panel)
    assert "12 Elm St" in said(panel)


def test_markup_in_a_narrative_stays_text(make: Make) -> None:
    call = a_call(1, narrative="<img src=file:///x><b>bold</b>", nature_text="<i>nature</i>")
    panel, _, _, _ = make(a_board([call]), call="c1")
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert "<img src=file:///x><b>bold</b>" in said(panel)
    assert "<i>nature</i>" in said(panel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel))


def test_a_narrative_that_is_too_long_is_cut_and_says_so() -> None:
    text = identity_text(a_call(1, narrative="x" * NARRATIVE_LIMIT), revealed=True)
    assert len(text) < SHOWN_LIMIT + 200
    assert f"{NARRATIVE_LIMIT - SHOWN_LIMIT} more characters" in text


def test_a_call_without_identity_offers_nothing_to_reveal(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1)]), call="c1")
    assert "No caller, phone or notes are given." in said(panel)
    assert not button(panel).isVisible()


def test_a_units_card_tells_its_state_its_crew_without_names_and_its_position(make: Make) -> None:
    unit = a_unit("star5", state=UnitState.TRANSPORTING, raw_state="TX", shift_until=ago(-120), home="Post 3")
    board = a_board(units=[unit], positions={"star5": fix("star5", ago(7))})
    panel, _, _, _ = make(board, unit="star5")
    found = lines(panel)
    assert "state | transporting | 18:40" in found
    assert "raw state | TX" in found
    assert "since | 18 min · 16:11" in found
    assert "position | silent 7 min · 16:23" in found
    assert "clinician · en, es | •••• masked" in found
    assert "shift | until 18:30" in found
    assert "home | Post 3" in found
    assert "Fenn" not in said(panel)


def test_a_call_with_a_team_tells_how_long_it_is_in_its_state_of_what_limit(make: Make) -> None:
    for minutes, limit in ((20, "limit 20 min"), (10, "over 10 min")):
        pack = replace(PACK, limits={"on_scene": {"any": Limit(minutes, 40)}})
        panel, _, _, _ = make(a_board([on_scene(1, "star1")], definitions=pack), call="c1")
        at = lines(panel).index(next(line for line in lines(panel) if "on scene ·" in line))
        assert lines(panel)[at + 1] == f"on scene for 12:00 | {limit}"


def test_an_alarm_on_a_card_says_since_when_what_became_of_it_and_what_to_do(make: Make) -> None:
    alarm = an_alarm(PENDING_LONG, "c1", 2)
    panel, store, _, _ = make(alarmed(a_board([a_call(1)], definitions=RULED), alarm), call="c1")
    assert lines(panel)[:3] == [
        "Alarms",
        "P2 | waits too long | since 16:25",
        "Assign the nearest free team.",
    ]
    seen = replace(alarm, acknowledged_at=NOW, acknowledged_by="m.ruiz")
    store.set(alarmed(store.value, seen))
    assert lines(panel)[2] == "acknowledged by m.ruiz 16:30"
    store.set(alarmed(store.value, replace(alarm, shelf=Shelf(NOW, ago(-15), "m.ruiz", "family is there"))))
    assert lines(panel)[2] == "shelved until 16:45 by m.ruiz: family is there"
    store.set(alarmed(store.value, replace(alarm, active=False, returned_at=NOW)))
    assert lines(panel)[2] == "over, not acknowledged, ended 16:30"
    store.set(alarmed(store.value))
    assert "Alarms" not in lines(panel)


def test_what_to_do_has_the_whole_row_where_nothing_stands_beside_it(make: Make) -> None:
    alarm = an_alarm(PENDING_LONG, "c1", 2)
    panel, store, _, _ = make(alarmed(a_board([a_call(1)], definitions=RULED), alarm), call="c1")
    assert [panel.table.columnSpan(place, 1) for place in (1, 2)] == [1, 2]
    store.set(alarmed(store.value))
    waiting = next(place for place, line in enumerate(lines(panel)) if "waiting" in line)
    assert panel.table.columnSpan(waiting, 1) == 1


def test_a_teams_card_tells_when_it_is_to_be_asked_after_and_who_did_last_and_how(make: Make) -> None:
    unit = a_unit("s", state=UnitState.ON_SCENE, since=ago(15))
    panel, store, _, _ = make(a_board(units=[unit], definitions=ASKING), unit="s")
    assert "check-in | due in 05:00 | due 16:35" in lines(panel)
    store.set(later(store.value, 430))
    assert "check-in | overdue 02:10 | due 16:35" in lines(panel)
    store.set(alarmed(store.value, checked={"s": Check(ago(-5), Reached.PHONE, "m.ruiz")}))
    assert "checked in | by phone, m.ruiz | 2 min · 16:35" in lines(panel)
    assert "check-in | due in 17:50 | due 16:55" in lines(panel)


def test_the_buttons_on_a_teams_card_log_how_it_was_reached(make: Make) -> None:
    units = [a_unit("s", state=UnitState.ON_SCENE, since=ago(15)), a_unit("free")]
    panel, _, view, acts = make(a_board(units=units, definitions=ASKING), unit="s")
    assert unnamed(panel) == []
    for name in ("Radio", "Phone", "App", "Not reached"):
        next(b for b in panel.findChildren(QPushButton) if b.text() == name and b.isVisible()).click()
    assert [(act.unit, act.how) for act in acts.done if isinstance(act, CheckedIn)] == [
        ("s", how) for how in Reached
    ]
    view.set(replace(view.value, unit="free"))
    assert not any(b.isVisible() for b in panel.findChildren(QPushButton) if b.text() == "Radio")


def test_a_button_keeps_the_focus_while_the_clock_ticks(make: Make, qtbot: QtBot) -> None:
    unit = a_unit("s", state=UnitState.ON_SCENE, since=ago(15))
    panel, store, _, _ = make(a_board(units=[unit], definitions=ASKING), unit="s")
    panel.activateWindow()
    radio = next(b for b in panel.findChildren(QPushButton) if b.text() == "Radio")
    radio.setFocus()
    qtbot.waitUntil(radio.hasFocus)
    store.set(later(store.value, 1))
    assert radio.hasFocus()


def test_position_status_and_call_have_ages_of_their_own(make: Make) -> None:
    unit = a_unit("s", state=UnitState.ON_SCENE, call="c1", updated_at=ago(50))
    call = on_scene(1, "s", updated_at=ago(61))
    panel, _, view, _ = make(a_board([call], [unit], positions={"s": fix("s", ago(0, 5))}), unit="s")
    assert "position | 5 s · 16:30" in lines(panel)
    assert "status | heard 50 min · 15:40 | too old" in lines(panel)
    view.set(with_call(view.value, "c1"))
    assert "updated | 1 h 01 · 15:29 | not updated for too long" in lines(panel)


def test_a_team_that_does_not_fit_its_call_says_what_to_do_unless_its_alarm_does(make: Make) -> None:
    unit = a_unit("s", state=UnitState.ON_SCENE, call="c1")
    panel, store, _, _ = make(a_board([a_call(1, state=CallState.CLOSED)], [unit]), unit="s")
    assert "committed to a closed call: check its state with dispatch" in " ".join(lines(panel))
    assert "call | 1 · closed · Welfare check | ›" in lines(panel)
    store.set(alarmed(store.value, an_alarm(TO_CLOSED, "s", 3)))
    assert "P3 | still committed to a closed call | since 16:25" in lines(panel)
    assert "check its state" not in " ".join(lines(panel))


def test_a_units_card_leads_to_its_call_and_a_calls_card_to_its_units(make: Make) -> None:
    unit = a_unit("star1", state=UnitState.ON_SCENE, call="c1")
    panel, _, view, _ = make(a_board([on_scene(1, "star1")], [unit]), unit="star1")
    rows = panel.table.rows
    target = next(key for key in rows.ids if rows.row(rows.place(key)).target)
    panel.table.picked.emit(target)
    assert (view.value.call, view.value.unit) == ("c1", "")
    target = next(key for key in rows.ids if rows.row(rows.place(key)).target)
    panel.table.picked.emit(target)
    assert (view.value.call, view.value.unit) == ("", "star1")


def test_an_unknown_state_is_quoted_on_both_cards(make: Make) -> None:
    call = a_call(1, state=CallState.UNKNOWN, raw_state="10-97")
    unit = a_unit("u", state=UnitState.UNKNOWN, raw_state="10-8X")
    panel, _, view, _ = make(a_board([call], [unit]), call="c1")
    assert "state | Unknown «10-97»" in lines(panel)
    view.set(replace(view.value, call="", unit="u"))
    assert "state | Unknown «10-8X» | 18:40" in lines(panel)


def test_a_card_of_an_old_feed_says_as_of_when(make: Make) -> None:
    panel, store, _, _ = make(a_board([a_call(1)]), call="c1")
    store.set(replace(store.value, feeds=feeds(feed(FeedName.CALLS, ago(26, 50)))))
    assert "as of 16:03:22" in said(panel)


def test_without_a_selection_the_panel_says_what_to_do(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1)]))
    assert "Pick a call or a team" in said(panel)


def test_a_selection_that_left_the_board_says_so_and_can_be_cleared(make: Make) -> None:
    panel, _, view, _ = make(a_board([a_call(1)]), call="gone")
    assert "gone is no longer on the board." in said(panel)
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Clear the selection").click()
    assert view.value.call == ""


def test_closing_the_panel_covers_it_and_leaves_nobody_watching(make: Make) -> None:
    panel, store, view, _ = make(a_board([a_call(1, **SECRETS)]), call="c1")
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    panel.close()
    assert not panel._identity.revealed
    assert (store.watched, view.watched) == (0, 0)


def test_a_promise_for_another_calls_id_is_not_taken_for_this_calls_number(make: Make) -> None:
    item = FollowUp("f1", call="7", case_manager="K. Ito", hours=24, due_at=ago(-60))
    here, there = a_call(7, id="county/7"), a_call(2, id="7")
    panel, _, view, _ = make(a_board([here, there], follow_ups={"f1": item}), call="county/7")
    assert not any("24 h" in line for line in lines(panel))
    view.set(with_call(view.value, "7"))
    assert any("24 h" in line for line in lines(panel))


def test_names_and_words_of_a_follow_up_are_masked_until_they_are_held(make: Make) -> None:
    item = FollowUp("f1", call="c1", case_manager="K. Ito", outcome="moved to her sister", done_at=ago(5))
    panel, _, _, _ = make(a_board([a_call(1)], follow_ups={"f1": item}), call="c1")
    assert "Ito" not in said(panel)
    assert "sister" not in said(panel)
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert "K. Ito · moved to her sister" in said(panel)


def test_the_address_of_a_call_nobody_marked_is_shown_and_that_of_a_dimmed_one_is_held(make: Make) -> None:
    calls = [
        a_call(1, address="12 Elm St"),
        a_call(2, address="9 Oak Ave", sensitivity=Sensitivity.DIM),
    ]
    panel, _, view, _ = make(a_board(calls), call="c1")
    assert "12 Elm St" in said(panel)
    view.set(with_call(view.value, "c2"))
    assert "9 Oak Ave" not in said(panel)
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert "9 Oak Ave" in said(panel)


def test_the_words_of_an_outcome_are_shown_only_while_they_are_held(make: Make) -> None:
    call = a_call(1, disposition=Disposition("TRANS", "drove Jane Roe to her mother"))
    panel, _, _, _ = make(a_board([call]), call="c1")
    assert "outcome | TRANS" in lines(panel)
    assert "Jane" not in said(panel)
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert "drove Jane Roe to her mother" in said(panel)


def test_the_title_of_a_narrow_card_has_the_room_of_what_is_said_of_its_mask(make: Make) -> None:
    call = a_call(180230001, nature_text="Mental health crisis, family asks")
    panel, _, _, _ = make(a_board([call]), call="c180230001")
    panel.resize(346, 400)
    assert not panel._head.masked.isVisible()
    panel.resize(800, 400)
    assert panel._head.masked.isVisible()


def test_whatever_takes_the_focus_on_a_card_has_a_name(make: Make) -> None:
    panel, _, _, _ = make(a_board([a_call(1, **SECRETS)]), call="c1")
    assert unnamed(panel) == []


def expired() -> dict[str, Feed]:
    return feeds(feed(FeedName.CALLS, reported=Health.AUTH), feed(FeedName.CALLS, source="county"))


def test_who_called_is_not_shown_while_the_sign_in_has_expired(make: Make) -> None:
    panel, store, _, acts = make(a_board([a_call(1042, **SECRETS)]), call="c1042")
    store.set(replace(store.value, feeds=expired()))
    assert SIGNED_OUT in said(panel)
    assert "masked, 31 characters" not in said(panel)
    assert not button(panel).isVisible()
    button(panel).setDown(True)
    button(panel).pressed.emit()
    assert not acts.revealed
    assert not any(secret in said(panel) for secret in SECRETS.values())
    store.set(replace(store.value, feeds=feeds()))
    assert button(panel).isVisible()
    assert SIGNED_OUT not in said(panel)


def test_what_is_being_held_is_covered_as_the_sign_in_expires(make: Make) -> None:
    panel, store, _, _ = make(a_board([a_call(1042, **SECRETS)]), call="c1042")
    QTest.mousePress(button(panel), Qt.MouseButton.LeftButton)
    assert "Jane Roe" in said(panel)
    store.set(replace(store.value, feeds=expired()))
    assert "Jane Roe" not in said(panel)
    assert panel.table.rows.rowCount()
