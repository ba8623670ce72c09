"""The digest of a block: it names the block's place too, so that one put in another's place is found out."""

from hashlib import blake2b

SIZE = 16
"""Bytes."""


def digest(run: int, first: int, last: int, body: bytes) -> bytes:
    """BLAKE2b over the run, the numbers of the first and last event, and the packed events."""
    place = f"{run} {first} {last} ".encode("ascii")
    return blake2b(place + body, digest_size=SIZE).digest()
