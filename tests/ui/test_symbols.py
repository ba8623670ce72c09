"""Units, badges and pins: one set of outlines, told apart by shape and fill before any color."""

import json
import math
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from pytestqt.qtbot import QtBot

from console.domain.vocabulary import Availability, Program
from console.ui.theme import fonts, shapes, symbols
from console.ui.theme.shapes import GRID, Loud, Mark
from console.ui.theme.symbols import Spot
from console.ui.theme.theme import DARK

CENTER = Spot(QPointF(GRID / 2, GRID / 2))
BOX = QRectF(0, 0, GRID, GRID)


@pytest.fixture(autouse=True)
def loaded(qtbot: QtBot) -> str:
    return fonts.load()


def unit(program: str, mark: Mark) -> QImage:
    pixmap = symbols.canvas(GRID, 1.0)
    with QPainter(pixmap) as painter:
        symbols.paint_unit(painter, DARK, program, mark, CENTER)
    return pixmap.toImage()


def area(path: QPainterPath) -> float:
    """The area of a path's polygon, by the shoelace formula."""
    points = path.toFillPolygon()
    ring = [points.at(i) for i in range(points.size())]
    turned = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a.x() * b.y() - b.x() * a.y() for a, b in turned)) / 2


def test_every_program_has_a_shape() -> None:
    assert set(shapes.PROGRAMS) == {program.value for program in Program}


@pytest.mark.parametrize("program", shapes.PROGRAMS)
def test_a_unit_with_its_stroke_stays_inside_its_16_pixels(program: str) -> None:
    margin = shapes.STROKE / 2
    ink = symbols.outline(shapes.PROGRAMS[program], CENTER).boundingRect()
    assert BOX.contains(ink.adjusted(-margin, -margin, margin, margin))


def test_any_two_programs_differ_by_a_sixth_of_their_area() -> None:
    paths = [symbols.outline(shape, CENTER) for shape in shapes.PROGRAMS.values()]
    for one, other in combinations(paths, 2):
        apart = area(one.united(other)) - area(one.intersected(other))
        assert apart > max(area(one), area(other)) / 6


@pytest.mark.parametrize("program", shapes.PROGRAMS)
def test_free_delayed_committed_out_and_unknown_look_different(program: str) -> None:
    looks = [unit(program, shapes.mark(availability.value)) for availability in Availability]
    assert all(one != other for one, other in combinations(looks, 2))


@pytest.mark.parametrize("availability", list(Availability))
def test_a_silent_unit_is_dashed_whatever_it_was_doing(availability: Availability) -> None:
    assert shapes.mark(availability.value, stale=True).dashed


def test_only_an_available_unit_is_plainly_hollow() -> None:
    hollow = [availability for availability in Availability if shapes.mark(availability.value) == Mark()]
    assert hollow == [Availability.AVAILABLE]


@pytest.mark.parametrize("program", shapes.PROGRAMS)
def test_dashes_leave_gaps_and_keep_every_corner(program: str) -> None:
    shape = shapes.PROGRAMS[program]
    lines = shapes.dashes(shape)
    assert len(lines) >= 4
    assert shape.radius or all(any(corner in line[1:-1] for line in lines) for corner in shape.points)


@pytest.mark.parametrize("program", shapes.PROGRAMS)
def test_gaps_are_wide_enough_to_be_seen(program: str) -> None:
    lines = shapes.dashes(shapes.PROGRAMS[program])
    around = zip(lines, lines[1:] + lines[:1], strict=True)
    assert min(math.dist(one[-1], other[0]) for one, other in around) >= 1.5


@pytest.mark.parametrize("priority", [1, 2, 3])
def test_a_badge_carries_its_color_and_the_ink_of_its_number(priority: int) -> None:
    pixmap = symbols.canvas(64, 1.0)
    with QPainter(pixmap) as painter:
        symbols.paint_badge(painter, DARK, priority, Spot(QPointF(32, 32), 64))
    image = pixmap.toImage()
    seen = {image.pixelColor(x, y).name().upper() for x in range(64) for y in range(64)}
    assert {DARK.alarm(priority), DARK.ink} <= seen


@pytest.mark.parametrize("priority", [1, 2, 3])
def test_an_acknowledged_badge_is_its_outline_and_one_set_aside_has_no_color(priority: int) -> None:
    looks = {loud: _badge(priority, loud) for loud in get_args(shapes.Loud)}
    assert looks["full"] != looks["calm"] != looks["gray"]
    assert looks["calm"].pixelColor(32, 44) == QColor(DARK.panel)
    colors = {looks["gray"].pixelColor(x, y).name().upper() for x in range(64) for y in range(64)}
    assert DARK.alarm(priority) not in colors
    assert DARK.muted in colors


def _badge(priority: int, loud: Loud) -> QImage:
    pixmap = symbols.canvas(64, 1.0)
    with QPainter(pixmap) as painter:
        symbols.paint_badge(painter, DARK, priority, Spot(QPointF(32, 32), 48), loud)
    return pixmap.toImage()


def test_a_pin_points_at_its_place() -> None:
    box = symbols.outline(shapes.PIN, Spot(QPointF(100, 100), 32)).boundingRect()
    assert (box.bottom(), box.center().x()) == pytest.approx((100, 100), abs=0.1)


def test_a_symbol_grows_with_its_size() -> None:
    shape = shapes.PROGRAMS["co_responder"]
    assert symbols.outline(shape, Spot(QPointF(), 32)).boundingRect().width() == 2 * 10.5


def test_the_map_gets_the_same_outlines_as_plain_values() -> None:
    data = json.loads(json.dumps(shapes.as_data()))
    assert set(data["programs"]) == set(data["dashed"]) == set(shapes.PROGRAMS)
    assert data["programs"]["outreach"] == {
        "points": [[0.0, -7.0], [7.0, 0.0], [0.0, 7.0], [-7.0, 0.0]],
        "radius": 0.0,
    }
