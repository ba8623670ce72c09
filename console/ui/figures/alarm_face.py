"""The tile of the strip that counts the alarms, by priority: each badge in its place, whatever its number."""

from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.ui.figures.faces import Face, Span
from console.ui.parts.clocks import Present
from console.ui.parts.masking import tip

ACTIVE = (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED)
PRESS = "Enter or click: every alarm, with who and why, and the figures of the alarm system."

FOOT = "00 not seen"
"""What the tile keeps room for."""


def alarm_face(state: State, now: Present) -> Face:
    """Alarms that stand, acknowledged or not, by priority; below it what is most pressing to know."""
    active = [alarm for alarm in state.alarms.standing.values() if alarm.state in ACTIVE]
    counts = {priority: sum(alarm.priority == priority for alarm in active) for priority in (1, 2, 3)}
    spans = tuple(
        Span(str(count), "figure", "text" if count else "muted", badge=priority)
        for priority, count in counts.items()
    )
    unseen = sum(alarm.calling for alarm in active)
    flood = state.alarms.flood.since
    note = f"flood since {now.time(flood)}" if flood else f"{unseen} not seen" if unseen else ""
    said = (f"{count} of priority {priority}" for priority, count in counts.items())
    return Face("Alarms", spans, note, tip("Alarms that stand now", ", ".join(said), note, PRESS))
