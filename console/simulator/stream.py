"""The feeds as server-sent events: what changed since the reader's cursors, as soon as it has changed."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from urllib.parse import parse_qsl, urlencode

from console.domain.contract import HEARTBEAT
from console.domain.vocabulary import FeedName
from console.simulator.pages import Pages
from console.simulator.wire import encode

LOOK_S = 1.0
"""Seconds between two looks at what has changed: four a second cost the console 6 ms more a frame (measured)."""

HEARTBEAT_S = 3.0
"""Seconds between two heartbeats, whatever else is told: a feed that is still is as proven as one that moves."""

KIND = "text/event-stream"


def cursors(query: Mapping[str, str], last_id: str) -> dict[FeedName, str]:
    """The cursor of each feed that is asked for: those of the last event where a reader resumes, else of the query."""
    given = dict(parse_qsl(last_id, keep_blank_values=True)) or dict(query)
    wanted = {feed: given[feed] for feed in FeedName if feed in given}
    return wanted or dict.fromkeys(FeedName, "")


async def events(pages: Pages, held: dict[FeedName, str]) -> AsyncIterator[bytes]:
    """One event for each feed that has changed since ``held``, and heartbeats, for as long as somebody listens."""
    since = HEARTBEAT_S  # the first look tells the time
    while True:
        told = [event for feed in held if (event := _news(pages, feed, held))]
        for event in told:
            yield event
        if since >= HEARTBEAT_S:
            yield _event(HEARTBEAT, held, encode(pages.clock()))
            since = 0.0
        since += LOOK_S
        await asyncio.sleep(LOOK_S)


def _news(pages: Pages, feed: FeedName, held: dict[FeedName, str]) -> bytes:
    content = pages.content(feed, held[feed])
    if not content.full and content.cursor == held[feed]:
        return b""
    held[feed] = content.cursor
    return _event(feed, held, pages.body(content))


def _event(name: str, held: Mapping[FeedName, str], data: bytes) -> bytes:
    """``data`` is JSON, which holds no line end; the id is the query that asks for what comes after this event."""
    return b"event: %s\nid: %s\ndata: %s\n\n" % (name.encode(), urlencode([*held.items()]).encode(), data)
