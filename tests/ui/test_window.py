"""The window: every panel in its place at both sizes, nothing lost, nothing cut off, nothing left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency
from console.domain.vocabulary import FeedName, Health
from console.ui.figures.listing import Listing
from console.ui.figures.strip import Strip
from console.ui.figures.tiles import Tile
from console.ui.frame.banner import Banner
from console.ui.frame.layout import Layout
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


def test_the_banner_pushes_the_board_down_and_covers_nothing(desk: Desk) -> None:
    desk.open()
    before = top(desk.panels.map)
    desk.store.set(LOST)
    desk.qtbot.wait(20)
    banner = desk.window.findChild(Banner)
    assert isinstance(banner, Banner)
    assert top(desk.panels.map) >= before + banner.height()
    assert top(strip(desk)) >= top(banner) + banner.height()


def test_the_board_comes_back_up_when_the_trouble_is_over(desk: Desk) -> None:
    desk.open()
    before = top(desk.panels.map)
    desk.store.set(LOST)
    desk.qtbot.wait(20)
    desk.store.set(BOARD)
    desk.qtbot.wait(20)
    assert top(desk.panels.map) == before


def test_the_title_names_the_agency(desk: Desk) -> None:
    desk.store.set(a_board(agencies={"cad": Agency(name="Denver STAR")}))
    assert desk.window.windowTitle() == "Denver STAR · SMART Console"


@pytest.mark.parametrize("name", ["light", "dark", "night"])
def test_a_chosen_theme_dresses_the_window(desk: Desk, name: str) -> None:
    desk.open().window.appearance.choose(name)  # type: ignore[arg-type]  # a literal from the list
    theme = desk.view.value.theme
    assert theme.name == name
    assert desk.window.grab().toImage().pixelColor(700, 500).name().upper() == theme.panel


def test_the_next_theme_goes_round_to_the_system_s(desk: Desk) -> None:
    chosen = []
    for _ in range(4):
        desk.window.appearance.next()
        chosen.append(desk.window.appearance.choice)
    assert chosen == ["dark", "light", "night", "system"]


def test_the_theme_follows_the_desktop_only_until_one_is_chosen(desk: Desk, qapp: QApplication) -> None:
    desk.window.appearance.choose("night")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert desk.view.value.theme.name == "night"


def test_a_layout_is_remembered_with_theme_and_size_of_type(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    first = Desk(qtbot, BOARD, Layout(tmp_path / "layout.json", "1")).open(780, 560)
    first.window.appearance.choose("night")
    first.window.appearance.larger()
    first.window.resizeDocks([first.window.arrangement.docks["calls"]], [300], Qt.Orientation.Horizontal)
    qtbot.wait(20)
    wide = first.panels.calls.width()
    first.window.close()
    second = Desk(qtbot, BOARD, Layout(tmp_path / "layout.json", "1"))
    second.window.show()
    qtbot.wait(50)
    assert (second.view.value.theme.name, second.view.value.scale) == ("night", 1.1)
    assert (second.window.width(), second.panels.calls.width()) == (780, wide)
    undress(qapp)


def test_a_column_that_was_moved_is_found_there_at_the_next_start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    layout = Layout(tmp_path / "layout.json", "1")
    first = Desk(qtbot, BOARD, layout, tables=True).open()
    assert first.calls is not None
    first.calls.table.horizontalHeader().moveSection(1, 3)
    first.window.close()
    second = Desk(qtbot, BOARD, layout, tables=True).open()
    assert second.calls is not None
    assert second.calls.table.horizontalHeader().visualIndex(1) == 3
    second.window.close()
    undress(qapp)


def test_a_damaged_layout_never_reaches_qt(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "layout.json"
    Desk(qtbot, BOARD, Layout(file, "1")).open().window.close()
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 6):
        data = bytearray(whole)
        data[place] ^= 0x15
        file.write_bytes(bytes(data))
        desk = Desk(qtbot, BOARD, Layout(file, "1")).open()
        texts = [label.text() for label in desk.window.findChildren(QLabel)]
        assert any("default layout is shown" in text for text in texts)
        assert left(desk.panels.calls) < left(desk.panels.map)
        desk.window.close()
    undress(qapp)


def test_a_layout_that_qt_itself_refuses_leaves_the_default(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    layout = Layout(tmp_path / "layout.json", "1")
    layout.write({"geometry": QByteArray(b"x"), "docks": QByteArray(b"y"), "scale": QByteArray(b"huge")})
    panels = Desk(qtbot, BOARD, layout).open().panels
    assert left(panels.calls) < left(panels.map) < left(panels.teams)
    undress(qapp)


def test_a_window_that_stands_may_be_restored_next_time(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    layout = Layout(tmp_path / "layout.json", "1")
    layout.write({"theme": QByteArray(b"dark")})
    desk = Desk(qtbot, BOARD, layout).open()
    assert list(tmp_path.glob("*.restoring"))
    qtbot.waitUntil(lambda: not list(tmp_path.glob("*.restoring")), timeout=4_000)
    desk.window.close()
    undress(qapp)


def test_closing_the_window_closes_every_panel_and_ends_every_watch(desk: Desk) -> None:
    desk.open()
    desk.window.arrangement.toggle("map")
    desk.window.close()
    assert (desk.store.watched, desk.view.watched) == (0, 0)
    assert not any(panel.isVisible() for panel in (desk.panels.calls, desk.panels.map, desk.panels.detail))


def test_closing_the_window_closes_the_lists_over_it(desk: Desk) -> None:
    desk.open()
    strip(desk).findChildren(Tile)[1].click()
    desk.window.close()
    assert not any(listing.isVisible() for listing in desk.window.findChildren(Listing))
    assert desk.store.watched == 0


def test_closing_is_told_once(desk: Desk) -> None:
    told: list[str] = []

    def remember() -> None:
        told.append("closed")

    desk.open().window.closed.connect(remember)
    desk.window.close()
    desk.window.close()
    assert told == ["closed"]


def test_everything_that_takes_the_focus_has_a_name_for_a_screen_reader(desk: Desk) -> None:
    desk.open()
    takes = [
        w
        for w in desk.window.findChildren(QWidget)
        if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    unnamed = [w for w in takes if not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))]
    assert takes
    assert unnamed == []
