"""Where the wire may send what: to its own source, by GET, and by POST only to what merely answers."""

from collections.abc import Mapping
from functools import reduce
from urllib.parse import urljoin

import httpx
from msgspec import Struct

from console.domain.vocabulary import Health
from console.feeds.spec import SourceSpec
from console.feeds.wire.finding import Trouble


class Outgoing(Struct, frozen=True):
    """One HTTP request, ready to be sent. ``url`` is whole; ``once``: it carries a secret and is not repeated."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""
    once: bool = False

    def __repr__(self) -> str:
        return f"Outgoing({self.method!r})"  # address, headers and body may each hold a secret


class Reach:
    """The addresses of one source. Raises `ValueError` for one that is none."""

    def __init__(self, spec: SourceSpec) -> None:
        self._base = _address(spec)
        self._origin = _origin(httpx.URL(self._base))
        self.token_url = self.whole(spec.sign_in.url) if spec.sign_in.url else ""
        self._posts = frozenset(self._named(spec, path) for path in spec.posts)
        self._token = self._named(spec, self.token_url) if self.token_url else ""

    def whole(self, path: str, query: tuple[tuple[str, str], ...] = (), links: tuple[str, ...] = ()) -> str:
        """The address of ``path`` at the source, or ``path`` where it is whole, with ``query`` added.

        ``links`` lead on from there, each as a reference in the document before it.
        """
        if "://" not in path.partition("?")[0]:
            path = self._base + ("/" if path and path[0] not in "/?" else "") + path
        try:
            path = reduce(urljoin, links, path)
        except ValueError:
            return _NOWHERE
        found = _parsed(path) if query else None
        if found is None:
            return path
        try:
            return str(found.copy_with(params=[*found.params.multi_items(), *query]))
        except (httpx.InvalidURL, UnicodeError):
            return _NOWHERE

    def refused(self, outgoing: Outgoing) -> Trouble | None:
        """Why ``outgoing`` is not sent; ``None`` where it may go."""
        url = _parsed(outgoing.url)
        if url is None:
            return _ELSEWHERE
        match outgoing.method:
            case "POST" if self._token and _bare(url) == self._token:
                return None
            case "POST" if _bare(url) not in self._posts:
                return _CHANGES
            case "GET" | "POST":
                return None if _origin(url) == self._origin else _ELSEWHERE
            case _:
                return _CHANGES

    def _named(self, spec: SourceSpec, path: str) -> str:
        """An address that the configuration names. Raises `ValueError`."""
        found = _parsed(self.whole(path))
        if found is None:
            raise ValueError(f"source {spec.name}: {path!r} is no address")
        return _bare(found)


_NOWHERE = "nowhere:"


def _parsed(text: str) -> httpx.URL | None:
    try:
        return httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError):
        return None


def _address(spec: SourceSpec) -> str:
    try:
        return str(httpx.URL(spec.url)).rstrip("/")
    except httpx.InvalidURL as error:
        raise ValueError(
            f"source {spec.name}: {spec.place!r} is no web address: write https://HOST"
        ) from error


def _origin(url: httpx.URL) -> tuple[str, str, int | None, bytes]:
    """What must be the same: scheme, host, port, and nobody's name before the host."""
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.host, port, url.userinfo


def _bare(url: httpx.URL) -> str:
    return str(url.copy_with(query=None, fragment=None))


_ELSEWHERE = Trouble(
    Health.DEGRADED,
    "elsewhere",
    "The answer points to an address at another server; nothing was sent there.",
    "Tell those who run the server: its pages must link to its own address.",
    counted=True,
)
_CHANGES = Trouble(
    Health.DEGRADED,
    "not_a_query",
    "The request could change something at the other end; it was not sent.",
    "The console only reads. Check the mapping of the source: a POST must be declared as a query.",
    counted=True,
)
