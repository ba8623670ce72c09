"""What a dispatch API is to the console: where it is, what to ask it, and who reads its replies.

Adapters are sans-I/O: `Adapter.plan` says what to ask, `Adapter.read` turns a body into rows. The hub
does the asking. So each adapter is tested on saved replies, and a new API costs one file.
"""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct

from console.domain.contract import Row, Service
from console.domain.vocabulary import FeedName
from console.feeds.rows.held import Held
from console.feeds.rows.reading import Reading, Setting

EVERY = {
    FeedName.CALLS: 3.0,
    FeedName.UNITS: 3.0,
    FeedName.POSITIONS: 2.0,
    FeedName.FACILITIES: 15.0,
    FeedName.FOLLOW_UPS: 15.0,
}
"""Real seconds between polls where the configuration says nothing."""


class SourceSpec(Struct, frozen=True):
    """One source: its name on the board, the kind of API, where it is, and what to take from it.

    ``every`` overrides `EVERY` per feed, in real seconds. Raises `ValueError`, with what to do, for an
    address that the token must not be sent to.
    """

    name: str
    url: str
    kind: str = "console"
    token: str = ""
    feeds: tuple[FeedName, ...] = tuple(FeedName)
    every: dict[FeedName, float] = {}

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"source {self.name}: its address is no web address: write https://HOST")
        if not _port(self.url):
            raise ValueError(f"source {self.name}: {self.place!r} has no possible port: use 1 to 65535")
        if parts.username or parts.password or parts.query:
            raise ValueError(f"source {self.name}: no secret belongs in the address: name it in `secret`")
        if parts.scheme == "http" and not _loopback(parts.hostname):
            raise ValueError(f"source {self.name}: {self.place} would send data in the clear: use https://")
        if not self.token.isascii() or not self.token.isprintable():
            raise ValueError(f"source {self.name}: the token holds characters that no token has")
        if any(seconds <= 0 for seconds in self.every.values()):
            raise ValueError(f"source {self.name}: `every` must be more than 0 seconds")

    def __repr__(self) -> str:
        return f"SourceSpec(name={self.name!r}, place={self.place!r}, kind={self.kind!r})"

    @property
    def place(self) -> str:
        """Host and port, as far as they may be told in messages."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def seconds(self, feed: FeedName) -> float:
        """Real seconds between two polls of ``feed``."""
        return self.every.get(feed, EVERY[feed])


class Request(Struct, frozen=True):
    """A GET, relative to the address of the source."""

    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


class Adapter(Protocol):
    """One dispatch API. It holds what it last read of each feed, so that a reading is a difference."""

    held: Mapping[FeedName, Held]

    def greet(self) -> Request:
        """What to ask first."""
        ...

    def introduced(self, body: bytes, setting: Setting) -> Service:
        """What the source says of itself. Raises `Unreadable`."""
        ...

    def plan(self, feed: FeedName, cursor: str) -> Request:
        """What to ask for ``feed``: what changed after ``cursor``, or all where it is empty."""
        ...

    def read(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row]:
        """What ``body`` changes. Raises `Unreadable`, and then holds what it held before."""
        ...


def _port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
