"""What went wrong on the wire, in plain words: never an exception's text alone, never an empty one."""

import socket
import ssl
from collections.abc import Iterator

from console.feeds.wire.finding import Trouble, down
from console.feeds.wire.limits import Limits

CALL_NETWORK = "Check the network of this workstation; the console keeps trying."
CALL_SERVER = "The console keeps trying. If it lasts, call those who run the server."
CALL_SECURITY = "Nothing was sent. Have those who run the server renew or fix its certificate."

EXPIRED, SELF_SIGNED, IN_CHAIN, NO_ISSUER, WRONG_HOST, WRONG_ADDRESS = 10, 18, 19, 20, 62, 64
"""OpenSSL's verify codes (X509_V_ERR_*)."""


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


def cut(place: str) -> Trouble:
    """The connection ended before the answer did."""
    return down("cut", f"{place} cut the connection in the middle of its answer.", CALL_SERVER)


def unconnected(error: BaseException, place: str) -> Trouble:
    """Why no connection came about, from the chain of causes."""
    for cause in chain(error):
        match cause:
            case ssl.SSLCertVerificationError():
                return _certificate(cause, place)
            case ssl.SSLError():
                detail = f"{place} and this console agree on no secure connection (TLS 1.2 or newer)."
                return down("tls", detail, CALL_SECURITY)
            case socket.gaierror():
                tip = f"Check the spelling of the address. {CALL_NETWORK}"
                return down("unknown_host", f"The name {place} is not known to the network.", tip)
            case ConnectionRefusedError():
                return down("refused", f"Nothing listens at {place}.", CALL_SERVER)
            case _:
                continue
    return down("no_connection", f"No connection to {place}.", CALL_NETWORK)


def _certificate(error: ssl.SSLCertVerificationError, place: str) -> Trouble:
    match error.verify_code:
        case code if code == EXPIRED:
            what = "has expired"
        case code if code in (WRONG_HOST, WRONG_ADDRESS):
            what = "is for another name"
        case code if code in (SELF_SIGNED, IN_CHAIN, NO_ISSUER):
            what = "comes from nobody this workstation trusts"
        case _:
            what = "cannot be verified"
    return down("certificate", f"The certificate of {place} {what}.", CALL_SECURITY)
