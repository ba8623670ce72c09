"""What blinks stays readable: the badge is filled, then an outline, each time in its full color."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from console.ui.attention.columns import columns
from console.ui.attention.lines import lines
from console.ui.look.brush import Brush
from console.ui.look.look import Look
from console.ui.parts.clocks import present
from console.ui.theme.theme import DARK
from tests.ui.attention.alarmed import alarmed, waits
from tests.ui.board import NOW


@pytest.mark.parametrize("lit", [True, False])
def test_a_badge_that_blinks_is_in_its_full_color_at_every_moment(qapp: QApplication, lit: bool) -> None:
    state, look = alarmed(waits(1, priority=1)), Look(DARK, 1.0)
    (line,) = lines(state, frozenset(), {}).values()
    badge = columns(lambda: lit)[0]
    ground = QImage(36, 36, QImage.Format.Format_RGB32)
    ground.fill(QColor(DARK.panel))
    with QPainter(ground) as painter:
        assert badge.paint is not None
        badge.paint(Brush(painter, look, ground.rect()), line, present(NOW, None))
    drawn = [ground.pixelColor(x, y).name() for x in range(36) for y in range(36)]
    assert (drawn.count(DARK.p1.lower()) > 100) is lit
    assert drawn.count(DARK.p1.lower()) > 10
