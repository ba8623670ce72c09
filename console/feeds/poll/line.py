"""What the polls of one source share, and who reads its replies."""

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

from console.domain.contract import Service
from console.domain.vocabulary import FeedName
from console.feeds.adapter import Round
from console.feeds.joining.joiner import Joiner
from console.feeds.poll.backoff import Circuit
from console.feeds.poll.budget import Budget
from console.feeds.poll.clocks import Clocks, Correction
from console.feeds.poll.outside import Outside
from console.feeds.process.interpreter import Harvest
from console.feeds.process.reader import Ask
from console.feeds.rows.held import Held
from console.feeds.rows.reading import Setting
from console.feeds.spec import SourceSpec
from console.feeds.wire.folder import Folder
from console.feeds.wire.request import Request
from console.feeds.wire.wire import Wire


class Reads(Protocol):
    """Who reads a source's replies, and holds what they gave."""

    rounds: tuple[Round, ...]
    held: Mapping[FeedName, Held]

    def greet(self) -> Request | None:
        """What to ask first, where the source introduces itself."""
        ...

    def introduced(self, body: bytes, setting: Setting) -> Service:
        """What the source says of itself. Raises `Unreadable`."""
        ...

    async def converse(self, name: str, setting: Callable[[], Setting], ask: Ask, *, fresh: bool) -> Harvest:
        """One round. Raises `Failed` or `Unreadable`; then nothing has changed."""
        ...


class Line(Struct, frozen=True):
    """What the polls of one source share; ``joiner`` is shared by the polls of all."""

    spec: SourceSpec
    wire: Wire | Folder
    reader: Reads
    circuit: Circuit
    clocks: Clocks
    correction: Correction
    budget: Budget
    outside: Outside
    joiner: Joiner
    setting: Callable[[], Setting]
    recovered: Callable[[], None]
