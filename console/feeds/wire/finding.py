"""What came of one request: a reply that can be read, "nothing new", or trouble told in plain words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from msgspec import Struct
from msgspec.structs import replace

from console.domain.vocabulary import Health
from console.feeds.rows.reading import Unreadable


class Reply(Struct, frozen=True):
    """An answer of the server. ``sent`` and ``came`` are steady seconds: asked, and first byte back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent: float
    came: float


class Same(Struct, frozen=True):
    """The server says that nothing has changed."""


class Trouble(Struct, frozen=True):
    """No data this time: as which health it shows, a code, what is wrong, what to do.

    ``wait`` is how many seconds the server asked to be left alone; ``counted`` says that the answer
    itself was wrong, which the board counts as a problem. ``status`` is that of the reply, if there was one.
    """

    health: Health
    reason: str
    detail: str
    tip: str
    wait: float | None = None
    counted: bool = False
    status: int = 0


def down(reason: str, detail: str, tip: str, wait: float | None = None) -> Trouble:
    """Trouble of a source that cannot be reached or does not answer."""
    return Trouble(Health.DOWN, reason, detail, tip, wait)


def bad(reason: str, detail: str, tip: str) -> Trouble:
    """Trouble of a source that answers, but nothing that can be read."""
    return Trouble(Health.DEGRADED, reason, detail, tip, counted=True)


def unread(error: Unreadable) -> Trouble:
    """Trouble with the content of a reply."""
    return bad(error.reason, error.detail, error.tip)


def judged(answer: Reply | Trouble, *, conditional: bool, now: datetime) -> Reply | Same | Trouble:
    """What ``answer`` is good for; ``conditional`` says that a "nothing new" was offered as an answer."""
    if isinstance(answer, Trouble):
        return answer
    found = _judged(answer, conditional, now)
    return replace(found, status=answer.status) if isinstance(found, Trouble) else found


def _judged(reply: Reply, conditional: bool, now: datetime) -> Reply | Same | Trouble:
    match reply.status:
        case 200 | 203:
            return _content(reply)
        case 204:
            return _EMPTY
        case 304 if conditional:
            return Same()
        case 401:
            return _refused("sign_in", "The server wants a valid sign-in (401).", "Check the source's token.")
        case 403:
            return _refused("forbidden", "The sign-in may not read this (403).", "Ask for read access to it.")
        case status if status in range(300, 400) and status != 304:
            return _refused(
                "redirect",
                f"The server sends the console elsewhere ({status}), as a sign-in page does.",
                "Check the address and the token of the source.",
            )
        case _:
            return _failed(reply, now)


def _content(reply: Reply) -> Reply | Trouble:
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    start = reply.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind in ("text/html", "application/xhtml+xml") or start.startswith(b"<"):
        return _WEB_PAGE
    if not start:
        return _EMPTY
    if kind and kind != "application/json" and not kind.endswith("+json"):
        return bad(
            "not_json", f"The server answered {kind[:60]}, not JSON.", "Check the address of the source."
        )
    return reply


def _refused(reason: str, detail: str, tip: str) -> Trouble:
    return Trouble(Health.AUTH, reason, detail, tip)


_WEB_PAGE = Trouble(
    Health.AUTH,
    "web_page",
    "The server gave a web page instead of data (sign-in page?).",
    "Open the address in a browser; check the token of the source.",
    counted=True,
)
_EMPTY = bad(
    "empty",
    "The server answered with nothing at all.",
    "If it lasts, tell those who run the server: no data is no answer.",
)


def _failed(reply: Reply, now: datetime) -> Trouble:
    status, wait = reply.status, _asked(reply.headers, now)
    if status == 429:
        return down(
            "busy", "The server asks for fewer requests (429).", "Poll it less often (`every`).", wait
        )
    if status == 404:
        return down("not_found", "The address does not have this feed (404).", "Check the source's address.")
    if status >= 500:
        tip = "Nothing to do here: the console keeps trying. If it lasts, call those who run the server."
        return down("server_error", f"The server has failed ({status}).", tip, wait)
    return down(
        "rejected", f"The server refuses the request ({status}).", "Check the address of the source.", wait
    )


def _asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that ``Retry-After`` asks for, as a number or a date; ``None`` where it says nothing usable."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    until, date = _date(text), _date(headers.get("date", ""))
    if until is None:
        return None
    return max(0.0, (until - (date or now)) / timedelta(seconds=1))


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else None
