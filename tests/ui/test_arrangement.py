"""Where the panels stand: in their place at both sizes, popped out and put back, never lost or cut off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.ui.figures.strip import Strip
from console.ui.figures.tiles import Tile
from console.ui.frame.banner import Banner
from console.ui.frame.dock import Popped
from console.ui.look.view import with_call, with_unit
from tests.ui.board import a_board, a_call, feed, feeds
from tests.ui.desk import Desk, undress

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

BOARD = a_board([a_call(1042, waits=21)])
LOST = a_board([a_call(1042)], feeds=feeds(feed(FeedName.CALLS, reported=Health.DOWN, detail="no route")))


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    """A window that is not shown yet."""
    yield Desk(qtbot, BOARD)
    undress(qapp)


def left(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).x()


def top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).y()


def strip(desk: Desk) -> Strip:
    found = desk.window.findChild(Strip)
    assert isinstance(found, Strip)
    return found


def test_calls_stand_left_of_the_map_and_teams_right_of_it(desk: Desk) -> None:
    panels = desk.open().panels
    assert left(panels.calls) < left(panels.map) < left(panels.teams)


def test_metrics_stand_under_the_map_only(desk: Desk) -> None:
    panels = desk.open().panels
    assert top(panels.metrics) > top(panels.map)
    assert abs(left(panels.metrics) - left(panels.map)) < 8
    left_column = panels.attention.height() + panels.calls.height()
    assert left_column > panels.map.height() + panels.metrics.height() - 24


def test_at_full_size_the_detail_stands_under_the_teams(desk: Desk) -> None:
    panels = desk.open().panels
    assert panels.teams.isVisible()
    assert panels.detail.isVisible()
    assert top(panels.detail) > top(panels.teams)


def test_on_a_small_screen_teams_and_detail_are_tabs(desk: Desk) -> None:
    panels = desk.open(1_366, 768).panels
    assert panels.teams.isVisible()
    assert not panels.detail.visibleRegion().boundingRect().isValid()


def test_the_right_column_follows_the_size_of_the_window(desk: Desk) -> None:
    panels = desk.open(1_366, 768).panels
    desk.window.resize(1_920, 1_080)
    desk.qtbot.wait(20)
    assert top(panels.detail) > top(panels.teams)
    desk.window.resize(1_366, 768)
    desk.qtbot.wait(20)
    assert len(desk.window.tabifiedDockWidgets(desk.window.arrangement.docks["teams"])) == 1


def test_panels_keep_their_shares_when_the_window_grows(desk: Desk) -> None:
    panels = desk.open(1_600, 960).panels
    desk.window.resize(1_920, 1_080)
    desk.qtbot.wait(20)
    assert abs(panels.calls.width() - 560) < 10


def test_a_width_that_a_hand_gave_a_panel_stays_when_the_window_grows(desk: Desk) -> None:
    panels = desk.open(1_600, 960).panels
    desk.window.resizeDocks([desk.window.arrangement.docks["calls"]], [700], Qt.Orientation.Horizontal)
    desk.window.resize(1_920, 1_080)
    desk.qtbot.wait(20)
    assert panels.calls.width() == 700


def test_large_type_makes_tabs_of_the_right_column_too(desk: Desk) -> None:
    desk.open()
    for _ in range(5):
        desk.window.appearance.larger()
    assert desk.window.tabifiedDockWidgets(desk.window.arrangement.docks["teams"])


def test_choosing_a_call_brings_the_detail_to_the_front(desk: Desk) -> None:
    panels = desk.open(1_366, 768).panels
    desk.view.set(with_call(desk.view.value, "c1042"))
    desk.qtbot.wait(20)
    assert panels.detail.visibleRegion().boundingRect().isValid()


def test_choosing_a_team_brings_the_detail_to_the_front_and_clearing_it_the_teams(desk: Desk) -> None:
    panels = desk.open(1_366, 768).panels
    desk.view.set(with_unit(desk.view.value, "star 3"))
    desk.qtbot.wait(20)
    assert panels.detail.visibleRegion().boundingRect().isValid()
    desk.view.set(with_call(desk.view.value, ""))
    desk.qtbot.wait(20)
    assert panels.teams.visibleRegion().boundingRect().isValid()
    assert not panels.detail.visibleRegion().boundingRect().isValid()


@pytest.mark.parametrize("board", [BOARD, LOST], ids=["well", "lost"])
def test_on_a_small_screen_the_map_has_most_of_the_middle(desk: Desk, board: State) -> None:
    desk.store.set(board)
    panels = desk.open(1_366, 768).panels
    assert panels.map.height() >= 0.55 * (panels.map.height() + panels.metrics.height())


@pytest.mark.parametrize("size", [(1_366, 768), (1_920, 1_080)])
def test_the_window_fits_the_screen_and_no_tile_is_cut_off(desk: Desk, size: tuple[int, int]) -> None:
    desk.open(*size)
    assert (desk.window.width(), desk.window.height()) == size
    for tile in strip(desk).findChildren(Tile):
        assert strip(desk).rect().contains(tile.mapTo(strip(desk), tile.rect().bottomRight()))


def test_at_double_type_the_window_still_fits_the_small_screen(desk: Desk) -> None:
    desk.window.appearance.resize("2.0")
    desk.store.set(LOST)
    desk.open(1_366, 768)
    assert (desk.window.width(), desk.window.height()) == (1_366, 768)
    assert desk.panels.map.height() > 0


def test_a_feed_that_fails_moves_the_board_by_the_banner_alone(desk: Desk) -> None:
    before = top(desk.open(1_366, 768).panels.map)
    desk.store.set(LOST)
    desk.qtbot.wait(20)
    banner = desk.window.findChild(Banner)
    assert isinstance(banner, Banner)
    assert top(desk.panels.map) == before + banner.height()


def test_the_tabs_have_a_name_for_a_screen_reader(desk: Desk) -> None:
    desk.open(1_366, 768)
    assert [bar.accessibleName() for bar in desk.window.findChildren(QTabBar)] == ["Teams and detail"]


def test_a_panel_pops_out_and_closing_it_puts_it_back(desk: Desk) -> None:
    dock = desk.open().window.arrangement.docks["teams"]
    desk.window.arrangement.toggle("teams")
    assert dock.isFloating()
    dock.close()
    assert not dock.isFloating()
    assert desk.panels.teams.isVisible()


def test_the_map_pops_out_and_closing_its_window_puts_it_back(desk: Desk) -> None:
    desk.open().window.arrangement.toggle("map")
    assert desk.panels.map.window() is not desk.window
    desk.panels.map.window().close()
    assert desk.window.centralWidget() is desk.panels.map
    assert desk.panels.map.isVisible()


def test_the_map_goes_back_by_the_same_act(desk: Desk) -> None:
    desk.open().window.arrangement.toggle("map")
    desk.window.arrangement.toggle("map")
    assert desk.window.centralWidget() is desk.panels.map


def test_reset_brings_every_panel_back(desk: Desk) -> None:
    places = desk.open().window.arrangement
    for name in ("calls", "metrics", "teams", "map"):
        places.toggle(name)
    places.reset()
    desk.qtbot.wait(20)
    panels = desk.panels
    assert all(
        panel.window() is desk.window for panel in (panels.calls, panels.map, panels.metrics, panels.teams)
    )
    assert left(panels.calls) < left(panels.map) < left(panels.teams)
    assert not any(popped.isVisible() for popped in desk.window.findChildren(Popped))
