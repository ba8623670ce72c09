"""The debrief of a shift: everything that was marked or written down, and nothing that runs or renders."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.events import Bookmarked, Noted
from console.domain.state import State
from console.domain.track import Mark, MarkKind, Track
from console.reports.debrief import (
    LATER,
    MOST,
    Debrief,
    Entry,
    as_csv,
    as_markdown,
    debrief,
    entries,
    file_name,
    written,
)
from tests.ui.board import NOW, a_board, a_call, ago

ZONE = "America/Denver"


def a_shift() -> State:
    notes = (
        Noted(ago(20), "Called the shelter, no bed", "ann", "c1042"),
        Noted(ago(5), "Radio channel 2 is noisy", "bo"),
    )
    return replace(
        a_board([a_call(1042)]), notes=notes, bookmarks=(Bookmarked(ago(10), "which team?", "ann"),)
    )


def rows(found: Debrief) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(found), newline="")))


def of(*texts: str) -> Debrief:
    return Debrief("Day", ZONE, tuple(Entry(NOW, "note", text, "ann") for text in texts))


def test_bookmarks_and_notes_stand_in_order_of_time_with_local_time_and_call() -> None:
    assert rows(debrief("Day", ZONE, a_shift()))[1:] == [
        *(
            [
                [
                    "2026-11-23 16:10:12",
                    "2026-11-23T23:10:12Z",
                    "note",
                    "1042",
                    "Called the shelter, no bed",
                    "ann",
                ]
            ]
        ),
        ["2026-11-23 16:20:12", "2026-11-23T23:20:12Z", "bookmark", "", "which team?", "ann"],
        ["2026-11-23 16:25:12", "2026-11-23T23:25:12Z", "note", "", "Radio channel 2 is noisy", "bo"],
    ]


def test_what_lies_after_the_replayed_moment_comes_from_the_track() -> None:
    later = NOW + timedelta(minutes=30)
    marks = (
        Mark(ago(10), MarkKind.BOOKMARK, "ann", "which team?"),
        Mark(later, MarkKind.BOOKMARK, "bo", "handover"),
        Mark(later, MarkKind.NOTE, "c1042"),
    )
    found = entries(a_shift(), Track(ago(60), later, marks=marks))
    assert [(entry.at, entry.text, entry.who, entry.call) for entry in found[1:]] == [
        (ago(10), "which team?", "ann", ""),
        (ago(5), "Radio channel 2 is noisy", "bo", ""),
        (later, "handover", "bo", ""),
        (later, LATER, "", "1042"),
    ]


def test_calls_and_alarms_of_the_track_are_no_part_of_a_debrief() -> None:
    track = Track(ago(60), NOW, marks=(Mark(ago(3), MarkKind.CALL, "c1"), Mark(ago(2), MarkKind.ALARM, "x")))
    assert entries(a_board(), track) == ()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_to_a_spreadsheet(start: str) -> None:
    assert rows(of(f"{start}HYPERLINK(1)"))[1][4] == f"'{start}HYPERLINK(1)"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back_from_the_csv(text: str) -> None:
    assert rows(of(text))[1][4].removeprefix("'") == text.removeprefix("'")


def test_a_csv_begins_with_the_mark_by_which_excel_knows_its_encoding() -> None:
    assert written(of("über"), "x.csv").startswith(b"\xef\xbb\xbf")


def test_a_name_that_ends_in_md_gives_markdown() -> None:
    assert written(of("noted"), "x.MD").startswith(b"# Debrief: Day")


def test_no_word_of_a_note_is_markup() -> None:
    page = as_markdown(of("<img src=x> [link](http://x) **loud**\n# heading"))
    assert "<img" not in page.replace(r"\<", "")
    assert "\n# heading" not in page
    assert r"\*\*loud\*\*" in page


def test_an_empty_debrief_says_so() -> None:
    assert "Nothing was marked" in as_markdown(of())


def test_a_debrief_says_that_it_may_name_persons() -> None:
    assert "May name persons" in as_markdown(of("x"))


@pytest.mark.parametrize("title", ["../../etc/passwd", 'Day: "B" <1|2>?*', "CON", "", "x" * 300, "Tag ü"])
def test_a_file_name_holds_nothing_that_a_file_system_refuses(title: str) -> None:
    name = file_name(title, NOW, ZONE)
    assert name.startswith("debrief 2026-11-23")
    assert not set(name) & set('/\\:*?"<>|')
    assert len(name) < 120


def test_a_zone_that_is_none_gives_utc() -> None:
    assert rows(Debrief("Day", "Mars/Base", (Entry(NOW, "note", "x"),)))[1][0] == "2026-11-23 23:30:12"


def test_urgent_alarms_and_what_was_done_about_them_stand_among_the_notes() -> None:
    track = Track(
        ago(60),
        NOW,
        marks=(
            Mark(ago(30), MarkKind.ALARM, "c1042", "1 1042 waits too long"),
            Mark(ago(29), MarkKind.ACT, "ann", "acknowledged 1042 waits too long"),
            Mark(ago(28), MarkKind.ALARM, "c7", "3 7 long on scene"),
        ),
    )
    assert [(one.what, one.text, one.who) for one in entries(a_shift(), track)][:2] == [
        ("alarm", "priority 1 1042 waits too long", ""),
        ("done", "acknowledged 1042 waits too long", "ann"),
    ]
    assert len(entries(a_shift(), track)) == 5


def test_of_very_many_alarms_the_most_urgent_are_listed_and_the_rest_is_counted() -> None:
    marks = [
        Mark(ago(200 - n), MarkKind.ALARM, f"c{n}", f"{1 + (n < 90)} {n} waits too long") for n in range(100)
    ]
    found = entries(a_board([]), Track(ago(300), NOW, marks=tuple(marks)))
    assert len(found) == MOST + 1
    assert sum(one.text.startswith("priority 1 ") for one in found) == 10
    assert found[-11].text == "40 more of priority 1 and 2: see the time axis of the shift"
