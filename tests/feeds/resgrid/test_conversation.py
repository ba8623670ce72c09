"""What is asked of a Resgrid server, when, and what becomes of an answer that is none."""

import pytest

from console.domain.vocabulary import CallState, FeedName, Health
from console.feeds.adapter import Failed
from console.feeds.adapters.resgrid.adapter import ACTIVE_CALLS, AGAIN, CALL, EXTRA, RIGHTS, UNITS
from console.feeds.rows.reading import Unreadable
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.spacing import WAITS
from tests.feeds.resgrid.department import Department, answer, call, dispatch, heading, reply, unit, wrapped

LISTS = ["GetActiveCalls", "GetAllUnitsInfos", "GetAllUnitStatuses"]
DOWN = Trouble(Health.DOWN, "refused", "Nothing listens.", "Call them.")
FAILED = Trouble(Health.DOWN, "server_error", "The server has failed.", "Call them.", status=500)
DENIED = Trouble(Health.AUTH, "sign_in", "The server wants a valid sign-in (401).", "Check.", status=401)


@pytest.fixture
def department() -> Department:
    found = Department()
    found.calls, found.units, found.statuses = [call()], [unit()], [heading()]
    return found


def test_an_empty_board_is_complete(department: Department) -> None:
    empty = Department().round()
    assert all(gathered.complete and not gathered.rows for gathered in empty.values())


def test_details_are_asked_for_a_new_call_and_not_again(department: Department) -> None:
    department.round()
    assert department.asked == [*LISTS, "GetCallExtraData 84112"]
    department.round()
    assert department.asked == LISTS


def test_details_are_asked_for_again_when_a_unit_changes_its_state(department: Department) -> None:
    department.round()
    department.units = [unit(status=6, since="19:52:00")]
    department.round()
    assert "GetCallExtraData 84112" in department.asked


def test_details_are_asked_for_again_when_a_unit_leaves(department: Department) -> None:
    department.round()
    department.statuses = []
    department.round()
    assert "GetCallExtraData 84112" in department.asked


def test_a_call_no_unit_heads_for_is_asked_about_once_a_minute(department: Department) -> None:
    department.statuses = []
    rounds = [department.round() and "GetCallExtraData 84112" in department.asked for _ in range(AGAIN + 1)]
    assert rounds == [True, *[False] * (AGAIN - 1), True]


def test_all_is_asked_anew_on_demand(department: Department) -> None:
    department.round()
    department.round(fresh=True)
    assert "GetCallExtraData 84112" in department.asked


def test_details_that_cannot_be_had_cost_their_call_alone_and_are_asked_again(department: Department) -> None:
    department.instead = {EXTRA: FAILED}
    found = department.round()[FeedName.CALLS]
    assert [row["state"] for row in found.rows] == [CallState.ENROUTE]
    assert [(flaw.row, flaw.what) for flaw in found.flaws] == [("84112", "extra data")]
    department.instead = {}
    department.extra = {84112: {"Dispatches": [dispatch()]}}
    assert "assigned_at" in department.first_call()["stamps"]


def test_details_that_are_denied_are_asked_for_again_when_the_call_changes_or_after_ten_minutes(
    department: Department,
) -> None:
    department.instead = {EXTRA: DENIED}
    asked = []
    for number in range(130):
        if number == 5:
            department.calls = [call(Note="New")]
        found = department.round()[FeedName.CALLS]
        asked += [number] * department.asked.count("GetCallExtraData 84112")
        assert [row["id"] for row in found.rows] == ["84112"]
        assert [(flaw.row, flaw.what) for flaw in found.flaws] == [("84112", "extra data")]
    assert asked == [0, 5, 65, 125]
    department.instead = {}
    department.calls = [call()]
    assert not department.round()[FeedName.CALLS].flaws


def test_details_for_which_no_new_token_can_be_bought_yet_cost_their_call_alone(
    department: Department,
) -> None:
    department.instead = {
        EXTRA: Trouble(Health.DOWN, WAITS, "The secret is shown again later.", "Wait.", 9.0)
    }
    found = department.round()[FeedName.CALLS]
    assert [row["id"] for row in found.rows] == ["84112"]
    assert [(flaw.row, flaw.what) for flaw in found.flaws] == [("84112", "extra data")]


