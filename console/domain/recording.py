"""How the recording of the board goes, as a value: it stands on the screen, so it is part of `State`."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class RecordingState(StrEnum):
    """Whether what the board shows is being kept."""

    STARTING = "starting"
    ON = "on"
    PAUSED = "paused"
    """The archive cannot take it now (disk full, database lost); what comes is held and written later."""

    READING = "reading"
    """Another console writes this archive; this one only reads it."""

    OFF = "off"


class Recording(Struct, frozen=True, gc=False):
    """The recorder as it stands. ``since`` is when this began, ``detail`` says what is wrong, ``tip`` what to do.

    ``place`` names the archive without any secret; ``lost`` counts events that found no room while it was paused.
    """

    state: RecordingState
    since: datetime
    place: str = ""
    detail: str = ""
    tip: str = ""
    lost: int = 0
