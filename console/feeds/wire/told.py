"""What went wrong on the wire, in plain words: never an exception's text alone, never an empty one."""

import socket
import ssl
from collections.abc import Iterator

from console.domain.vocabulary import Health
from console.feeds.wire.finding import Trouble, down
from console.feeds.wire.limits import Limits

CALL_NETWORK = "Check the network of this workstation; the console keeps trying."
CALL_SERVER = "The console keeps trying. If it lasts, call those who run the server."
CALL_SECURITY = "Nothing was sent. Have those who run the server renew or fix its certificate."

HUNG_UP = "It may speak only TLS older than 1.2, or want a certificate of this console (`client_cert`)."
OWN_CA = "Nothing was sent. Where the agency has an authority of its own, name its file as `ca_file` of the source."
WRONG_NAME = "Nothing was sent. Check the address of the source: it must be the name in the certificate."

EXPIRED, SELF_SIGNED, IN_CHAIN, NO_ISSUER, WRONG_HOST, WRONG_ADDRESS = 10, 18, 19, 20, 62, 64
"""OpenSSL's verify codes (X509_V_ERR_*)."""

OTHER_VERSION = ("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS")
WANTS_TO_KNOW_US = ("CERTIFICATE_REQUIRED", "HANDSHAKE_FAILURE")
KNOWS_US_NOT = ("ALERT_UNKNOWN_CA", "BAD_CERTIFICATE", "CERTIFICATE_EXPIRED", "CERTIFICATE_REVOKED")
"""Parts of OpenSSL's names for what the other end says of a handshake."""


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and what caused it, outermost first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def silent(seconds: float) -> Trouble:
    """The server accepted the request and then said nothing."""
    return down("timeout", f"The server took the request, then was silent for {seconds:g} s.", CALL_SERVER)


def slow(limits: Limits) -> Trouble:
    """The answer comes in too slowly to be of use."""
    return down("slow", f"The answer was not complete after {limits.total:g} s.", CALL_SERVER)


def no_connection(place: str, limits: Limits) -> Trouble:
    """Nobody answers at the address."""
    detail = f"No connection to {place} within {limits.connect:g} s."
    return down("no_connection", detail, CALL_NETWORK)


def cut(place: str, *, stranger: bool = False) -> Trouble:
    """The connection ended before the answer did; a ``stranger`` showed no certificate, as some servers want."""
    tip = f"{CALL_SERVER} It may want a certificate of this console (`client_cert`)."
    detail = f"{place} cut the connection in the middle of its answer."
    return down("cut", detail, tip if stranger else CALL_SERVER)


def unconnected(error: BaseException, place: str) -> Trouble:
    """Why no connection came about, from the chain of causes."""
    for cause in chain(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _certificate(cause, place)
            case ssl.SSLEOFError():
                detail = f"{place} hung up while a secure connection was being agreed on."
                return down("hung_up", detail, HUNG_UP)
            case ssl.SSLError():
                return _unsafe(cause, place)
            case socket.gaierror():
                tip = f"Check the spelling of the address. {CALL_NETWORK}"
                return down("unknown_host", f"The name {place} is not known to the network.", tip)
            case ConnectionRefusedError():
                return down("refused", f"Nothing listens at {place}.", CALL_SERVER)
            case _:
                continue
    return down("no_connection", f"No connection to {place}.", CALL_NETWORK)


def unwelcome(error: BaseException, place: str) -> Trouble | None:
    """Why the other end would not talk on, where it said that: TLS 1.3 does so after the connection."""
    for cause in chain(error):
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return _unsafe(cause, place)
    return None


def proxy_refuses(place: str) -> Trouble:
    """The proxy of the configuration does not let the console through."""
    tip = "Check `proxy` in the configuration; ask those who run it to let this workstation through."
    return down("proxy", f"The proxy makes no connection to {place}.", tip)


def _unsafe(error: ssl.SSLError, place: str) -> Trouble:
    said = str(error).upper().replace(" ", "_")
    if any(part in said for part in OTHER_VERSION):
        detail = f"{place} speaks only TLS older than 1.2, which is not safe any more."
        return down("tls_version", detail, "Nothing was sent. Have those who run the server update it.")
    if any(part in said for part in KNOWS_US_NOT):
        tip = "Have those who run the server issue a new one; name it as `client_cert` of the source."
        detail = f"{place} does not accept this console's own certificate."
        return Trouble(Health.AUTH, "client_certificate", detail, tip)
    if any(part in said for part in WANTS_TO_KNOW_US):
        tip = "Have those who run the server issue one; name it as `client_cert` and `client_key` of the source."
        detail = f"{place} wants a certificate of this console and was given none that it takes."
        return Trouble(Health.AUTH, "client_certificate", detail, tip)
    detail = f"{place} and this console agree on no secure connection (TLS 1.2 or newer)."
    return down("tls", detail, CALL_SECURITY)


def _certificate(error: ssl.SSLCertVerificationError, place: str) -> Trouble:
    match error.verify_code:
        case code if code == EXPIRED:
            what, tip = "has expired", CALL_SECURITY
        case code if code in (WRONG_HOST, WRONG_ADDRESS):
            what, tip = "is for another name", WRONG_NAME
        case code if code in (SELF_SIGNED, IN_CHAIN, NO_ISSUER):
            return down(
                "unknown_authority",
                f"The certificate of {place} comes from nobody this workstation trusts.",
                OWN_CA,
            )
        case _:
            what, tip = "cannot be verified", CALL_SECURITY
    return down("certificate", f"The certificate of {place} {what}.", tip)
