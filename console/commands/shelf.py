"""Saved files as a server that answers requests from them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from console.domain.vocabulary import Health
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request
from console.settings import SettingsError

CUT = 200
NO_SUCH = 404


def nothing_loose(_request: Request) -> bool:
    """Every request wants a file that is named after it."""
    return False


class Shelf:
    """Each file answers one request: the one whose path it is named after, in the order they were given.

    A request that is ``loose`` takes a file of any name where none is named after it, yet none that is
    named after ``apart``. A named file answers the other requests of its name as well, once no other is
    left: details of two calls are alike. ``paged`` says that a path that is asked again wants its next page.
    """

    def __init__(
        self,
        files: Sequence[Path],
        loose: Callable[[Request], bool] = nothing_loose,
        *,
        apart: str = "",
        paged: bool = False,
    ) -> None:
        self._left = list(files)
        self._used: list[Path] = []
        self._asked: set[str] = set()
        self._loose, self._apart, self._paged = loose, apart, paged
        self.missed: list[str] = []
        """What to say of requests that nothing was saved for, once for each name."""

    def answer(self, request: Request) -> Reply | Trouble:
        """The reply to ``request``; where none was saved, that there is no such thing."""
        file = self._found(request)
        self._asked.add(request.path)
        if file is None:
            return self._missing(request)
        if file in self._left:
            self._left.remove(file)
            self._used.append(file)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise SettingsError(f"{file}: cannot be read ({type(error).__name__}): check the path") from error
        return Reply(200, {"content-type": "application/json"}, content, 0.0, 0.0)

    @property
    def unused(self) -> tuple[Path, ...]:
        """Files that nothing asked for."""
        return tuple(self._left)

    def _found(self, request: Request) -> Path | None:
        last = _last(request.path)
        named = self._closest([file for file in self._left if _named(file, last)], request)
        if named is not None:
            return named
        if not (self._paged and request.path in self._asked):
            used = self._closest([file for file in self._used if _named(file, last)], request)
            if used is not None:
                return used
        if not self._loose(request):
            return None
        return next((file for file in self._left if not _named(file, _last(self._apart))), None)

    def _closest(self, files: Sequence[Path], request: Request) -> Path | None:
        """First the file that names the call that the request is about; then one without further words."""
        wanted = frozenset() if self._paged else {_plain(value) for _, value in request.query}
        last = _plain(_last(request.path))

        def far(file: Path) -> tuple[bool, bool]:
            return wanted.isdisjoint(_parts(file)), not "".join(_parts(file)).endswith(last)

        return min(files, key=far, default=None)

    def _missing(self, request: Request) -> Trouble:
        last = _last(request.path)[:CUT]
        detail = f"{request.path[:CUT]}: no saved reply is left that is named after it, so it is left out."
        tip = f"Save it as {last}.json and name that as well." if last else "Name a saved reply as well."
        said = f"{detail} {tip}"
        if said not in self.missed:
            self.missed.append(said)
        return Trouble(Health.DOWN, "not_saved", detail, tip, status=NO_SUCH)


def _last(path: str) -> str:
    """The last part of a path, without what stands after it."""
    return path.partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".json")


def _named(file: Path, last: str) -> bool:
    """Whether words of the file's name, one after another, are ``last``: ``Calls.GetActiveCalls.json`` is."""
    parts, wanted = _parts(file), _plain(last)
    return bool(wanted) and any(
        "".join(parts[start:end]) == wanted
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    )


def _parts(file: Path) -> list[str]:
    return file.stem.lower().replace("-", ".").replace("_", ".").split(".")


def _plain(text: str) -> str:
    return text.lower().replace("-", "").replace("_", "").replace(".", "")
