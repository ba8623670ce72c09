"""Drives an adapter's conversation up to its next question, and reads what it gathered.

It lives where the reading is done: in the worker process for the console, in this one for tests.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec import Struct

from console.domain.contract import Row
from console.domain.vocabulary import FeedName
from console.feeds.adapter import Adapter, Exchange, Found, Gathered
from console.feeds.rows.held import Held
from console.feeds.rows.judge import Judge
from console.feeds.rows.reading import Reading, Setting
from console.feeds.wire.finding import Reply, Same, Trouble
from console.feeds.wire.request import Request

Harvest = dict[FeedName, Reading[Any] | Same | Trouble]
"""What a round changes, by feed."""


class Asks(Struct, frozen=True):
    """The conversation goes on once these are answered."""

    requests: tuple[Request, ...]


class Interpreter:
    """One source's adapter, and what each of its feeds last gave."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter
        self._held = {feed: Held(feed) for each in adapter.rounds for feed in each.feeds}
        self._talks: dict[str, Exchange] = {}

    def hold(self, rows: Iterable[Row], feed: FeedName, ahead: timedelta) -> None:
        """Take ``rows`` for known, as after a restart of the process that had read them."""
        self._held[feed].know(rows, ahead)

    def talking(self, name: str) -> bool:
        """Whether a round is under way."""
        return name in self._talks

    def begin(self, name: str, *, fresh: bool, setting: Setting) -> Asks | Harvest:
        """Start a round; one that is still open is given up. Raises `Failed` or `Unreadable`."""
        self._talks[name] = self._adapter.ask(name, fresh=fresh)
        return self._on(name, None, setting)

    def hear(self, name: str, answers: tuple[Reply | Trouble, ...], setting: Setting) -> Asks | Harvest:
        """Go on with a round. Raises `Failed` or `Unreadable`; then nothing has changed."""
        return self._on(name, answers, setting)

    def _on(self, name: str, answers: tuple[Reply | Trouble, ...] | None, setting: Setting) -> Asks | Harvest:
        talk = self._talks.pop(name)
        try:
            asks = Asks(next(talk) if answers is None else talk.send(answers))
        except StopIteration as end:
            found: Found = end.value
        else:
            self._talks[name] = talk
            return asks
        return {feed: self._read(feed, what, setting) for feed, what in found.items()}

    def _read(
        self, feed: FeedName, what: Gathered | Same | Trouble, setting: Setting
    ) -> Reading[Any] | Same | Trouble:
        if not isinstance(what, Gathered):
            return what
        entries = [*map(Judge(feed, setting).read, what.rows)]
        held = self._held[feed]
        held.correct(setting.ahead)
        if what.complete:
            return held.gather_all(entries, what.flaws, setting.now)
        return held.gather(entries, what.flaws, what.gone, setting.now)
