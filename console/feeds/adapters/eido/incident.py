"""A call as one EIDO document shows it."""

from collections.abc import Iterable

from console.domain.vocabulary import CallState
from console.feeds.adapter import Value
from console.feeds.adapters.eido.codes import CRISIS, INCIDENT, ORIGINS, REOPENED, UNIT_CALL, key
from console.feeds.adapters.eido.graph import Graph
from console.feeds.adapters.eido.place import Place, place
from console.feeds.adapters.eido.resource import Resource
from console.feeds.adapters.plain import listed, words
from console.feeds.rows.flaws import BAD_FIELD, UNKNOWN_CODE

STATUS = "incidentStatusCommonRegistryText"
ORDER = (*CallState,)
DIGITS = 2
"""The longest priority there is."""


def incident(graph: Graph, sent: Iterable[Resource]) -> Value:
    """The row of the call, its stamps flat. ``created_at`` is observed where no telephone call began it."""
    part, phone = graph.incident, graph.components("callcomponent")
    began = [at for one in phone if (at := graph.moment(one, "callStartTimestamp"))]
    answered = [at for one in phone if (at := graph.moment(one, "answerDate"))]
    state = _state(graph, sent)
    over = state is CallState.CLOSED
    where = _where(graph)
    return {
        "id": graph.call,
        "number": words(part.get("internalincidentid")),
        **_nature(part),
        "priority": _priority(part),
        "state": state,
        "raw_state": ", ".join(filter(None, map(words, listed(part.get(STATUS.lower()))))),
        "origin": next((ORIGINS[kind] for one in phone if (kind := _kind(one)) in ORIGINS), None),
        "area": words(part.get("beatordispatchgrouptext")),
        "address": where.address,
        "lat": where.lat,
        "lon": where.lon,
        "answered_at": min(answered, default=None),
        "created_at": min(began, default=graph.at),
        "closed_at": graph.at if over else None,
        "observed": [*(() if began else ("created_at",)), *(("closed_at",) if over else ())],
        **_disposition(part),
        "caller_phone": _phone(graph),
        "narrative": _narrative(graph),
        "updated_at": graph.at,
    }


def _kind(phone: Value) -> str:
    return key(words(phone.get("standardprimarycalltype")))


def _nature(part: Value) -> Value:
    """The agency's own code, unless the common one is of a crisis: definitions go by that everywhere."""
    common = next(iter(map(words, listed(part.get("incidenttypecommonregistrytext")))), "")
    code, text = words(part.get("incidenttypeinternalcode")), words(part.get("incidenttypeinternaltext"))
    crisis = CRISIS.get(common.upper(), "")
    nature = common.upper() if crisis else code or common
    return {"nature": nature, "nature_text": text or crisis or common}


def _priority(part: Value) -> object:
    common = part.get("incidentcommonprioritynumber")
    text = words(common) or words(part.get("incidentpriorityinternaltext"))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else common


def _state(graph: Graph, sent: Iterable[Resource]) -> CallState:
    """The furthest of what the incident and its units say; only the incident itself can be over."""
    codes = [code for code in map(key, map(words, listed(graph.incident.get(STATUS.lower())))) if code]
    for code in codes:
        if code not in INCIDENT:
            graph.flaw(UNKNOWN_CODE, f"{STATUS} {code}")
    states = {INCIDENT[code] for code in codes if code in INCIDENT}
    if REOPENED in codes:
        states.discard(CallState.CLOSED)
    if codes and not states:
        return CallState.UNKNOWN
    states |= {UNIT_CALL[unit.state] for unit in sent if unit.state in UNIT_CALL}
    return max(states, key=ORDER.index, default=CallState.UNKNOWN)


def _where(graph: Graph) -> Place:
    """The current location of the incident; a caller's telephone may be anywhere."""
    own = graph.follow(graph.incident.get("locationreference"), "locationReference")
    current = [one for one in graph.components("locationcomponent") if _role(one) == "currentincident"]
    for location in (*(one for one in own if not _role(one)), *current):
        text = location.get("locationbyvalue")
        found = place(text) if isinstance(text, str) else None
        if found is not None:
            return found
        graph.flaw(BAD_FIELD, "locationByValue" if text is not None else "locationByReferenceUrl")
    return Place()


def _role(location: Value) -> str:
    return key(words(location.get("locationtypedescriptionregistrytext")))


def _disposition(part: Value) -> Value:
    """The primary one, its code two digits as APCO ANS 1.111.2 lists them."""
    found = [one for one in listed(part.get("dispositioncomponent")) if isinstance(one, dict)]
    found.sort(key=lambda one: one.get("dispositionprimaryindicator") is not True)
    if not found:
        return {}
    code = words(found[0].get("dispositioncommonregistrycode"))
    texts = (words(found[0].get(f"disposition{name}text")) for name in ("description", "category"))
    return {
        "disposition": code.zfill(2) if code else None,
        "disposition_text": next(filter(None, texts), None),
    }


def _phone(graph: Graph) -> str:
    uris = (
        words(uri)
        for one in graph.components("callbackcomponent")
        for uri in listed(one.get("callbackinformationuri"))
    )
    return next((uri.removeprefix("tel:") for uri in uris if uri.startswith("tel:")), "")


def _narrative(graph: Graph) -> str:
    notes = graph.components("notescomponent")
    notes.sort(key=lambda note: stamp.timestamp() if (stamp := graph.stamp(note)) else 0.0)
    return "\n".join(filter(None, (words(note.get("notesactioncomments")) for note in notes)))
