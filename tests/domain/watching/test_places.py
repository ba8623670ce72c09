"""Who is silent where several sources tell of places, and where a file tells of them only once."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.board import State
from console.domain.entities import Position
from console.domain.events import FeedReported, PositionsChanged, Recorded
from console.domain.state import advance, start
from console.domain.vocabulary import AlarmState, FeedName, Health, UnitState
from console.domain.watching.catalog import SILENT
from console.domain.watching.finding import reckoned
from tests.domain.builders import NOON
from tests.domain.watching.rows import BEGAN, BEGINNING, NEVER, told, unit, units

DAY, SECOND = timedelta(days=2), timedelta(seconds=1)
ID = f"{SILENT}:u1"
OTHER = FeedReported(BEGAN, told(FeedName.POSITIONS, source="avl", every=DAY))
DOWN = FeedReported(
    NOON + 60 * SECOND,
    told(FeedName.POSITIONS, NOON, source="avl", every=DAY, reported=Health.DOWN, since=NOON + 60 * SECOND),
)
ROLLS = units(NOON, unit(UnitState.ENROUTE))


def fix(source: str, seconds: float) -> PositionsChanged:
    moment = NOON + seconds * SECOND
    return PositionsChanged(moment, f"{source}/positions", (Position("u1", 39.7, -104.9, moment),))


def board(seconds: float, *events: Recorded) -> State:
    now = NOON + seconds * SECOND
    log = sorted((*BEGINNING, *events), key=lambda event: event.at)
    return advance(start(BEGAN), [event for event in log if event.at <= now], now)


def test_a_silent_team_is_set_aside_under_the_source_of_its_last_fix() -> None:
    state = board(1200, OTHER, ROLLS, fix("cad", 10), fix("avl", 20), DOWN)
    assert state.fixed_by == {"u1": "avl/positions"}
    assert state.alarms.standing[ID].state is AlarmState.SUPPRESSED
    assert state.alarms.standing[ID].suppressed_by == "avl/positions"


def test_a_team_whose_own_source_is_well_is_silent_though_another_is_down() -> None:
    state = board(1200, OTHER, ROLLS, fix("avl", 10), fix("cad", 20), DOWN)
    assert state.alarms.standing[ID].state is AlarmState.UNACKNOWLEDGED


def test_nothing_is_remembered_where_one_source_gives_all_and_of_units_that_are_gone() -> None:
    assert not board(60, ROLLS, fix("cad", 10)).fixed_by
    gone = PositionsChanged(NOON + 30 * SECOND, "avl/positions", (), ("u1",))
    assert not board(60, OTHER, ROLLS, fix("avl", 10), gone).fixed_by


def test_a_file_that_tells_places_at_stamps_only_makes_nobody_silent() -> None:
    file = FeedReported(BEGAN, told(FeedName.POSITIONS, every=NEVER))
    state = board(7200, file, ROLLS, fix("cad", 10))
    assert ID not in state.alarms.standing
    assert ID in board(7200, ROLLS, fix("cad", 10)).alarms.standing


def test_the_next_look_goes_by_how_often_the_source_is_asked() -> None:
    asked = told(FeedName.POSITIONS, every=NEVER)
    state = board(60, ROLLS, fix("cad", 10), FeedReported(NOON + 20 * SECOND, asked))
    looks = state.alarms.looks
    assert dict(reckoned(state, ["unit:u1"]))["unit:u1"] == looks.second("unit:u1")
    again = FeedReported(NOON + 30 * SECOND, replace(asked, every=DAY))
    state = board(60, ROLLS, fix("cad", 10), FeedReported(NOON + 20 * SECOND, asked), again)
    assert dict(reckoned(state, ["unit:u1"]))["unit:u1"] == state.alarms.looks.second("unit:u1")
