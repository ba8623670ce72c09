"""What holds of the alarms of any board, given the one of the step before."""

from datetime import timedelta

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.state import State
from console.domain.vocabulary import AlarmState, Reached, UnitState
from console.domain.watching.catalog import CATALOG, EMERGENCY
from console.domain.watching.finding import spells
from console.domain.watching.keeping import in_doubt, may_be_there
from console.domain.watching.shelving import shelf_cap


def holds(before: State, state: State) -> None:
    """All of it."""
    for alarm in state.alarms.standing.values():
        shelf_ends(before, state, alarm)
        cause_is_there(state, alarm)
        is_visible(state, alarm)
    mute_ends(before, state)
    flood_has_hysteresis(before, state)
    tones_are_new(before, state)
    a_call_for_help_is_never_missed(state)
    only_what_no_row_tells_is_remembered(state)
    what_stands_and_holds_is_found_by_its_rule(state)


def shelf_ends(before: State, state: State, alarm: Alarm) -> None:
    """A shelf expires, within its cap, and is never of a call for help."""
    if alarm.shelf is not None:
        assert alarm.shelf.until > state.second or alarm.shelf.until >= before.at
        assert alarm.shelf.until - alarm.shelf.since <= shelf_cap(alarm, state.definitions)
        assert not CATALOG[alarm.rule].latched


def cause_is_there(state: State, alarm: Alarm) -> None:
    """No alarm is set aside without what sets it aside; what was over has a moment, what was seen has a name."""
    alarms = state.alarms
    assert not alarm.suppressed_by or alarm.suppressed_by in alarms.blind
    assert alarm.out is (alarm.rule in alarms.out or alarm.id in alarms.out)
    assert (alarm.returned_at is None) is alarm.active
    assert alarm.state is not AlarmState.RETURNED or alarm.announced_at is not None
    assert (alarm.acknowledged_at is None) is (alarm.acknowledged_by == "")
    assert alarm.how is None or CATALOG[alarm.rule].contact


def is_visible(state: State, alarm: Alarm) -> None:
    """A priority 1 that holds and that nobody saw or set aside is said, and escalates."""
    if alarm.priority == 1 and alarm.calling and alarm.active and state.alarms.opened and not alarm.ends_at:
        fresh = alarm.announced_at is None
        assert not fresh or alarm.id in waits_for_a_look(state)
        assert fresh or state.alarms.repeat_at is not None


def waits_for_a_look(state: State) -> set[str]:
    """The alarms of subjects that are looked at in the next second."""
    looks = state.alarms.looks
    soon = int(state.second.timestamp()) + 1
    return {
        alarm_id(rule, what.partition(":")[2])
        for what, rules in state.alarms.held.items()
        if looks.second(what) == soon
        for rule in rules
    }


def mute_ends(before: State, state: State) -> None:
    """A mute is over in its time, two minutes at most."""
    mute = state.alarms.mute
    assert mute is None or mute.until > state.second or mute.until >= before.at
    assert mute is None or mute.until - mute.since <= timedelta(minutes=2)


def flood_has_hysteresis(before: State, state: State) -> None:
    """It begins above one number and ends below another."""
    limits, flood = state.definitions.alarms.flood, state.alarms.flood
    many = flood.within(state.second - limits.window)
    if flood.since is not None:
        assert many >= limits.ends_below
    elif before.alarms.flood.since is None:
        assert many <= limits.over


def tones_are_new(before: State, state: State) -> None:
    """Tones are numbered without a gap, and none was due before this step."""
    last = before.alarms.tones[-1].number if before.alarms.tones else 0
    new = [tone for tone in state.alarms.tones if tone.number > last]
    assert [tone.number for tone in new] == list(range(last + 1, last + 1 + len(new)))
    assert all(tone.at > before.second for tone in new)


def a_call_for_help_is_never_missed(state: State) -> None:
    """Whichever unit calls for help has its alarm by the next second, or had it already."""
    second, alarms = state.second, state.alarms
    for key, unit in state.units.items():
        due = alarms.looks.second(f"unit:{key}") > second.timestamp()
        assert not unit.emergency or alarm_id(EMERGENCY, key) in alarms.standing or due


def only_what_no_row_tells_is_remembered(state: State) -> None:
    """A kept row is of a lost unit, or of one on scene of which nobody says since when."""
    for key in state.alarms.kept:
        unit = state.units.get(key)
        assert in_doubt(state, key) or (
            unit is not None and unit.state is UnitState.ON_SCENE and not unit.since
        )
    assert state.alarms.seen.keys() <= state.open_calls.keys()


def what_stands_and_holds_is_found_by_its_rule(state: State) -> None:
    """An active alarm that is not latched is found in its row, or about to end, or about to be looked at."""
    waits = waits_for_a_look(state)
    for alarm in state.alarms.standing.values():
        facts = CATALOG[alarm.rule]
        if not alarm.active or alarm.ends_at is not None or facts.latched or alarm.id in waits:
            continue
        if alarm.how is Reached.NOT_REACHED and may_be_there(state, alarm.subject):
            continue
        found = {spell.rule for spell in spells(state, facts.about, alarm.subject)}
        assert alarm.rule in found
