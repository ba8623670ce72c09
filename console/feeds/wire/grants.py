"""What is sent to buy a token, and what is read from the answer: OAuth 2 (RFC 6749) and JSON logins."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from console.feeds.spec import SignIn, SignInKind
from console.feeds.wire.finding import Reply
from console.feeds.wire.reach import Outgoing
from console.feeds.wire.sign_in import basic

FORM = "application/x-www-form-urlencoded"
USERNAME, SECRET = "{username}", "{secret}"


class Granted(Struct, frozen=True):
    """A token, the seconds that it lasts (``None``: not told) and what renews it without the password."""

    token: str
    life: float | None = None
    refresh: str = ""

    def __repr__(self) -> str:
        return f"Granted(life={self.life!r})"


def grant(sign_in: SignIn, url: str) -> Outgoing:
    """The request that spends the secret."""
    match sign_in.kind:
        case SignInKind.JSON_LOGIN:
            return _json(sign_in, url)
        case SignInKind.OAUTH2_CLIENT:
            return _client(sign_in, url)
        case _:
            named = {"grant_type": "password", "username": sign_in.username, "password": sign_in.secret}
            return _form(sign_in, url, named)


def refreshed(sign_in: SignIn, url: str, refresh: str) -> Outgoing:
    """The request that spends a refresh token."""
    return _form(sign_in, url, {"grant_type": "refresh_token", "refresh_token": refresh})


def granted(reply: Reply, sign_in: SignIn) -> Granted | None:
    """What ``reply`` gives; ``None`` where it holds no token."""
    try:
        answer = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    *way, last = sign_in.answer.split(".")
    beside: Any = answer
    for name in way:
        beside = beside.get(name) if isinstance(beside, dict) else None
    token = beside.get(last) if isinstance(beside, dict) else None
    if not (isinstance(token, str) and token and token.isascii() and token.isprintable()):
        return None
    refresh = beside.get("refresh_token")
    return Granted(token, _seconds(beside.get("expires_in")), refresh if isinstance(refresh, str) else "")


def _client(sign_in: SignIn, url: str) -> Outgoing:
    """By the header, as every server must take it; in the body where ``fields`` name the client's id."""
    named = {"grant_type": "client_credentials"}
    if "client_id" in sign_in.fields:
        return _form(sign_in, url, {**named, "client_secret": sign_in.secret})
    headers = {"Authorization": basic(sign_in.username, sign_in.secret)}
    return _form(sign_in, url, named, headers)


def _form(
    sign_in: SignIn, url: str, named: dict[str, str], headers: dict[str, str] | None = None
) -> Outgoing:
    scope = {"scope": sign_in.scope} if sign_in.scope else {}
    body = urlencode({**named, **scope, **sign_in.fields}).encode()
    return Outgoing("POST", url, {"Content-Type": FORM, **(headers or {})}, body, once=True)


def _json(sign_in: SignIn, url: str) -> Outgoing:
    """The login as JSON; fields that mention ``{secret}`` say all of it in the server's own names."""
    own = SECRET in sign_in.fields.values()
    fields = sign_in.fields if own else {"username": USERNAME, "password": SECRET, **sign_in.fields}
    known = {USERNAME: sign_in.username, SECRET: sign_in.secret}
    body = msgspec.json.encode({name: known.get(text, text) for name, text in fields.items()})
    return Outgoing("POST", url, {"Content-Type": "application/json"}, body, once=True)


def _seconds(told: object) -> float | None:
    try:
        life = float(told) if isinstance(told, int | float | str) else 0.0
    except ValueError:
        return None
    return life if 0 < life < 1e9 else None
