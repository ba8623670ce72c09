"""What an incident is on the board: its state, kind, end and the stages of its units."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.vocabulary import FeedName, Program
from console.feeds.spec import Dialect
from tests.feeds.eido.documents import (
    CALL,
    CRISIS,
    PATROL,
    crisis,
    dispatched,
    incident,
    moment,
    on_the_way,
    over,
    transfer,
    unit,
)
from tests.feeds.eido.talk import call, read, told, units


def with_incident(**fields: Any) -> dict[str, Any]:
    """A document whose incident has these fields."""
    document = incident()
    document["incidentComponent"] |= fields
    return document


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (("Active",), "pending"),
        (("Active", "ResourcesAssigned"), "assigned"),
        (("resources enroute",), "enroute"),
        (("ResourcesOnscene", "Active"), "on_scene"),
        (("Closed",), "closed"),
        (("Cancelled",), "closed"),
        (("Closed", "ReOpened"), "pending"),
        (("Contained",), "unknown"),
    ],
)
def test_the_statuses_of_an_incident_give_its_state(statuses: tuple[str, ...], state: str) -> None:
    row = call(incident(2.0, *statuses))
    assert (row["state"], row["raw_state"]) == (state, ", ".join(statuses))


def test_a_status_that_nobody_knows_is_counted() -> None:
    assert told(read(incident(2.0, "Contained"))) == [
        ("unknown_code", "incidentStatusCommonRegistryText contained")
    ]


def test_an_active_incident_stands_where_its_units_are() -> None:
    row = call(incident(5.0, "Active", emergencyResourceComponent=[crisis("OnScene")]))
    assert row["state"] == "on_scene"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("EDP", "Emotionally disturbed person"),
        ("MNTL", "Mental health"),
        ("MTLV", "Mental health, violent"),
        ("SUICIDE", "Suicide"),
        ("SUICTHRT", "Suicide threat"),
        ("WELFARE", "Welfare check"),
        ("INTOX", "Intoxicated person"),
        ("OD", "Overdose"),
    ],
)
def test_a_crisis_type_is_the_nature_in_readable_words(code: str, text: str) -> None:
    row = call(with_incident(incidentTypeCommonRegistryText=code))
    assert (row["nature"], row["nature_text"]) == (code, text)


def test_another_type_goes_by_the_agencys_own_code() -> None:
    row = call(
        with_incident(incidentTypeCommonRegistryText="STRUCTFIRE", incidentTypeInternalText="House fire")
    )
    assert (row["nature"], row["nature_text"]) == ("29C", "House fire")


def test_the_primary_disposition_ends_the_call() -> None:
    row = call(over())
    assert row["disposition"] == {"code": "07", "text": "Referred to other agency"}
    assert (row["closed_at"], "closed_at" in row["observed"]) == (moment(25.0), True)


def test_notes_are_told_in_their_order() -> None:
    assert call(incident())["narrative"] == "Says he has pills.\nSister is with him."


def test_the_telephone_call_gives_the_first_stamps() -> None:
    stamps = call(incident())["stamps"]
    assert (stamps["created_at"], stamps["answered_at"]) == (moment(-1.0), moment(0.0))


def test_without_a_telephone_call_the_first_document_is_the_witness_of_the_beginning() -> None:
    row = call(incident(2.0, callComponent=[]), incident(9.0, callComponent=[]))
    assert (row["stamps"]["created_at"], row["observed"]) == (moment(2.0), ["created_at"])


def test_a_transfer_is_a_call_whose_state_nobody_has_told() -> None:
    row = call(transfer())
    assert (row["id"], row["state"], row["origin"], row["assignments"]) == (CALL, "unknown", "911", [])


def test_units_that_were_sent_have_the_moment_of_their_dispatch() -> None:
    row = call(on_the_way())
    parts = {part["unit"]: part for part in row["assignments"]}
    assert parts[CRISIS] == {"unit": CRISIS, "assigned_at": moment(3.0), "enroute_at": moment(5.0)}
    assert parts[PATROL] == {"unit": PATROL, "assigned_at": moment(3.0)}
    assert row["observed"] == ["assigned_at", "enroute_at"]


def test_a_unit_on_another_incident_is_not_on_this_one() -> None:
    elsewhere = crisis("OnScene", activeOnIncidentId="urn:another")
    found = read(incident(emergencyResourceComponent=[elsewhere]))
    assert found[FeedName.CALLS].rows[0]["assignments"] == []
    assert told(found, FeedName.UNITS) == [("orphan", "activeOnIncidentId")]


def test_a_unit_that_a_newer_document_leaves_out_has_left() -> None:
    row = call(on_the_way(5.0), incident(9.0))
    assert {part["cleared_at"] for part in row["assignments"]} == {moment(9.0)}


@given(st.permutations(range(4)))
def test_documents_in_any_order_give_the_same_history(order: list[int]) -> None:
    scene = incident(
        12.0, dispatchComponent=dispatched(CRISIS), emergencyResourceComponent=[crisis("OnScene")]
    )
    documents = [on_the_way(5.0), on_the_way(7.0), scene, over(25.0)]
    (part,) = (
        part for part in call(*(documents[at] for at in order))["assignments"] if part["unit"] == CRISIS
    )
    stages = (part["assigned_at"], part["enroute_at"], part["on_scene_at"], part["cleared_at"])
    assert stages == (moment(3.0), moment(5.0), moment(12.0), moment(25.0))


@pytest.mark.parametrize(
    ("statuses", "primary", "state"),
    [
        (("Assigned",), "NotAvailable", "assigned"),
        (("Dispatched",), "NotAvailable", "assigned"),
        (("EnRoute",), "NotAvailable", "enroute"),
        (("Arrived",), "NotAvailable", "on_scene"),
        (("OnScene", "PatientContact"), "NotAvailable", "on_scene"),
        (("Transporting",), "NotAvailable", "transporting"),
        (("Hospital",), "NotAvailable", "at_destination"),
        (("Cleared",), "Available", "available"),
        (("Cleared",), "NotAvailable", "out_of_service"),
        (("Meal",), "ConditionallyAvailable", "out_of_service"),
        (("OffDuty",), "NotAvailable", "off_duty"),
        ((), "Available", "available"),
        ((), "ConditionallyAvailable", "delayed"),
        ((), "NotAvailable", "out_of_service"),
        ((), "", "unknown"),
        (("Fuelling",), "Available", "unknown"),
    ],
)
def test_the_statuses_of_a_unit_give_its_state(statuses: tuple[str, ...], primary: str, state: str) -> None:
    row = units(incident(emergencyResourceComponent=[crisis(*statuses, primary=primary)]))[CRISIS]
    assert row["state"] == state


def test_a_unit_status_that_nobody_knows_is_counted() -> None:
    found = read(incident(emergencyResourceComponent=[crisis("Fuelling", primary="Available")]))
    assert told(found, FeedName.UNITS) == [("unknown_code", "secondaryUnitStatusRegistryText fuelling")]


def test_a_crisis_intervention_unit_is_a_mobile_crisis_team() -> None:
    found = units(on_the_way())
    assert (found[CRISIS]["program"], found[PATROL]["program"]) == ("mobile_crisis", "other")


@pytest.mark.parametrize("name", ["CrisisInterventionUnit", "STAR1", CRISIS])
def test_the_agency_may_say_which_program_a_unit_is_of(name: str) -> None:
    dialect = Dialect("eido", programs={name: Program.CO_RESPONDER})
    assert units(on_the_way(), dialect=dialect)[CRISIS]["program"] == "co_responder"


@pytest.mark.parametrize("name", [CRISIS, "STAR1"])
def test_a_unit_goes_by_the_boards_name_everywhere(name: str) -> None:
    found = read(on_the_way(), dialect=Dialect("eido", units={name: "star-1"}))
    assert "star-1" in [row["id"] for row in found[FeedName.UNITS].rows]
    assert [row["unit"] for row in found[FeedName.POSITIONS].rows] == ["star-1"]
    assert "star-1" in [part["unit"] for part in found[FeedName.CALLS].rows[0]["assignments"]]


@pytest.mark.parametrize(
    ("state", "emergency"),
    [(True, True), ("Active", True), ("OfficerDown", True), (False, False), ("None", False), ("", False)],
)
def test_whatever_is_not_known_to_be_calm_is_an_emergency(state: object, emergency: bool) -> None:
    row = units(incident(emergencyResourceComponent=[crisis("OnScene", unitEmergencyState=state)]))[CRISIS]
    assert row["emergency"] is emergency


def test_a_unit_in_two_incidents_is_shown_as_the_newer_says() -> None:
    before = incident(5.0, emergencyResourceComponent=[crisis("OnScene")])
    after = incident(9.0, emergencyResourceComponent=[crisis("Cleared", primary="Available")])
    after["$id"] = "urn:another"
    assert units(after, before)[CRISIS]["state"] == "available"


def test_a_unit_without_a_dispatch_is_on_the_incident_it_names() -> None:
    row = call(
        incident(emergencyResourceComponent=[unit(PATROL, "PatrolUnit", "OnScene", activeOnIncidentId=CALL)])
    )
    assert [part["unit"] for part in row["assignments"]] == [PATROL]
