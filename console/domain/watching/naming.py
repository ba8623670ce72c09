"""What the subject of an alarm is called, and where it is: kept with the alarm for when its row is gone."""

from console.domain.board import State
from console.domain.watching.catalog import About


def named(state: State, about: About, key: str) -> tuple[str, str]:
    """The number of a call, the callsign of a unit, or a source by its name; and the area, where there is one."""
    match about:
        case About.UNIT:
            unit = state.units.get(key) or state.alarms.kept.get(key)
            return (unit.callsign or unit.id, unit.area) if unit is not None else ("", "")
        case About.CALL:
            call = state.calls.get(key)
            return (call.number or call.id, call.area) if call is not None else ("", "")
        case About.STRIP:
            strip = state.strips.get(key)
            return (strip.name, strip.area) if strip is not None else ("", "")
        case About.SOURCE | About.RECORDING | About.BOARD:
            return key, ""
