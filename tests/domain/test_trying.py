"""Whether what was expected of a team came true: one estimate at the warning, settled when the team clears."""

from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.clearing.learning import OPEN, Estimate, Learning
from console.domain.clearing.scenes import Like
from console.domain.entities import Call, Unit
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    CarriedOver,
    DefinitionsLoaded,
    Recorded,
    UnitsChanged,
)
from console.domain.expecting.saying import record
from console.domain.expecting.trying import MOST
from console.domain.state import State, advance, reduce, start
from console.domain.vocabulary import CallState, Police
from console.domain.watching.carrying import carried_from
from tests.domain.builders import AGENCY, NOON, at
from tests.domain.clearing import HISTORY, KICK_PACK, board, cleared, log, over, scene, team, waits

SCENE = scene("1", "a", -20)
"""Expected to be over ten minutes after noon."""

ROWS = (team("a", "1"), team("b"), SCENE, *HISTORY, waits(queued=-15))
"""The call that waits is warned of at noon + 5: then its team is expected to clear at noon + 10."""


def calls(minutes: float, *rows: Call) -> CallsChanged:
    return CallsChanged(at(minutes), "cad/calls", rows)


def settled(*events: Recorded, until: float = 60) -> Learning:
    return advance(board(*ROWS), events, at(until)).learning


def test_one_estimate_is_made_when_the_warning_comes() -> None:
    before, after = board(*ROWS, minutes=4.9).learning, board(*ROWS, minutes=5.5).learning
    assert before.open == {}
    assert after.open == {"w": Estimate("w", "a", "1", at(5), at(10), Like.CATEGORY, 3)}
    assert board(*ROWS, minutes=9).learning.open == after.open


def test_it_was_right_when_the_team_clears_within_the_minutes_of_the_pack() -> None:
    learning = settled(calls(14, cleared(SCENE, 13)))
    assert (learning.right, learning.settled, learning.errors, learning.open) == (1, 1, (180,), {})
    assert record(learning) == "right 1 of 1 times this shift, typically 3 min off"


def test_it_was_wrong_when_the_team_took_longer_or_was_done_much_earlier() -> None:
    assert settled(calls(17, cleared(SCENE, 16))).right == 0
    early = settled(calls(6, cleared(SCENE, 4)))
    assert (early.right, early.settled, early.errors) == (0, 1, (-360,))


def test_a_call_that_no_longer_waits_at_its_warning_gets_no_estimate() -> None:
    gone = replace(waits(queued=-15), eligible=False)
    learning = settled(calls(3, gone))
    assert (learning.open, learning.unmade) == ({}, 0)


def test_a_wait_that_starts_over_is_warned_of_at_its_new_time() -> None:
    moved = calls(3, waits(queued=-12))
    assert advance(board(*ROWS), [moved], at(7.5)).learning.open == {}
    assert advance(board(*ROWS), [moved], at(9)).learning.open["w"].at == at(8)


def test_a_call_first_seen_after_its_warning_gets_its_estimate_at_once() -> None:
    late = calls(3, waits(queued=-19))
    learning = advance(board(*ROWS[:-1]), [late], at(4)).learning
    assert [(one.call, one.at) for one in learning.open.values()] == [("w", at(3, 1))]
    again = calls(5, replace(waits(queued=-19), updated_at=at(5)))
    assert advance(board(*ROWS[:-1]), [late, again], at(6)).learning == learning


def test_one_of_which_nothing_could_be_said_by_then_counts_once() -> None:
    late, again = calls(3, waits(queued=-19)), calls(5, replace(waits(queued=-19), updated_at=at(5)))
    learning = advance(board(team("a", "1"), SCENE), [late, again], at(6)).learning
    assert (learning.open, learning.unmade) == ({}, 1)


def test_a_call_whose_priority_moved_past_its_warning_gets_its_estimate_too() -> None:
    mild = replace(waits(queued=-19), priority=9)
    moved = calls(3, waits(queued=-19))
    start_ = board(*ROWS[:-1], mild)
    assert not advance(start_, [], at(2.9)).learning.open
    assert list(advance(start_, [moved], at(4)).learning.open) == ["w"]


def test_an_estimate_for_a_call_that_was_cancelled_is_let_go() -> None:
    off = replace(waits(queued=-15), state=CallState.CLOSED, closed_at=at(7))
    learning = settled(calls(7, off), calls(11, cleared(SCENE, 11)))
    assert (learning.open, learning.settled) == ({}, 0)
    attended = replace(off, police=Police.ATTENDED)
    assert settled(calls(7, attended), calls(11, cleared(SCENE, 11))).settled == 1


def test_an_estimate_of_a_team_that_left_the_roster_is_let_go() -> None:
    learning = settled(UnitsChanged(at(8), "cad/units", (), ("a",)))
    assert (learning.open, learning.settled) == ({}, 0)


def test_a_warning_at_which_nothing_can_be_said_is_counted_as_that() -> None:
    learning = board(team("a", "1"), SCENE, waits(queued=-15), minutes=6).learning
    assert (learning.open, learning.unmade) == ({}, 1)


def test_a_team_that_left_its_closed_call_by_its_own_row_settles_the_estimate() -> None:
    closed = replace(SCENE, state=cleared(SCENE, 8).state, closed_at=at(8))
    still = advance(board(*ROWS), [calls(8, closed)], at(9))
    assert set(still.learning.open) == {"w"}
    freed = UnitsChanged(at(11), "cad/units", (team("a"),))
    assert advance(still, [freed], at(12)).learning.errors == (-120,)


def test_an_estimate_of_a_team_that_was_taken_off_its_call_is_let_go() -> None:
    learning = settled(calls(8, replace(SCENE, assignments=scene("1", "b", -2).assignments)))
    assert (learning.open, learning.settled) == ({}, 0)


