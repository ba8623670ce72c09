"""The digest of a block: it names the block's place too, so that one put in another's place is found out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

SIZE = 16
"""Bytes."""

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def digest(run: int, first: int, last: int, body: bytes, times: Sequence[datetime] = ()) -> bytes:
    """BLAKE2b over the run, the numbers of the first and last event, the packed events, and the row's ``times``."""
    place = " ".join(str(number) for number in (run, first, last, *map(_micros, times)))
    told = b"times" if times else b""  # a digest with times is never one without
    return blake2b(f"{place} ".encode("ascii") + body, digest_size=SIZE, person=told).digest()


def matching(
    sealed: object, place: tuple[int, int, int], body: object, times: Sequence[datetime] = ()
) -> bool:
    """Whether ``sealed`` is the digest of ``body`` at ``place``: its run, first and last.

    The first archives' digests are without ``times``.
    """
    return isinstance(body, bytes) and sealed in {digest(*place, body, times), digest(*place, body)}


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
