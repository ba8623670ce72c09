"""What else a handover says: follow-ups, strips, notes, and how far the page can be trusted."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.entities import Agency, FollowUp
from console.domain.events import Noted
from console.domain.recording import Recording, RecordingState
from console.domain.state import State
from console.domain.strip import Strip
from console.domain.vocabulary import (
    CallState,
    FeedName,
    Health,
    UnitState,
)
from console.reports.handover.content import handover
from console.reports.handover.lines import Handover, Occasion
from console.reports.handover.naming import file_name
from console.reports.handover.of_data import LABELS
from console.ui.figures.figures import ABOUT
from tests.ui.board import (
    PACK,
    a_board,
    a_call,
    a_unit,
    ago,
    feed,
    feeds,
    fix,
)


def of(state: State) -> Handover:
    """The handover of ``state`` in nobody's name."""
    return handover(state, Occasion())


def test_follow_ups_are_grouped_by_case_manager_without_a_name() -> None:
    def row(key: str, owner: str, hours: float | None, done: bool = False) -> FollowUp:
        due = None if hours is None else ago() + timedelta(hours=hours)
        return FollowUp(key, "c1", owner, due_at=due, done_at=ago() if done else None)

    rows = (
        row("f1", "Zoe Zed", -1),
        row("f2", "Ada Fenn", 5),
        row("f3", "", 2),
        row("f4", "Ada Fenn", 30),
        row("f5", "Ada Fenn", None),
        row("f6", "Ada Fenn", 1, done=True),
    )
    found = of(a_board([a_call(1)], follow_ups={one.id: one for one in rows})).follow_ups
    assert [(line.owner, line.call, line.overdue) for line in found.lines] == [
        ("nobody named", "1", False),
        ("•••• 1", "1", False),
        ("•••• 2", "1", True),
    ]
    assert (found.later, found.undated) == (1, 1)


def test_a_note_about_a_call_is_masked_and_one_of_the_shift_before_is_not_in_it() -> None:
    notes = (
        Noted(ago(600), "old", "ann"),
        Noted(ago(20), "Ada Fenn is upset", "ann", "c1"),
        Noted(ago(5), "Channel 2 is noisy", "bo"),
    )
    agency = {"city-cad": Agency(name="Demo", timezone="America/Denver", shift_from=ago(300))}
    found = of(a_board([a_call(1)], notes=notes, agencies=agency)).notes
    assert [(line.text, line.who, line.call) for line in found] == [
        ("•••• masked", "ann", "1"),
        ("Channel 2 is noisy", "bo", ""),
    ]


def test_what_left_without_an_owner_is_in_it() -> None:
    (line,) = of(a_board(strips={"c1": Strip("1", ago(9), "closed without a disposition", "c1")})).strips
    assert (line.name, line.since, line.why) == ("1", ago(9), "closed without a disposition")


def test_old_calls_are_told_first_with_their_age() -> None:
    late = feed(FeedName.CALLS, ago(7), reported=Health.DOWN)
    found = of(a_board([a_call(1)], feeds=feeds(late, feed(FeedName.UNITS))))
    assert found.old == ("CALLS AS OF 16:23, 7 min old",)


def test_a_board_of_the_present_has_no_such_line() -> None:
    assert of(a_board([a_call(1)])).old == ()


def test_what_was_never_read_is_no_empty_list() -> None:
    found = of(a_board(feeds=feeds(feed(FeedName.CALLS, None, reported=Health.STARTING))))
    assert found.old == ("CALLS NOT READ YET", "UNITS NOT READ YET")
    assert "Not read yet" in found.nothing["calls"]
    assert of(a_board()).nothing["calls"] == "No open calls. Checked at 16:30:12."


def test_the_data_line_has_ages_problems_clocks_and_recording() -> None:
    state = a_board(
        [a_call(1)],
        feeds=feeds(feed(FeedName.CALLS, ago(seconds=4), skew_s=-1.5), feed(FeedName.UNITS, skew_s=0.2)),
        positions={"ghost": fix("ghost", ago())},
        recording=Recording(RecordingState.PAUSED, ago(3), lost=2),
    )
    data = of(state).quality
    assert [(line.name, line.health, line.as_of) for line in data.feeds] == [
        ("calls", "ok", ago(seconds=4)),
        ("units", "ok", ago()),
    ]
    assert (data.problems, data.kinds, data.skew_s) == (1, ("1 orphan",), -1.5)
    assert data.recording == "recording stopped · since 16:27 · 2 events lost"


def test_figures_are_called_as_on_the_tiles() -> None:
    assert {name: LABELS[name] for name in ABOUT if name in LABELS} == {
        name: about.label for name, about in ABOUT.items() if name in LABELS
    }
    assert [line.label for line in of(a_board()).figures] == list(LABELS.values())


def test_the_definitions_have_name_version_and_hash() -> None:
    found = of(a_board(definitions=replace(PACK, sha256="0123456789abcdef")))
    assert found.definitions == "test 1 · SHA-256 0123456789ab"


def test_the_file_is_named_from_time_agency_and_shift() -> None:
    agency = {"a": Agency(name="Demo/../City", timezone="America/Denver", shift="Day: B*")}
    assert file_name(of(a_board(agencies=agency))) == "handover 2026-11-23 1630 Demo .. City Day B"


def test_the_file_of_a_replay_says_so() -> None:
    found = handover(a_board(), Occasion(mark="REPLAY Thu 19 Nov 2026", shift="Night"))
    assert file_name(found) == "handover 2026-11-23 1630 replay Demo Night"


def test_a_closed_call_of_a_team_is_told_as_such() -> None:
    closed = a_call(5, state=CallState.CLOSED)
    (line,) = of(a_board([closed], [a_unit("star1", state=UnitState.ASSIGNED, call="c5")])).teams
    assert line.call == "5 (closed)"
