"""What the console tells the map's page, as one value: an absent field means "as before"."""

import msgspec
from msgspec import Struct

from console.ui.theme.theme import Theme

UnitRow = tuple[int, str, str, str, bool, str, int, str, str]
"""Slot, id, label, program, whether it is a team of ours, availability; the priority of its badge (0 for none), how
loud that is, and what it tells of in words."""

CallRow = tuple[str, str, int, int, int, int, str, bool, bool]
"""Id, label, latitude and longitude in 1e-7 degrees; seconds since when it waits (0 for not); the priority of its
badge (0 for none) and how loud that is; whether its source lost it, whether it is to stand back."""

_LINE_ENDS = (("\u2028", r"\u2028"), ("\u2029", r"\u2029"))
"""Ends of lines to a script, though not to JSON."""

Line = tuple[str, str]
"""A label and a value, both text."""


class Limits(Struct, frozen=True):
    """Seconds of age after which a position fades, and after which it is stale."""

    fade: float
    stale: float


class Doubt(Struct, frozen=True):
    """Which kinds of data no longer come, so that what is shown of them is old."""

    units: bool
    calls: bool
    positions: bool


class Base(Struct, frozen=True):
    """The base map by name with its layers, none for a plain ground, and the service area."""

    name: str
    files: tuple[str, ...]
    bounds: tuple[float, float, float, float] | None


class Words(Struct, frozen=True):
    """The legend's words: programs by value, which of them are teams of ours, and the key of the marks."""

    programs: dict[str, str]
    teams: tuple[str, ...]
    key: str


class Chosen(Struct, frozen=True):
    """The call or unit that is selected, the call ``to`` which the units in slots ``links`` are drawn."""

    call: str = ""
    unit: str = ""
    to: str = ""
    links: tuple[int, ...] = ()


class Card(Struct, frozen=True):
    """The text box of one call or unit; of the ``masked`` fields it holds the names only."""

    kind: str
    id: str
    title: str
    lines: tuple[Line, ...]
    masked: tuple[str, ...] = ()


class Message(Struct, frozen=True, omit_defaults=True):
    """One push. ``fresh`` makes the page forget everything first; ``fixes`` are packed by `packing.fixes`."""

    number: int
    fresh: bool = False
    now: int | None = None
    limits: Limits | None = None
    doubt: Doubt | None = None
    look: Theme | None = None
    shapes: dict[str, object] | None = None
    words: Words | None = None
    base: Base | None = None
    units: list[UnitRow] = []
    units_gone: list[int] = []
    fixes: str = ""
    fixes_gone: list[int] = []
    calls: list[CallRow] = []
    calls_gone: list[str] = []
    chosen: Chosen | None = None
    notes: tuple[tuple[str, bool], ...] | None = None
    card: Card | None = None


class Secret(Struct, frozen=True):
    """What a call's mask hides, for as long as it is held down."""

    id: str
    lines: tuple[Line, ...]


def script(verb: str, value: Struct | None = None) -> str:
    """A call of the page's live layer. Nothing in ``value`` can end the script or be read as markup."""
    if value is None:
        return f"live.{verb}()"
    said = msgspec.json.encode(value).decode().replace("</", "<\\/")
    for end, escaped in _LINE_ENDS:
        said = said.replace(end, escaped)
    return f"live.{verb}({said})"
