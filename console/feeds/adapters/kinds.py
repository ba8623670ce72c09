"""Which adapter reads which kind of source."""

from console.feeds.adapter import Adapter
from console.feeds.spec import Dialect

NATIVE = "console"
"""The console's own API, which is read row by row from bytes and so has a reader of its own."""

KINDS = (NATIVE, "resgrid", "ticketscad", "eido", "traccar", "mapped")


def adapter(dialect: Dialect) -> Adapter:
    """A new adapter for ``dialect``, holding nothing.

    Raises `ValueError` for a kind that there is not and for a mapping that cannot be used.
    """
    match dialect.kind:
        case "resgrid":
            from console.feeds.adapters.resgrid.adapter import Resgrid

            return Resgrid(dialect)
        case "eido":
            from console.feeds.adapters.eido.eido import Eido

            return Eido(dialect)
        case "ticketscad":
            from console.feeds.adapters.ticketscad import ticketscad

            return ticketscad(dialect)
        case "traccar":
            from console.feeds.adapters.traccar import Traccar

            return Traccar(dialect)
        case "mapped":
            from console.feeds.adapters.mapped.mapped import Mapped

            return Mapped(dialect)
        case _:
            raise ValueError(f"no such kind of source: {dialect.kind!r}; there are: {', '.join(KINDS)}")
