"""The list of what changed since somebody looked away, as it stands on the screen."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.changes import changes
from console.domain.entities import Disposition, Stamps
from console.domain.state import State
from console.domain.vocabulary import CallState, Sensitivity, UnitState
from console.session.store import Store
from console.ui.away.away import SHOWN, away_sheet, open_away
from console.ui.away.lines import line_of
from console.ui.figures.listing import Listing
from tests.ui.board import a_board, a_call, a_unit, a_view, ago, later
from tests.ui.desk import Desk, keep


def moved() -> tuple[State, State]:
    """A board, and the same a minute later: a call closed, another came in, a team rolls."""
    old = a_call(1, caller_name="Jane Roe", narrative="secret words", nature_text="Welfare check")
    unit = a_unit("u1", callsign="STAR 1", state=UnitState.AVAILABLE)
    before = a_board([old], [unit])
    closed = replace(
        old,
        state=CallState.CLOSED,
        closed_at=ago(seconds=-20),
        disposition=Disposition("STAB", "told us why"),
    )
    new = a_call(2, stamps=Stamps(answered_at=ago(seconds=-30)))
    rolling = replace(unit, state=UnitState.ENROUTE, since=ago(seconds=-40))
    after = later(a_board([closed, new], [rolling]), 60)
    return before, after


def said(before: State, after: State) -> list[str]:
    lines = (line_of(change, after) for change in changes(before, after))
    return [f"{line.what} | {line.more}" for line in lines]


def test_each_line_says_what_happened_newest_first_and_names_nobody() -> None:
    lines = said(*moved())
    assert [line.partition(" |")[0] for line in lines] == [
        "STAR 1 available → en route",
        "Call 2 came in",
        "Call 1 closed",
    ]
    text = " ".join(lines)
    assert "STAB" in text
    assert not any(secret in text for secret in ("Jane", "secret", "told us"))


def test_a_call_that_is_to_be_hidden_keeps_its_nature_covered() -> None:
    before, after = moved()
    calls = {key: replace(call, sensitivity=Sensitivity.HIDE) for key, call in after.calls.items()}
    assert "Welfare" not in " ".join(said(before, replace(after, calls=calls)))


def test_the_list_says_from_when_to_when_and_leads_to_the_call(qtbot: QtBot) -> None:
    before, after = moved()
    store, view = Store(after), a_view()
    desk = Desk(qtbot, after).open()
    listing = keep(qtbot, open_away(store, view, before, desk.window))
    about = listing.findChildren(QLabel)[1].text()
    assert "1 min" in about or "60 s" in about
    assert "3 changes" in about
    QTest.keyClick(listing.table, Qt.Key.Key_Return)
    QTest.keyClick(listing.table, Qt.Key.Key_Down)
    QTest.keyClick(listing.table, Qt.Key.Key_Return)
    assert (view.value.call, view.value.unit) == ("c2", "")


def test_the_dot_opens_it_and_it_says_so_where_nothing_changed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, a_board([a_call(1)])).open()
    desk.press(Qt.Key.Key_Period)
    (listing,) = desk.window.findChildren(Listing, "away")
    texts = [label.text() for label in listing.findChildren(QLabel)]
    assert any(text.startswith("Nothing changed since") for text in texts)


def test_of_very_many_changes_the_earliest_are_counted_on_one_line() -> None:
    sheet = away_sheet(a_board([], []))
    after = later(a_board([a_call(n) for n in range(1, SHOWN + 701)], []), 60)
    rows = sheet.rows(after)
    *_, last = sorted(rows.values(), key=sheet.rules.order)
    assert (len(rows), last.what) == (SHOWN + 1, "and 700 earlier changes")
    assert "1,000 changes" in sheet.told(after, rows).about


def test_a_line_keeps_its_place_when_others_come() -> None:
    before, after = moved()
    sheet = away_sheet(before)
    more = replace(after, calls={**after.calls, "c3": a_call(3)})
    assert sheet.rows(after).items() <= sheet.rows(more).items()
