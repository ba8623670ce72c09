"""What a Resgrid reply wraps its data in: an empty list is "not_found" there, and no error."""

from typing import Any

import msgspec

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
    try:
        document = msgspec.json.decode(reply.body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("malformed", "The answer is not whole JSON.", ASK) from error
    if not isinstance(document, dict) or "Status" not in document:
        raise _foreign("it has no Status")
    match document["Status"]:
        case "success":
            return _whole(document)
        case "not_found":
            return None
        case other:
            raise Unreadable("refused_by_server", f"The server answers with status {str(other)[:40]!r}.", ASK)


def _whole(document: Raw) -> Any:
    found = document.get("Data")
    if found is None:
        raise _foreign("it says success and has no Data")
    return found


def _foreign(what: str) -> Unreadable:
    tip = "Check that the address is that of a Resgrid v4 API (https://HOST, without /api)."
    return Unreadable("malformed", f"The answer is JSON, but not as Resgrid v4 writes it: {what}.", tip)
