"""The metrics panel: the figures side by side, each with its n and with what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency
from console.domain.metrics import Metric, Tally
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.reports.wording.shares import share, spread
from console.session.store import Store
from console.ui.figures.listing import Listing
from console.ui.figures.metrics import MetricsPanel
from console.ui.figures.tiles import Tile
from tests.ui.board import Acts, a_board, a_call, a_view, ago, feed, feeds
from tests.ui.desk import keep


def a_panel(qtbot: QtBot, board: State) -> tuple[MetricsPanel, Store[State]]:
    store = Store(board)
    panel = keep(qtbot, MetricsPanel(store, a_view(), Acts()))
    panel.resize(950, 320)
    return panel, store


def tile(panel: MetricsPanel, name: str) -> Tile:
    found = panel.findChild(Tile, name)
    assert isinstance(found, Tile)
    return found


def test_the_three_diversion_figures_stand_together_with_n_and_unknowns(qtbot: QtBot) -> None:
    tally = Tally(
        calls=439,
        eligible_yes=66,
        eligible_may=66,
        served_yes=40,
        served_may=40,
        open=3,
        strict_yes=31,
        strict_may=34,
        answered_yes=40,
        answered_may=40,
        public_yes=439,
        public_may=439,
    )
    panel, _ = a_panel(qtbot, a_board([a_call(1)], tally=tally))
    assert tile(panel, "eligible_coverage").face.said == "Eligible coverage 63\u00a0% n\u00a063"
    assert tile(panel, "eligible_coverage").face.note == "40 of 63 reached · 3 open"
    assert tile(panel, "strict_diversions").face.said == "Strict diversions 31–34 n\u00a040"
    assert tile(panel, "strict_diversions").face.note == "of 40 served · 3 unknown"
    assert tile(panel, "gross_share").face.said == "Gross share 9.1\u00a0% n\u00a0439"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (0.0, "0.0"), (0.0994, "9.9"), (0.0996, "10"), (0.649, "65"), (1.0, "100")],
)
def test_a_share_has_two_digits(value: float | None, text: str) -> None:
    assert share(value) == text


@given(parts=st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)))
def test_a_range_is_shown_from_low_to_high_and_never_above_all(parts: tuple[int, int, int]) -> None:
    low, middle, high = sorted(part / 40 for part in parts)
    text = spread(Metric("x", middle, low, high, 40, 1, "")).removesuffix("\u00a0%")
    ends = [float(end) for end in text.split("–")]
    assert ends == sorted(ends)
    assert max(ends) <= max(100.0, ends[0])


def test_a_stale_feed_hatches_the_tiles(qtbot: QtBot) -> None:
    panel, _ = a_panel(qtbot, a_board([a_call(1)], feeds=feeds(feed(FeedName.CALLS, ago(2)))))
    assert all(each.face.late for each in panel.findChildren(Tile))


def test_a_tile_opens_the_calls_behind_it(qtbot: QtBot) -> None:
    panel, _ = a_panel(qtbot, a_board([a_call(1)]))
    panel.show()
    QTest.mouseClick(tile(panel, "gross_share"), Qt.MouseButton.LeftButton)
    (listing,) = panel.findChildren(Listing)
    assert listing.windowTitle().startswith("Gross share")
    listing.close()


def test_in_a_narrow_panel_tiles_that_the_strip_shows_too_give_way(qtbot: QtBot) -> None:
    panel, _ = a_panel(qtbot, a_board([a_call(1)]))
    panel.resize(560, 320)
    panel.show()
    qtbot.waitExposed(panel)
    shown = {each.objectName() for each in panel.findChildren(Tile) if each.isVisible()}
    assert shown == {"eligible_coverage", "strict_diversions", "gross_share"}


def test_the_head_names_the_window_of_the_figures_and_the_definitions(qtbot: QtBot) -> None:
    agencies = {"cad": Agency(timezone="America/Denver", shift_from=ago(510))}
    panel, _ = a_panel(qtbot, a_board(agencies=agencies))
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert "this shift, since 08:00" in texts
    assert "test 1" in texts


def test_closing_the_panel_ends_its_watches(qtbot: QtBot) -> None:
    panel, store = a_panel(qtbot, a_board())
    panel.close()
    assert store.watched == 0


def test_stale_figures_say_once_in_the_title_row_what_they_are_as_of(qtbot: QtBot) -> None:
    panel, _ = a_panel(qtbot, a_board([a_call(1)], feeds=feeds(feed(FeedName.CALLS, ago(2)))))
    assert "as of 16:28:12" in [label.text() for label in panel.findChildren(QLabel)]


@pytest.mark.parametrize("width", [950, 560, 300])
def test_the_title_row_drops_words_and_cuts_none(qtbot: QtBot, width: int) -> None:
    panel, _ = a_panel(qtbot, a_board([a_call(1)]))
    panel.resize(width, 260)
    panel.show()
    qtbot.waitExposed(panel)
    titles = [label for label in panel.findChildren(QLabel) if label.parent() is panel and label.isVisible()]
    assert titles
    assert all(label.width() >= label.sizeHint().width() for label in titles)
