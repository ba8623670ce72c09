"""What is wrong with the rows of a feed: each flaw counted once per version of its row, none twice."""

from collections.abc import Iterable

from msgspec import Struct

from console.domain.feed import MAX_EXAMPLES, Problem

BAD_ROW = "bad_row"
BAD_FIELD = "bad_field"
UNKNOWN_CODE = "unknown_code"
DUPLICATE = "duplicate"
REUSED = "reused"
CONFLICT = "conflict"
SKEW = "skew"
WORKER = "worker"
BAD_ANSWER = "bad_answer"
CERTIFICATE = "certificate"
TOO_MANY = "too_many"


class Flaw(Struct, frozen=True, gc=False):
    """One thing wrong with one row; ``row`` is its id, never a value of it (empty: it is no row's).

    ``version`` tells one state of the row from the next (0 where that must not matter), ``rejected``
    says that the row could not be shown at all.
    """

    row: str
    kind: str
    what: str
    version: int = 0
    rejected: bool = False


class Flaws:
    """The flaws of a feed as it stands, so that a lasting one is told once and not at each poll."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Flaw, ...]] = {}

    @property
    def rejected(self) -> int:
        """How many rows cannot be read as the feed stands; one that only finds no room is no sign of a new format."""
        return sum(
            flaw.rejected and flaw.kind != TOO_MANY for flaws in self._known.values() for flaw in flaws
        )

    def learn(self, flaws: Iterable[Flaw], mended: Iterable[str], *, full: bool) -> list[Flaw]:
        """Take in the flaws of one reply; those that were not known before.

        ``mended`` are ids of rows that this reply holds; a ``full`` reply holds every row there is.
        """
        now: dict[str, tuple[Flaw, ...]] = {}
        for flaw in flaws:
            now[flaw.row] = (*now.get(flaw.row, ()), flaw)
        fresh = [flaw for row, found in now.items() for flaw in found if flaw not in self._known.get(row, ())]
        if full:
            self._known = now
        else:
            for row in mended:
                self._known.pop(row, None)
            self._known.update(now)
        return fresh


def problems(feed: str, flaws: Iterable[Flaw]) -> tuple[Problem, ...]:
    """``flaws`` counted by kind and field, each with a few row ids as examples."""
    groups: dict[tuple[str, str], list[str]] = {}
    for flaw in flaws:
        groups.setdefault((flaw.kind, flaw.what), []).append(flaw.row)
    return tuple(
        Problem(kind, feed, what, count=len(rows), examples=_examples(rows))
        for (kind, what), rows in groups.items()
    )


def _examples(rows: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row for row in rows if row))[:MAX_EXAMPLES]
