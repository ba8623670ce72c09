"""What a request carries so that the source knows the console, for a secret that never changes."""

import logging
from base64 import b64encode

from msgspec import Struct

from console.domain.vocabulary import Health
from console.feeds.spec import SignIn, SignInKind, SourceSpec
from console.feeds.wire.finding import Trouble

log = logging.getLogger(__name__)


class Badge(Struct, frozen=True):
    """Headers and query parameters that go with each request."""

    headers: dict[str, str] = {}
    query: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return "Badge()"


def badge(spec: SourceSpec) -> Badge:
    """The badge of a source whose secret is used as it is; an empty one where a token is fetched first."""
    sign_in = spec.sign_in
    match sign_in.kind:
        case SignInKind.BEARER:
            return Badge({"Authorization": f"Bearer {sign_in.secret}"})
        case SignInKind.HEADER:
            return Badge({sign_in.name: sign_in.secret})
        case SignInKind.BASIC:
            return Badge({"Authorization": basic(sign_in.username, sign_in.secret)})
        case SignInKind.QUERY:
            log.warning(
                "%s signs in by its address, which servers write to their logs: ask for a header", spec.name
            )
            return Badge(query=((sign_in.name, sign_in.secret),))
        case _:
            return Badge()


def basic(name: str, secret: str) -> str:
    """The value of an ``Authorization`` header (RFC 7617, in UTF-8)."""
    return f"Basic {b64encode(f'{name}:{secret}'.encode()).decode()}"


def refused(spec: SourceSpec) -> Trouble:
    """The source does not know the console, or no longer does (401)."""
    detail = "The server wants a valid sign-in (401)."
    return Trouble(Health.AUTH, "sign_in", detail, remedy(spec), status=401)


def remedy(spec: SourceSpec) -> str:
    """What to do about a secret that is not accepted, by where it is kept."""
    kind, _, name = spec.sign_in.kept.partition(":")
    match kind:
        case "keyring":
            return f"Store the new one with: smart-console secret set {name} - then press F5."
        case "env":
            return (
                f"Put the right secret of {spec.name} into the variable {name} and start the console again."
            )
        case "file":
            return f"Put the right secret of {spec.name} into its file, then press F5."
        case _ if spec.sign_in.kind is SignInKind.NONE:
            return (
                f"Name a secret for {spec.name} in the configuration: smart-console secret set {spec.name}."
            )
        case _:
            return f"Check the secret of {spec.name}: smart-console secret set {spec.name}."


def fetched(sign_in: SignIn) -> bool:
    """Whether the secret only buys a token."""
    return sign_in.kind in (SignInKind.OAUTH2_PASSWORD, SignInKind.OAUTH2_CLIENT, SignInKind.JSON_LOGIN)
