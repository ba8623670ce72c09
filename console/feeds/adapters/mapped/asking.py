"""Asks one request of a mapping, all its pages and details, and keeps what it gave."""

from collections.abc import Generator, Sequence
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from console.feeds.adapter import Failed, Value, one
from console.feeds.adapters.document import document
from console.feeds.adapters.mapped.cursor import earlier, newest
from console.feeds.adapters.mapped.emits import Extract
from console.feeds.adapters.mapped.keeping import Lot, Memory, overlaid
from console.feeds.adapters.mapped.names import FEEDS, OWNERS
from console.feeds.adapters.mapped.paging import Pages
from console.feeds.adapters.mapped.refusing import FORBIDDEN, NOT_OFFERED, watch
from console.feeds.adapters.mapped.schema import Asked, Detail, Emit, Mapping
from console.feeds.adapters.merging import contradicting
from console.feeds.rows.flaws import DUPLICATE, Flaw
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request

UNCHANGED = 304
NO_SUCH = 404
PIECES = frozenset({"assignment", "note"})
"""What a call's record is repeated for, where an API gives one for each of them."""

AGAIN_S = 600.0
"""Seconds until a server that does not offer a list is asked for it once more."""


class Taken(Struct, frozen=True):
    """What a request gave: its rows from now on, ``same`` where nothing is new, or why there are none."""

    memory: Memory
    same: bool = False
    trouble: Trouble | None = None


Talk = Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], Taken]
Pieces = Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], "_Gathering | None"]


class _Gathering(Struct):
    lots: tuple[Lot, ...]
    cursor: Any
    tag: str = ""
    pages: int = 0


