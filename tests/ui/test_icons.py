"""Every icon that is asked for exists, in one style, and shows in every theme at every pixel ratio."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from pytestqt.qtbot import QtBot

from console import resources
from console.ui.theme import fonts, shapes
from console.ui.theme.icons import NAMES, Icons, still
from console.ui.theme.theme import DARK, HEALTH, THEMES, Theme

FIXED = {"arrow-down"}
"""Drawn by the style sheet, which knows no theme: one gray that is seen on all."""

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


@pytest.fixture(autouse=True)
def loaded(qtbot: QtBot) -> str:
    return fonts.load()


def pixels(pixmap: QPixmap, alpha: int) -> list[QColor]:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    every = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [pixel for pixel in every if pixel.alpha() >= alpha]


def colors(pixmap: QPixmap) -> set[str]:
    """The colors of the pixels that are fully drawn."""
    return {pixel.name().upper() for pixel in pixels(pixmap, alpha=255)}


def test_the_folder_holds_exactly_the_icons_that_are_asked_for() -> None:
    files = {file.stem for file in resources.path("icons").glob("*.svg")}
    assert files == set(NAMES) | FIXED


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_on_the_grid_in_one_stroke_and_one_color(name: str) -> None:
    source = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 16 16"' in source
    assert 'stroke-width="1.5"' in source
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', source)) <= {"none", "currentColor"}


@each_theme
@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_every_icon_shows_in_the_theme_s_text_color(theme: Theme, dpr: float) -> None:
    icons = Icons(theme)
    for name in NAMES:
        pixmap = icons.pixmap(name, 16, dpr)
        assert (pixmap.width(), pixmap.devicePixelRatio()) == (16 * dpr, dpr)
        assert len(pixels(pixmap, alpha=128)) >= 8 * dpr**2, name
        assert colors(icons.pixmap(name, 32, dpr)) == {theme.text}


@each_theme
def test_feed_health_takes_the_color_that_the_theme_says(theme: Theme) -> None:
    icons = Icons(theme)
    for value, sign in HEALTH.items():
        assert colors(icons.health(value, 32)) == {theme.color(sign.token)}


@each_theme
@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_units_and_badges_come_as_sharp_pixmaps(theme: Theme, dpr: float) -> None:
    icons = Icons(theme)
    for program in shapes.PROGRAMS:
        assert icons.unit(program, shapes.mark("assigned"), 16, dpr).width() == 16 * dpr
    assert [theme.alarm(p) in colors(icons.badge(p, 16, dpr)) for p in (1, 2, 3)] == [True] * 3


def test_an_icon_is_rendered_once() -> None:
    icons = Icons(DARK)
    assert icons.pixmap("search").cacheKey() == icons.pixmap("search").cacheKey()


def test_a_name_without_a_file_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="unicorn"):
        Icons(DARK).pixmap("unicorn")


def test_a_disabled_icon_is_gray() -> None:
    icon = Icons(DARK).icon("play")
    assert colors(icon.pixmap(QSize(16, 16), 1.0, QIcon.Mode.Disabled)) == {DARK.edge}


def test_a_selected_row_does_not_wash_out_a_badge() -> None:
    badge = Icons(DARK).badge(1)
    assert DARK.p1 in colors(still(badge).pixmap(QSize(16, 16), 1.0, QIcon.Mode.Selected))
