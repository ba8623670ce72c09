"""Since when what an alarm tells of lasts, as its line counts it: what sorts alarms that came together."""

from datetime import datetime

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.domain.watching.catalog import CHECK_IN
from console.domain.watching.of_units import check_in_due


def lasts_since(state: State, alarm: Alarm) -> datetime:
    """When it began; of a check-in when it was due, which comes after the team was last known to be well."""
    unit = state.units.get(alarm.subject) if alarm.rule == CHECK_IN else None
    due = check_in_due(state, unit) if unit is not None else None
    return due[1] if due is not None else alarm.since
