"""A call taken back to a moment shows nothing that came later, and at the end it is itself."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.corrected import appears_at, as_of, ended_at, moments
from console.domain.entities import STAMP_NAMES, Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState
from tests.domain.builders import NOON, at, keys
from tests.domain.builders import moments as any_moment

some = st.none() | any_moment
PARTS = [name for name in Assignment.__struct_fields__ if name != "unit"]


@st.composite
def known_calls(draw: st.DrawFn) -> Call:
    """Any call as known at the end of a shift; its stamps in any order."""
    return Call(
        draw(keys),
        state=draw(st.sampled_from(CallState)),
        raw_state="raw",
        stamps=Stamps(**{name: draw(some) for name in STAMP_NAMES}),
        assignments=tuple(
            Assignment(unit, **{name: draw(some) for name in PARTS})
            for unit in draw(st.lists(keys, max_size=2, unique=True))
        ),
        disposition=Disposition("DONE"),
        closed_at=draw(some),
        updated_at=draw(some),
    )


def _all(call: Call) -> list[datetime]:
    rows: list[Stamps | Assignment | Call] = [call.stamps, *call.assignments, call]
    values = (getattr(row, name) for row in rows for name in row.__struct_fields__)
    return [value for value in values if isinstance(value, datetime)]


@given(known_calls(), any_moment)
def test_nothing_later_than_the_moment_shows(call: Call, moment: datetime) -> None:
    found = as_of(call, moment)
    assert found is None or all(shown <= moment for shown in _all(found))


@given(known_calls())
def test_when_all_has_happened_it_is_the_call_itself(call: Call) -> None:
    last = max([NOON, *moments(call), appears_at(call) or NOON])
    assert as_of(call, last) is call


@given(known_calls(), any_moment, any_moment)
def test_it_changes_at_its_moments_only(call: Call, one: datetime, other: datetime) -> None:
    first, last = sorted((one, other))
    if not any(first < moment <= last for moment in moments(call)):
        assert as_of(call, first) == as_of(call, last)


@given(known_calls(), any_moment)
def test_what_was_shown_once_stays(call: Call, moment: datetime) -> None:
    found, later = as_of(call, moment), as_of(call, moment + timedelta(seconds=30))
    if found is not None:
        assert later is not None
        assert set(found.units) <= set(later.units)


@given(known_calls(), any_moment)
def test_an_open_call_tells_no_end(call: Call, moment: datetime) -> None:
    found, end = as_of(call, moment), ended_at(call)
    if found is not None and found is not call and (end is None or moment < end):
        assert (found.state is CallState.CLOSED, found.disposition) == (False, None)


CALL = Call(
    "k1",
    nature="WELCHK",
    state=CallState.CLOSED,
    raw_state="CLR",
    stamps=Stamps(answered_at=at(0), assigned_at=at(2), on_scene_at=at(5), cleared_at=at(30)),
    assignments=(
        Assignment("T1", at(2), at(3), at(5), cleared_at=at(20)),
        Assignment("T2", at(10), at(11), cleared_at=at(30)),
    ),
    disposition=Disposition("TRANSPORTED"),
    closed_at=at(31),
    updated_at=at(31),
)


def _states(*minutes: float) -> list[CallState | None]:
    boards = [as_of(CALL, at(minute)) for minute in minutes]
    return [call.state if call else None for call in boards]


def test_the_state_follows_from_the_furthest_unit_still_there() -> None:
    assert _states(-1, 0, 2, 3, 5, 20, 30, 31) == [
        None,
        CallState.PENDING,
        CallState.ASSIGNED,
        CallState.ENROUTE,
        CallState.ON_SCENE,
        CallState.ENROUTE,
        CallState.PENDING,
        CallState.CLOSED,
    ]


def test_a_later_unit_is_not_there_yet() -> None:
    call = as_of(CALL, at(9))
    assert call is not None
    assert call.units == ("T1",)
    assert call.nature == "WELCHK"
