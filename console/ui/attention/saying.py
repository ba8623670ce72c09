"""A line of an alarm in parts, so that where room is short the name gives way and never the figures."""

from collections.abc import Callable

from msgspec import Struct

LEAST = 4
"""Characters of a name that still tell whose it is; with fewer the line is folded."""

Cut = Callable[[str, float], tuple[str, float]]
"""A text, cut to a width in pixels, and the width it then has."""

ENDLESS = 1 << 20


class Said(Struct, frozen=True, gc=False):
    """``STAR 5 silent for 15 min while transporting`` is name, verb, link, figure and tail.

    ``number`` is that of a call, ``name`` its nature or what else it is called; ``mark`` stands behind them.
    ``limit`` goes with the figure, ``under`` stands below it where there is no limit. ``brief`` is the verb where room
    is short.
    """

    number: str = ""
    name: str = ""
    mark: str = ""
    verb: str = ""
    figure: str = ""
    link: str = "for"
    tail: str = ""
    limit: str = ""
    under: str = ""
    brief: str = ""

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        since = _spaced(self.link, self.figure) if self.figure else ""
        limit = f", limit {self.limit}" if self.limit else ""
        return _spaced(self.head, self.verb, since, self.tail).replace(" ,", ",") + limit

    @property
    def head(self) -> str:
        """Who or what, in full."""
        return _spaced(self.number, self.name) + self.mark

    @property
    def second(self) -> str:
        """What stands below the figure."""
        return f"limit {self.limit}" if self.limit else self.under


def fitted(said: Said, cut: Cut, room: float) -> tuple[str, str]:
    """The line without its figure in ``room`` pixels, and what of it goes to the line below.

    The tail goes first, then the name is cut; where the verb finds no room beside it, that goes below, in brief.
    """
    full = _spaced(said.head, said.verb, said.tail)
    if cut(full, ENDLESS)[1] <= room:
        return full, ""
    shorter = _spaced(said.head, said.verb)
    if cut(shorter, ENDLESS)[1] <= room:
        return shorter, said.tail
    verb = f"{said.mark} {said.verb}"
    rest = cut(_spaced(said.number, verb), ENDLESS)[1]
    name = _cut_name(said.name, cut, room - rest)
    if name or (said.number and rest <= room):
        return _spaced(said.number, name) + verb, said.tail
    if not said.head:
        return cut(said.verb, room)[0], ""
    return cut(said.head, room)[0], said.brief or said.verb


def _cut_name(name: str, cut: Cut, room: float) -> str:
    """``name`` with an ellipsis; nothing where hardly any of it would be left."""
    found = cut(name, room)[0] if name and room > 0 else ""
    return found if len(found) > LEAST else ""


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)
