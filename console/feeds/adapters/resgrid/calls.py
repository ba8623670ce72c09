"""A call as Resgrid tells it, with the parts of its units, as a row of the board."""

from collections.abc import Sequence

from console.domain.vocabulary import CallState, Program
from console.feeds.adapter import Value
from console.feeds.adapters.resgrid.codes import ACTIVE, CALL_STATES, PRIORITIES
from console.feeds.adapters.resgrid.fields import Raw, located, text, whole
from console.feeds.adapters.resgrid.parts import Part, ours, state
from console.feeds.adapters.resgrid.text import plain
from console.feeds.adapters.resgrid.times import Times
from console.feeds.rows.flaws import UNKNOWN_CODE, Flaw

CLOSED_AT = "closed_at"


class Calls:
    """Makes rows of calls; ``flaws`` are the codes that no table has."""

    def __init__(self, times: Times) -> None:
        self.flaws: list[Flaw] = []
        self._times = times

    def row(self, raw: Raw, parts: Sequence[Part]) -> Value:
        """The row of one call. The server tells no end of a call: that it is over is for us to witness."""
        key, status = text(raw, "CallId"), whole(raw, "State")
        found = {
            "id": key,
            "number": text(raw, "Number"),
            "nature": text(raw, "Type") or plain(text(raw, "Name")),
            "nature_text": plain(text(raw, "Name")),
            "priority": self._priority(raw, key),
            "state": self._state(key, status, parts),
            "raw_state": CALL_STATES.get(ACTIVE if status is None else status, text(raw, "State")),
            "program": _program(parts),
            "address": plain(text(raw, "Address")),
            **located(text(raw, "Geolocation")),
            "stamps": {
                "created_at": self._times.either(raw, "LoggedOnUtc", "LoggedOn", key),
                **_stamps(ours(parts)),
            },
            "assignments": [{"unit": part.unit, **part.stamps} for part in parts if not part.over],
            "destination": text(raw, "DestinationName") or text(raw, "DestinationAddress"),
            "caller_name": text(raw, "ContactName"),
            "caller_phone": text(raw, "ContactInfo"),
            "narrative": "\n".join(filter(None, (plain(text(raw, "Nature")), plain(text(raw, "Note"))))),
        }
        observed = {name for part in parts for name in part.observed}
        if found["state"] is CallState.CLOSED:
            observed.add(CLOSED_AT)
            found["disposition"] = {"code": str(status), "text": found["raw_state"]}
        return {**found, "observed": sorted(observed)}

    def _priority(self, raw: Raw, key: str) -> int | None:
        level = whole(raw, "Priority")
        if level is None or level in PRIORITIES:
            return None if level is None else PRIORITIES[level]
        self.flaws.append(Flaw(key, UNKNOWN_CODE, f"Priority {level}"))
        return None

    def _state(self, key: str, status: int | None, parts: Sequence[Part]) -> CallState:
        if status in (None, ACTIVE):
            return state(ours(parts))
        if status in CALL_STATES:
            return CallState.CLOSED
        self.flaws.append(Flaw(key, UNKNOWN_CODE, f"State {status}"))
        return CallState.UNKNOWN


def over(raw: Raw) -> bool:
    """Whether the dispatcher has closed the call, in whatever way."""
    status = whole(raw, "State")
    return status != ACTIVE and status in CALL_STATES


def _stamps(parts: Sequence[Part]) -> Value:
    """The first moment of each stage; a call is cleared once all have left, which is seen later."""
    names = dict.fromkeys(name for part in parts for name in part.stamps if name != "cleared_at")
    return {name: min(part.stamps[name] for part in parts if name in part.stamps) for name in names}


def _program(parts: Sequence[Part]) -> Program | None:
    """That of the first unit whose program is known; of a team of ours where one was sent."""
    return next((part.program for part in ours(parts) if part.program), None)
