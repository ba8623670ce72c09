"""The trend of the shift: lines as they were known, labels that can be read, ticks at the agency's hours."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.domain.trend import Sample
from console.ui.figures.plot import LABEL
from console.ui.figures.trend import PAUSE_MS, Trend
from console.ui.figures.trend_lines import Shift, apart, count_step, hour_ticks, levels, said, steps
from console.ui.look.look import Look
from console.ui.parts.clocks import Present
from console.ui.theme.theme import DARK, NIGHT
from tests.ui.board import NOW, ago
from tests.ui.desk import keep

DENVER = ZoneInfo("America/Denver")


def samples(*available: int | None) -> tuple[Sample, ...]:
    """A sample a minute, up to now, with these free teams."""
    count = len(available)
    return tuple(
        Sample(ago(count - 1 - n), eligible=n, served=n // 2, strict=n // 3, waiting=n % 4, available=free)
        for n, free in enumerate(available)
    )


def a_trend(qtbot: QtBot, *available: int | None) -> Trend:
    trend = keep(qtbot, Trend(Look(DARK, 1.0)))
    trend.resize(900, 200)
    trend.show_shift(Shift(samples(*available), ago(60), Present(NOW, DENVER)))
    trend.show()
    qtbot.waitExposed(trend)
    return trend


def items(trend: Trend) -> list[Any]:
    view: Any = trend.findChild(pg.GraphicsLayoutWidget)
    return list(view.scene().items())


def curves(trend: Trend) -> list[pg.PlotCurveItem]:
    return [item for item in items(trend) if isinstance(item, pg.PlotCurveItem)]


def drawn(trend: Trend) -> set[str]:
    found = (item for item in items(trend) if isinstance(item, pg.TextItem))
    return {item.toPlainText() for item in found if item.isVisible()}


def test_a_value_is_held_until_the_next_minute() -> None:
    x, y = steps(samples(0, 3), lambda sample: sample.available)
    assert [at - x[0] for at in x] == [0, 60, 60]
    assert list(y) == [0, 0, 3]


def test_what_was_not_known_is_a_gap_and_not_a_zero() -> None:
    _, y = steps(samples(None, None, 5), lambda sample: sample.available)
    assert np.isnan(y[:4]).all()
    assert y[-1] == 5


def test_lines_are_labelled_at_their_end(qtbot: QtBot) -> None:
    trend = a_trend(qtbot, *[4] * 61)
    assert drawn(trend) == {"eligible 60", "served 30", "strict 20", "waiting 0", "teams free 4"}


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_label_is_cut_at_the_least_height(qtbot: QtBot, scale: float) -> None:
    trend = keep(qtbot, Trend(Look(DARK, scale)))
    trend.resize(round(600 * scale), trend.minimumHeight())
    trend.show_shift(
        Shift(tuple(replace(one, eligible=0) for one in samples(4, 4)), None, Present(NOW, DENVER))
    )
    with qtbot.waitExposed(trend):
        trend.show()
    labels = [item for item in items(trend) if isinstance(item, pg.TextItem) and item.isVisible()]
    half = LABEL / 2 * scale
    boxes = [
        (label.scenePos().y(), label.getViewBox().sceneBoundingRect()) for label in labels if label.anchor.y()
    ]
    assert len(boxes) == 5
    assert all(box.top() + half <= y + 0.5 and y - 0.5 <= box.bottom() - half for y, box in boxes)


def test_a_line_that_ends_unknown_has_no_label(qtbot: QtBot) -> None:
    assert not {text for text in drawn(a_trend(qtbot, 4, 4, None)) if text.startswith("teams free")}
    assert "teams free" not in " ".join(drawn(a_trend(qtbot, 4, 4, None)))


def test_the_free_teams_are_labelled_at_once_and_the_gap_is_told(qtbot: QtBot) -> None:
    trend = a_trend(qtbot, None, None)
    trend.show_shift(Shift(samples(None, None), None, Present(NOW, DENVER), 3))
    qtbot.wait(PAUSE_MS + 100)
    assert {"teams free 3", "teams free from now on"} <= drawn(trend)


def test_one_known_count_after_a_gap_is_a_dot_with_the_time_it_is_known_from(qtbot: QtBot) -> None:
    trend = a_trend(qtbot, None, None, 5)
    dots = [item for item in items(trend) if isinstance(item, pg.ScatterPlotItem) and len(item.data)]
    assert len(dots) == 1
    assert {"teams free 5", "teams free from 16:30 on"} <= drawn(trend)


def test_pens_are_one_pixel_wide_and_not_smoothed(qtbot: QtBot) -> None:
    for curve in curves(a_trend(qtbot, *[4] * 61)):
        assert curve.opts["pen"].width() == 1
        assert curve.opts["antialias"] is False


def test_each_line_of_a_plot_has_its_own_dash_pattern(qtbot: QtBot) -> None:
    patterns = {tuple(curve.opts["pen"].dashPattern()) for curve in curves(a_trend(qtbot, *[4] * 61))}
    assert len(patterns) >= 3


def test_the_trend_is_drawn_twice_a_second_at_most(qtbot: QtBot) -> None:
    trend = a_trend(qtbot, 1, 2)
    trend.show_shift(Shift(samples(1, 2, 7), None, Present(NOW, DENVER)))
    assert "teams free 7" not in drawn(trend)
    qtbot.wait(PAUSE_MS + 100)
    assert "teams free 7" in drawn(trend)


def test_without_samples_the_trend_says_why_it_is_empty(qtbot: QtBot) -> None:
    trend = keep(qtbot, Trend(Look(DARK, 1.0)))
    trend.show_shift(Shift((), None, Present(NOW, DENVER)))
    (label,) = trend.findChildren(QLabel)
    assert not label.isHidden()
    assert "first whole minute" in label.text()


def test_the_trend_takes_another_theme(qtbot: QtBot) -> None:
    trend = a_trend(qtbot, 1, 2)
    trend.wear(Look(NIGHT, 1.0))
    assert trend.grab().toImage().pixelColor(2, 2).name().upper() == NIGHT.panel


def test_the_trend_is_told_in_words_too() -> None:
    shift = Shift(samples(4, None), None, Present(NOW, DENVER))
    assert said(shift) == "At 16:30: eligible 1, served 0, strict 0, waiting 1, teams free not known"


@given(
    wanted=st.lists(st.floats(0, 200), min_size=1, max_size=6),
    gap=st.floats(1, 20),
)
def test_labels_never_lie_on_each_other_nor_outside(wanted: list[float], gap: float) -> None:
    places = sorted(apart(wanted, gap, 200))
    assert all(high - low >= gap - 1e-6 for low, high in pairwise(places))
    assert places[0] >= gap / 2 - 1e-6
    assert places[-1] <= 200 - gap / 2 + 1e-6


def test_labels_keep_the_order_of_their_lines() -> None:
    places = apart([50, 51, 10], 14, 200)
    assert places[2] < places[0] < places[1]


def test_ticks_stand_at_whole_local_hours() -> None:
    first = datetime(2026, 11, 19, 15, 7, tzinfo=UTC).timestamp()
    ticks = hour_ticks(first, first + 9 * 3_600, DENVER, 10)
    assert [text for _, text in ticks][:3] == ["09:00", "10:00", "11:00"]


def test_the_hour_that_comes_twice_is_drawn_twice() -> None:
    night = datetime(2026, 11, 1, 6, 0, tzinfo=UTC).timestamp()  # the clocks go back at 08:00 UTC
    ticks = hour_ticks(night, night + 4 * 3_600, DENVER, 8)
    assert [text for _, text in ticks] == ["00:00", "01:00", "01:00", "02:00", "03:00"]
    assert {later[0] - sooner[0] for sooner, later in pairwise(ticks)} == {3_600.0}


def test_there_are_never_more_ticks_than_there_is_room_for() -> None:
    first = datetime(2026, 11, 19, tzinfo=UTC).timestamp()
    for hours in range(1, 25):
        assert len(hour_ticks(first, first + hours * 3_600, DENVER, 5)) <= 5


@given(highest=st.floats(0.1, 9_000), most=st.integers(1, 12))
def test_counts_have_no_more_hairlines_than_there_is_room_for(highest: float, most: int) -> None:
    step = count_step(highest, most)
    assert step == int(step) >= 1
    assert highest / step <= most or step == 10_000


def test_hairlines_are_parted_by_gaps() -> None:
    x, y = levels(range(0, 11, 5), 1.0, 2.0)
    assert list(x[:2]) == [1.0, 2.0]
    assert np.isnan(y[2::3]).all()
    assert list(y[::3]) == [0, 5, 10]


def test_a_shift_of_a_day_is_drawn_in_good_time(qtbot: QtBot) -> None:
    """1,440 samples, five lines: the trend stays far below the 50 ms that a stall is."""
    many = tuple(Sample(NOW - timedelta(minutes=1_439 - n), n, n, n, n % 7, n % 5) for n in range(1_440))
    trend = a_trend(qtbot, 1)
    trend.show_shift(Shift(many, ago(1_440), Present(NOW, DENVER)))
    qtbot.wait(PAUSE_MS + 100)
    assert "eligible 1439" in drawn(trend)
