"""Which adapter reads which kind of source."""

from console.feeds.adapter import Adapter
from console.feeds.adapters.native import Native


def adapter(kind: str) -> Adapter:
    """A new adapter for ``kind``, holding nothing. Raises `ValueError` for a kind that there is not."""
    match kind:
        case "console":
            return Native()
        case _:
            raise ValueError(f"no such kind of source: {kind!r}; there is: console")
