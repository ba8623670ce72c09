"""A restart changes nothing of the alarms: what one run hands over, the next one has."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import Alarms
from console.domain.alarms.figures import figures
from console.domain.events import CallsChanged, CarriedOver, DefinitionsLoaded, FeedReported, Muted, Recorded
from console.domain.feed import NOT_OFFERED
from console.domain.state import State, advance, start
from console.domain.vocabulary import Health
from console.domain.watching.carrying import carried_from
from tests.domain.alarming import BEGINNING, RULED, alarm_logs, waiting
from tests.domain.builders import NOON, at, feed

SECOND = timedelta(seconds=1)
KEYS = ("k0", "k1", "k2", "k3", "k4", "k5")


def restarted(before: State, moment: datetime, *more: Recorded) -> State:
    """The board of the next run, of which no source has answered yet."""
    fresh = advance(start(moment), [DefinitionsLoaded(moment, RULED)], moment)
    return advance(fresh, [carried_from(before, fresh, moment), *more], moment)


def kept(alarms: Alarms) -> tuple[object, ...]:
    """What a person did, heard and would miss."""
    standing = {name: _plain(alarm) for name, alarm in alarms.standing.items()}
    return standing, alarms.checked, alarms.out, alarms.mute, alarms.flood, alarms.counts


def _plain(alarm: Alarm) -> Alarm:
    """Whether it ends soon, and which feed is down, the next run learns from its own data."""
    return replace(alarm, suppressed_by="", ends_at=None)


@settings(deadline=None)
@given(log=alarm_logs())
def test_what_a_restart_hands_over_is_all_there_is(log: list[Recorded]) -> None:
    now = max(at(1.5), log[-1].at)
    before = advance(start(NOON), log, now)
    mute = before.alarms.mute
    alarms = before.alarms if mute is None or mute.until > now else replace(before.alarms, mute=None)
    assert kept(restarted(before, now).alarms) == kept(alarms)


@settings(deadline=None)
@given(log=alarm_logs())
def test_two_restarts_are_as_one(log: list[Recorded]) -> None:
    now = max(at(1.5), log[-1].at)
    once = restarted(advance(start(NOON), log, now), now)
    assert kept(restarted(once, now).alarms) == kept(once.alarms)


def storm(moment: datetime) -> list[Recorded]:
    """Six calls that have waited for too long: a flood by this pack."""
    rows = tuple(waiting(key, moment - 13 * SECOND).changed[0] for key in KEYS)
    return [CallsChanged(moment, "cad/calls", rows)]


def test_a_flood_goes_on_over_a_restart_and_so_do_silence_and_the_figures() -> None:
    log = [*BEGINNING, CarriedOver(NOON), *storm(at(seconds=5)), Muted(at(seconds=7), at(seconds=40), "me")]
    before = advance(start(NOON), log, at(seconds=8))
    flood = before.alarms.flood
    assert flood.since is not None
    moment = at(seconds=13)
    alarms = restarted(before, moment).alarms
    assert (alarms.flood, alarms.mute) == (flood, before.alarms.mute)
    after, held = figures(alarms, moment), figures(before.alarms, moment)
    assert (after.slots, after.raised, after.said, after.flooded) == (
        held.slots,
        held.raised,
        held.said,
        held.flooded,
    )


def test_a_flood_that_nobody_saw_end_lasted_as_long_as_it_was_seen() -> None:
    before = advance(start(NOON), [*BEGINNING, CarriedOver(NOON), *storm(at(seconds=5))], at(seconds=26))
    alarms = restarted(before, at(30)).alarms
    assert alarms.flood.since is None
    assert alarms.counts.flooded_s == 20


def test_silence_that_would_be_over_by_now_is_not_carried() -> None:
    log = [*BEGINNING, CarriedOver(NOON), *storm(at(seconds=5)), Muted(at(seconds=7), at(seconds=40), "me")]
    before = advance(start(NOON), log, at(seconds=8))
    assert restarted(before, at(2)).alarms.mute is None


CALLED = Alarm(
    "pending_too_long", "k0", 2, NOON, NOON, announced_at=NOON, acknowledged_at=NOON, acknowledged_by="me"
)


def unheard(minutes: float, *reported: Recorded) -> Alarm | None:
    """An acknowledged alarm so long after a start at which no call came."""
    log = [DefinitionsLoaded(at(1), RULED), *reported, CarriedOver(at(1), (CALLED,))]
    return advance(start(at(1)), log, at(1 + minutes)).alarms.standing.get(CALLED.id)


def test_an_alarm_of_the_run_before_waits_for_its_source_however_long_that_is_down() -> None:
    down = FeedReported(at(1), feed(answered_at=None, reported=Health.DOWN, since=at(1)))
    assert unheard(9, down) == unheard(180, down) == CALLED


def test_where_no_source_is_asked_for_its_rows_it_is_over_after_a_while() -> None:
    assert unheard(9) is not None
    assert unheard(11) is None
    none = FeedReported(at(1), feed(answered_at=None, reported=Health.DOWN, reason=NOT_OFFERED, since=at(1)))
    assert unheard(11, none) is None


def test_a_console_that_takes_over_is_not_silenced_by_the_hand_of_another() -> None:
    log = [*BEGINNING, CarriedOver(NOON), *storm(at(seconds=5)), Muted(at(seconds=7), at(seconds=40), "me")]
    theirs = advance(start(NOON), log, at(seconds=8))
    ours = advance(start(NOON), [*BEGINNING, CarriedOver(NOON)], at(seconds=9))
    carried = carried_from(theirs, ours, at(seconds=9))
    assert (carried.mute, carried.flood.since, carried.counts.slots) == (None, None, ())
    assert len(carried.alarms) == len(KEYS)
