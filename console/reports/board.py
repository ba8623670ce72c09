"""The board as documented JSON: one value with the shape that ``snapshot --json`` prints.

The shape is versioned by `SHAPE` and covered by a test. Names, phones and free text are masked
unless the caller reveals them; ``assignments`` says when each unit of a call came and went.
"""

from datetime import datetime

from console.domain.alarms.alarm import Alarm
from console.domain.entities import Call, CrewMember, Position, Stamps, Unit
from console.domain.feed import Feed, age, health
from console.domain.listed import listed
from console.domain.metrics import Teams, figures, is_team, teams
from console.domain.sets import marks
from console.domain.state import State
from console.domain.vocabulary import availability
from console.reports.shape import (
    AlarmLine,
    Board,
    CallLine,
    CrewLine,
    FeedLine,
    FixLine,
    PackLine,
    StampLine,
    TeamsLine,
    UnitLine,
)

SHAPE = "1"

MASK = "\u2022" * 4
"""What stands for a name, a phone number or free text until somebody reveals it."""


def board(state: State, *, reveal: bool = False) -> Board:
    """What the board shows now: the open calls, every unit, the roster and the figures."""
    agency, pack = state.agency, state.definitions
    return Board(
        shape=SHAPE,
        at=state.at,
        agency=agency.name if agency else "",
        notice=agency.notice if agency else "",
        definitions=PackLine(pack.name, pack.version, pack.sha256),
        feeds=tuple(_feed(feed, state.at) for feed in state.feeds.values()),
        calls=tuple(_call(call, state, reveal) for call in state.open_calls.values()),
        units=tuple(_unit(unit, state.positions.get(unit.id), reveal) for unit in state.units.values()),
        teams=_teams(roster(state)),
        metrics=figures(state.tally),
        alarms=tuple(map(_alarm, sorted(state.alarms.standing.values(), key=_urgency))),
        problems=tuple(listed(state).values()),
    )


def roster(state: State) -> Teams:
    """The teams by availability: alternative-response units, or every unit where there are none."""
    mine = [unit for unit in state.units.values() if is_team(unit)]
    return teams(mine or state.units.values())


def _feed(feed: Feed, now: datetime) -> FeedLine:
    old = age(feed, now)
    return FeedLine(
        source=feed.source,
        feed=feed.name,
        health=health(feed, now),
        as_of=feed.as_of,
        age_s=None if old is None else round(old.total_seconds(), 3),
        skew_s=feed.skew_s,
        detail=feed.detail,
        tip=feed.tip,
    )


def _call(call: Call, state: State, reveal: bool) -> CallLine:
    nature = state.definitions.nature(call.nature)
    return CallLine(
        id=call.id,
        number=call.number,
        nature=call.nature,
        category=nature.category if nature else None,
        priority=call.priority,
        state=call.state,
        raw_state=call.raw_state,
        program=call.program,
        eligible=marks(call, state.definitions).eligible,
        stamps=_stamps(call.stamps),
        units=call.units,
        observed=call.observed,
        assignments=call.assignments,
        lat=call.lat,
        lon=call.lon,
        address=call.address,
        disposition=call.disposition.code if call.disposition else None,
        police=call.police,
        missing_since=state.missing.get(call.id),
        caller_name=_masked(call.caller_name, reveal),
        caller_phone=_masked(call.caller_phone, reveal),
        narrative=_masked(call.narrative, reveal),
    )


def _stamps(stamps: Stamps) -> StampLine:
    return StampLine(*(getattr(stamps, name) for name in StampLine.__struct_fields__))


def _unit(unit: Unit, fix: Position | None, reveal: bool) -> UnitLine:
    return UnitLine(
        id=unit.id,
        callsign=unit.callsign,
        program=unit.program,
        state=unit.state,
        raw_state=unit.raw_state,
        availability=availability(unit.state),
        since=unit.since,
        call=unit.call or None,
        crew=tuple(_crew(member, reveal) for member in unit.crew),
        emergency=unit.emergency,
        position=FixLine(fix.lat, fix.lon, fix.at) if fix else None,
    )


def _crew(member: CrewMember, reveal: bool) -> CrewLine:
    return CrewLine(member.role, _masked(member.name, reveal))


def _urgency(alarm: Alarm) -> tuple[int, bool, datetime, str]:
    """Of one priority what still holds comes first, and what came up first of that."""
    return alarm.priority, not alarm.active, alarm.raised_at, alarm.id


def _alarm(alarm: Alarm) -> AlarmLine:
    return AlarmLine(
        rule=alarm.rule,
        subject=alarm.subject,
        priority=alarm.priority,
        raised_at=alarm.raised_at,
        state=alarm.state,
        name=alarm.name or alarm.subject,
        since=alarm.since,
        count=alarm.count,
        acknowledged_at=alarm.acknowledged_at,
        how=alarm.how,
        returned_at=alarm.returned_at,
        shelved_until=alarm.shelf.until if alarm.shelf else None,
        suppressed_by=alarm.suppressed_by,
    )


def _masked(text: str, reveal: bool) -> str | None:
    """``None`` for nothing known, the mask for something that is hidden."""
    return (text if reveal else MASK) if text else None


def _teams(found: Teams) -> TeamsLine:
    return TeamsLine(
        roster=found.roster,
        available=found.available,
        assigned=found.assigned,
        delayed=found.delayed,
        out=found.out,
        unknown=found.unknown,
    )
