"""The page of figures: each beside its guideline, beyond it in the color of a warning and in words."""

import pytest
from pytestqt.qtbot import QtBot

from console.domain.alarms.counts import Counts, Slot
from console.domain.state import State
from console.session.store import Store
from console.ui.alarms.kpi import Kpi, kpi_rows, percent
from console.ui.alarms.kpi_page import open_figures
from console.ui.theme import fonts
from tests.ui.attention.alarmed import alarmed
from tests.ui.board import NOW, a_view
from tests.ui.desk import Plain, keep

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

HOUR = NOW.replace(minute=0, second=0)
COUNTS = Counts(
    slots=(Slot(HOUR, (1, 8, 3), (1, 8, 0)), Slot(HOUR.replace(minute=20), (0, 2, 2))),
    rules={"pending_too_long": 12, "unit_silent": 4},
    took=((1, 30), (2, 100), (2, 200)),
)


def page(counts: Counts = COUNTS) -> dict[str, Kpi]:
    return dict(kpi_rows(alarmed(book={"counts": counts, "began": HOUR})))


def test_what_is_beyond_the_guideline_is_marked() -> None:
    rows = page()
    assert {key for key in ("rate", "over", "peak", "flood", "chatter") if rows[key].over} == {
        "rate",
        "over",
        "peak",
    }


def test_the_windows_are_listed_with_their_bars_the_newest_first() -> None:
    windows = [row for key, row in page().items() if key.startswith("slot:")]
    assert [(row.name, row.value, row.guide) for row in windows] == [
        ("16:30", "0", ""),
        ("16:20", "4 · 0 said", ""),
        ("16:10", "0", ""),
        ("16:00", "12 · 9 said", "over 10"),
    ]
    assert [round(row.bar, 2) for row in windows] == [0, 0.33, 0, 1]
    assert {round(row.line, 2) for row in windows} == {0.83}


def test_priorities_stand_beside_80_15_5() -> None:
    rows = page()
    assert [(rows[f"share{n}"].value, rows[f"share{n}"].guide) for n in (1, 2, 3)] == [
        ("6.2 %", "about 5 %"),
        ("62 %", "about 15 %"),
        ("31 %", "about 80 %"),
    ]


def test_times_until_acknowledged_name_their_number() -> None:
    assert (page()["took2"].value, page()["took2"].guide) == ("half within 100 s · 95 % within 3 min", "n 2")


def test_rules_say_their_share() -> None:
    assert page()["rule:pending_too_long"].value == "12 · 75 %"


def test_what_came_and_went_too_often_is_named() -> None:
    rows = page(Counts(slots=COUNTS.slots, chattering=("unit_silent:star5",)))
    assert rows["often:unit_silent:star5"].name == "star5: no position"
    assert rows["chatter"].over


def test_every_row_has_a_place_of_its_own() -> None:
    places = [row.place for row in page().values()]
    assert places == list(range(len(places)))


@pytest.mark.parametrize(("part", "text"), [(None, "—"), (0.0, "0.0 %"), (0.049, "4.9 %"), (0.5, "50 %")])
def test_percent_reads_in_two_digits(part: float | None, text: str) -> None:
    assert percent(part) == text


def test_the_page_follows_the_board(qtbot: QtBot) -> None:
    fonts.load()
    store: Store[State] = Store(alarmed(book={"counts": COUNTS, "began": HOUR}))
    window = keep(qtbot, Plain("window"))
    window.resize(1_200, 800)
    window.show()
    listing = open_figures(store, a_view(), window)
    more = Counts(slots=(Slot(HOUR, (0, 30, 0)),))
    store.set(alarmed(book={"counts": more, "began": HOUR}))
    rows = listing.table.rows
    assert rows.row(rows.place("peak")).value == "30"
    listing.close()
    assert store.watched == 0
