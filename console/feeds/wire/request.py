"""What is asked of a source, as a value that a worker process can hand over."""

from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct


class Request(Struct, frozen=True):
    """One question. ``path`` is relative to the source's address, or whole.

    ``links`` are references that replies named, one found behind the other: each is resolved against the
    address before it (RFC 3986 section 5), the first against that of ``path``.
    The wire sends a whole address to the source's own host only, and a POST only to a path that the
    source declares as a query: the console never changes anything at the other end.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
    links: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The path, or the last reference that led away from it."""
        return self.links[-1] if self.links else self.path


def behind(links: tuple[str, ...], link: str) -> tuple[str, ...]:
    """``links`` with ``link`` found at their end; alone where it makes no matter how one got there."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return (*links, link)
    whole = parts.scheme in ("http", "https") and parts.netloc
    rooted = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return (link,) if whole or rooted else (*links, link)
