"""The cells of a call that are drawn instead of written: the alarm's badge and the time used of the limit."""

from console.ui.calls.call_rows import CallRow
from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present

TOKENS = ("bar", "p2", "p1")
"""What a bar is filled with: within the limits, over amber, over red."""


def badge(brush: Brush, row: CallRow, _now: Present) -> None:
    """The numbered badge of the call's worst alarm; its shape says the same as its color."""
    mark, look = row.badge, brush.look
    if mark.priority:
        brush.pixmap(look.icons.badge(mark.priority, look.sizes.px(14), brush.dpr, mark.loud))


def used(brush: Brush, row: CallRow, now: Present) -> None:
    """The bar of the time in the present state: full is the red limit, the tick on the way is the amber one."""
    if row.stay is not None:
        brush.bar(row.stay.used(now.at), TOKENS[row.level], (row.stay.amber_share, 1.0))
