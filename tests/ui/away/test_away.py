"""The list of what changed since somebody looked away, as it stands on the screen."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Out, Shelf
from console.domain.alarms.book import ENDED
from console.domain.changes import changes
from console.domain.entities import Disposition, Stamps
from console.domain.state import State
from console.domain.vocabulary import CallState, Health, Sensitivity, UnitState
from console.session.store import Store
from console.ui.away.away import SHOWN, away_sheet, open_away
from console.ui.away.lines import line_of
from console.ui.figures.listing import Listing
from tests.ui.board import a_board, a_call, a_unit, a_view, ago, alarmed, an_alarm, later
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


def test_what_was_put_aside_is_told_with_who_did_it_and_why() -> None:
    before = alarmed(a_board([a_call(1)]), an_alarm("pending_too_long", "c1"))
    shelf = Shelf(ago(seconds=-20), ago(-9), "m.ruiz", "waits for a family member")
    alarm = replace(before.alarms.standing["pending_too_long:c1"], shelf=shelf)
    book = replace(
        before.alarms,
        standing={alarm.id: alarm},
        out={"unit_silent": Out(ago(seconds=-30), "m.ruiz", "AVL is down")},
    )
    after = later(replace(before, alarms=book), 60)
    assert [line.partition(" |")[0] for line in said(before, after)] == [
        "Taken out of service: all alarms: no position",
        f"Alarm shelved: {alarm.name} waits too long",
    ]
    assert all("m.ruiz" in line for line in said(before, after))
    back = later(replace(after, alarms=replace(before.alarms, out={})), 60)
    assert [line.partition(" |")[0] for line in said(after, back)] == [
        f"Alarm back from the shelf: {alarm.name} waits too long",
        "Back in service: all alarms: no position",
    ]


def test_that_more_alarms_were_over_than_are_listed_is_told() -> None:
    alarm = replace(an_alarm("pending_too_long", "c1"), returned_at=ago(seconds=-10), active=False)
    before = a_board([a_call(1)])
    ended = tuple(replace(alarm, subject=f"k{number}") for number in range(ENDED))
    after = later(replace(before, alarms=replace(before.alarms, ended=ended)), 60)
    assert "And more alarms over | The last 60 are listed." in said(before, after)


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


def test_a_second_in_which_feeds_only_answered_is_not_looked_at_again() -> None:
    before, after = moved()
    sheet = away_sheet(before)
    first, second = sheet.slice(after), sheet.slice(later(after, 1))
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_a_feed_that_fails_while_the_list_is_open_comes_on_it(qtbot: QtBot) -> None:
    before, _ = moved()
    desk, store = Desk(qtbot, before).open(), Store(before)
    listing = keep(qtbot, open_away(store, a_view(), before, desk.window))
    (feed, *_) = before.feeds.values()
    failed = replace(feed, reported=Health.DOWN, since=ago(seconds=-1))
    store.set(later(before, 1, feeds={**before.feeds, feed.key: failed}))
    assert "down" in listing.table.rows.plain(0)
