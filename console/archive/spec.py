"""Which archive, as the configuration names it; importing this loads no database."""

from datetime import timedelta

from msgspec import Struct


class ArchiveSpec(Struct, frozen=True):
    """Where the archive is and what it is opened by. ``keep`` and ``room`` (bytes) bound what is kept of the past."""

    url: str
    key: str | None = None
    keep: timedelta | None = None
    room: int | None = None

    def __repr__(self) -> str:
        return "ArchiveSpec()"
