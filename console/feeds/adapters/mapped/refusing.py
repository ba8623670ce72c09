"""A reply that says "fine" on the outside and "no" inside, told as the trouble it is."""

import re
from typing import Any

from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Failed
from console.feeds.adapters.mapped.paths import Look, path
from console.feeds.adapters.mapped.schema import Ok
from console.feeds.adapters.mapped.times import Unfit
from console.feeds.wire.finding import Trouble

LONG_WORD = re.compile(r"[A-Za-z0-9_\-+/=.]{24,}")
"""What may be a token that the server repeats."""

MOST = 200
TIP = "Look up the answer in the API's own documentation; check the source's rights and `query`."
FORBIDDEN = 403
NOT_OFFERED = frozenset({404, 501})


def watch(ok: Ok | None, error: str) -> Look:
    """What raises `Failed` for a document whose envelope says that it is none."""
    wrong = path(error) if error else None
    told = path(ok.path) if ok else None

    def check(document: Any) -> None:
        said = _looked(wrong, document)
        if said:
            raise Failed(refused(said))
        found = _looked(told, document)
        if ok is not None and not _good(ok, found):
            raise Failed(refused(said or _looked(path("error"), document) or f"{ok.path} is {found!r}"))

    return check


def refused(said: Any) -> Trouble:
    """The API's own words, without what may be a secret."""
    words = LONG_WORD.sub("...", " ".join(str(said).split()))
    return Trouble(Health.DEGRADED, "refused_by_api", f'The API refuses: "{words[:MOST]}".', TIP)


def not_offered(feed: FeedName, status: int) -> Trouble:
    """A server that does not have an optional feed."""
    name = feed.value.replace("_", "-")
    tip = f"Nothing is wrong. Where another source has {name}, add it to the configuration."
    return Trouble(Health.PAUSED, "not_offered", f"This server gives no {name}.", tip, status=status)


def _good(ok: Ok, found: Any) -> bool:
    wanted = ok.any_of if ok.equals is None else (ok.equals, *ok.any_of)
    return any(found == one and type(found) is type(one) for one in wanted) if wanted else bool(found)


def _looked(look: Look | None, document: Any) -> Any:
    try:
        return look(document) if look else None
    except Unfit:
        return None
