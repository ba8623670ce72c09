"""Saved replies of a dispatch API, read as if they had just come: a mapping is tried without the API."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from console.domain.definitions import Definitions
from console.domain.events import DefinitionsLoaded, ProblemsFound
from console.domain.state import State, reduce, start
from console.domain.vocabulary import FeedName
from console.feeds.adapter import Failed
from console.feeds.adapters.kinds import NATIVE, adapter
from console.feeds.poll.report import changed
from console.feeds.process.interpreter import Asks, Harvest, Interpreter
from console.feeds.rows.flaws import problems
from console.feeds.rows.reading import Reading, Setting, Unreadable
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble, down
from console.feeds.wire.request import Request
from console.settings import SettingsError

CUT = 200


class Shelf:
    """The saved files; each answers one request: the one whose path it is named after, else the next."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._left = list(files)
        self._pages: set[str] = set()

    def answer(self, request: Request) -> Reply | Trouble:
        """The reply to ``request``, or that there is none; a second page of a list is taken for empty."""
        named = [file for file in self._left if _named_after(file, request)]
        page = request.named.partition("?")[0] or request.path
        file = next(iter(named or ([] if page in self._pages else self._left)), None)
        if file is None:
            return down("not_saved", f"No saved reply is left for {request.named[:CUT]}.", "Save it as well.")
        self._left.remove(file)
        self._pages.add(page)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise SettingsError(f"{file}: cannot be read ({type(error).__name__}): check the path") from error
        return Reply(200, {"content-type": "application/json"}, content, 0.0, 0.0)

    @property
    def unused(self) -> tuple[Path, ...]:
        """Files that nothing asked for."""
        return tuple(self._left)


def read_saved(
    dialect: Dialect, files: Sequence[Path], pack: Definitions, now: datetime
) -> tuple[State, list[str]]:
    """The board that ``files`` give at ``now``, and what to say of those that gave none."""
    state = reduce(start(now), DefinitionsLoaded(now, pack))
    shelf = Shelf(files)
    said: list[str] = []
    for harvest in _harvests(dialect, shelf, Setting(now), said):
        for feed, what in harvest.items():
            if isinstance(what, Trouble):
                said.append(f"{feed}: {what.detail} {what.tip}")
            elif isinstance(what, Reading):
                state = _folded(state, feed, what, now)
    said += [f"{file.name}: no request of this source asks for it" for file in shelf.unused]
    return state, said


def _harvests(dialect: Dialect, shelf: Shelf, setting: Setting, said: list[str]) -> list[Harvest]:
    if dialect.kind == NATIVE:
        raise SettingsError("saved replies are for sources of another make: check the console's own API live")
    try:
        reader = adapter(dialect)
    except ValueError as error:
        raise SettingsError(str(error)) from error
    interpreter, found = Interpreter(reader), []
    for each in reader.rounds:
        try:
            step = interpreter.begin(each.name, fresh=True, setting=setting)
            while isinstance(step, Asks):
                step = interpreter.hear(each.name, tuple(map(shelf.answer, step.requests)), setting)
            found.append(step)
        except Failed as failed:
            said.append(f"{each.name}: {failed.trouble.detail} {failed.trouble.tip}")
        except Unreadable as error:
            said.append(f"{each.name}: {error.detail} {error.tip}")
    return found


def _folded(state: State, feed: FeedName, reading: Reading[object], now: datetime) -> State:
    rows = changed(now, feed, f"saved/{feed}", reading.changed, (), full=True)  # type: ignore[arg-type]  # rows of that feed
    state = reduce(state, rows)
    found = problems(f"saved/{feed}", reading.flaws)
    return reduce(state, ProblemsFound(now, found)) if found else state


def _named_after(file: Path, request: Request) -> bool:
    """Whether ``file`` is called after the last part of the path, as ``Calls.GetActiveCalls.json`` is."""
    last = request.named.rstrip("/").rpartition("/")[2].partition("?")[0].lower()
    parts = file.name.lower().replace("-", ".").replace("_", ".").split(".")
    return bool(last) and (last in parts or last.replace("-", "").replace("_", "") in parts)
