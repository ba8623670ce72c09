"""What is made of one reply on its way to what is held: rows that are marred, sorted by id, put in place."""

from msgspec import Struct

from console.domain.contract import Row
from console.feeds.rows.flaws import Flaw


class Marred(Struct, frozen=True):
    """A row with something wrong: what is left of it, or ``None``; ``key`` is its id, empty if unusable."""

    key: str
    row: Row | None
    flaws: tuple[Flaw, ...]


class Sorted(Struct):
    """The rows of one reply by id, the ids that came without a row that can be shown, and all flaws."""

    rows: dict[str, Row] = {}
    rejected: set[str] = set()
    flaws: list[Flaw] = []


class Put(Struct):
    """What a reply changed: rows that are new or different, flaws of those that are late, calls renamed."""

    changed: list[Row] = []
    late: list[Flaw] = []
    retired: list[Row] = []
