"""What each request of the dispatch API is answered with, as ready JSON."""

import hashlib

from msgspec import Raw, Struct

from console.domain.contract import API_VERSION, ServedClock, Service
from console.domain.vocabulary import FeedName
from console.simulator.feeds import Feed, MovingFeed, RecordedFeed
from console.simulator.shift import PlayClock, ServedShift
from console.simulator.wire import encode, moved


class Content(Struct, frozen=True):
    """One page but for the clock, and the tag by which the same content is known again."""

    etag: str
    cursor: str
    full: bool
    items: Raw
    removed: tuple[str, ...] = ()


class Envelope(Struct, frozen=True):
    """`console.domain.contract.Page`, with rows that are encoded already."""

    clock: ServedClock
    cursor: str
    full: bool
    items: Raw
    removed: tuple[str, ...]


class Pages:
    """Every page of one served shift. A cursor is ``EPOCH.VERSION``: another shift's cursor is never mistaken."""

    def __init__(self, served: ServedShift, clock: PlayClock) -> None:
        self._served = served
        self._clock = clock
        self._agency = moved(served.shift.agency, served.moved)
        self._feeds: dict[FeedName, Feed] = {feed: _feed(served, feed) for feed in FeedName}
        prints = [str(served.moved), self._agency.name, *(f.fingerprint() for f in self._feeds.values())]
        self._epoch = hashlib.blake2b("|".join(prints).encode(), digest_size=6).hexdigest()
        self._whole: dict[FeedName, tuple[int, Raw]] = {}

    def clock(self) -> ServedClock:
        """The served clock as it stands."""
        now = self._clock.now() + self._served.moved
        return ServedClock(now=now, speed=self._served.speed, simulated=True)

    def service(self) -> tuple[str, bytes]:
        """The tag and the body of ``/v1/service``."""
        service = Service(api=API_VERSION, clock=self.clock(), agency=self._agency, feeds=tuple(FeedName))
        return f'"{self._epoch}.service"', encode(service)

    def content(self, feed: FeedName, since: str | None) -> Content:
        """The page of ``feed`` now: what changed after the cursor ``since``, or all of it."""
        version = self._feeds[feed].version(self._clock.now())
        cursor = f"{self._epoch}.{version}"
        old = self._known(since, version)
        if old is None:
            return Content(f'"{feed}.{cursor}"', cursor, full=True, items=self._all(feed, version))
        items, removed = self._feeds[feed].since(old, version)
        return Content(f'"{feed}.{cursor}.{old}"', cursor, full=False, items=items, removed=removed)

    def body(self, content: Content) -> bytes:
        """``content`` with the clock of this moment."""
        return encode(Envelope(self.clock(), content.cursor, content.full, content.items, content.removed))

    def _known(self, cursor: str | None, version: int) -> int | None:
        """The version a cursor stands for; ``None`` where it is not of this epoch or not yet reached."""
        epoch, _, text = (cursor or "").partition(".")
        if epoch != self._epoch or not (text.isascii() and text.isdigit() and len(text) <= 15):
            return None
        return old if (old := int(text)) <= version else None

    def _all(self, feed: FeedName, version: int) -> Raw:
        kept = self._whole.get(feed)
        if kept is None or kept[0] != version:
            kept = self._whole[feed] = (version, self._feeds[feed].full(version))
        return kept[1]


def _feed(served: ServedShift, feed: FeedName) -> Feed:
    moving = served.shift.moving.get(feed)
    if moving is not None:
        return MovingFeed(moving, served.shift.start, served.moved)
    return RecordedFeed(served.shift.timeline.changes(feed), served.moved)
