"""Who is trusted and who the console is: TLS 1.2 or newer, always verified, with the agency's own files."""

import ssl
from datetime import datetime

import truststore

from console.feeds.spec import SourceSpec
from console.feeds.wire.validity import ends

NEAR_ITS_END_DAYS = 14
"""Days before the end of a certificate from which it is told."""


def context(spec: SourceSpec) -> ssl.SSLContext:
    """What this workstation trusts, and the agency's own authority besides.

    Raises `ValueError`, with what to do, for a file that holds no certificate or no key.
    """
    made = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    tls = spec.tls
    if tls.ca_file:
        try:
            made.load_verify_locations(tls.ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise _unusable(spec.name, "ca_file", tls.ca_file, "the authority's certificate") from error
    if tls.client_cert:
        try:
            made.load_cert_chain(tls.client_cert, tls.client_key or None, password="")
        except OSError as error:
            raise _unusable(
                spec.name, "client_cert", tls.client_cert, "the certificate and its key, without a passphrase"
            ) from error
    elif tls.client_key:
        raise ValueError(f"source {spec.name}: client_key without client_cert: name both")
    return made


def shown_until(peer: ssl.SSLObject | None) -> datetime | None:
    """When the certificate that the other end showed is over."""
    shown = peer.getpeercert(binary_form=True) if peer is not None else None
    return ends(shown) if shown else None


def _unusable(source: str, field: str, file: str, needed: str) -> ValueError:
    return ValueError(f"source {source}: {field} {file} cannot be used: it must hold {needed} (PEM)")
