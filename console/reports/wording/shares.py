"""Shares in percent, and the range that unknowns leave: the same on the screen and on paper."""

from console.domain.metrics import Metric
from console.reports.wording.clocks import NOTHING

SPACE = "\u00a0"
"""Between a figure and its unit."""


def share(value: float | None) -> str:
    """A share as percent without its sign, in two digits: one decimal below ten."""
    if value is None:
        return NOTHING
    percent = 100 * value
    return f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"


def spread(metric: Metric) -> str:
    """A share in percent, or its range where something unknown makes it one."""
    text = share(metric.value)
    if metric.low is not None and metric.high is not None:
        low, high = share(metric.low), share(min(metric.high, max(metric.low, 1.0)))
        text = low if low == high else f"{low}–{high}"
    return text if text == NOTHING else f"{text}{SPACE}%"
