"""TicketsCAD: its external API by the mapping that ships with the console, in the server's own time zone."""

from msgspec.structs import replace

from console.feeds.adapters.mapped.mapped import Mapped
from console.feeds.spec import Dialect
from console.resources import path

MAPPING = "mappings/ticketscad.toml"


def ticketscad(dialect: Dialect) -> Mapped:
    """The adapter, by the agency's own mapping where it has one.

    Its stamps name no zone, and ``since`` is understood in the server's: raises `ValueError` without one.
    """
    if not dialect.zone:
        raise ValueError(
            "TicketsCAD tells local times without their zone: set `timezone` of the source, as America/Denver"
        )
    return Mapped(replace(dialect, mapping=own_mapping(dialect)))


def own_mapping(dialect: Dialect) -> str:
    """The agency's own mapping, else the one that ships."""
    return dialect.mapping or path(MAPPING).read_text(encoding="utf-8")
