"""The application dressed: what a person sees of the theme on real widgets."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from console.ui.theme import fonts, style
from console.ui.theme.sizes import Sizes
from console.ui.theme.theme import DARK, LIGHT, NIGHT, THEMES, Theme

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, undressed again afterwards."""
    before = qapp.font(), qapp.palette(), qapp.style().objectName()
    fonts.load()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyle(before[2])
    qapp.styleHints().unsetColorScheme()


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


@each_theme
def test_the_window_takes_the_panel_s_color(app: QApplication, qtbot: QtBot, theme: Theme) -> None:
    style.apply(app, theme)
    window = shown(qtbot, QWidget())
    assert window.grab().toImage().pixelColor(5, 5) == QColor(theme.panel)


@pytest.mark.parametrize(
    ("role", "pixels"),
    [("label", 11), ("muted", 11), ("value", 13), ("lead", 15), ("figure", 20), ("display", 32)],
)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_role_sets_its_step_of_the_type_scale(
    app: QApplication, qtbot: QtBot, role: style.Role, pixels: int, scale: float
) -> None:
    sizes = style.apply(app, DARK, scale)
    label = QLabel("12:41")
    style.dress(label, role)
    shown(qtbot, label)
    assert label.font().pixelSize() == sizes.px(pixels)


@pytest.mark.parametrize("role", ["value", "figure", "display"])
def test_figures_keep_one_width_under_the_style_sheet(
    app: QApplication, qtbot: QtBot, role: style.Role
) -> None:
    style.apply(app, DARK)
    label = QLabel()
    style.dress(label, role)
    shown(qtbot, label)
    metrics = QFontMetricsF(label.font())
    assert label.font().family() == fonts.FAMILY
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_a_tone_wins_over_the_color_of_a_role_and_can_change(app: QApplication, qtbot: QtBot) -> None:
    style.apply(app, DARK)
    label = QLabel("18:02")
    style.dress(label, "muted", "p2")
    shown(qtbot, label)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.p2)
    style.dress(label, "muted")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.muted)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_whatever_can_be_pressed_is_a_row_high(app: QApplication, qtbot: QtBot, scale: float) -> None:
    sizes = style.apply(app, LIGHT, scale)
    for widget in (QPushButton("Acknowledge"), QLineEdit()):
        assert shown(qtbot, widget).sizeHint().height() >= sizes.row


def test_a_button_keeps_its_size_when_it_gets_the_focus_and_shows_a_ring(
    app: QApplication, qtbot: QtBot
) -> None:
    style.apply(app, DARK)
    window = QWidget()
    first, second = (QPushButton("Acknowledge", window) for _ in range(2))
    second.move(200, 0)
    with qtbot.waitActive(shown(qtbot, window)):
        first.setFocus()
    picture = window.grab().toImage()
    assert first.sizeHint() == second.sizeHint()
    assert picture.pixelColor(1, 14) == QColor(DARK.focus)
    assert picture.pixelColor(201, 14) == QColor(DARK.panel)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_row_never_clips_its_text(app: QApplication, scale: float) -> None:
    sizes = style.apply(app, DARK, scale)
    assert QFontMetricsF(fonts.face(sizes.body)).height() <= sizes.row
    both = QFontMetricsF(fonts.face(sizes.body)).height() + QFontMetricsF(fonts.face(sizes.small)).height()
    assert both <= sizes.two_lines


def test_a_calm_table_has_rows_of_the_height_it_was_given(app: QApplication, qtbot: QtBot) -> None:
    sizes = style.apply(app, DARK)
    table = QTableView()
    qtbot.addWidget(table)
    style.calm(table, sizes.row)
    assert table.verticalHeader().defaultSectionSize() == 28


def test_a_scale_out_of_range_is_taken_as_the_nearest() -> None:
    assert (Sizes(0.5).body, Sizes(3.0).body) == (13, 26)


def test_a_person_s_choice_wins_over_the_desktop(app: QApplication) -> None:
    assert style.chosen(app.styleHints(), "night") is NIGHT


def test_a_desktop_that_says_nothing_gets_the_dark_theme(app: QApplication) -> None:
    style.chosen(app.styleHints(), "light")
    assert style.chosen(app.styleHints(), "system") is DARK
