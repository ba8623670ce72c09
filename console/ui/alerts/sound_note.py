"""What the line at the bottom says of sound: that it is off, until when, or that there is none."""

from datetime import datetime, timedelta
from math import ceil

from console.domain.alarms.alarm import Mute
from console.ui.alerts.lacks import Lack
from console.ui.frame.status_notes import Note
from console.ui.parts.clocks import clock_text
from console.ui.parts.masking import isolated, joined

AUDIBLE = Note("")
"""Sound is on: nothing is said."""


def sound_note(mute: Mute | None, now: datetime, lack: Lack | None) -> Note:
    """Muted, for how long yet; or no audio, and what to do."""
    off = f"MUTED {clock_text(_left(mute, now))}" if mute is not None else ""
    if lack is not None:
        more = (f"{lack.why}: alarms are seen, and not heard.", lack.todo, "Click: look again.")
        return Note(joined(("NO AUDIO", off)), "p1" if off else "p2", "mute", more)
    if mute is None:
        return AUDIBLE
    who = f"By {isolated(mute.who)}." if mute.who else ""
    return Note(
        off, "p1", "mute", ("M or click: sound again.", "A new alarm of priority 1 or 2 ends it too.", who)
    )


def _left(mute: Mute, now: datetime) -> timedelta:
    """Whole seconds, so that the last one reads 00:01 and not 00:00."""
    return timedelta(seconds=max(0, ceil((mute.until - now).total_seconds())))