@pytest.mark.parametrize("path", [ACTIVE_CALLS, UNITS, EXTRA])
def test_a_server_that_goes_away_in_the_middle_gives_no_board(department: Department, path: str) -> None:
    department.instead = {path: DOWN}
    with pytest.raises(Failed):
        department.round()


def test_a_server_that_is_down_is_asked_one_thing(department: Department) -> None:
    department.instead = {ACTIVE_CALLS: DOWN}
    with pytest.raises(Failed):
        department.round()
    assert department.asked == ["GetActiveCalls"]


def test_missing_rights_are_named(department: Department) -> None:
    refused = Trouble(Health.AUTH, "forbidden", "It may not be read.", "Ask.", status=403)
    department.instead = {UNITS: refused}
    with pytest.raises(Failed) as failed:
        department.round()
    assert failed.value.trouble.tip == RIGHTS


def test_a_failure_told_with_status_200_gives_no_board(department: Department) -> None:
    department.instead = {ACTIVE_CALLS: reply(wrapped([], "failure"))}
    with pytest.raises(Unreadable):
        department.round()


def test_a_round_that_fails_forgets_nothing(department: Department) -> None:
    department.round()
    department.calls, department.ended = [], {84112: call(State=1)}
    department.instead = {CALL: DOWN}
    with pytest.raises(Failed):
        department.round()
    department.instead = {}
    assert department.first_call()["state"] is CallState.CLOSED


@pytest.mark.parametrize(
    ("state", "words"), [(1, "Closed"), (2, "Cancelled"), (3, "Unfounded"), (4, "Founded"), (5, "Minor")]
)
def test_a_call_that_is_listed_no_more_is_closed_with_its_state_as_disposition(
    department: Department, state: int, words: str
) -> None:
    department.round()
    department.calls, department.ended = [], {84112: call(State=state)}
    found = department.first_call()
    assert found["state"] is CallState.CLOSED
    assert found["disposition"] == {"code": str(state), "text": words}
    assert "closed_at" in found["observed"]
    assert "closed_at" not in found


def test_a_closed_call_is_asked_for_once(department: Department) -> None:
    department.round()
    department.calls, department.ended = [], {84112: call(State=1)}
    department.round()
    assert "GetCall 84112" in department.asked
    assert not department.round()[FeedName.CALLS].rows
    assert department.asked == LISTS


def test_a_call_that_is_not_listed_and_still_active_stays(department: Department) -> None:
    department.round()
    department.calls, department.ended = [], {84112: call()}
    assert department.first_call()["state"] is CallState.ENROUTE
    assert department.first_call()["state"] is CallState.ENROUTE


def test_a_call_that_cannot_be_asked_for_is_tried_twice_and_left_to_its_absence(
    department: Department,
) -> None:
    department.round()
    department.calls = []
    department.instead = {CALL: Reply(200, {}, b"{", 0.0, 0.0)}
    asked = []
    for _ in range(3):
        assert not department.round()[FeedName.CALLS].rows
        asked.append("GetCall 84112" in department.asked)
    assert asked == [True, True, False]


def test_a_deleted_call_is_left_to_its_absence(department: Department) -> None:
    department.round()
    department.calls = []
    assert not department.round()[FeedName.CALLS].rows
    department.round()
    assert department.asked == LISTS


def test_a_call_that_comes_back_is_read_as_before(department: Department) -> None:
    department.extra = {84112: {"Dispatches": [dispatch()], "Activity": [answer(5, "19:43:40")]}}
    first = department.first_call()
    department.calls, department.instead = [], {CALL: FAILED}
    department.round()
    department.calls = [call()]
    assert department.first_call() == first


def test_rows_without_an_id_are_handed_on_to_be_counted(department: Department) -> None:
    department.calls, department.units = [call(), 7, {"Name": "no id"}], [None]
    found = department.round()
    assert found[FeedName.CALLS].rows[1:] == [{}, {}]
    assert found[FeedName.UNITS].rows == [{}]
