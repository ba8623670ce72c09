"""Where a Resgrid server tells that something happened, and what of that is worth a poll."""

from urllib.parse import urlsplit

from console.feeds.adapters.resgrid.envelope import listed, single
from console.feeds.adapters.resgrid.fields import text, whole
from console.feeds.rows.reading import Unreadable
from console.feeds.spec import loopback
from console.feeds.wire.finding import Reply
from console.feeds.wire.request import Request
from console.feeds.wire.signalr import Hub

QUESTIONS = (
    Request("/api/v4/Config/GetConfig", (("key", "console"),)),
    Request("/api/v4/CallPriorities/GetAllCallPriorites"),
)
"""The first answer names the server of events; any row of the second names the department, as no other list must."""

EVENTS = ("callAdded", "callsUpdated", "callClosed", "unitStatusUpdated")


def hub(config: Reply, priorities: Reply, api: str) -> Hub | None:
    """The hub that the server at ``api`` names; ``None`` where it names none that the sign-in may be sent to."""
    try:
        url = text(single(config), "EventingUrl").rstrip("/")
        rows = [row for row in listed(priorities) if isinstance(row, dict)]
    except Unreadable:
        return None
    department = next((found for row in rows if (found := whole(row, "DepartmentId"))), None)
    if department is None or not near(url, api):
        return None
    return Hub(f"{url}/eventingHub", "Connect", (department,), EVENTS)


def near(url: str, api: str) -> bool:
    """Whether ``url`` is of the same house as ``api``: its host, or one beside it in the same domain."""
    try:
        place, host = urlsplit(url), urlsplit(api).hostname or ""
        name = place.hostname or ""
    except ValueError:
        return False
    if place.username or place.scheme not in ("https", "http"):
        return False
    if place.scheme == "http":
        return loopback(name) and loopback(host)
    domain = host.partition(".")[2]
    return name == host or (host.count(".") > 1 and not loopback(host) and name.endswith(f".{domain}"))
