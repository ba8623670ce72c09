"""Saved replies of a dispatch API, read as if they had just come: a mapping is tried without the API."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from console.commands.shelf import NO_SUCH, Shelf, nothing_loose
from console.domain.definitions import Definitions
from console.domain.events import DefinitionsLoaded, FeedReported, ProblemsFound
from console.domain.feed import Feed
from console.domain.state import State, reduce, start
from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Failed, Round
from console.feeds.adapters.kinds import NATIVE, adapter
from console.feeds.joining.giving import Given
from console.feeds.joining.joiner import Change, Joiner
from console.feeds.poll.report import changed
from console.feeds.process.interpreter import Asks, Harvest, Interpreter
from console.feeds.rows.flaws import problems
from console.feeds.rows.reading import Reading, Setting, Unreadable
from console.feeds.spec import Dialect, SourceSpec
from console.feeds.wire.finding import Trouble
from console.reports.mapped import own_text
from console.settings import SettingsError


class Saved(Struct, frozen=True):
    """What the files gave for a source: its rows by feed, what to say of those that gave none, and the files left."""

    source: str
    readings: tuple[tuple[FeedName, Reading[Any]], ...]
    said: tuple[str, ...]
    unused: tuple[Path, ...]


def read_saved(spec: SourceSpec, files: Sequence[Path], now: datetime) -> Saved:
    """What ``files`` give for the source at ``now``. Raises `SettingsError`."""
    if spec.dialect.kind == NATIVE:
        raise SettingsError("saved replies are for sources of another make: check the console's own API live")
    reader = adapter(spec.dialect)
    interpreter, shelf = Interpreter(reader), _shelf(spec.dialect, files)
    readings: list[tuple[FeedName, Reading[Any]]] = []
    said: list[str] = []
    for each in reader.rounds:
        try:
            harvest = _harvest(interpreter, each, shelf, Setting(now))
        except (Failed, Unreadable) as error:
            found = error.trouble if isinstance(error, Failed) else error
            why = "not read, as a reply is missing." if _is_missing(found) else f"{found.detail} {found.tip}"
            said.append(f"{', '.join(each.feeds)}: {why}")
            continue
        for feed, what in harvest.items():
            if isinstance(what, Reading):
                readings.append((feed, what))
            elif isinstance(what, Trouble) and not _is_missing(what):
                said.append(f"{feed}: {what.detail} {what.tip}")
    return Saved(spec.name, tuple(readings), (*said, *shelf.missed), shelf.unused)


def alone(saved: Saved, pack: Definitions, now: datetime) -> State:
    """The board of one source."""
    return together((saved,), pack, now)


def together(sources: Sequence[Saved], pack: Definitions, now: datetime) -> State:
    """The one board of all sources, joined in their order of precedence."""
    state = reduce(start(now), DefinitionsLoaded(now, pack))
    joiner = Joiner([Given(one.source, frozenset(feed for feed, _ in one.readings)) for one in sources])
    for one in sources:
        for feed, reading in one.readings:
            key = f"{one.source}/{feed}"
            joined = joiner.take(one.source, Change(feed, reading.changed, (), full=True))
            for change in joined.changes:
                name = f"{one.source}/{change.feed}"
                event = changed(now, change.feed, name, change.rows, change.gone, full=change.full)
                state = reduce(state, event)
            flaws = {**joined.conflicts, key: [*joined.conflicts.get(key, ()), *reading.flaws]}
            found = tuple(problem for name, some in flaws.items() for problem in problems(name, some))
            state = reduce(state, ProblemsFound(now, found)) if found else state
            state = reduce(state, FeedReported(now, _answered(one.source, feed, now)))
    return state


def _shelf(dialect: Dialect, files: Sequence[Path]) -> Shelf:
    """Where a source asks for one list only, nobody needs to name a file after it."""
    text = own_text(dialect)
    if not text:
        eido = dialect.kind == "eido"
        return Shelf(files, (lambda request: not request.path) if eido else nothing_loose)
    from console.feeds.adapters.mapped.parsing import parse

    first, *others = parse(text).request
    if others:
        return Shelf(files, paged=True)
    if first.detail is None:
        return Shelf(files, lambda _request: True, paged=True)
    return Shelf(files, lambda request: request.path == first.path, apart=first.detail.path, paged=True)


def _harvest(interpreter: Interpreter, each: Round, shelf: Shelf, setting: Setting) -> Harvest:
    step = interpreter.begin(each.name, fresh=True, setting=setting)
    while isinstance(step, Asks):
        step = interpreter.hear(each.name, tuple(map(shelf.answer, step.requests)), setting)
    return step


def _is_missing(what: Trouble | Unreadable) -> bool:
    """Whether there is no more to say than the shelf says of what was not saved."""
    return isinstance(what, Trouble) and what.status == NO_SUCH


def _answered(source: str, feed: FeedName, now: datetime) -> Feed:
    return Feed(source, feed, timedelta(), Health.OK, now, answered_at=now)
