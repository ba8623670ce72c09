"""Faults to inject, and the small grammar in which they are asked for.

    SPEC     = [FEED ":"] KIND ["=" VALUE] [";retry-after=" TEXT] ["@" NUMBER "%"] {WINDOW}
    WINDOW   = " from=" DURATION | " for=" DURATION
    FEED     = calls | units | positions | facilities | follow_ups | service      (left out: every one)
    DURATION = NUMBER ("ms" | "s" | "m")

    latency=2s                  answers 2 s later
    error=503@30%               30 % of replies are a 503
    status=429;retry-after=5    a 429 with Retry-After
    auth                        401, whatever the token
    cut@10%                     one connection in ten ends mid body
    garbage                     200 and bytes that are not JSON
    html                        200 and a sign-in page
    empty                       200 without a body
    redirect                    302 to a sign-in page elsewhere
    hang                        the request is taken and never answered
    drip, drip=1s               one byte every 100 ms, every second
    huge, huge=200              50, 200 MB of JSON
    bomb, bomb=200              50, 200 MB in a small gzip body
    skew=7m, skew=-7m           the server's clock is 7 min ahead, behind
    rows=bad                    some rows of each page are bad: see `console.simulator.badrows`

A fault strikes the stream of events (``/v1/events``) as it strikes the pages of the feed that an event tells.
``from`` and ``for`` count from the moment the server opened. Several faults may stand together; the first that
applies answers, ``latency``, ``skew`` and ``rows`` join whatever follows.
"""

import re

from msgspec import Struct

from console.domain.vocabulary import FeedName

FEEDS = (*FeedName, "service")
KINDS = (
    "latency", "error", "status", "auth", "cut", "garbage", "html", "hang", "drip", "huge", "bomb", "empty",
    "redirect", "skew", "rows",
)  # fmt: skip

_SPEC = re.compile(
    r"(?:(?P<feed>\w+):)?(?P<kind>\w+)(?:=(?P<value>[^;@]+))?"
    r"(?:;retry-after=(?P<retry>[^@]+))?(?:@(?P<percent>[\d.]+)%)?"
)
_DURATION = re.compile(r"(-?\d+(?:\.\d+)?)(ms|s|m)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_DEFAULTS = {
    "latency": "2s",
    "error": "503",
    "status": "503",
    "drip": "100ms",
    "huge": "50",
    "bomb": "50",
    "skew": "7m",
}


class FaultError(ValueError):
    """A fault specification cannot be read; the text says what was expected."""


class Fault(Struct, frozen=True):
    """One fault, and the ``spec`` it was asked for with. ``amount``: seconds, a status or megabytes, by kind."""

    spec: str
    kind: str
    amount: float = 0.0
    feed: str = ""
    retry_after: str = ""
    chance: float = 1.0
    start: float = 0.0
    length: float | None = None

    def concerns(self, feed: str, elapsed: float) -> bool:
        """Whether it may strike a request for ``feed``, ``elapsed`` seconds after the server opened."""
        over = self.length is not None and elapsed >= self.start + self.length
        return self.feed in ("", feed) and elapsed >= self.start and not over


def parse(spec: str) -> Fault:
    """Read one specification. Raises `FaultError`."""
    head, *windows = spec.split() or [""]
    found = _SPEC.fullmatch(head)
    if found is None:
        raise FaultError(
            f"fault {spec!r} cannot be read; write for example calls:error=503@30% from=20s for=70s"
        )
    feed, kind, value = found["feed"] or "", found["kind"], found["value"]
    if kind not in KINDS:
        raise FaultError(f"fault {spec!r}: there is no {kind!r}; known are {', '.join(KINDS)}")
    if feed not in ("", *FEEDS):
        raise FaultError(f"fault {spec!r}: there is no feed {feed!r}; known are {', '.join(FEEDS)}")
    times = dict(_window(spec, part) for part in windows)
    return Fault(
        spec=spec,
        kind=kind,
        amount=_amount(spec, kind, value),
        feed=feed,
        retry_after=found["retry"] or "",
        chance=_share(spec, found["percent"]),
        start=times.get("from", 0.0),
        length=times.get("for"),
    )


def _amount(spec: str, kind: str, value: str | None) -> float:
    text = value or _DEFAULTS.get(kind, "")
    match kind:
        case "latency" | "drip" | "skew":
            return _seconds(spec, text, signed=kind == "skew")
        case "error" | "status":
            if not re.fullmatch(r"[45][0-9]{2}", text):
                raise FaultError(f"fault {spec!r}: {text!r} is not an HTTP error such as 503")
            return float(text)
        case "huge" | "bomb":
            if not text.isdecimal():
                raise FaultError(f"fault {spec!r}: {text!r} is not a number of megabytes")
            return float(text)
        case "rows" if text != "bad":
            raise FaultError(f"fault {spec!r}: rows can only be bad, write rows=bad")
        case "rows":
            return 0.0
        case _ if value is not None:
            raise FaultError(f"fault {spec!r}: {kind} takes no value")
    return 0.0


def _share(spec: str, percent: str | None) -> float:
    try:
        share = 1.0 if percent is None else float(percent) / 100
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise FaultError(f"fault {spec!r}: {percent}% is not a share from 0 to 100 %")
    return share


def _window(spec: str, part: str) -> tuple[str, float]:
    name, _, text = part.partition("=")
    if name not in ("from", "for"):
        raise FaultError(f"fault {spec!r}: {part!r} is neither from=DURATION nor for=DURATION")
    return name, _seconds(spec, text)


def _seconds(spec: str, text: str, *, signed: bool = False) -> float:
    found = _DURATION.fullmatch(text)
    if found is None or (text.startswith("-") and not signed):
        raise FaultError(f"fault {spec!r}: {text!r} is not a duration such as 500ms, 2s or 7m")
    return float(found[1]) * _UNITS[found[2]]
