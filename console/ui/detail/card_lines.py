"""The lines a detail card is made of, and the columns that show them."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from console.ui.parts.masking import joined, tip
from console.ui.table.columns import Column, Rules
from console.ui.theme.theme import Token

Target: TypeAlias = tuple[Literal["call", "unit"], str]


class Line(Struct, frozen=True):
    """One line: a moment or a name on the left, what it is, and a figure or a remark on the right.

    ``section`` makes it a heading, ``target`` is what opens when it is picked, ``place`` its place on the card,
    ``note`` what more its tooltip says.
    """

    left: str = ""
    text: str = ""
    right: str = ""
    tone: Token = "text"
    right_tone: Token = "muted"
    section: str = ""
    target: Target | None = None
    place: int = 0
    note: str = ""


def heading(text: str) -> Line:
    """A line that heads those below it."""
    return Line(section=text)


def fact(name: str, value: str, right: str = "", tone: Token = "text") -> Line:
    """A named fact; what is not given says so and is muted."""
    return Line(name, value or "not given", right, tone if value else "muted")


def placed(held: Mapping[str, Line], lines: Iterable[Line]) -> dict[str, Line]:
    """The lines by their place, each the one held where it says the same, so that a table sees real changes."""
    found: dict[str, Line] = {}
    for place, line in enumerate(lines):
        key = str(place)
        made = replace(line, place=place)
        found[key] = held[key] if held.get(key) == made else made
    return found


def spanning(lines: Iterable[Line]) -> tuple[int, ...]:
    """The places of lines whose text may run on to the end of the row: nothing stands on its right."""
    return tuple(
        line.place for line in lines if line.text and not (line.right or line.target or line.section)
    )


def _tip(line: Line) -> str:
    return tip(joined((line.left, line.text, line.right)), line.note)


COLUMNS: tuple[Column[Line], ...] = (
    Column(title="When", width=68, most=130, text=lambda line, _now: line.left, tone=lambda _line: "muted"),
    Column(
        title="What",
        text=lambda line, _now: line.text,
        tone=lambda line: line.tone,
        tip=lambda line, _now: _tip(line),
    ),
    Column(
        title="Interval",
        width=64,
        most=180,
        right=True,
        text=lambda line, _now: f"{line.right} ›".strip() if line.target else line.right,
        tone=lambda line: line.right_tone,
        tip=lambda line, _now: _tip(line) if line.note else "",
    ),
)

RULES: Rules[Line] = Rules(order=lambda line: line.place, section=lambda line: line.section)
