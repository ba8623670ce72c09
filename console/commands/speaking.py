"""How a source speaks, from its settings; what cannot be read that way is told before anything is polled."""

from zoneinfo import ZoneInfo

from console.feeds.spec import Dialect
from console.settings import AgencySettings, SourceSettings

NATIVE = "console"
"""The kind that needs no adapter, so that a start on it pays for the import of none."""


def dialect(source: SourceSettings, agency: AgencySettings, mapping: str) -> Dialect:
    """The dialect of ``source`` with the text of its ``mapping``; raises `ValueError` where none can speak it."""
    try_zone(source.timezone)
    found = Dialect(source.kind, mapping, source.timezone or agency.timezone, source.programs, source.units)
    if found.kind != NATIVE:
        from console.feeds.adapters.kinds import adapter

        adapter(found)
    return found


def try_zone(name: str) -> None:
    """Raise `ValueError` where ``name`` is a time zone that there is not."""
    try:
        ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name!r}; write one like America/Denver") from error
