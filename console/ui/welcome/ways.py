"""The ways to sign in that the welcome page offers, and what each of them asks for."""

from msgspec import Struct

from console.ui.welcome.trying import Field


class Way(Struct, frozen=True):
    """One way, as `settings.SignInName` calls it; no name is the usual way of the kind of source.

    ``needs`` are the fields without which it does not work, ``asks`` all that it can make use of.
    """

    name: str
    title: str
    asks: tuple[Field, ...] = ()
    needs: tuple[Field, ...] = ()


_NAME, _TOKEN, _SCOPE = (Field.HEADER,), (Field.TOKEN_URL,), (Field.TOKEN_URL, Field.SCOPE)

WAYS = (
    Way("", "As usual for this kind"),
    Way("none", "None"),
    Way("bearer", "Token (bearer)"),
    Way("header", "Token in a header of its own", _NAME, _NAME),
    Way("query", "Token in the address: others may log it", _NAME, _NAME),
    Way("basic", "User name and password (basic)"),
    Way("oauth2_password", "OAuth 2 by password", _SCOPE, _TOKEN),
    Way("oauth2_client", "OAuth 2 by client secret", _SCOPE, _TOKEN),
    Way("json_login", "Login by JSON", (Field.TOKEN_URL, Field.HEADER), _TOKEN),
)


def way(name: str) -> Way:
    """The way of that name."""
    return next(one for one in WAYS if one.name == name)
