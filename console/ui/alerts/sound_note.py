"""What the line at the bottom says of sound: that it is off, until when, or that there is none."""

from datetime import datetime, timedelta
from math import ceil

from console.domain.alarms.alarm import Mute
from console.domain.state import State
from console.ui.alerts.lacks import Lack
from console.ui.frame.status_notes import Note
from console.ui.parts.clocks import clock_text
from console.ui.parts.masking import isolated, joined

AUDIBLE = Note("")
"""Sound is on: nothing is said."""

BACK = Note(
    "SOUND IS BACK",
    "p2",
    "sound",
    ("A new alarm of priority 1 or 2 ended the mute.", "M: mute what is there now."),
)
"""Somebody counts on silence who has it no more."""

BACK_FOR = timedelta(seconds=10)


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


class MuteEnd:
    """Sees whether an alarm ended a mute before its time."""

    def __init__(self) -> None:
        self._mute: Mute | None = None
        self._at: datetime | None = None

    def lately(self, state: State) -> bool:
        """Whether one did within the last `BACK_FOR`."""
        mute, before = state.alarms.mute, self._mute
        self._mute = mute
        if mute is not None:
            self._at = None
        elif before is not None and _broken(before, state):
            self._at = state.second
        return self._at is not None and timedelta() <= state.second - self._at < BACK_FOR


def _broken(mute: Mute, state: State) -> bool:
    new = (alarm.announced_at for alarm in state.alarms.standing.values() if alarm.priority <= 2)
    return state.second < mute.until and any(at is not None and at > mute.since for at in new)


def _left(mute: Mute, now: datetime) -> timedelta:
    """Whole seconds, so that the last one reads 00:01 and not 00:00."""
    return timedelta(seconds=max(0, ceil((mute.until - now).total_seconds())))
