"""What a file says of one unit's part in one call."""

from datetime import datetime

from msgspec import Struct

LONGEST_KEY = 256
LONGEST_LINE = 1_024
"""Characters of an id and of a text that the board takes."""


class UnitRow(Struct, frozen=True, gc=False, array_like=True):
    """One unit's part in one call, as the file gives it; stamps in UTC and in order.

    Without a ``unit`` it is what the row of a whole call says of it.
    """

    call: str
    unit: str
    kind: str
    nature: str
    received: datetime
    entry: datetime | None = None
    dispatch: datetime | None = None
    response: datetime | None = None
    on_scene: datetime | None = None
    transport: datetime | None = None
    hospital: datetime | None = None
    available: datetime | None = None
    disposition: str = ""
    priority: int | None = None
    address: str = ""
    area: str = ""
    lat: float | None = None
    lon: float | None = None
