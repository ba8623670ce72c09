"""What people did in replays of a shift, as the archive keeps it beside the recording."""

import msgspec
from sqlalchemy import Connection, select

from console.archive.store.tables import overlay
from console.archive.store.values import raw
from console.domain.answers import answer
from console.domain.events import Acted, Bookmarked, Noted
from console.domain.track import Mark, MarkKind

_decoder = msgspec.msgpack.Decoder(Acted)


class Done(msgspec.Struct, frozen=True):
    """What was done, in the order in which it was; ``unreadable`` entries of it cannot be read any more."""

    acts: list[Acted]
    unreadable: int = 0

    @property
    def trouble(self) -> str:
        """What is missing; empty while nothing is."""
        if not self.unreadable:
            return ""
        what = "One entry" if self.unreadable == 1 else f"{self.unreadable} entries"
        return (
            f"{what} from replays of this shift cannot be read any more, the archive is damaged there, and "
            "what is shown is without them: a backup of the archive may still have them."
        )


def done(connection: Connection, shift: str) -> Done:
    """All that was done in replays of ``shift``."""
    wanted = select(raw(overlay.c.body)).where(overlay.c.shift == shift).order_by(overlay.c.number)
    found = [decoded(body) for body in connection.scalars(wanted)]
    return Done([act for act in found if act is not None], found.count(None))


def marked(connection: Connection, shift: str) -> list[Mark]:
    """The marks of what was done."""
    return [mark for act in done(connection, shift).acts if (mark := _mark(act)) is not None]


def decoded(body: object) -> Acted | None:
    """The act that stands in a row, of whatever type a damaged one is; ``None`` where it cannot be read."""
    try:
        act: Acted | None = _decoder.decode(body) if isinstance(body, bytes) else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return act


def _mark(act: Acted) -> Mark | None:
    match act:
        case Bookmarked(at=at, label=label, who=who):
            return Mark(at, MarkKind.BOOKMARK, who, label)
        case Noted(at=at, call=call):
            return Mark(at, MarkKind.NOTE, call)
        case _:
            label = answer(act, {})
            return Mark(act.at, MarkKind.ACT, act.who, label) if label else None