def test_another_shift_counts_anew_and_still_settles_what_is_open() -> None:
    described = AgencyDescribed(NOON, "cad", AGENCY)
    turned = AgencyDescribed(at(12), "cad", replace(AGENCY, shift_from=at(12)))
    second = (calls(11, cleared(SCENE, 11)), turned)
    learning = settled(described, *second)
    assert (learning.settled, learning.right, learning.shift_from) == (0, 0, at(12))
    late = settled(described, turned, calls(13, cleared(SCENE, 13)))
    assert (late.settled, late.right) == (1, 1)


def test_a_restart_in_the_shift_goes_on_counting_and_settles_what_was_open() -> None:
    before = board(*ROWS, minutes=6)
    held = replace(before.learning, right=3, settled=4, errors=(60, 60, 60, 900))
    again = board(*ROWS, minutes=6.5)
    fresh = replace(again, learning=Learning())
    after = reduce(fresh, CarriedOver(at(7), scenes=before.scenes, learning=held))
    learning = advance(after, [calls(11, cleared(SCENE, 11))], at(12)).learning
    assert (learning.right, learning.settled) == (4, 5)
    assert record(learning) == "right 4 of 5 times this shift, typically 1 min off"


def test_a_restart_in_another_shift_does_not_count_the_old_one() -> None:
    old = Learning(right=3, settled=4, errors=(1,), shift_from=at(-600))
    assert Learning(shift_from=NOON).carried(old) == Learning(shift_from=NOON)


def test_a_board_of_days_ago_hands_over_how_long_scenes_took_and_nothing_else() -> None:
    old, week = board(*ROWS, minutes=6), timedelta(days=7)
    carried = carried_from(old, start(old.at + week), old.at + week)
    assert carried == CarriedOver(old.at + week, scenes=old.scenes)


def test_a_board_of_this_shift_hands_over_what_it_learned() -> None:
    old = board(*ROWS, minutes=6)
    carried = carried_from(old, start(at(7)), at(7))
    assert (carried.scenes, carried.learning) == (old.scenes, old.learning)


def test_before_anything_is_settled_no_share_is_told() -> None:
    assert record(Learning()) == "no estimate settled yet this shift"


def test_estimates_that_nobody_settles_make_room() -> None:
    many = [Estimate(f"c{n}", "a", "1", NOON, NOON, Like.ALL, 3) for n in range(OPEN + 5)]
    assert len(Learning().made(many, 0).open) == OPEN


@st.composite
def stories(draw: st.DrawFn) -> list[Recorded]:
    """Calls that wait, teams that clear, are corrected or leave, over half an hour."""
    events: list[Recorded] = [DefinitionsLoaded(NOON, KICK_PACK), *log(*ROWS[:-1])]
    for number, moment in enumerate(sorted(draw(st.lists(st.integers(1, 1_800_000), max_size=8)))):
        when = NOON + timedelta(milliseconds=moment)
        minutes = moment / 60_000
        rows: tuple[Call, ...] = draw(
            st.sampled_from(
                (
                    (waits(f"w{number % 3}", queued=minutes - 19),),
                    (waits(f"w{number % 3}", queued=minutes - 19.9), waits("w9", queued=minutes - 10)),
                    (cleared(SCENE, minutes),),
                    (SCENE,),
                    (over(f"o{number}", "b", 10 + number, ended=minutes),),
                )
            )
        )
        events.append(CallsChanged(when, "cad/calls", rows))
        unit: Unit = draw(st.sampled_from((team("a"), team("a", "1"))))
        events.append(UnitsChanged(when, "cad/units", (unit,)))
    return events


def _played(events: list[Recorded], frames: list[int]) -> State:
    state, left = start(NOON), list(events)
    for frame in sorted(frames):
        now = NOON + timedelta(milliseconds=frame)
        due = [event for event in left if event.at <= now]
        left = left[len(due) :]
        state = advance(state, due, now)
    return advance(state, left, at(40))


@settings(deadline=None)
@given(stories(), st.lists(st.integers(0, 2_000_000), max_size=12))
def test_any_frame_rate_makes_and_settles_the_same_estimates(
    events: list[Recorded], frames: list[int]
) -> None:
    whole, cut = _played(events, []), _played(events, frames)
    assert (whole.learning, whole.scenes) == (cut.learning, cut.scenes)


@settings(deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_rows_within_a_reply_does_not_matter(events: list[Recorded], dice: object) -> None:
    turned = [
        replace(event, changed=tuple(sorted(event.changed, key=lambda _row: dice.random())))  # type: ignore[attr-defined]  # a Random
        if isinstance(event, CallsChanged)
        else event
        for event in events
    ]
    one, two = _played(events, []), _played(turned, [])
    assert (one.learning, one.scenes) == (two.learning, two.scenes)


@settings(deadline=None)
@given(stories(), st.integers(0, 20))
def test_a_board_put_away_goes_on_with_the_same_estimates(events: list[Recorded], cut: int) -> None:
    first = advance(start(NOON), events[:cut], events[cut - 1].at if 0 < cut <= len(events) else NOON)
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(first), type=State)
    assert kept.learning == first.learning
    left = [event for event in events[cut:] if event.at >= kept.at]
    assert advance(kept, left, at(40)).learning == advance(first, left, at(40)).learning


def test_in_a_storm_of_warnings_a_few_estimates_are_made_and_the_others_count_as_unmade() -> None:
    storm = [replace(waits(queued=-15), id=f"w{number}") for number in range(MOST + 5)]
    learning = board(*ROWS[:-1], *storm, minutes=5.5).learning
    assert len(learning.open) == MOST
    assert learning.unmade == 5
