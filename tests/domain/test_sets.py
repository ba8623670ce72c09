"""The sets of the diversion family, and the figures over them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.entities import Call, Stamps, Unit
from console.domain.metrics import Tally, counted, figures, teams
from console.domain.sets import marks, waiting
from console.domain.vocabulary import CallState, Police, Program, UnitState
from tests.domain.builders import PACK, at, calls, units

SERVED = Call(
    "a",
    nature="WELCHK",
    program=Program.CLINICIAN_EMS,
    state=CallState.CLOSED,
    police=Police.NONE,
    police_queue=False,
    eligible=True,
    public_initiated=True,
    stamps=Stamps(answered_at=at(0), assigned_at=at(5), on_scene_at=at(15)),
)


def test_a_served_police_default_call_without_police_is_a_strict_diversion() -> None:
    assert marks(SERVED, PACK).strict is True


def test_a_co_responder_call_is_never_a_strict_diversion() -> None:
    assert marks(replace(SERVED, program=Program.CO_RESPONDER), PACK).strict is False


def test_police_of_whom_nothing_is_known_leave_the_diversion_open() -> None:
    assert marks(replace(SERVED, police=Police.UNKNOWN), PACK).strict is None


def test_a_nature_that_the_pack_does_not_list_stays_unknown() -> None:
    found = marks(replace(SERVED, nature="XYZ", eligible=None, police_queue=None), PACK)
    assert (found.behavioral, found.eligible, found.would_need_police) == (None, None, None)


def test_a_call_screened_out_is_never_eligible() -> None:
    assert marks(replace(SERVED, eligible=False), PACK).eligible is False


def test_a_waiting_call_is_neither_served_nor_unmet() -> None:
    found = marks(replace(SERVED, state=CallState.PENDING, stamps=Stamps(answered_at=at(0))), PACK)
    assert (found.served, found.unmet, found.open) == (False, False, True)


def test_an_eligible_call_handed_to_police_is_unmet() -> None:
    handed = replace(SERVED, police=Police.ATTENDED, stamps=Stamps(answered_at=at(0)))
    assert marks(handed, PACK).unmet is True


def test_a_police_only_call_does_not_wait_for_a_team() -> None:
    assert not waiting(Call("p", state=CallState.PENDING, program=Program.POLICE))


@given(st.lists(calls(), max_size=20))
def test_eligible_calls_are_served_unmet_or_open(rows: list[Call]) -> None:
    sure = [row for row in rows if marks(row, PACK).served is not None]
    tally = counted(sure, PACK, None)
    assert tally.eligible_yes == tally.served_yes + tally.unmet + tally.open


@given(st.lists(calls(), max_size=20))
def test_a_range_always_holds_its_value_and_stays_a_share(rows: list[Call]) -> None:
    for metric in figures(counted(rows, PACK, None)):
        if metric.low is not None and metric.high is not None and metric.value is not None:
            assert metric.low <= metric.value <= metric.high


def test_what_nobody_knows_is_a_range_and_never_a_plain_zero() -> None:
    found = {metric.name: metric for metric in figures(counted([Call("a"), Call("b")], PACK, None))}
    assert (found["eligible_calls"].low, found["eligible_calls"].high) == (0, 2)
    assert (found["eligible_calls"].n, found["eligible_calls"].excluded) == (0, 2)
    assert (found["gross_share"].low, found["gross_share"].high) == (0.0, 1.0)
    assert found["waiting"].excluded == 0


@given(st.lists(units(), max_size=30))
def test_teams_always_sum_to_the_roster(rows: list[Unit]) -> None:
    assert teams(rows).roster == len(rows)


def test_an_unknown_status_is_never_counted_as_available() -> None:
    assert teams([Unit("u", state=UnitState.UNKNOWN)]).available == 0


@pytest.mark.parametrize(
    ("tally", "name", "value"),
    [
        (
            Tally(answered_yes=16_479, answered_may=16_479, public_yes=109_855, public_may=109_855),
            "gross_share",
            0.150,
        ),
        (
            Tally(eligible_yes=37_113, eligible_may=37_113, served_yes=24_071, served_may=24_071),
            "eligible_coverage",
            0.649,
        ),
        (
            Tally(eligible_yes=12_955, eligible_may=12_955, served_yes=5_700, served_may=5_700),
            "eligible_coverage",
            0.440,
        ),
    ],
)
def test_published_figures_come_out(tally: Tally, name: str, value: float) -> None:
    found = {metric.name: metric.value for metric in figures(tally)}
    assert found[name] == pytest.approx(value, abs=0.0005)
