"""How the console signs in at a configured source, and how that is read again while it runs."""

import logging
from collections.abc import Callable
from typing import TypeAlias

from msgspec.structs import replace

from console.feeds.adapters.resgrid import sign_in as resgrid
from console.feeds.spec import Renew, SignIn, SignInKind, bearer
from console.secrecy import TEMPLATES, secretive
from console.settings import SettingsError, SourceSettings, secret

log = logging.getLogger(__name__)

Secrets: TypeAlias = Callable[[str], str]
"""Gives the secret that a reference names; raises `SettingsError`."""


def sign_in(source: SourceSettings, secrets: Secrets) -> SignIn:
    """The sign-in that ``source`` names. Raises `SettingsError`, and `ValueError` for one that cannot be."""
    value, auth = secrets(source.secret), source.auth
    if auth is None:
        return _usual(source, value)
    fields = {
        name: secrets(text) if secretive(name) and text not in TEMPLATES else text
        for name, text in auth.fields.items()
    }
    kind = SignInKind(auth.kind)
    return SignIn(
        kind, value, source.username, auth.name, auth.url, auth.scope, fields, auth.answer, source.secret
    )


def renewal(source: SourceSettings, secrets: Secrets = secret) -> Renew:
    """Reads the secret of ``source`` again from where it is kept, whatever was used at the start."""

    def renew() -> SignIn | None:
        try:
            return sign_in(source, secrets)
        except (SettingsError, ValueError) as error:
            log.warning("%s: its secret cannot be read again (%s): the old one is used", source.name, error)
            return None

    return renew


def _usual(source: SourceSettings, value: str) -> SignIn:
    """The sign-in of a source that says no more than its secret, and perhaps a user's name."""
    if not source.username:
        return bearer(value, source.secret)
    if source.kind == "resgrid":
        return replace(resgrid.sign_in(source.username, value), kept=source.secret)
    return SignIn(SignInKind.BASIC, value, source.username, kept=source.secret)
