"""The adapter of the console's own dispatch API (`console.domain.contract`)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from console.domain.contract import API_VERSION, ROW_TYPES, Page, Row, ServedClock, Service
from console.domain.vocabulary import FeedName
from console.feeds.rows.fitness import Fitness
from console.feeds.rows.held import Held
from console.feeds.rows.judge import corrected, in_its_time
from console.feeds.rows.reading import Reading, Setting, Unreadable
from console.feeds.rows.repair import agency, repaired, tolerant
from console.feeds.rows.taken import Marred
from console.feeds.wire.request import Request

EVERY = {
    FeedName.CALLS: 3.0,
    FeedName.UNITS: 3.0,
    FeedName.POSITIONS: 2.0,
    FeedName.FACILITIES: 15.0,
    FeedName.FOLLOW_UPS: 15.0,
}
"""Real seconds between polls where the configuration says nothing."""

NUL = b"\\u0000"

SET = timedelta(seconds=30)
"""A clock that differs by so much from what was measured has been set; an answer is under way for less."""

WILD = timedelta(hours=1)
"""A server's clock farther ahead than this is wrong: its stamps are judged by ours."""

ASK_THE_VENDOR = "Tell those who run the server that its answers are damaged."


class _Service(Struct, frozen=True):
    """`Service`, taken lightly: a wrong word about the agency must not keep its calls off the board."""

    api: str
    clock: ServedClock
    agency: Raw = Raw(b"{}")
    feeds: tuple[str, ...] = tuple(FeedName)


class _Dated(Struct, frozen=True):
    """The clock of a page, whatever else it holds."""

    clock: ServedClock


class Native:
    """Reads pages row by row, so that a bad row costs that row and a known one costs nothing."""

    def __init__(self) -> None:
        self.held: Mapping[FeedName, Held] = {feed: Held(feed) for feed in FeedName}
        self._page = msgspec.json.Decoder(Page[Raw])
        self._service = msgspec.json.Decoder(_Service)
        self._dated = msgspec.json.Decoder(_Dated)
        self._clock = msgspec.json.Decoder(ServedClock)
        self._rows = {feed: msgspec.json.Decoder(kind) for feed, kind in ROW_TYPES.items()}

    def greet(self) -> Request:
        """Ask what the server is."""
        return Request("/v1/service")

    def introduced(self, body: bytes, setting: Setting) -> Service:
        """What the server says it is. Raises `Unreadable`."""
        try:
            found = self._service.decode(body)
            told = msgspec.json.decode(found.agency)
        except msgspec.ValidationError as error:
            raise _foreign(error) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _malformed(str(error)) from error
        if found.api != API_VERSION:
            raise Unreadable(
                "version",
                f"The server speaks version {found.api[:20]} of the API; this console reads {API_VERSION}.",
                "Update the console, or the server.",
            )
        names = {feed.value for feed in FeedName}
        feeds = tuple(FeedName(name) for name in found.feeds if name in names)
        return Service(found.api, found.clock, agency(told, setting), feeds)

    def heard(self, body: bytes) -> ServedClock:
        """The server's clock in a heartbeat. Raises `Unreadable`."""
        try:
            return self._clock.decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise _foreign(error) from error

    def plan(self, feed: FeedName, cursor: str) -> Request:
        """Ask for ``feed``: all of it, or what changed after ``cursor``."""
        return Request(f"/v1/{feed}", (("since", cursor),) if cursor else ())

    def dated(self, body: bytes) -> datetime | None:
        """The server's clock in a page, where it can be told without reading the rest."""
        try:
            return self._dated.decode(body).clock.now
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def read(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row]:
        """What ``body`` changes in what is held of ``feed``. Raises `Unreadable`; then nothing changed."""
        page = self._opened(body)
        ahead = _ahead(setting, page.clock)
        setting = _by_either_clock(in_its_time(replace(setting, ahead=ahead)), page.clock.now)
        kind, decode, fit = ROW_TYPES[feed], self._rows[feed].decode, Fitness(setting).fit

        def read(data: bytes) -> Row | Marred:
            try:
                row = decode(data)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                return repaired(data, kind, setting)
            return row if NUL not in data and fit(row) else repaired(data, kind, setting)

        def read_corrected(data: bytes) -> Row | Marred:
            return corrected(read(data), ahead)

        held = self.held[feed]
        held.correct(ahead)
        return replace(held.take(page, read_corrected if ahead else read, setting.now - ahead), ahead=ahead)

    def _opened(self, body: bytes) -> Page[Raw]:
        try:
            return self._page.decode(body)
        except msgspec.ValidationError as error:
            raise _foreign(error) from error
        except RecursionError as error:
            raise _malformed("it is nested too deeply") from error
        except msgspec.DecodeError as error:
            return _rescued(body, error)


def _ahead(setting: Setting, clock: ServedClock) -> timedelta:
    """How far the clock of this page is ahead: as measured, unless it was plainly set since then."""
    if clock.simulated:
        return setting.ahead
    rough = clock.now - setting.now
    return (
        setting.ahead if abs(rough - setting.ahead) < SET else timedelta(seconds=round(rough.total_seconds()))
    )


def _by_either_clock(setting: Setting, served: datetime) -> Setting:
    """A server's clock may go ahead of ours: its fresh stamps are not of the future. A wild one is not believed."""
    ahead = served.tzinfo is UTC and timedelta(0) < served - setting.now < WILD
    return replace(setting, now=served) if ahead else setting


def _rescued(body: bytes, error: msgspec.DecodeError) -> Page[Raw]:
    """The page of a document that strict JSON refuses, as it does for one NaN in one row."""
    try:
        document: Any = tolerant(body.decode("utf-8-sig", errors="replace"))
        items = tuple(Raw(json.dumps(item).encode()) for item in document.pop("items", ()))
        return msgspec.convert({**document, "items": items}, Page[Raw])
    except (ValueError, RecursionError):
        raise _malformed(str(error)) from error
    except (AttributeError, TypeError, msgspec.ValidationError):
        raise _foreign(error) from error


def _malformed(why: str) -> Unreadable:
    return Unreadable("malformed", f"The answer is not whole JSON: {why}.", ASK_THE_VENDOR)


def _foreign(error: Exception) -> Unreadable:
    detail = f"The answer is JSON, but not in the form of this API: {error}."
    return Unreadable("malformed", detail, "Check that the address is that of a console API.")
