"""The columns of the attention panel, as data: the badge, what and what to do, and the mark of a heap."""

from collections.abc import Callable

from console.ui.attention import told
from console.ui.attention.lines import HELD, KIND, OVER, Line
from console.ui.attention.subject import joined_words
from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined, tip
from console.ui.table.columns import Column
from console.ui.theme.theme import Token
from console.ui.theme.words import word

FADED = 0.55
"""How strongly the badge of an acknowledged alarm is drawn; its words stay at full contrast of the muted text."""


SMALL = 12
"""The badge of a member of an opened heap, so that it reads as part of it."""

DARK = 0.3
"""How strongly a badge that blinks is drawn between two flashes: never quite gone, whenever one looks."""


def what(line: Line, now: Present) -> str:
    """The first line of text."""
    if line.subject is not None:
        return told.what(line.subject, now)
    heap = line.heap
    if heap is None:
        return ""
    if line.key.startswith(OVER):
        are = "is over and was" if heap.count == 1 else "are over and were"
        urgent = f", {heap.urgent} of priority 1" if heap.urgent else ""
        return f"{heap.count} {are} not acknowledged{urgent}"
    if line.key.startswith(HELD):
        return f"{heap.count} held back: {feed_words(heap.name)} gives no data"
    return f"{told.kind(heap.name, heap.count)}, oldest {now.clock(heap.oldest)}"


def feed_words(key: str) -> str:
    """A feed by its key, in words: ``city-cad calls``."""
    source, _, name = key.rpartition("/")
    return joined_words(isolated(source), word(name))


def more(line: Line, now: Present) -> str:
    """The second, small line."""
    if line.subject is not None:
        return told.more(line.subject, now)
    heap = line.heap
    if heap is None:
        return ""
    enter = "Enter closes" if heap.opened else "Enter lists them"
    if line.key.startswith(OVER):
        whom = "all but priority 1" if heap.urgent else "them all"
        return f"A acknowledges {whom} · {enter}"
    if line.key.startswith(HELD):
        return joined((f"since {now.time(heap.first.raised_at)}", "they come back when it does"))
    unseen = f"{heap.calling} not acknowledged" if heap.calling else "all acknowledged"
    return joined((f"first at {now.time(heap.first.raised_at)}", unseen, enter))


def tone(line: Line) -> Token:
    """Muted once somebody has seen it, or where the dispatch system asks for it."""
    if not line.calling or (not line.key.startswith(KIND) and line.heap is not None):
        return "muted"
    return "muted" if line.subject is not None and line.subject.dimmed else "text"


def said(line: Line, _now: Present) -> str:
    """The badge for a screen reader."""
    if not line.priority:
        return ""
    return f"priority {line.priority} alarm{'' if line.calling else ', acknowledged'}"


def mark(line: Line, _now: Present) -> str:
    """Whether a heap is opened, for a screen reader."""
    if line.heap is None:
        return ""
    return "opened" if line.heap.opened else "closed"


def _tip(line: Line, now: Present) -> str:
    if line.subject is None:
        return tip(what(line, now), more(line, now))
    rule = line.subject.rule
    why = (rule.cause, rule.consequence, rule.response) if rule is not None else ()
    return tip(what(line, now), more(line, now), *map(isolated, why))


def columns(lit: Callable[[], bool]) -> tuple[Column[Line], ...]:
    """The columns; a line that blinks shows its badge while it is ``lit``."""

    def badge(brush: Brush, line: Line, _now: Present) -> None:
        if not line.priority:
            return
        dark = line.blinks and not lit()
        brush.painter.setOpacity(DARK if dark else 1.0 if line.calling else FADED)
        size = brush.look.sizes.px(SMALL) if line.inside else brush.look.sizes.icon
        brush.pixmap(brush.look.icons.badge(line.priority, size, brush.dpr))
        brush.painter.setOpacity(1.0)

    return (
        Column(title="Priority", width=36, text=said, paint=badge, tip=_tip),
        Column(title="What", text=what, sub=more, tone=tone, ticks=True, tip=_tip),
        Column(title="Heap", width=28, text=mark, paint=_chevron),
    )


def _chevron(brush: Brush, line: Line, _now: Present) -> None:
    if line.heap is not None:
        name = "chevron-down" if line.heap.opened else "chevron-right"
        brush.pixmap(brush.look.icons.pixmap(name, brush.look.sizes.icon, brush.dpr, "muted"))
