"""What is asked of a source, as a value that a worker process can hand over."""

from typing import Literal

from msgspec import Struct


class Request(Struct, frozen=True):
    """One question. ``path`` is relative to the source's address, or whole for a page that a reply named.

    The wire sends a whole address to the source's own host only, and a POST only to a path that the
    source declares as a query: the console never changes anything at the other end.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    method: Literal["GET", "POST"] = "GET"
    body: bytes = b""
