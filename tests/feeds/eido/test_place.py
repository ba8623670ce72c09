"""Places out of PIDF-LO: what they tell, and what they must never make the console do."""

import pytest

from console.domain.vocabulary import FeedName
from console.feeds.adapters.eido.place import LARGEST, Place, place
from tests.feeds.eido.documents import CIVIC, CRISIS, PIDF, POINT, incident, on_the_way, point
from tests.feeds.eido.talk import call, read, told

CIRCLE = (
    '<gs:Circle xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml"'
    ' srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>39.7 -105.1</gml:pos>'
    '<gs:radius uom="urn:ogc:def:uom:EPSG::9001">30</gs:radius></gs:Circle>'
)
BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><b>&c;</b>'
)
ELSEWHERE = '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><b>&x;</b>'
DTD = '<!DOCTYPE b SYSTEM "http://127.0.0.1:9/evil.dtd"><b/>'


def test_a_point_and_a_street_address_are_read() -> None:
    found = place(PIDF.format(place=POINT.format(lat=39.74, lon=-105.0) + CIVIC))
    assert found == Place(39.74, -105.0, "42 W Colfax Avenue, Denver")


def test_the_middle_of_a_circle_is_the_place() -> None:
    assert place(PIDF.format(place=CIRCLE)) == Place(39.7, -105.1)


def test_an_address_without_a_point_is_a_place() -> None:
    assert place(PIDF.format(place=CIVIC)) == Place(address="42 W Colfax Avenue, Denver")


@pytest.mark.parametrize("text", ["nan nan", "39.7", "north west", "", "inf 0"])
def test_a_position_that_is_none_gives_no_degrees(text: str) -> None:
    assert place(point(0.0, 0.0).replace("0.0 0.0", text)) == Place()


def test_meters_of_another_system_are_no_degrees() -> None:
    assert place(point(39.7, -105.0).replace("4326", "32613")) == Place()


@pytest.mark.parametrize("text", [BOMB, ELSEWHERE, DTD, "<b>", "no xml", "", f"<b>{'x' * LARGEST}</b>"])
def test_what_is_dangerous_or_broken_is_no_place(text: str) -> None:
    assert place(text) is None


@pytest.mark.parametrize("text", [BOMB, ELSEWHERE, DTD])
def test_a_dangerous_place_is_counted_and_its_call_shown(text: str) -> None:
    document = incident()
    document["locationComponent"][0]["locationByValue"] = text
    found = read(document)
    assert told(found) == [("bad_field", "locationByValue")]
    assert "lat" not in found[FeedName.CALLS].rows[0]


def test_a_place_that_is_only_an_address_on_the_network_is_counted_and_not_fetched() -> None:
    document = incident()
    where = document["locationComponent"][0]
    where["locationByReferenceUrl"] = "https://lrf.example/1"
    del where["locationByValue"]
    assert told(read(document)) == [("bad_field", "locationByReferenceUrl")]


def test_the_callers_telephone_is_not_where_the_incident_is() -> None:
    document = incident()
    document["locationComponent"][0]["locationTypeDescriptionRegistryText"] = "Caller"
    assert "address" not in {key for key, value in call(document).items() if value}


def test_a_unit_is_where_its_own_location_says() -> None:
    (row,) = read(on_the_way())[FeedName.POSITIONS].rows
    assert (row["unit"], row["lat"], row["lon"]) == (CRISIS, 39.75, -104.99)


def test_a_dangerous_place_of_a_unit_is_counted() -> None:
    document = on_the_way()
    document["locationComponent"][1]["locationByValue"] = BOMB
    found = read(document)
    assert told(found, FeedName.UNITS) == [("bad_field", "locationByValue")]
    assert not found[FeedName.POSITIONS].rows
