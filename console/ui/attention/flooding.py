"""What a flood of alarms is measured by, and the one bar that tells of it."""

from datetime import timedelta

from console.domain.state import State
from console.ui.parts.clocks import Present

PER_HOUR = 6
"""Alarms an hour that one person can answer for long: about 150 a day, as guidance on ISA-18.2 says (RELIABILITY 2)."""

HOUR = timedelta(hours=1)


def flood_text(state: State, now: Present) -> str:
    """``Alarm flood since 14:02, 37 alarms · 84 an hour, guideline 6``; empty outside a flood."""
    flood = state.alarms.flood
    if flood.since is None:
        return ""
    many = f"{flood.count} alarms" if flood.count != 1 else "1 alarm"
    rate = f"{per_hour(state)} in the last hour, guideline {PER_HOUR}"
    return f"Alarm flood since {now.time(flood.since)}, {many} · {rate}"


def per_hour(state: State) -> int:
    """Alarms that came up in the last hour, by whole ten minutes."""
    oldest = state.second - HOUR
    return sum(sum(slot.raised) for slot in state.alarms.counts.slots if slot.since > oldest)
