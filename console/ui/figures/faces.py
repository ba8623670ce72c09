"""What a tile shows, as a value: a label, a line of text and badges, and how it all reads aloud."""

from dataclasses import dataclass
from typing import Literal

from console.ui.figures.figures import Reading
from console.ui.parts.masking import tip
from console.ui.theme.theme import Token

Step = Literal["small", "body", "figure"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a tile's line: an alarm's badge or an icon, or text of one step and color, or both."""

    text: str = ""
    step: Step = "small"
    token: Token = "muted"
    badge: int = 0
    icon: str = ""

    @property
    def said(self) -> str:
        """The span for a screen reader; a badge goes by its word."""
        alarm = f"alarm priority {self.badge}" if self.badge else ""
        return f"{alarm} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Face:
    """A tile: ``note`` is a second line, ``late`` hatches it, ``since`` says what it is as of, ``tip`` is a
    ready tooltip."""

    label: str = ""
    line: tuple[Span, ...] = ()
    note: str = ""
    tip: str = ""
    late: bool = False
    since: str = ""

    @property
    def said(self) -> str:
        """The whole tile for a screen reader."""
        parts = (self.label, *(span.said for span in self.line), self.since)
        return " ".join(part for part in parts if part)


PRESS = "Enter or click: what it counted, what it left out, and why."


def face(reading: Reading, *, note: bool = False) -> Face:
    """A figure as a tile. Its second line is what it counted with ``note``, else what it is as of."""
    spans = (
        Span(reading.value, "figure", "text"),
        Span(reading.n),
        Span(badge=reading.badge),
        Span(reading.after, "figure", "text"),
        Span(reading.over, badge=reading.over_badge),
    )
    shown = tuple(span for span in spans if span.text or span.badge)
    about = tip(*reading.formula.split("\n"), reading.note, reading.late, PRESS)
    second = reading.note if note else reading.late or reading.aside
    return Face(reading.label, shown, second, about, bool(reading.late), reading.late)
