"""What to do about a feed that does not answer during a trial, in the words of this page's own fields."""

from console.domain.feed import Feed
from console.ui.welcome.trying import Field

UNREACHED = frozenset({"unknown_host", "no_connection", "refused", "proxy"})
"""Reasons of feeds at whose address nobody answered."""

_KNOW_US = "want a certificate of this console: then choose its file"
_AT_FIELD = {
    "unknown_authority": (
        Field.CA_FILE,
        "Nothing was sent. Where the agency has an authority of its own, choose its file",
    ),
    "client_certificate": (
        Field.CLIENT_CERT,
        "Have those who run the server issue one for this console; choose its file and its key's",
    ),
    "hung_up": (Field.CLIENT_CERT, f"It may speak only TLS older than 1.2, or {_KNOW_US}"),
    "cut": (Field.CLIENT_CERT, f"If it lasts, call those who run the server. It may {_KNOW_US}"),
    "proxy": (
        Field.PROXY,
        "Ask those who run the proxy to let this workstation through, or mend its address",
    ),
}
_NOT_FOUND = "Check the path of the address and the kind of source: the server is there, the data are not."


def remedy(feed: Feed, *, stranger: bool) -> tuple[str, Field | None]:
    """What to do, and the field where that is done, if it is one of those under More.

    A ``stranger`` spoke TLS and showed no certificate: a connection may have been cut for that.
    """
    if feed.reason in _AT_FIELD and (stranger or feed.reason != "cut"):
        field, todo = _AT_FIELD[feed.reason]
        return f"{todo} at “{field}”, under More.", field
    if feed.reason == "not_found":
        return _NOT_FOUND, None
    if feed.reason in UNREACHED and not feed.tip.startswith("Check"):
        return f"Check the address and its port. {feed.tip}", None
    return feed.tip, None
