"""What can be wrong with an archive, told so that a person knows what to do; a password is never in it."""

from datetime import datetime
from typing import NoReturn


class ArchiveError(ValueError):
    """The archive cannot be used; the text says what is wrong and what to do."""


class NewerArchive(ArchiveError):
    """A later version of the console made the archive; it has not been touched."""


class Damaged(ArchiveError):
    """The file does not hold together any more; what can still be read of it can be taken out."""


class Unknown(Damaged):
    """The file is damaged, or of another key."""


class Lost(ArchiveError):
    """The database was reachable before and is not now; trying again later may help."""


class Full(ArchiveError):
    """Nothing can be written: the disk is full, read-only or gone, or a right is missing. Later may help."""


class Gone(ArchiveError):
    """The shift was removed from the archive."""


class Taken(ArchiveError):
    """Another console writes here. ``host``, ``pid`` and ``since`` say which; empty, 0, ``None`` if unknown."""

    def __init__(self, host: str = "", pid: int = 0, since: datetime | None = None) -> None:
        self.host, self.pid, self.since = host, pid, since
        who = f"the console on {host} (process {pid})" if host else "another console"
        when = f" since {since:%Y-%m-%d %H:%M} UTC" if since else ""
        super().__init__(
            f"{who} has been recording into this archive{when}: this one can read it, and may record "
            "once the other is closed"
        )


def refuse(text: str) -> NoReturn:
    """Raises `ArchiveError` with ``text``."""
    raise ArchiveError(text)
