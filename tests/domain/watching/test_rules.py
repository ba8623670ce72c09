"""Each rule by an example: when its alarm comes, since when, how urgent, when it goes, and when it is not said."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from console.domain.events import (
    CallsChanged,
    DefinitionsLoaded,
    FeedReported,
    Recorded,
    UnitsChanged,
)
from console.domain.vocabulary import AlarmState, FeedName, Program
from console.domain.watching import catalog
from console.domain.watching.catalog import CATALOG, About
from tests.domain.builders import NOON, at
from tests.domain.watching.cases import CASES, Case
from tests.domain.watching.rows import ASKED, BEGAN, BEGINNING, FEEDS, PACK, SECOND, alarm, board, told

every_rule = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)

HOUR = timedelta(hours=1)

BY_AGE = {catalog.FEED_LATE, *(rule for rule, facts in CATALOG.items() if facts.lasts)}
"""What these find grows by itself out of old data, so that nobody can bring it back at once."""


def some(*cases: Case) -> pytest.MarkDecorator:
    """A test for some of the rules."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.rule)


def test_every_rule_has_its_example() -> None:
    assert {case.rule for case in CASES} == CATALOG.keys()


@every_rule
def test_it_comes_at_its_second_and_not_before(case: Case) -> None:
    assert alarm(case.log, case.id, case.comes - SECOND) is None
    found = alarm(case.log, case.id, case.comes)
    assert found is not None
    assert (found.raised_at, found.since, found.priority) == (case.comes, case.since, case.priority)
    assert (found.state, found.announced_at) == (AlarmState.UNACKNOWLEDGED, case.comes)


@some(*(case for case in CASES if case.rule != catalog.FEED_LATE))
def test_it_stands_once_however_long_it_lasts(case: Case) -> None:
    found = alarm(case.log, case.id, case.comes + HOUR)
    worse = case.rule == catalog.PENDING_LONG
    assert found is not None
    assert found.count == 1 + worse


@every_rule
def test_it_says_what_it_is_about(case: Case) -> None:
    found = alarm(case.log, case.id, case.comes)
    names = {
        About.CALL: ("N-1", "D2"),
        About.STRIP: ("N-1", "D2"),
        About.UNIT: ("STAR 1", ""),
        About.SOURCE: ("cad", ""),
    }
    assert found is not None
    assert (found.name, found.area) == names.get(CATALOG[case.rule].about, ("", ""))


@every_rule
def test_it_goes_once_it_was_gone_for_its_off_delay(case: Case) -> None:
    ended = case.comes + 5 * SECOND
    log, goes = case.ended(ended), case.goes(ended)
    before, after = alarm(log, case.id, goes - SECOND), alarm(log, case.id, goes)
    assert before is not None
    assert before.active
    assert after is None or not after.active


@some(*(case for case in CASES if PACK.rules[case.rule].on_delay_s > 2))
def test_what_does_not_last_for_its_on_delay_is_never_said(case: Case) -> None:
    state = board(case.ended(case.comes - 2 * SECOND), case.comes + 5 * SECOND)
    assert case.id not in state.alarms.standing
    assert case.rule not in state.alarms.counts.rules


@some(*(case for case in CASES if case.rule not in BY_AGE and PACK.rules[case.rule].off_delay_s > 2))
def test_what_is_back_within_its_off_delay_is_one_alarm(case: Case) -> None:
    ended = case.comes + 5 * SECOND
    again = [replace(event, at=ended + 2 * SECOND) for event in case.events]
    found = alarm([*case.ended(ended), *again], case.id, case.goes(ended) + SECOND)
    assert found is not None
    assert (found.active, found.count, found.ends_at) == (True, 1, None)


def silenced(case: Case, *names: FeedName) -> list[Recorded]:
    """The log of ``case``, with nothing new from these feeds after noon."""
    silent = (FeedReported(NOON, told(name, NOON, every=2 * SECOND)) for name in names)
    return [*BEGINNING, *case.before, *silent, *case.events]


NEEDING = [case for case in CASES if CATALOG[case.rule].needs is not None]


@some(*NEEDING)
def test_it_is_suppressed_while_the_feed_that_it_speaks_from_is_down(case: Case) -> None:
    needs = CATALOG[case.rule].needs
    assert needs is not None
    found = alarm(silenced(case, needs), case.id, case.comes)
    assert found is not None
    assert (found.state, found.suppressed_by) == (AlarmState.SUPPRESSED, f"cad/{needs}")
    assert (found.calling, found.announced_at) == (False, None)


@some(*NEEDING)
def test_it_is_said_once_the_feed_is_back_and_it_still_holds(case: Case) -> None:
    needs = CATALOG[case.rule].needs
    assert needs is not None
    back = case.comes + 20 * SECOND
    found = alarm(
        [*silenced(case, needs), FeedReported(back, told(needs, back, every=ASKED[needs]))],
        case.id,
        back + 2 * SECOND,
    )
    assert found is not None
    assert (found.state, found.suppressed_by) == (AlarmState.UNACKNOWLEDGED, "")
    assert found.announced_at is not None
    assert back < found.announced_at <= back + 2 * SECOND


@some(*(case for case in CASES if CATALOG[case.rule].about not in (About.SOURCE, About.RECORDING)))
def test_feeds_that_it_does_not_speak_from_silence_nothing(case: Case) -> None:
    others = [name for name in FEEDS if name is not CATALOG[case.rule].needs]
    found = alarm(silenced(case, *others), case.id, max(case.comes, at(1)))
    assert found is not None
    assert found.state is AlarmState.UNACKNOWLEDGED


def theirs(event: Recorded) -> Recorded:
    """The same of another service."""
    match event:
        case CallsChanged(changed=rows):
            return replace(
                event, changed=tuple(replace(row, program=Program.FIRE, eligible=None) for row in rows)
            )
        case UnitsChanged(changed=rows):
            return replace(event, changed=tuple(replace(row, program=Program.FIRE) for row in rows))
        case _:
            return event


@some(
    *(
        case
        for case in CASES
        if CATALOG[case.rule].about in (About.CALL, About.STRIP, About.UNIT)
        and case.rule != catalog.EMERGENCY
    )
)
def test_it_says_nothing_of_calls_and_units_of_other_services(case: Case) -> None:
    log = [*BEGINNING, *map(theirs, (*case.before, *case.events))]
    assert case.rule not in board(log, case.comes + HOUR).alarms.counts.rules


@every_rule
def test_without_its_record_there_is_no_such_alarm(case: Case) -> None:
    rules = {rule: record for rule, record in PACK.rules.items() if rule != case.rule}
    fewer = DefinitionsLoaded(BEGAN, replace(PACK, rules=rules))
    log = [*BEGINNING, fewer, *case.before, *case.events]
    assert case.rule not in board(log, case.comes + HOUR).alarms.counts.rules


@every_rule
def test_an_alarm_goes_with_its_record_but_for_a_call_for_help_that_nobody_saw(case: Case) -> None:
    rules = {rule: record for rule, record in PACK.rules.items() if rule != case.rule}
    fewer = DefinitionsLoaded(case.comes + SECOND, replace(PACK, rules=rules))
    found = alarm([*case.log, fewer], case.id, case.comes + 3 * SECOND)
    assert (found is not None and found.active) is CATALOG[case.rule].latched
