"""A replay cannot be taken for the present: every window says so, and the present is still told."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.session.store import Store
from console.ui.figures.listing import open_listing
from console.ui.figures.sources import feed_sheet
from console.ui.frame.banner import Banner
from console.ui.frame.dock import Dock, Popped
from console.ui.frame.head import Head
from console.ui.frame.live_banner import LiveBanner
from console.ui.look.view import View
from console.ui.replay.framing import Framing
from console.ui.replay.ribbon import Ribbon
from console.ui.theme import fonts
from console.ui.theme.theme import THEMES
from tests.ui.board import a_board, a_call, a_view, ago, feed, feeds, later
from tests.ui.desk import Plain, keep, undress
from tests.ui.replaying import Recorded
from tests.ui.test_theme import contrast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

BOARD = a_board([a_call(1042)])
SICK = a_board(feeds=feeds(feed(FeedName.UNITS, reported=Health.DOWN, detail="no route", since=ago(3))))
TOLD = "REPLAY · recorded Mon 23 Nov 2026"


class Room:
    """A window with a dock, framed while ``replays`` plays."""

    def __init__(self, qtbot: QtBot) -> None:
        fonts.load()
        self.store: Store[State] = Store(BOARD)
        self.view: Store[View] = a_view()
        self.replays = Recorded(BOARD)
        self.window = keep(qtbot, QMainWindow())
        self.window.setWindowTitle("Demo · SMART Console")
        self.middle = Plain("map")
        self.window.setCentralWidget(self.middle)
        self.dock = Dock("calls", "Calls", Plain("calls"), self.view)
        self.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.dock)
        self.framing = Framing(self.store, self.view, self.replays, self.window)
        self.window.resize(800, 500)
        self.window.show()
        qtbot.waitExposed(self.window)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication) -> Iterator[Room]:
    """A framed window on the live board."""
    made = Room(qtbot)
    yield made
    made.framing.close()
    made.dock.release()
    undress(qapp)


def ribbon(window: QWidget) -> str:
    """What the ribbon of ``window`` says, if it is seen."""
    return rim(window).text if rim(window).isVisibleTo(window) else ""


def rim(window: QWidget) -> Ribbon:
    """The ribbon that belongs to ``window`` itself."""
    (found,) = window.findChildren(Ribbon, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found


def test_the_live_board_wears_no_frame(room: Room) -> None:
    assert ribbon(room.window) == ""
    assert room.window.windowTitle() == "Demo · SMART Console"


def test_the_window_says_replay_and_the_recorded_date(room: Room) -> None:
    room.replays.play()
    assert ribbon(room.window).startswith(TOLD)
    assert room.window.windowTitle() == "REPLAY Mon 23 Nov 2026 · Demo · SMART Console"


def test_the_date_is_that_of_the_replayed_moment_where_the_shift_was(room: Room) -> None:
    room.replays.play()
    room.store.set(later(BOARD, 8 * 3_600))
    assert "recorded Tue 24 Nov 2026" in ribbon(room.window)


def test_the_corrected_board_is_told_as_such(room: Room) -> None:
    room.replays.playing.set(replace(room.replays.play().playing.value, corrected=True))
    assert "as corrected" in ribbon(room.window)


def test_the_ribbon_says_how_to_return_only_where_a_live_board_goes_on(room: Room) -> None:
    room.replays.playing.set(replace(room.replays.play().playing.value, going=False))
    assert ribbon(room.window) == TOLD
    room.replays.play()
    assert ribbon(room.window) == f"{TOLD} · L returns to live"


def test_back_on_the_live_board_nothing_of_the_frame_is_left(room: Room) -> None:
    before = room.middle.geometry()
    room.replays.play()
    room.replays.back_to_live()
    QApplication.processEvents()
    assert (ribbon(room.window), room.window.windowTitle()) == ("", "Demo · SMART Console")
    assert room.middle.geometry() == before


def test_the_ribbon_pushes_the_board_down_and_covers_nothing(room: Room) -> None:
    room.replays.play()
    QApplication.processEvents()
    band = rim(room.window).band
    assert room.middle.mapTo(room.window, room.middle.rect().topLeft()).y() >= band


def test_the_frame_follows_the_size_of_its_window(room: Room, qtbot: QtBot) -> None:
    room.replays.play()
    room.window.resize(900, 640)
    qtbot.wait(10)
    assert rim(room.window).size() == room.window.size()


@pytest.mark.parametrize("name", ["light", "dark", "night"])
def test_a_picture_of_the_window_has_the_frame_in_its_theme(room: Room, name: str) -> None:
    theme = THEMES[name]  # type: ignore[index]  # a literal from the list
    room.view.set(replace(room.view.value, theme=theme))
    room.replays.play()
    QApplication.processEvents()
    picture = room.window.grab().toImage()
    corners = ((1, 1), (picture.width() - 2, 300), (400, picture.height() - 2))
    assert {picture.pixelColor(x, y).name().upper() for x, y in corners} == {theme.replay}


def test_the_frame_has_a_color_of_its_own_in_each_theme_and_can_be_read() -> None:
    assert len({theme.replay for theme in THEMES.values()}) == len(THEMES)
    night = THEMES["night"]
    assert contrast(night.replay, night.overlay) >= 4.5
    assert min(contrast(theme.replay, theme.panel) for theme in THEMES.values()) >= 3


def test_a_list_that_is_open_and_one_that_is_opened_both_wear_the_frame(room: Room) -> None:
    early = open_listing(room.store, room.view, feed_sheet(), room.middle)
    room.replays.play()
    assert ribbon(early).startswith(TOLD)
    assert early.windowTitle() == "REPLAY Mon 23 Nov 2026 · Data age"
    early.close()
    late = open_listing(room.store, room.view, feed_sheet(), room.middle)
    QApplication.processEvents()
    assert ribbon(late).startswith(TOLD)
    late.close()


def test_a_panel_in_a_window_of_its_own_wears_the_frame_until_it_is_put_back(room: Room) -> None:
    room.replays.play()
    room.dock.toggle()
    QApplication.processEvents()
    assert ribbon(room.dock).startswith(TOLD)
    assert room.dock.windowTitle() == "REPLAY Mon 23 Nov 2026 · Calls"
    room.dock.put_back()
    assert ribbon(room.dock) == ""
    assert room.dock.windowTitle() == "Calls"


def test_the_popped_out_map_and_any_dialog_wear_the_frame(room: Room) -> None:
    room.replays.play()
    popped = Popped("Map", Plain("other"), room.window)
    popped.show()
    dialog = QDialog(room.window)
    dialog.setWindowTitle("Save")
    QVBoxLayout(dialog).addWidget(QLabel("x"))
    dialog.show()
    assert [ribbon(window)[:6] for window in (popped, dialog)] == ["REPLAY", "REPLAY"]
    assert dialog.windowTitle() == "REPLAY Mon 23 Nov 2026 · Save"
    popped.close()
    dialog.close()


def test_a_list_over_a_panel_that_floats_wears_the_frame(room: Room) -> None:
    room.replays.play()
    room.dock.toggle()
    listing = open_listing(room.store, room.view, feed_sheet(), room.dock)
    assert ribbon(listing).startswith(TOLD)
    listing.close()


def test_a_window_that_takes_another_title_keeps_the_mark(room: Room) -> None:
    room.replays.play()
    room.window.setWindowTitle("Other city")
    assert room.window.windowTitle() == "REPLAY Mon 23 Nov 2026 · Other city"
    room.replays.back_to_live()
    assert room.window.windowTitle() == "Other city"


def test_a_closed_window_is_let_go(room: Room, qtbot: QtBot) -> None:
    listing = open_listing(room.store, room.view, feed_sheet(), room.middle)
    listing.close()
    qtbot.waitUntil(lambda: not room.window.findChildren(type(listing)))
    room.replays.play()
    assert ribbon(room.window).startswith(TOLD)


def test_nothing_is_watched_after_the_close(room: Room) -> None:
    room.framing.close()
    room.dock.release()
    assert (room.store.watched, room.view.watched, room.replays.playing.watched) == (0, 0, 0)


def words(widget: QWidget) -> str:
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.text() and label.isVisibleTo(widget))


def a_live_banner(qtbot: QtBot, live: State | None) -> tuple[LiveBanner, Recorded]:
    replays = Recorded(live)
    return keep(qtbot, LiveBanner(a_view(), replays)), replays


def test_live_trouble_is_told_while_a_replay_is_shown(qtbot: QtBot) -> None:
    banner, replays = a_live_banner(qtbot, SICK)
    assert banner.isHidden()
    replays.play()
    assert not banner.isHidden()
    assert words(banner).startswith("LIVE: city-cad: units down · no route · since 16:27 (3 min)")


def test_live_trouble_that_begins_meanwhile_is_told_and_goes_with_its_end(qtbot: QtBot) -> None:
    banner, replays = a_live_banner(qtbot, BOARD)
    replays.play()
    assert banner.isHidden()
    assert replays.live is not None
    replays.live.set(SICK)
    assert not banner.isHidden()
    replays.live.set(BOARD)
    assert banner.isHidden()


def test_at_any_width_a_framed_window_has_room_for_all_of_its_head(room: Room, qtbot: QtBot) -> None:
    live = Recorded(SICK)
    head = keep(qtbot, Head(room.store, room.view, live))
    room.window.setMenuWidget(head)
    room.replays.play()
    live.play()
    for width in range(1_000, 700, -2):
        room.window.resize(width, 500)
        QApplication.processEvents()
        held = head.layout()
        assert held is not None
        assert head.height() >= held.heightForWidth(head.width()), width


def test_the_live_banner_returns_to_live(qtbot: QtBot) -> None:
    banner, replays = a_live_banner(qtbot, SICK)
    replays.play()
    next(button for button in banner.findChildren(QPushButton) if "live" in button.text()).click()
    assert replays.playing.value is None
    assert banner.isHidden()


def test_a_recording_without_a_live_board_has_no_live_banner(qtbot: QtBot) -> None:
    banner, replays = a_live_banner(qtbot, None)
    replays.play()
    assert banner.isHidden()


def test_the_live_banner_ends_its_watches(qtbot: QtBot) -> None:
    banner, replays = a_live_banner(qtbot, SICK)
    banner.close()
    assert replays.live is not None
    assert (replays.live.watched, replays.playing.watched) == (0, 0)


def test_trouble_of_the_replayed_moment_looks_past_and_asks_for_nothing(qtbot: QtBot) -> None:
    replays = Recorded(BOARD)
    banner = keep(qtbot, Banner(Store(SICK), a_view(), replays))
    filled = banner.findChildren(QLabel)[1].property("role")
    replays.play()
    assert words(banner) == "Recorded then: city-cad: units down · no route · since 16:27 (3 min)"
    assert (filled, banner.findChildren(QLabel)[1].property("role")) == ("banner", "ribbon")
    replays.back_to_live()
    assert "Check the network" in words(banner)
