"""Which alarms a key means: the selected line, else the newest that calls; as pure functions of board and view."""

from msgspec import Struct
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.domain.watching.catalog import CATALOG, About
from console.ui.attention.lines import OVER, behind, calling
from console.ui.look.view import View, with_alarm

GONE = "The selected alarm is over. Once more takes the newest."


ONE_BY_ONE = "Priority 1 is acknowledged one by one: select it and press A."

SELECT_IT = "Priority 1: select its line, then A."
"""A call or team is selected to be read: that is no sign that its alarm was seen."""


class Meant(Struct, frozen=True):
    """What a key would do: acknowledge ``ids``, or ask how ``team`` (a unit's id) was reached; else ``why`` not."""

    ids: tuple[str, ...] = ()
    team: str = ""
    why: str = ""


def selected(state: State, view: View) -> str:
    """The key of the selected line; of a selected call or unit its most urgent alarm that calls, the newest first."""
    if view.alarm and behind(state, view.alarm):
        return view.alarm
    about = {About.CALL: view.call, About.STRIP: view.call, About.UNIT: view.unit}
    found = [
        alarm
        for alarm in calling(state.alarms.standing.values())
        if (key := about.get(CATALOG[alarm.rule].about)) and alarm.subject == key
    ]
    found.sort(key=lambda alarm: (alarm.priority, -alarm.raised_at.timestamp(), alarm.since, alarm.id))
    return found[0].id if found else ""


def gone(state: State, view: View) -> bool:
    """Whether a line is selected that is no more."""
    return bool(view.alarm) and not behind(state, view.alarm)


def newest(state: State) -> Alarm | None:
    """The newest alarm of priority 2 or 3 that calls; one of priority 1 has to be selected."""
    found = [alarm for alarm in calling(state.alarms.standing.values()) if alarm.priority > 1]
    return max(found, key=lambda alarm: (alarm.raised_at, -alarm.since.timestamp(), alarm.id), default=None)


def to_acknowledge(state: State, view: View) -> Meant:
    """What `A` acknowledges. Where the selected one is over, nothing: the newest is not what somebody meant."""
    if gone(state, view):
        return Meant(why=GONE)
    key = selected(state, view)
    if key and key != view.alarm and state.alarms.standing[key].priority == 1:
        return Meant(why=SELECT_IT)
    if not key:
        one = newest(state)
        return _meant([one]) if one is not None else Meant(why=_nothing(state))
    found = [alarm for alarm in behind(state, key) if alarm.calling]
    alarms = found if key in state.alarms.standing else [alarm for alarm in found if alarm.priority > 1]
    if found and not alarms:
        return Meant(why=ONE_BY_ONE)
    if not alarms:
        return Meant(why="The selected one was acknowledged already.")
    return _meant(alarms)


def to_acknowledge_kind(state: State, view: View) -> Meant:
    """What `Shift+A` acknowledges: all of the rule of the selected or newest one, never priority 1."""
    if gone(state, view):
        return Meant(why=GONE)
    key = selected(state, view)
    one = next(iter(behind(state, key)), None) if key else newest(state)
    if one is None:
        return Meant(why=_nothing(state))
    if key == OVER:
        return to_acknowledge(state, view)
    if CATALOG[one.rule].contact:
        return Meant(why="A check-in is acknowledged team by team: select one and press A.")
    same = [alarm for alarm in state.alarms.standing.values() if alarm.rule == one.rule and alarm.calling]
    milder = [alarm for alarm in same if alarm.priority > 1]
    if not milder:
        return Meant(why=ONE_BY_ONE)
    return _meant(milder)


def to_shelve(state: State, view: View) -> Alarm | None:
    """The one alarm that `S` shelves."""
    found = behind(state, selected(state, view))
    return found[0] if len(found) == 1 else None


def selected_team(state: State, view: View) -> str:
    """The unit that is selected, on the board or by its alarm."""
    if view.unit in state.units:
        return view.unit
    alarm = state.alarms.standing.get(view.alarm)
    return alarm.subject if alarm is not None and CATALOG[alarm.rule].about is About.UNIT else ""


def with_line(view: View, key: str) -> View:
    """``view`` with the line ``key`` selected, and everything else as it is."""
    return view if view.alarm == key else replace(view, alarm=key)


def with_subject(view: View, state: State, key: str) -> View:
    """``view`` with the line ``key`` selected, and with the call or unit that its alarm tells of."""
    alarm = state.alarms.standing.get(key)
    if alarm is None:
        return with_alarm(view, key)
    match CATALOG[alarm.rule].about:
        case About.CALL:
            return with_alarm(view, key, call=alarm.subject if alarm.subject in state.calls else "")
        case About.UNIT:
            return with_alarm(view, key, unit=alarm.subject if alarm.subject in state.units else "")
        case About.STRIP:
            strip = state.strips.get(alarm.subject)
            return with_alarm(view, key, call=strip.call if strip is not None else "")
        case _:
            return with_alarm(view, key)


def _meant(alarms: list[Alarm]) -> Meant:
    plain = tuple(alarm.id for alarm in alarms if not CATALOG[alarm.rule].contact)
    if plain:
        return Meant(plain)
    return Meant(team=alarms[0].subject)


def _nothing(state: State) -> str:
    urgent = sum(alarm.priority == 1 for alarm in calling(state.alarms.standing.values()))
    if urgent:
        return f"{urgent} of priority 1: select it, then press A."
    return "Nothing to acknowledge."
