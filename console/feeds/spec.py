"""One source as the configuration names it: where it is, how it speaks, how the console signs in there."""

from collections.abc import Callable
from enum import StrEnum
from ipaddress import ip_address
from string import ascii_letters, digits
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct

from console.domain.entities import Agency
from console.domain.vocabulary import FeedName, Program


class SignInKind(StrEnum):
    """The ways of signing in that dispatch APIs use."""

    NONE = "none"
    BEARER = "bearer"
    HEADER = "header"
    QUERY = "query"
    BASIC = "basic"
    OAUTH2_PASSWORD = "oauth2_password"  # noqa: S105 - the name of a grant
    OAUTH2_CLIENT = "oauth2_client"
    JSON_LOGIN = "json_login"


class SignIn(Struct, frozen=True):
    """How the console signs in. ``secret`` is the token or the password and is never printed.

    ``name`` is that of the header or the query parameter, ``url`` where a token is fetched (a path at
    the source, or a whole address), ``fields`` what that request sends besides, ``answer`` the path of
    the token in its reply. ``kept`` is where the secret comes from, as the configuration says it.
    Raises `ValueError` for a secret that would break a header, and where something is lacking.
    """

    kind: SignInKind = SignInKind.NONE
    secret: str = ""
    username: str = ""
    name: str = ""
    url: str = ""
    scope: str = ""
    fields: dict[str, str] = {}
    answer: str = "access_token"
    kept: str = ""

    def __post_init__(self) -> None:
        if not (self.secret.isascii() and self.secret.isprintable()) and self.kind in _IN_A_HEADER:
            raise ValueError("the token holds characters that no token has")
        for field in _NEEDS.get(self.kind, ()):
            if not getattr(self, field):
                raise ValueError(f"sign-in {self.kind!s} lacks its `{field}`")
        if self.name and not set(self.name) <= _IN_A_NAME:
            raise ValueError(f"{self.name[:40]!r} is no name of a header or a parameter")
        where = urlsplit(self.url)
        if where.scheme and (where.scheme != "https" and not loopback(where.hostname or "")):
            raise ValueError(f"the token address {where.netloc} must be https://")

    def __repr__(self) -> str:
        return f"SignIn({self.kind!s})"


_IN_A_HEADER = frozenset({SignInKind.BEARER, SignInKind.HEADER, SignInKind.QUERY})
_IN_A_NAME = frozenset(ascii_letters + digits + "-_.")
_NEEDS = {
    SignInKind.BEARER: ("secret",),
    SignInKind.HEADER: ("name", "secret"),
    SignInKind.QUERY: ("name", "secret"),
    SignInKind.BASIC: ("username",),
    SignInKind.OAUTH2_PASSWORD: ("url", "username", "secret"),
    SignInKind.OAUTH2_CLIENT: ("url", "secret"),
    SignInKind.JSON_LOGIN: ("url", "secret"),
}

NO_SIGN_IN = SignIn()

Renew: TypeAlias = Callable[[], SignIn | None]
"""Reads the secret anew from where it is kept; ``None`` where it cannot be read. It may wait for a person."""


def bearer(token: str, kept: str = "") -> SignIn:
    """The sign-in by ``token``, which is ``kept`` there; none where it is empty."""
    return SignIn(SignInKind.BEARER, token, kept=kept) if token else NO_SIGN_IN


class Tls(Struct, frozen=True):
    """Files of the agency's own certificates: authorities to trust, and who the console is."""

    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""


class Dialect(Struct, frozen=True):
    """How a source speaks: its kind, and what only the agency knows of it. It holds no secret.

    ``mapping`` is the text of a mapping (TOML), ``zone`` the time zone of stamps that name none,
    ``programs`` tells the program of a unit by its type or call sign, ``units`` the board's name of a
    unit by the source's own.
    """

    kind: str = "console"
    mapping: str = ""
    zone: str = ""
    programs: dict[str, Program] = {}
    units: dict[str, str] = {}


class SourceSpec(Struct, frozen=True):
    """One source: its name on the board, its address, its dialect, and what to take from it.

    No ``feeds`` means all that it gives. ``every`` overrides the adapter's pace per feed, in real
    seconds. ``posts`` are the paths that may be asked by POST because they only answer. ``agency`` is
    who is watched, where the source does not say so itself. ``events`` lets the source say that there
    is something new, where it can. ``renew`` is asked where the source turned the console away, once a
    person has it tried again. Raises `ValueError`, with what to do, for an address that a token
    must not be sent to.
    """

    name: str
    url: str
    dialect: Dialect = Dialect()
    sign_in: SignIn = NO_SIGN_IN
    feeds: tuple[FeedName, ...] = ()
    every: dict[FeedName, float] = {}
    tls: Tls = Tls()
    proxy: str = ""
    posts: tuple[str, ...] = ()
    agency: Agency | None = None
    hourly: int = 0
    events: bool = True
    renew: Renew | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme == "file" and self.dialect.kind != "console":
            return
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"source {self.name}: its address is no web address: write https://HOST")
        if not _port(self.url):
            raise ValueError(f"source {self.name}: {self.place!r} has no possible port: use 1 to 65535")
        if parts.username or parts.password or parts.query:
            raise ValueError(f"source {self.name}: no secret belongs in the address: name it in `secret`")
        if parts.scheme == "http" and not loopback(parts.hostname):
            raise ValueError(f"source {self.name}: {self.place} would send data in the clear: use https://")
        if any(seconds <= 0 for seconds in self.every.values()):
            raise ValueError(f"source {self.name}: `every` must be more than 0 seconds")
        proxy = urlsplit(self.proxy)
        if self.proxy and (proxy.scheme not in ("http", "https") or not proxy.hostname or proxy.username):
            raise ValueError(f"source {self.name}: its proxy must be http://HOST:PORT, without a password")

    def __repr__(self) -> str:
        return f"SourceSpec(name={self.name!r}, place={self.place!r}, kind={self.dialect.kind!r})"

    @property
    def place(self) -> str:
        """Host and port, as far as they may be told in messages."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


def _port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def loopback(host: str) -> bool:
    """Whether ``host`` is this machine: the only one that is spoken to in the clear."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
