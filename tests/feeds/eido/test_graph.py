"""References between the components of a document: whatever they lead to, following them ends."""

import pytest

from console.domain.vocabulary import FeedName
from console.feeds.wire.finding import Reply
from tests.feeds.eido.documents import CALL, CRISIS, Document, crisis, dispatched, incident, on_the_way
from tests.feeds.eido.talk import asked, call, read, reply, told, units


def shouted(document: object) -> object:
    """The same with every key in capitals."""
    if isinstance(document, dict):
        return {name.upper(): shouted(value) for name, value in document.items()}
    return [shouted(each) for each in document] if isinstance(document, list) else document


def with_references(**where: str) -> Document:
    """A dispatch of components that refer to each other."""
    passed = [{"$id": name, "$ref": to} for name, to in where.items()]
    first = next(iter(where))
    return incident(
        5.0, dispatchComponent=dispatched(first), emergencyResourceComponent=[crisis("EnRoute"), *passed]
    )


def test_the_case_of_keys_does_not_matter() -> None:
    assert read(shouted(on_the_way())) == read(on_the_way())


def test_a_reference_to_nothing_is_counted() -> None:
    found = read(incident(5.0, dispatchComponent=dispatched("unit-nobody-sent")))
    assert told(found) == [("orphan", "emergencyResourceReference")]


@pytest.mark.parametrize("where", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}])
def test_references_in_a_circle_are_counted_and_end(where: dict[str, str]) -> None:
    assert ("orphan", "emergencyResourceReference") in told(read(with_references(**where)))


def test_a_reference_to_a_reference_is_followed() -> None:
    row = call(with_references(a="b", b=CRISIS))
    assert [part["unit"] for part in row["assignments"]] == [CRISIS]
    assert "assigned_at" in row["assignments"][0]


def test_a_component_in_place_of_a_reference_is_taken() -> None:
    team = crisis("OnScene")
    sent = [{"$id": "d", "emergencyResourceReference": [team]}]
    row = call(incident(5.0, dispatchComponent=sent, emergencyResourceComponent=[team]))
    assert row["state"] == "on_scene"


def test_a_document_without_any_id_is_counted_and_takes_nothing_off_the_board() -> None:
    (flaw,) = read({"lastUpdateTimeStamp": "2026-01-01T00:00:00Z"})[FeedName.CALLS].flaws
    assert (flaw.kind, flaw.what, flaw.rejected) == ("bad_row", "document", True)


def test_a_document_without_a_stamp_is_shown_and_counted() -> None:
    document = incident()
    del document["lastUpdateTimeStamp"]
    found = read(document)
    assert told(found) == [("bad_field", "lastUpdateTimeStamp")]
    assert found[FeedName.CALLS].rows[0]["id"] == CALL


def test_nesting_without_end_costs_its_document_only() -> None:
    levels = 400
    deep = b'{"inner":[' * levels + b"]}" * levels
    body = b'[{"$id":"deep","callComponent":' + deep + b"}," + reply(incident()).body + b"]"
    found = asked((Reply(200, {}, body, 0.0, 0.0),))
    assert [row["id"] for row in found[FeedName.CALLS].rows] == [CALL]
    assert told(found) == [("bad_row", "document")]


def test_units_without_an_id_are_counted() -> None:
    found = read(incident(emergencyResourceComponent=[{"secondaryUnitStatusRegistryText": ["OnScene"]}]))
    assert told(found, FeedName.UNITS) == [("bad_row", "emergencyResourceComponent")]
    assert not units(incident())
