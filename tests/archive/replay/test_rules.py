"""Each rule in a real recording: the same alarm with the same stamps as live, however one gets to a moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.store.database import Database
from console.domain.events import DefinitionsLoaded, Recorded
from console.domain.watching import catalog
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.watching.cases import CASES, Case
from tests.domain.watching.rows import BEGAN, PACK, SECOND

PIECE, SETTLED_S = 2, 600

each_rule = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


class Kept:
    """The log of ``case`` in an archive, from its beginning until a while after its end."""

    def __init__(self, case: Case, database: Database, *others: Recorded) -> None:
        self.ended = case.comes + 5 * SECOND
        self.goes = case.goes(self.ended)
        self.events: list[Recorded] = sorted((*case.ended(self.ended), *others), key=lambda event: event.at)
        self.writing = Writing(database, BEGAN)
        self.writing.all(self.events, self.goes + timedelta(minutes=2), PIECE, SETTLED_S)
        self.replay = Replay(Tapes(database, self.writing.shift))

    def same(self, *moments: datetime) -> bool:
        """Whether the last of ``moments`` shows what was live, after the others were shown."""
        return shown(self.replay, *moments) == live(self.events, moments[-1], BEGAN)


@pytest.fixture
def kept(case: Case, database: Database) -> Iterator[Kept]:
    made = Kept(case, database)
    yield made
    made.writing.forget()


@each_rule
def test_it_is_there_from_its_second_on_wherever_one_seeks(case: Case, kept: Kept) -> None:
    before, after = (shown(kept.replay, moment) for moment in (case.comes - SECOND, case.comes))
    assert case.id not in before.alarms.standing
    assert after.alarms.standing[case.id] == live(kept.events, case.comes, BEGAN).alarms.standing[case.id]
    assert after.alarms.standing[case.id].raised_at == case.comes


@each_rule
def test_seeking_to_and_fro_shows_what_was_live(case: Case, kept: Kept) -> None:
    stops = [kept.goes, case.comes - SECOND, kept.ended, case.comes, BEGAN, kept.goes - SECOND, case.comes]
    assert all(kept.same(*stops[:upto]) for upto in range(1, len(stops) + 1))


@each_rule
@pytest.mark.parametrize("frame_s", [0.4, 7.0])
def test_playing_through_it_at_any_frame_rate_shows_what_was_live(
    case: Case, kept: Kept, frame_s: float
) -> None:
    begin, frame = case.comes - 20 * SECOND, timedelta(seconds=frame_s)
    frames = [begin + step * frame for step in range(int((kept.goes - begin) / frame) + 3)]
    assert kept.same(*frames)


@each_rule
def test_its_tones_are_due_at_the_same_seconds(case: Case, kept: Kept) -> None:
    until = kept.goes + timedelta(minutes=1)
    assert shown(kept.replay, BEGAN, until).alarms.tones == live(kept.events, until, BEGAN).alarms.tones
    assert any(tone.at == case.comes for tone in live(kept.events, until, BEGAN).alarms.tones)


def test_other_limits_in_the_middle_of_a_shift_hold_from_then_on_in_the_replay(database: Database) -> None:
    case = next(case for case in CASES if case.rule == catalog.PENDING_LONG)
    changed = case.comes + 2 * SECOND
    waiting = {**PACK.waiting, "1": replace(PACK.waiting["1"], amber=9.0)}
    kept = Kept(case, database, DefinitionsLoaded(changed, replace(PACK, waiting=waiting)))
    before, after = changed, changed + 2 * SECOND
    assert shown(kept.replay, after, before).alarms.standing[case.id].active
    assert not live(kept.events, after, BEGAN).alarms.standing[case.id].active
    assert all(kept.same(*stops) for stops in ([before, after], [after, before], [BEGAN, kept.goes, after]))
    kept.writing.forget()
