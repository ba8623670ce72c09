"""Whether what a panel shows is of the present: the same as on paper."""

from console.reports.wording.freshness import (
    AS_OF_ROOM,
    PART,
    Freshness,
    as_of_text,
    empty_text,
    freshness,
)

__all__ = [
    "AS_OF_ROOM",
    "PART",
    "Freshness",
    "as_of_text",
    "empty_text",
    "freshness",
]
