"""The palette keeps its promises: contrast, and alarm colors that stay apart for every kind of vision."""

from dataclasses import fields
from itertools import combinations, pairwise

import colorspacious
import numpy as np
import pytest
from numpy.typing import NDArray

from console.domain.vocabulary import Health
from console.ui.theme.theme import DARK, DASHES, HEALTH, LIGHT, NIGHT, THEMES, Theme, sharpened

TEXT = 4.5
NOT_TEXT = 3.0
VISIONS = ("normal", "deuteranomaly", "protanomaly", "tritanomaly")

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def rgb(color: str) -> NDArray[np.float64]:
    return np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    part = rgb(color)
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def as_seen(color: str, vision: str) -> NDArray[np.float64]:
    """The color's place in CAM02-UCS for a person with this vision, at full severity."""
    seen = rgb(color)
    if vision != "normal":
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        seen = np.clip(colorspacious.cspace_convert(seen, space, "sRGB1"), 0, 1)
    return np.asarray(colorspacious.cspace_convert(seen, "sRGB1", "CAM02-UCS"), dtype=np.float64)


def least_distance(colors: tuple[str, ...]) -> float:
    return min(
        float(np.linalg.norm(as_seen(one, vision) - as_seen(other, vision)))
        for vision in VISIONS
        for one, other in combinations(colors, 2)
    )


def alarms(theme: Theme) -> tuple[str, str, str, str]:
    return theme.p1, theme.p2, theme.p3, theme.stale


def grounds(theme: Theme) -> tuple[str, str, str]:
    return theme.ground, theme.panel, theme.overlay


@each_theme
def test_every_text_and_alarm_color_reads_on_every_ground(theme: Theme) -> None:
    colors = (theme.text, theme.muted, *alarms(theme), *theme.series)
    assert min(contrast(color, ground) for color in colors for ground in grounds(theme)) >= TEXT


@each_theme
def test_text_reads_on_a_selected_row_and_alarm_colors_are_seen_there(theme: Theme) -> None:
    assert contrast(theme.text, theme.raised) >= TEXT
    assert contrast(theme.muted, theme.raised) >= TEXT
    assert min(contrast(color, theme.raised) for color in alarms(theme)) >= NOT_TEXT


@each_theme
def test_ink_reads_on_every_fill(theme: Theme) -> None:
    assert min(contrast(theme.ink, fill) for fill in (*alarms(theme), theme.replay)) >= TEXT


@each_theme
def test_edges_focus_rings_and_bars_are_seen_on_every_ground(theme: Theme) -> None:
    lines = (theme.edge, theme.focus, theme.bar)
    assert min(contrast(line, ground) for line in lines for ground in grounds(theme)) >= NOT_TEXT


@each_theme
def test_a_bar_is_seen_on_its_track_and_a_selected_row_on_its_panel(theme: Theme) -> None:
    assert contrast(theme.bar, theme.bar_track) >= NOT_TEXT
    assert contrast(theme.raised, theme.panel) >= 1.2


@each_theme
def test_symbols_and_labels_read_on_the_map(theme: Theme) -> None:
    grounds_of_map = (theme.land, theme.water, theme.park, theme.street_minor)
    assert min(contrast(theme.text, ground) for ground in (*grounds_of_map, theme.street_major)) >= TEXT
    assert min(contrast(color, ground) for color in alarms(theme) for ground in grounds_of_map) >= NOT_TEXT


@pytest.mark.parametrize(("theme", "bound"), [(DARK, 14.0), (LIGHT, 16.0), (NIGHT, 15.0)])
def test_alarm_colors_and_text_grays_stay_apart_for_every_vision(theme: Theme, bound: float) -> None:
    assert least_distance((*alarms(theme), theme.text, theme.muted)) >= bound


@each_theme
def test_chart_series_stay_apart_for_every_vision_and_differ_in_line(theme: Theme) -> None:
    assert least_distance(theme.series) >= 11.0
    assert len(set(DASHES)) == len(theme.series)


def test_the_palette_is_the_one_that_was_searched() -> None:
    assert alarms(DARK) == ("#EF6B81", "#CEA500", "#539BFF", "#F5B2FF")
    assert alarms(LIGHT) == ("#501000", "#804900", "#346A9F", "#480060")
    assert (DARK.ground, DARK.overlay, DARK.text, DARK.muted) == ("#1F2428", "#2A3036", "#E6EAEE", "#AEB6BF")
    assert (LIGHT.ground, LIGHT.overlay, LIGHT.text, LIGHT.muted) == (
        *("#E6E8EA", "#FFFFFF", "#1B1F23", "#4A535C"),
    )


def test_night_gives_less_light_than_dark_and_none_of_its_grays_is_cold() -> None:
    for token in ("ground", "panel", "overlay", "raised", "text", "muted", "bar"):
        assert luminance(getattr(NIGHT, token)) < luminance(getattr(DARK, token))
        red, green, blue = rgb(getattr(NIGHT, token))
        assert red >= green >= blue


@each_theme
def test_every_color_is_written_as_six_digits(theme: Theme) -> None:
    colors = [getattr(theme, field.name) for field in fields(theme) if field.name not in {"name", "series"}]
    assert all(len(color) == 7 and color.startswith("#") and rgb(color).max() <= 1 for color in colors)


@each_theme
def test_grounds_step_in_one_direction_from_field_to_what_floats(theme: Theme) -> None:
    assert all(luminance(back) < luminance(front) for back, front in pairwise(grounds(theme)))


def test_every_feed_health_has_a_color_and_a_shape_of_its_own() -> None:
    assert set(HEALTH) == {health.value for health in Health}
    assert len({sign.icon for sign in HEALTH.values()}) == len(HEALTH)


def test_a_healthy_feed_is_gray() -> None:
    assert HEALTH["ok"].token == "muted"


@each_theme
def test_an_alarm_takes_the_color_of_its_priority(theme: Theme) -> None:
    assert [theme.alarm(priority) for priority in (1, 2, 3)] == [theme.p1, theme.p2, theme.p3]


@each_theme
def test_more_contrast_leaves_no_gray_text_and_draws_every_line_firmly(theme: Theme) -> None:
    firm = sharpened(theme)
    assert min(contrast(firm.muted, ground) for ground in grounds(firm)) >= 7
    assert min(contrast(firm.hairline, ground) for ground in grounds(firm)) >= NOT_TEXT
