"""EIDO documents in the form of the official sample: two units, a dispatch, a disposition, a transfer."""

import copy
from datetime import datetime, timedelta
from typing import Any

from tests.feeds.answers import now

Document = dict[str, Any]

CALL = "urn:emergency:uid:incidentid:a56e556d871:psap.example.gov"
CRISIS, PATROL = "urn:emergency:uid:unit:star1:example.gov", "urn:emergency:uid:unit:204:example.gov"

PIDF = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"'
    ' xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" entity="pres:incident@example.gov">'
    '<dm:device id="one"><gp:geopriv><gp:location-info>{place}</gp:location-info>'
    "<gp:usage-rules/><gp:method>Manual</gp:method></gp:geopriv></dm:device></presence>"
)
POINT = (
    '<gml:Point xmlns:gml="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326">'
    "<gml:pos>{lat} {lon}</gml:pos></gml:Point>"
)
CIVIC = (
    '<ca:civicAddress xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">'
    "<ca:country>US</ca:country><ca:A1>CO</ca:A1><ca:A3>Denver</ca:A3>"
    "<ca:PRD>W</ca:PRD><ca:RD>Colfax</ca:RD><ca:STS>Avenue</ca:STS><ca:HNO>42</ca:HNO></ca:civicAddress>"
)

BEGAN = now().replace(microsecond=0) - timedelta(minutes=30)


def minutes(after: float) -> str:
    """A stamp so many minutes after the call began."""
    return moment(after).isoformat().replace("+00:00", "Z")


def moment(after: float) -> datetime:
    """The moment so many minutes after the call began."""
    return BEGAN + timedelta(minutes=after)


def point(lat: float, lon: float) -> str:
    """A location that is a point."""
    return PIDF.format(place=POINT.format(lat=lat, lon=lon))


def unit(name: str, kind: str, *statuses: str, primary: str = "NotAvailable", **more: object) -> Document:
    """An emergency resource."""
    return {
        "$id": name,
        "emergencyResourceTypeCommonRegistryText": kind,
        "emergencyResourceName": name.split(":")[-2].upper(),
        "primaryUnitStatusRegistryText": primary,
        "secondaryUnitStatusRegistryText": list(statuses),
        "resourceAttributeRegistryText": ["MentalHealth"],
        **more,
    }


def crisis(*statuses: str, **more: Any) -> Document:
    """The alternative-response team."""
    return unit(
        CRISIS, "CrisisInterventionUnit", *statuses, unitLocationReference={"$ref": "where-star1"}, **more
    )


def incident(after: float = 2.0, *statuses: str, **more: object) -> Document:
    """One document of the incident, last updated so many minutes after it began."""
    document = {
        "$id": CALL,
        "lastUpdateTimeStamp": minutes(after),
        "updatedByAgencyReference": {"$ref": "example.gov"},
        "eidoVersion": "1.0",
        "issuingElementIdentification": "idx.example.gov",
        "incidentComponent": {
            "$id": "incident-1",
            "incidentTypeCommonRegistryText": "SUICTHRT",
            "incidentTypeInternalCode": "29C",
            "incidentStatusCommonRegistryText": list(statuses or ("Active",)),
            "incidentCommonPriorityNumber": 2,
            "internalIncidentId": "2026-001342",
            "beatOrDispatchGroupText": "D6",
            "locationReference": [{"$ref": "where-incident"}],
            "notesReference": [{"$ref": "note-1"}],
        },
        "callComponent": [
            {
                "$id": "urn:emergency:uid:callid:1:example.gov",
                "standardPrimaryCallType": "emergency",
                "callStartTimestamp": minutes(-1.0),
                "answerDate": minutes(0.0),
                "callStateRegistryText": "callAnswered",
            }
        ],
        "callbackComponent": [
            {"$id": "back-1", "callBackInformationUri": ["sip:x@y.example", "tel:3035550100"]}
        ],
        "agencyComponent": [{"$id": "example.gov", "agencyType": ["psap"]}],
        "locationComponent": [
            {
                "$id": "where-incident",
                "locationTypeDescriptionRegistryText": "CurrentIncident",
                "locationByValue": PIDF.format(place=POINT.format(lat=39.74, lon=-105.0) + CIVIC),
            },
            {
                "$id": "where-star1",
                "lastUpdateTimeStamp": minutes(after),
                "locationTypeDescriptionRegistryText": "UnitLocation",
                "locationByValue": point(39.75, -104.99),
            },
            {
                "$id": "where-caller",
                "locationTypeDescriptionRegistryText": "Caller",
                "locationByReferenceUrl": "https://lrf.example/9",
            },
        ],
        "notesComponent": [
            {
                "$id": "note-2",
                "lastUpdateTimeStamp": minutes(1.5),
                "notesActionComments": "Sister is with him.",
            },
            {
                "$id": "note-1",
                "lastUpdateTimeStamp": minutes(1.0),
                "notesActionComments": "Says he has pills.",
            },
        ],
        **more,
    }
    return copy.deepcopy(document)


def dispatched(*units: str, after: float = 3.0) -> list[Document]:
    """The dispatch of some units."""
    sent = [{"$ref": name} for name in units]
    return [{"$id": "dispatch-1", "lastUpdateTimeStamp": minutes(after), "emergencyResourceReference": sent}]


def on_the_way(after: float = 5.0) -> Document:
    """A document with two units sent, one of them on the way."""
    return incident(
        after,
        "Active",
        "ResourcesEnroute",
        dispatchComponent=dispatched(CRISIS, PATROL),
        emergencyResourceComponent=[crisis("EnRoute"), unit(PATROL, "PatrolUnit", "Dispatched")],
    )


def over(after: float = 25.0) -> Document:
    """The last document of the incident."""
    document = incident(
        after,
        "Closed",
        dispatchComponent=dispatched(CRISIS, PATROL),
        emergencyResourceComponent=[
            crisis("Cleared", primary="Available"),
            unit(PATROL, "PatrolUnit", "Cleared", primary="Available"),
        ],
    )
    document["incidentComponent"]["dispositionComponent"] = [
        {"dispositionCommonRegistryCode": "11", "dispositionPrimaryIndicator": False},
        {
            "dispositionCommonRegistryCode": 7,
            "dispositionPrimaryIndicator": True,
            "dispositionDescriptionText": "Referred to other agency",
        },
    ]
    return document


def transfer() -> Document:
    """A telephone call that one center hands to another, before anybody has made an incident of it."""
    document = incident(2.0)
    del document["incidentComponent"]
    document["callComponent"][0]["callStateRegistryText"] = "transferred"
    document["mergeComponent"] = []
    return document
