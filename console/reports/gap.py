"""A gap of a board, as a value."""

from msgspec import Struct


class Gap(Struct, frozen=True):
    """Something that is missing or wrong, and what to do about it."""

    feed: str
    what: str
    todo: str
    count: int = 1
    examples: tuple[str, ...] = ()
