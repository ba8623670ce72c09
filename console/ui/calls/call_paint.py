"""The cells of a call that are drawn instead of written: the alarm's badge and the time used of the limit."""

from console.ui.calls.call_rows import CallRow
from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present

TOKENS = ("bar", "p1", "p2")
"""What a bar is filled with, by the alarm of its row."""


def badge(brush: Brush, row: CallRow, _now: Present) -> None:
    """The numbered badge of a call over a limit; its shape says the same as its color."""
    if row.alarm:
        brush.pixmap(brush.look.icons.badge(row.alarm, brush.look.sizes.px(14), brush.dpr))


def used(brush: Brush, row: CallRow, now: Present) -> None:
    """The bar of a waiting call: full is the red limit, the tick on the way is the amber one."""
    if row.wait is not None:
        brush.bar(row.wait.used(now.at), TOKENS[row.alarm], (row.wait.amber_share, 1.0))
