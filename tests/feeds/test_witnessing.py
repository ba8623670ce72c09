"""Who is on a call, concluded from what each unit does now."""

from datetime import timedelta

from console.domain.entities import Call
from console.domain.vocabulary import CallState, FeedName
from console.feeds.adapters.assembly import Parts, assembled
from console.feeds.rows.held import Held
from console.feeds.rows.judge import Judge
from console.feeds.rows.reading import Setting
from console.feeds.spec import Dialect
from tests.domain.builders import NOON, at

CALL = {"id": "c1", "nature": "WELCHK"}


def calls(*units: dict[str, object]) -> list[dict[str, object]]:
    """The call rows that one call and these units give."""
    return assembled(Parts(calls=[dict(CALL)], units=[dict(unit) for unit in units]), Dialect()).rows[
        FeedName.CALLS
    ]


def test_a_unit_that_names_its_call_is_sent_there_and_its_stage_is_observed() -> None:
    (row,) = calls({"id": "u1", "call": "c1", "state": "enroute", "since": at(2)})
    assert row["assignments"] == [{"unit": "u1", "enroute_at": at(2)}]
    assert (row["state"], row["observed"]) == (CallState.ENROUTE, ["enroute_at"])


def test_a_call_that_no_unit_names_waits_where_units_name_their_calls() -> None:
    (row,) = calls({"id": "u1", "call": "", "state": "available"})
    assert row["state"] is CallState.PENDING
    assert "observed" not in row


def test_a_call_stays_unknown_where_units_never_name_one() -> None:
    (row,) = calls({"id": "u1", "state": "available"})
    assert "state" not in row


def test_the_stages_seen_before_stay_and_a_unit_that_left_has_cleared() -> None:
    held = Held(FeedName.CALLS)

    def seen(minute: float, *units: dict[str, object]) -> Call:
        now = at(minute) + timedelta(seconds=1)
        held.gather_all([Judge(FeedName.CALLS, Setting(now)).read(row) for row in calls(*units)], (), now)
        call = held.rows["c1"]
        assert isinstance(call, Call)
        return call

    seen(1, {"id": "u1", "call": "c1", "state": "enroute", "since": at(1)})
    seen(5, {"id": "u1", "call": "c1", "state": "on_scene", "since": at(5)})
    call = seen(9, {"id": "u1", "call": "", "state": "available", "since": at(9)})
    (part,) = call.assignments
    assert (part.enroute_at, part.on_scene_at) == (at(1), at(5))
    assert part.cleared_at == at(9) + timedelta(seconds=1)
    assert {"enroute_at", "on_scene_at", "cleared_at"} <= set(call.observed)
    assert call.stamps.on_scene_at == at(5)
    assert part.cleared_at > NOON
