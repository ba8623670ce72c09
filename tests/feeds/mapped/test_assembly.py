"""What an API tells apart becomes one call, one unit, one crew."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Call, Unit
from console.domain.vocabulary import CallState, FeedName, Program, UnitState
from console.feeds.adapters.assembly import ORPHAN, Assembled, Parts, assembled
from console.feeds.spec import Dialect

T0 = datetime(2026, 8, 22, 14, 0, tzinfo=UTC)
STAR = Dialect("mapped", programs={"star": Program.MOBILE_CRISIS})


def at(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def board(parts: Parts, dialect: Dialect = STAR) -> Assembled:
    return assembled(parts, dialect)


def the_call(parts: Parts) -> Call:
    (row,) = board(parts).rows[FeedName.CALLS]
    return msgspec.convert(row, Call)


def the_unit(parts: Parts) -> Unit:
    (row,) = board(parts).rows[FeedName.UNITS]
    return msgspec.convert(row, Unit)


def test_assignments_become_part_of_their_call() -> None:
    sent = [
        {"call": "1", "unit": "B", "assigned_at": at(3), "enroute_at": at(4)},
        {"call": "1", "unit": "A", "assigned_at": at(2), "cleared_at": at(9)},
    ]
    call = the_call(Parts(calls=[{"id": "1"}], assignments=sent))
    assert call.units == ("A", "B")
    assert call.state is CallState.ENROUTE


def test_the_stamps_of_a_call_are_those_of_its_first_alternative_team() -> None:
    units = [{"id": "A", "kind": "engine"}, {"id": "B", "kind": "STAR"}]
    sent = [
        {"call": "1", "unit": "A", "assigned_at": at(2), "on_scene_at": at(5)},
        {"call": "1", "unit": "B", "assigned_at": at(3), "on_scene_at": at(8)},
    ]
    call = the_call(Parts(calls=[{"id": "1"}], units=units, assignments=sent))
    assert (call.stamps.assigned_at, call.stamps.on_scene_at) == (at(3), at(8))
    assert call.program is Program.MOBILE_CRISIS


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"assigned_at": None}, CallState.PENDING),
        ({"answered_at": at(1)}, CallState.UNKNOWN),
        ({"assigned_at": None, "closed_at": None}, CallState.PENDING),
        ({"assigned_at": at(1)}, CallState.ASSIGNED),
        ({"assigned_at": at(1), "on_scene_at": at(4), "left_at": at(9)}, CallState.TRANSPORTING),
        ({"cleared_at": at(4)}, CallState.CLOSED),
        ({"closed_at": at(4)}, CallState.CLOSED),
        ({"disposition": "GOA"}, CallState.CLOSED),
        ({"closed_at": at(4), "state": "pending"}, CallState.PENDING),
        ({}, CallState.UNKNOWN),
    ],
)
def test_a_state_is_concluded_only_from_what_the_api_tells(row: dict[str, Any], state: CallState) -> None:
    assert the_call(Parts(calls=[{"id": "1", **row}])).state is state


def test_a_call_that_nobody_was_sent_to_waits() -> None:
    assert the_call(Parts(calls=[{"id": "1"}], sent=True)).state is CallState.PENDING


def test_a_call_is_over_once_every_unit_has_cleared() -> None:
    sent = [
        {"call": "1", "unit": u, "assigned_at": at(1), "cleared_at": at(n)} for n, u in ((7, "A"), (9, "B"))
    ]
    call = the_call(Parts(calls=[{"id": "1"}], assignments=sent))
    assert (call.state, call.stamps.cleared_at) == (CallState.CLOSED, at(9))


def test_a_unit_sent_again_has_not_cleared() -> None:
    sent = [
        {"call": "1", "unit": "A", "assigned_at": at(1), "cleared_at": at(5)},
        {"call": "1", "unit": "A", "assigned_at": at(6), "cleared_at": None},
    ]
    assert the_call(Parts(calls=[{"id": "1"}], assignments=sent)).committed == ("A",)


def test_a_unit_belongs_to_the_call_it_was_last_sent_to() -> None:
    sent = [{"call": c, "unit": "A", "assigned_at": at(n)} for n, c in ((2, "1"), (6, "2"))]
    unit = the_unit(Parts(calls=[{"id": "1"}, {"id": "2"}], units=[{"id": "A"}], assignments=sent))
    assert (unit.call, unit.state) == ("2", UnitState.ASSIGNED)


def test_a_unit_of_which_nothing_is_told_is_never_available() -> None:
    assert the_unit(Parts(units=[{"id": "A"}], sent=True)).state is UnitState.UNKNOWN


def test_notes_become_the_narrative_in_their_order() -> None:
    notes = [{"call": "1", "at": at(5), "text": "later"}, {"call": "1", "at": at(2), "text": "first"}]
    assert (
        the_call(Parts(calls=[{"id": "1", "narrative": "asked"}], notes=notes)).narrative
        == "asked\nfirst\nlater"
    )


def test_staff_become_the_crew_of_their_unit() -> None:
    staff = [{"unit": "A", "name": "Li", "role": "clinician"}, {"unit": "A", "name": "Bo"}]
    crew = the_unit(Parts(units=[{"id": "A"}], staff=staff)).crew
    assert [(member.name, member.role) for member in crew] == [("Bo", "other"), ("Li", "clinician")]


def test_units_go_by_the_names_of_the_board() -> None:
    parts = Parts(
        calls=[{"id": "1"}],
        units=[{"id": "77"}],
        assignments=[{"call": "1", "unit": "77", "assigned_at": at(1)}],
    )
    found = board(parts, Dialect("mapped", units={"77": "STAR 1"}))
    assert found.rows[FeedName.UNITS][0]["id"] == "STAR 1"
    assert found.rows[FeedName.CALLS][0]["assignments"][0]["unit"] == "STAR 1"


def test_an_assignment_to_a_call_that_was_not_sent_is_told() -> None:
    found = board(Parts(assignments=[{"call": "9", "unit": "A"}]))
    assert [(flaw.row, flaw.kind) for flaw in found.flaws] == [("9", ORPHAN)]


def test_a_row_without_an_id_is_left_to_be_told_of() -> None:
    assert len(board(Parts(calls=[{"nature": "x"}])).rows[FeedName.CALLS]) == 1


def test_a_unit_that_has_no_place_has_no_position() -> None:
    fixes = [{"unit": "A", "lat": None, "lon": None, "at": at(1)}]
    assert board(Parts(positions=fixes)).rows[FeedName.POSITIONS] == []


MOMENTS = st.one_of(st.none(), st.integers(0, 30).map(at))
CALLS = st.fixed_dictionaries(
    {"id": st.sampled_from("123")},
    optional={
        "updated_at": MOMENTS,
        "answered_at": MOMENTS,
        "closed_at": MOMENTS,
        "nature": st.sampled_from(["A", "B", "", None]),
        "disposition": st.sampled_from(["GOA", None]),
        "observed": st.sampled_from([(), ("on_scene_at",), ("enroute_at",)]),
    },
)
SENT = st.fixed_dictionaries(
    {"call": st.sampled_from("123"), "unit": st.sampled_from("XYZ"), "assigned_at": MOMENTS},
    optional={"on_scene_at": MOMENTS, "cleared_at": MOMENTS},
)
NOTES = st.fixed_dictionaries({"call": st.sampled_from("123"), "at": MOMENTS, "text": st.sampled_from("abc")})
UNITS = st.fixed_dictionaries(
    {"id": st.sampled_from("XYZ")},
    optional={
        "kind": st.sampled_from(["star", "engine", None]),
        "state": st.sampled_from(["enroute", "unknown"]),
    },
)
STAFF = st.fixed_dictionaries({"unit": st.sampled_from("XYZ"), "name": st.sampled_from("pqr")})


@given(st.lists(CALLS), st.lists(SENT), st.lists(NOTES), st.lists(UNITS), st.lists(STAFF), st.randoms())
def test_any_order_of_rows_gives_the_same_board(calls, sent, notes, units, staff, dice) -> None:  # type: ignore[no-untyped-def]  # drawn
    def rows(*, mixed: bool) -> dict[FeedName, Any]:
        lists = [[dict(row) for row in one] for one in (calls, sent, notes, units, staff)]
        if mixed:
            for one in lists:
                dice.shuffle(one)
        one, two, three, four, five = lists
        parts = Parts(calls=one, assignments=two, notes=three, units=four, staff=five)
        return board(parts).rows

    assert rows(mixed=True) == rows(mixed=False)
