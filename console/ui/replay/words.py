"""How a replay is named: on the ribbon, in titles and in the status line."""

from datetime import datetime, timedelta

from console.domain.track import ShiftLine
from console.session.playing import Playing
from console.ui.parts.clocks import present_in
from console.ui.parts.masking import joined

MARK = "REPLAY"
RETURN = "L returns to live"

SHIFTS = "shifts"
"""The name of the list of shifts among a window's dialogs."""


def recorded_day(shift: ShiftLine, at: datetime) -> str:
    """The day of the replayed moment where the shift was: ``Thu 19 Nov 2026``."""
    return present_in(at, shift.timezone).day(at)


def ribbon_text(playing: Playing, at: datetime) -> str:
    """What the ribbon says while the board shows the moment ``at``."""
    return joined(
        (
            MARK,
            f"recorded {recorded_day(playing.shift, at)}",
            "as corrected" if playing.corrected else "",
            RETURN if playing.going else "",
        )
    )


def title_mark(playing: Playing, at: datetime) -> str:
    """What stands before the title of every window."""
    corrected = " as corrected" if playing.corrected else ""
    return f"{MARK} {recorded_day(playing.shift, at)}{corrected}"


def shift_text(shift: ShiftLine) -> str:
    """``recording of Thu 19 Nov, 12 h``."""
    day = recorded_day(shift, shift.since).rsplit(" ", 1)[0]
    return f"recording of {day}, {length_text(shift.until - shift.since)}"


def length_text(span: timedelta) -> str:
    """How long a shift is: ``45 min``, ``12 h``, ``11 h 40``, ``12 d``."""
    minutes = max(0, round(span.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} d {hours % 24} h" if hours % 24 else f"{hours // 24} d"
    if hours:
        return f"{hours} h {rest:02}" if rest else f"{hours} h"
    return f"{minutes} min"
