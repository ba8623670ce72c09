"""What a Resgrid reply wraps its data in: an empty list is "not_found" there, and no error."""

from typing import Any

from console.feeds.adapters.document import document
from console.feeds.adapters.resgrid.fields import Raw
from console.feeds.rows.reading import Unreadable
from console.feeds.wire.finding import Reply

ASK = "Tell those who run the Resgrid server; the last good data stay on the board."


def listed(reply: Reply) -> list[Any]:
    """The rows of a reply. Raises `Unreadable`: a failure is never taken for an empty list."""
    found = opened(reply)
    if found is None:
        return []
    if not isinstance(found, list):
        raise _foreign("its Data is no list")
    return found


def single(reply: Reply) -> Raw:
    """The one object of a reply; empty where there is none. Raises `Unreadable`."""
    found = opened(reply)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise _foreign("its Data is no object")
    return found


def opened(reply: Reply) -> Any:
    """The ``Data`` of a reply; ``None`` where the server found nothing. Raises `Unreadable`."""
    found = document(reply.body)
    if not isinstance(found, dict) or "Status" not in found:
        raise _foreign("it has no Status")
    match found["Status"]:
        case "success":
            return _whole(found)
        case "not_found":
            return None
        case other:
            raise Unreadable("refused_by_server", f"The server answers with status {str(other)[:40]!r}.", ASK)


def _whole(envelope: Raw) -> Any:
    found = envelope.get("Data")
    if found is None:
        raise _foreign("it says success and has no Data")
    return found


def _foreign(what: str) -> Unreadable:
    tip = "Check that the address is that of a Resgrid v4 API (https://HOST, without /api)."
    return Unreadable("malformed", f"The answer is JSON, but not as Resgrid v4 writes it: {what}.", tip)
