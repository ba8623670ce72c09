"""One change of the board as a line: what, and a few words more."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.words import rule_words
from console.domain.changes import Change, ChangeKind
from console.domain.entities import Call, Unit
from console.domain.state import State
from console.ui.parts.masking import isolated, joined, nature, number, outcome
from console.ui.theme.words import word

ARROW = "→"


class AwayLine(Struct, frozen=True):
    """A line of the list. ``call`` and ``unit`` are what picking it selects, ``priority`` that of an alarm, else 0.

    ``rest`` is how many earlier changes a last line stands for.
    """

    change: Change
    what: str
    more: str
    call: str = ""
    unit: str = ""
    priority: int = 0
    rest: int = 0


def line_of(change: Change, state: State) -> AwayLine:
    """``change`` in words, as the board ``state`` knows what it is about."""
    return _LINES[change.kind](change, state)


def _call(told: Callable[[Change, Call], str]) -> Callable[[Change, State], AwayLine]:
    def made(change: Change, state: State) -> AwayLine:
        call = state.calls.get(change.subject)
        if call is None:
            name = change.now if change.kind is ChangeKind.CALL_CLOSED else ""
            return AwayLine(change, f"Call {isolated(name or change.subject)}", "no longer on the board")
        closed = outcome(call) if not call.open else ""
        priority = f"P{call.priority}" if call.priority is not None else ""
        more = joined((priority, nature(call), isolated(call.area), closed))
        return AwayLine(change, f"Call {number(call)} {told(change, call)}", more, call=call.id)

    return made


def _unit(told: Callable[[Change, Unit], str]) -> Callable[[Change, State], AwayLine]:
    def made(change: Change, state: State) -> AwayLine:
        unit = state.units.get(change.subject)
        if unit is None:
            return AwayLine(change, f"{isolated(change.subject)} is no longer on the roster", "")
        call = state.calls.get(unit.call)
        more = joined((word(unit.program), f"call {number(call)}" if call is not None else ""))
        return AwayLine(
            change, f"{isolated(unit.callsign or unit.id)} {told(change, unit)}", more, unit=unit.id
        )

    return made


def _alarm(told: str) -> Callable[[Change, State], AwayLine]:
    def made(change: Change, state: State) -> AwayLine:
        alarm = _found(change.subject, state)
        rule = change.subject.partition(":")[0]
        if alarm is None:
            return AwayLine(change, f"Alarm {told}: {rule_words(rule)}", "")
        what = f"Alarm {told}: {isolated(alarm.name)} {rule_words(rule)}"
        who = f"by {isolated(alarm.acknowledged_by)}" if alarm.acknowledged_by else ""
        return AwayLine(
            change,
            what,
            joined((isolated(alarm.area), who)),
            call=alarm.subject if alarm.subject in state.calls else "",
            unit=alarm.subject if alarm.subject in state.units else "",
            priority=alarm.priority,
        )

    return made


def _shelved(change: Change, state: State) -> AwayLine:
    line, alarm = _alarm("shelved")(change, state), state.alarms.standing.get(change.subject)
    shelf = alarm.shelf if alarm is not None else None
    return line if shelf is None else replace(line, more=_by(shelf.who, shelf.reason))


def _out(change: Change, state: State) -> AwayLine:
    out = state.alarms.out.get(change.subject)
    more = _by(out.who, out.reason) if out is not None else ""
    return AwayLine(change, f"Taken out of service: {_meant(change.subject, state)}", more)


def _put_back(change: Change, state: State) -> AwayLine:
    return AwayLine(change, f"Back in service: {_meant(change.subject, state)}", "")


def _meant(what: str, state: State) -> str:
    """A rule, all alarms of which are meant, or one alarm."""
    rule, one, _ = what.partition(":")
    alarm = _found(what, state)
    if alarm is not None:
        return f"{isolated(alarm.name)} {rule_words(rule)}"
    return f"one alarm: {rule_words(rule)}" if one else f"all alarms: {rule_words(rule)}"


def _by(who: str, reason: str) -> str:
    return joined((f"by {isolated(who)}" if who else "", isolated(reason)))


def _more_over(change: Change, _state: State) -> AwayLine:
    return AwayLine(change, "And more alarms over", f"The last {change.now} are listed.")


def _found(name: str, state: State) -> Alarm | None:
    standing = state.alarms.standing.get(name)
    return standing or next((alarm for alarm in reversed(state.alarms.ended) if alarm.id == name), None)


def _feed(change: Change, state: State) -> AwayLine:
    feed = state.feeds.get(change.subject)
    detail = isolated(feed.detail) if feed is not None else ""
    name = joined((word(feed.name), isolated(feed.source))) if feed is not None else isolated(change.subject)
    return AwayLine(change, f"Data: {name} {_moved(change)}", detail)


def _recording(change: Change, state: State) -> AwayLine:
    detail = isolated(state.recording.detail) if state.recording is not None else ""
    return AwayLine(change, f"Recording {_moved(change)}", detail)


def _note(change: Change, state: State) -> AwayLine:
    call = state.calls.get(change.subject)
    about = f"about call {number(call)}" if call is not None else "about the shift"
    return AwayLine(change, f"A note {about}", "", call=change.subject if call is not None else "")


def _strip(change: Change, state: State) -> AwayLine:
    strip = state.strips.get(change.subject)
    if strip is None:
        return AwayLine(change, "A call left without an owner", "")
    return AwayLine(change, f"Call {isolated(strip.name)} {strip.why}", isolated(strip.area), call=strip.call)


def _definitions(change: Change, _state: State) -> AwayLine:
    return AwayLine(
        change, f"Definitions {isolated(change.subject)} changed", "Limits and figures go by them."
    )


def _moved(change: Change) -> str:
    return f"{word(change.was)} {ARROW} {word(change.now)}" if change.was else word(change.now)


_LINES: Mapping[ChangeKind, Callable[[Change, State], AwayLine]] = {
    ChangeKind.CALL_NEW: _call(lambda _change, _call: "came in"),
    ChangeKind.CALL_STATE: _call(lambda change, _call: _moved(change)),
    ChangeKind.CALL_CLOSED: _call(lambda _change, _call: "closed"),
    ChangeKind.CALL_MISSING: _call(lambda _change, _call: "is no longer reported, check CAD"),
    ChangeKind.CALL_PRIORITY: _call(
        lambda change, _call: f"priority {change.was or 'none'} {ARROW} {change.now}"
    ),
    ChangeKind.UNIT_STATE: _unit(lambda change, _unit: _moved(change)),
    ChangeKind.UNIT_NEW: _unit(lambda change, _unit: f"is on the roster, {word(change.now)}"),
    ChangeKind.UNIT_GONE: _unit(lambda _change, _unit: "is no longer on the roster"),
    ChangeKind.ALARM: _alarm("came up"),
    ChangeKind.ALARM_OVER: _alarm("over"),
    ChangeKind.ALARMS_OVER: _more_over,
    ChangeKind.ACKNOWLEDGED: _alarm("acknowledged"),
    ChangeKind.SHELVED: _shelved,
    ChangeKind.UNSHELVED: _alarm("back from the shelf"),
    ChangeKind.OUT: _out,
    ChangeKind.PUT_BACK: _put_back,
    ChangeKind.FEED: _feed,
    ChangeKind.RECORDING: _recording,
    ChangeKind.NOTE: _note,
    ChangeKind.STRIP: _strip,
    ChangeKind.DEFINITIONS: _definitions,
}
