"""Which page to ask for next, from the last one; a source that goes round in circles is left."""

import re
import zlib
from typing import Any

import msgspec
from msgspec.structs import replace

from console.feeds.adapters.mapped.paths import path
from console.feeds.adapters.mapped.schema import Paging
from console.feeds.adapters.mapped.times import Unfit
from console.feeds.rows.reading import Unreadable
from console.feeds.wire.finding import Reply
from console.feeds.wire.request import Request, behind

LINK = re.compile(r"<([^>]*)>([^<]*)")
NEXT = re.compile(r"\brel\s*=\s*\"?[^\",;]*\bnext\b", re.IGNORECASE)
TIP = "Check `paging` in the mapping, then tell those who run the server."


class Pages:
    """Goes through the pages of one answer. ``first`` is the request as the mapping has it."""

    def __init__(self, paging: Paging, first: Request) -> None:
        self._paging = paging
        self._number = paging.first
        self._offset = 0
        self._asked = 0
        self._seen: set[Any] = set()
        self._bare = first
        self._links: tuple[str, ...] = ()
        self._looks = {
            name: path(text)
            for name, text in (("count", paging.count), ("more", paging.more), ("next", paging.next))
            if text
        }

    @property
    def first(self) -> Request:
        """The request for the first page."""
        return self._numbered()

    def after(self, reply: Reply, document: Any, records: list[Any]) -> Request | None:
        """The request for the page after this one; ``None`` after the last. Raises `Unreadable`."""
        following = self._following(reply, document, records)
        if following is None:
            return None
        self._asked += 1
        mark = following.named if self._paging.kind in ("link_header", "next_url") else _mark(records)
        if mark in self._seen:
            raise Unreadable("pages_repeat", "The pages of the answer repeat: they would never end.", TIP)
        if self._asked >= self._paging.max_pages:
            raise Unreadable("too_many_pages", f"The answer has more than {self._asked} pages.", TIP)
        self._seen.add(mark)
        return following

    def _following(self, reply: Reply, document: Any, records: list[Any]) -> Request | None:
        match self._paging.kind:
            case "none":
                return None
            case "link_header":
                return self._linked(_next_link(reply))
            case "next_url":
                found = self._look("next", document)
                return self._linked(found) if isinstance(found, str) and found else None
            case _:
                return self._counted(document, records)

    def _counted(self, document: Any, records: list[Any]) -> Request | None:
        found = self._look("count", document)
        rows = len(found) if isinstance(found, list) else found if isinstance(found, int) else len(records)
        another = self._look("more", document) if "more" in self._looks else rows >= self._paging.size
        if not another or not rows:
            return None
        self._offset += rows
        self._number += 1
        return self._numbered()

    def _numbered(self) -> Request:
        paging = self._paging
        match paging.kind:
            case "offset":
                own = {paging.offset: self._offset, paging.limit: paging.size}
            case "page":
                own = {paging.page: self._number, paging.limit: paging.size}
            case _:
                own = {paging.limit: paging.size} if paging.size else {}
        return replace(self._bare, query=(*self._bare.query, *((k, str(v)) for k, v in own.items() if k)))

    def _linked(self, link: str) -> Request | None:
        """The page at ``link``, which stands in the page before it."""
        if not link:
            return None
        self._links = behind(self._links, link)
        return replace(self._bare, query=(), headers=(), links=self._links)

    def _look(self, name: str, document: Any) -> Any:
        try:
            return self._looks[name](document) if name in self._looks else None
        except Unfit as error:
            raise Unreadable("paging", f"`{name}` of the mapping does not fit the answer.", TIP) from error


def _mark(records: list[Any]) -> int:
    return zlib.crc32(msgspec.json.encode(records))


def _next_link(reply: Reply) -> str:
    header = next((text for name, text in reply.headers.items() if name.lower() == "link"), "")
    return next((target for target, rest in LINK.findall(header) if NEXT.search(rest)), "")
