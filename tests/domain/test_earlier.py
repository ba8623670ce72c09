"""A call as it was: nothing in it that had not happened yet, and nothing missing that had."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from console.domain.earlier import earlier
from console.domain.entities import Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState
from tests.domain.builders import at

CALL = Call(
    "C1",
    nature="Fall",
    state=CallState.CLOSED,
    raw_state="available",
    stamps=Stamps(answered_at=at(0), created_at=at(1), assigned_at=at(2), cleared_at=at(9)),
    assignments=(
        Assignment("M1", assigned_at=at(2), enroute_at=at(3), on_scene_at=at(5), cleared_at=at(8)),
        Assignment("E3", assigned_at=at(4), cleared_at=at(9)),
    ),
    disposition=Disposition("T", "Transported"),
    updated_at=at(9),
)
moments = st.none() | st.integers(0, 10).map(at)
parts = st.builds(
    Assignment, st.sampled_from(["M1", "E3"]), moments, moments, moments, moments, moments, moments
)
calls = st.builds(
    Call,
    st.just("C1"),
    stamps=st.builds(Stamps, *[moments] * len(Stamps.__struct_fields__)),
    assignments=st.lists(parts, max_size=4).map(tuple),
)


def test_a_call_in_the_end_is_as_it_came_to_be() -> None:
    assert earlier(CALL, at(9), CallState.CLOSED, "available") == CALL


def test_a_call_is_as_it_was_in_between() -> None:
    assert earlier(CALL, at(4), CallState.ENROUTE, "response") == replace(
        CALL,
        state=CallState.ENROUTE,
        raw_state="response",
        stamps=Stamps(answered_at=at(0), created_at=at(1), assigned_at=at(2)),
        assignments=(
            Assignment("M1", assigned_at=at(2), enroute_at=at(3)),
            Assignment("E3", assigned_at=at(4)),
        ),
        disposition=None,
        updated_at=at(4),
    )


def test_how_a_call_ended_is_not_known_before_it_is_closed() -> None:
    assert earlier(CALL, at(9), CallState.ON_SCENE, "on_scene").disposition is None


@given(calls, st.integers(0, 10).map(at))
def test_nothing_that_had_not_happened_yet_is_in_an_earlier_call(call: Call, moment: datetime) -> None:
    assert all(found <= moment for found in told(earlier(call, moment, CallState.PENDING, "")))


@given(calls, st.integers(0, 10).map(at), st.integers(0, 10).map(at))
def test_a_call_as_it_was_says_itself_what_was_before(call: Call, first: datetime, second: datetime) -> None:
    between = earlier(call, max(first, second), CallState.ASSIGNED, "")
    moment = min(first, second)
    assert earlier(between, moment, CallState.PENDING, "") == earlier(call, moment, CallState.PENDING, "")


def told(call: Call) -> list[datetime]:
    """Every moment that the call holds."""
    values = [*astuple(call.stamps), *[value for part in call.assignments for value in astuple(part)]]
    return [value for value in values if isinstance(value, datetime)]
