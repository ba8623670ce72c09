"""The end of a certificate's validity, read from its DER form (RFC 5280 section 4.1).

Python tells the fields of a certificate only where it did the verifying itself; on Windows and macOS the
operating system does that, and the bytes are all there is.
"""

from datetime import UTC, datetime

SEQUENCE, VERSION, UTC_TIME, GENERALIZED = 0x30, 0xA0, 0x17, 0x18
FORMS = {UTC_TIME: "%y%m%d%H%M%SZ", GENERALIZED: "%Y%m%d%H%M%SZ"}


def ends(der: bytes) -> datetime | None:
    """When the certificate ends; ``None`` for what is none."""
    try:
        return _ends(der)
    except (IndexError, ValueError, UnicodeDecodeError):
        return None


def _ends(der: bytes) -> datetime:
    _, certificate, _ = _part(der)
    _, fields, _ = _part(certificate)
    tag, _, rest = _part(fields)
    before = (
        3 if tag == VERSION else 2
    )  # version, serial number, algorithm, issuer: the version may be left out
    for _ in range(before):
        _, _, rest = _part(rest)
    tag, validity, _ = _part(rest)
    if tag != SEQUENCE:
        raise ValueError(tag)
    _, _, rest = _part(validity)
    tag, until, _ = _part(rest)
    return datetime.strptime(until.decode("ascii"), FORMS.get(tag, "")).replace(tzinfo=UTC)


def _part(data: bytes) -> tuple[int, bytes, bytes]:
    """Tag and content of the first part of ``data``, and what follows it."""
    tag, length, start = data[0], data[1], 2
    if length >= 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start], "big")
    if length > len(data) - start:
        raise ValueError(length)
    return tag, data[start : start + length], data[start + length :]
