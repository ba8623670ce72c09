"""The typeface is ours, and its figures stand still."""

from itertools import product

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from pytestqt.qtbot import QtBot

from console.ui.theme import fonts


@pytest.fixture(autouse=True)
def loaded(qtbot: QtBot) -> str:
    return fonts.load()


def test_roboto_comes_from_its_package_in_three_weights(loaded: str) -> None:
    assert loaded in QFontDatabase.families()
    assert {"Regular", "Medium", "Bold"} <= set(QFontDatabase.styles(loaded))


@pytest.mark.parametrize("pixels", [11, 13, 15, 20, 32, 64])
def test_figures_have_one_width_in_every_size_and_weight(pixels: int) -> None:
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.Bold):
        metrics = QFontMetricsF(fonts.face(pixels, weight))
        assert len({metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}) == 1


def test_a_ticking_clock_never_changes_its_width() -> None:
    metrics = QFontMetricsF(fonts.face(13))
    times = [f"{minutes:02}:{seconds:02}" for minutes, seconds in product((0, 7, 11, 48), (1, 11, 38, 59))]
    assert len({metrics.horizontalAdvance(time) for time in times}) == 1


def test_a_face_is_really_roboto_and_not_a_stand_in() -> None:
    assert QFontInfo(fonts.face(13)).family() == fonts.FAMILY


def test_tabular_leaves_the_font_it_was_given_alone() -> None:
    proportional = QFont(fonts.FAMILY)
    fonts.tabular(proportional)
    assert proportional.featureTags() == []


def test_a_missing_typeface_says_what_to_install() -> None:
    with pytest.raises(fonts.FontMissing, match="pip install font-roboto"):
        fonts.load(package="a_package_that_nobody_has")
