"""One thing in a pack that cannot be used: where it stands, what is wrong, and what to write instead."""

from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct

from console.domain.proofing.lines import Path


class Flaw(Struct, frozen=True, order=True):
    """``line`` counts from 1, 0 where the file has no such place; ``where`` names it as it is written in TOML."""

    line: int
    where: str
    what: str

    @property
    def told(self) -> str:
        """In one sentence."""
        place = f"line {self.line}: " if self.line else ""
        return place + (f"{self.where}: {self.what}" if self.where else self.what)


class Flaws:
    """Those of one file, as they are found; ``lines`` says where everything in it stands."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self._lines = lines
        self._found: list[Flaw] = []

    def add(self, path: Path, what: str) -> None:
        """Something is wrong at ``path``; what is not there itself is told where it would have to be."""
        near = next((path[:upto] for upto in range(len(path), 0, -1) if path[:upto] in self._lines), ())
        self._found.append(Flaw(self._lines.get(near, 0), ".".join(path), what))

    def unknown(self, path: Path, kind: str, known: Iterable[str]) -> None:
        """A name that means nothing here, with the one that was probably meant."""
        names = sorted(known)
        close = get_close_matches(path[-1], names, n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(names)}"
        self.add(path, f"no such {kind}: {hint}")

    def all(self) -> tuple[Flaw, ...]:
        """All of them, from the top of the file down, each once."""
        return tuple(sorted(set(self._found)))
