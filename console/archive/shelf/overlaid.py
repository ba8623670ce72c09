"""What people did in replays of a shift, as the archive keeps it beside the recording."""

import msgspec
from sqlalchemy import Connection, select

from console.archive.store.tables import overlay
from console.domain.events import Acted, Bookmarked, Noted
from console.domain.track import Mark, MarkKind

_decoder = msgspec.msgpack.Decoder(Acted)


def acts(connection: Connection, shift: str) -> list[Acted]:
    """What was done, in the order in which it was; what cannot be read is left out."""
    wanted = select(overlay.c.body).where(overlay.c.shift == shift).order_by(overlay.c.number)
    return [act for body in connection.scalars(wanted) if (act := _read(body)) is not None]


def marked(connection: Connection, shift: str) -> list[Mark]:
    """The marks of what was done."""
    return [mark for act in acts(connection, shift) if (mark := _mark(act)) is not None]


def _read(body: bytes) -> Acted | None:
    try:
        act: Acted = _decoder.decode(body)
    except msgspec.MsgspecError:
        return None
    return act


def _mark(act: Acted) -> Mark | None:
    match act:
        case Bookmarked(at=at, label=label, who=who):
            return Mark(at, MarkKind.BOOKMARK, who, label)
        case Noted(at=at, call=call):
            return Mark(at, MarkKind.NOTE, call)
        case _:
            return None