class Asking:
    """One request. `memory` is what it gave last; the owner sets it once the whole round is good."""

    def __init__(self, asked: Asked, mapping: Mapping, zone: ZoneInfo | None) -> None:
        self.memory = Memory()
        self.every = max(asked.every_s, mapping.source.limits.min_interval_s)
        emits = (*asked.emit, *(asked.detail.emit if asked.detail else ()))
        self.feeds = frozenset(FEEDS[emit.kind] for emit in emits if emit.kind in OWNERS)
        self.kinds = frozenset(emit.kind for emit in emits)
        self._asked = asked
        self._absent: Trouble | None = None
        self._spared = 0

        def made(emits: Sequence[Emit]) -> tuple[Extract, ...]:
            return tuple(Extract(emit, mapping.map, mapping.source.time, zone) for emit in emits)

        self._extracts = made(asked.emit)
        self._details = made(asked.detail.emit) if asked.detail else ()
        self._check = watch(mapping.source.ok, asked.error)
        self._newest = newest(asked.incremental.cursor) if asked.incremental else None

    def complete(self, memory: Memory) -> bool:
        """Whether what the request gave is all there is."""
        return self._asked.snapshot == "complete" and memory.whole

    def lots(self) -> list[Lot]:
        """All rows that are known."""
        return [*self.memory.lots, *(lot for _, lots in self.memory.details.values() for lot in lots)]

    def ask(self, *, fresh: bool) -> Talk:
        """Everything anew where ``fresh``. Raises `Failed` or `Unreadable`; nothing has changed then."""
        if self._absent is not None and not fresh and self._spared * self.every < AGAIN_S:
            self._spared += 1
            return Taken(self.memory, trouble=self._absent)
        memory = Memory() if fresh else self.memory
        whole = self._whole(memory)
        try:
            found = yield from self._pages(self._request(memory, whole=whole), memory)
        except Failed as failed:
            return self._without(failed)
        self._absent = None
        if found is None:
            return Taken(memory, same=True)
        lots = found.lots if whole else overlaid(memory.lots, found.lots)
        tag = found.tag if found.pages == 1 else ""
        rounds = 0 if whole else memory.rounds + 1
        kept = Memory(lots, whole, found.cursor, tag, rounds, memory.details)
        if self._asked.detail:
            kept = yield from self._detailed(kept, self._asked.detail)
        return Taken(kept)

    def _without(self, failed: Failed) -> Taken:
        """What stands where only this list cannot be had. Raises ``failed`` where that fails the round."""
        trouble = failed.trouble
        if self._asked.optional and trouble.status in NOT_OFFERED:
            self._absent, self._spared = trouble, 1
        elif trouble.status != FORBIDDEN:
            raise failed
        return Taken(self.memory, trouble=trouble)

    def _whole(self, memory: Memory) -> bool:
        incremental = self._asked.incremental
        if incremental is None or memory.cursor is None:
            return True
        every = incremental.full_every or max(1, round(incremental.full_every_s / self.every))
        return memory.rounds + 1 >= every

    def _request(self, memory: Memory, *, whole: bool) -> Request:
        asked = self._asked
        besides = asked.incremental.full_query if asked.incremental and whole else {}
        query = tuple((name, _written(value)) for name, value in (asked.query | besides).items())
        if asked.incremental and not whole:
            cursor = earlier(memory.cursor, asked.incremental.overlap_s)
            query = (*query, (asked.incremental.param, asked.incremental.value.replace("{cursor}", cursor)))
        tagged = asked.etag and memory.tag and (whole or not asked.incremental)
        headers = (("If-None-Match", memory.tag),) if tagged else ()
        body = b"" if asked.body is None else msgspec.json.encode(asked.body)
        if asked.body is not None:
            headers = (*headers, ("Content-Type", "application/json"))
        return Request(asked.path, query, headers, asked.method, body)

    def _pages(self, request: Request, memory: Memory) -> Pieces:
        pages = Pages(self._asked.paging, request)
        found = _Gathering(_empty(self._extracts), memory.cursor)
        following: Request | None = pages.first
        while following is not None:
            reply = yield from one(following)
            if reply.status == UNCHANGED:
                return None
            following = self._read(reply, found, pages)
        self._doubt(found.lots)
        return found

    def _doubt(self, lots: Sequence[Lot]) -> None:
        """Count calls that are told twice and differently, unless each row is of another unit or note."""
        if self.kinds & PIECES:
            return
        for lot in lots:
            if lot.kind == "call":
                lot.flaws += [Flaw(key, DUPLICATE, "id") for key in contradicting(lot.rows)]

    def _read(self, reply: Reply, found: _Gathering, pages: Pages) -> Request | None:
        value = document(reply.body)
        self._check(value)
        for extract, lot in zip(self._extracts, found.lots, strict=True):
            lot.rows += extract.rows(value, lot.flaws)
        if self._newest:
            found.cursor = self._newest(value, found.cursor)
        found.pages += 1
        found.tag = reply.headers.get("etag", "")
        return pages.after(reply, value, self._extracts[0].records(value))

    def _detailed(
        self, kept: Memory, detail: Detail
    ) -> Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], Memory]:
        calls = next(lot for lot in kept.lots if lot.kind == "call").rows
        known = {row["id"]: row for row in calls if row.get("id")}
        details = {key: found for key, found in kept.details.items() if key in known}
        left = detail.most
        for key, row in known.items():
            if left == 0:
                break
            if key in details and details[key][0] == row:
                continue
            left -= 1
            lots = yield from self._detail(key, row, detail)
            details[key] = row, lots
        return replace(kept, details=details)

    def _detail(
        self, key: str, row: Value, detail: Detail
    ) -> Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], tuple[Lot, ...]]:
        lots = _empty(self._details)
        try:
            reply = yield from one(
                Request(detail.path.replace("{id}", quote(key, safe="")), tuple(detail.query.items()))
            )
        except Failed as failed:
            if failed.trouble.status == NO_SUCH:
                return lots  # it ended between the two answers
            raise
        value = document(reply.body)
        self._check(value)
        for extract, lot in zip(self._details, lots, strict=True):
            lot.rows += extract.inner(row, value, lot.flaws)
        return lots


def _empty(extracts: Sequence[Extract]) -> tuple[Lot, ...]:
    return tuple(Lot(extract.kind, extract.nested, [], []) for extract in extracts)


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
