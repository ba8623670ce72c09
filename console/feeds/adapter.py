"""What a dispatch API is to the console: what is asked of it in one round, and who reads its replies.

Adapters are sans-I/O. `Adapter.ask` is a conversation: it yields the requests it wants answered, is
sent the answers, and returns the rows of each feed as plain values in the console's own form. Whoever
drives it does the asking, in this process or in the worker's. So each adapter is tested on saved
replies, a round is atomic however many pages it takes, and a new API costs one file.
"""

from collections.abc import Generator, Sequence
from typing import Any, Protocol

from msgspec import Struct

from console.domain.vocabulary import FeedName
from console.feeds.rows.flaws import Flaw
from console.feeds.wire.finding import Reply, Same, Trouble
from console.feeds.wire.request import Request

Value = dict[str, Any]
"""One row in the form of `console.domain.entities`, its stamps as aware datetimes or ISO text."""


class Round(Struct, frozen=True):
    """What is asked together: its name, the feeds it fills, the usual real seconds between two of them."""

    name: str
    feeds: tuple[FeedName, ...]
    every: float


class Gathered(Struct):
    """The rows of one feed from one round.

    ``complete``: these are all there are, so what is missing is gone (after a second look). ``gone``
    are ids that the source itself calls deleted. ``flaws`` are what the adapter could not read.
    """

    rows: Sequence[Value] = ()
    complete: bool = True
    gone: tuple[str, ...] = ()
    flaws: Sequence[Flaw] = ()


Found = dict[FeedName, Gathered | Same | Trouble]
"""What a round gave, by feed: rows, nothing new, or why there are none this time."""

Exchange = Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], Found]


class Failed(Exception):
    """The round gave nothing: ``trouble`` says why, for every feed of it."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Adapter(Protocol):
    """One dispatch API. What it keeps between rounds (cursors, tags) is its own and may be lost."""

    rounds: tuple[Round, ...]

    def ask(self, name: str, *, fresh: bool) -> Exchange:
        """One round; everything anew where ``fresh``. Raises `Failed` or `Unreadable`; nothing changed then."""
        ...


def one(request: Request) -> Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], Reply]:
    """Ask one thing; its reply (status 304: nothing new). Raises `Failed` where there is none."""
    (answer,) = yield (request,)
    if isinstance(answer, Trouble):
        raise Failed(answer)
    return answer
