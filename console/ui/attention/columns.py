"""The columns of the attention panel, as data: the badge, what and what to do, and the mark of a heap."""

from collections.abc import Callable

from console.ui.attention import told
from console.ui.attention.lines import HELD, KIND, OVER, Line
from console.ui.attention.saying import Said, fitted
from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present
from console.ui.parts.lacking import held_by
from console.ui.parts.masking import isolated, joined, tip
from console.ui.table.columns import Column
from console.ui.theme.theme import Token

FADED = 0.55
"""How strongly the badge of an acknowledged alarm is drawn; its words stay at full contrast of the muted text."""


SMALL = 12
"""The badge of a member of an opened heap, so that it reads as part of it."""


def what(line: Line, now: Present) -> str:
    """The first line of text, with its figures."""
    return said(line, now).sentence


def said(line: Line, now: Present) -> Said:
    """The first line in parts."""
    if line.subject is not None:
        return told.said(line.subject, now)
    heap = line.heap
    if heap is None:
        return Said(verb=f"and {line.rest:,} more")
    if line.key.startswith(OVER):
        are, were = ("is", "was") if heap.count == 1 else ("are", "were")
        urgent = f", {heap.urgent} of priority 1" if heap.urgent else ""
        return Said(str(heap.count), verb=f"{are} over", tail=f"and {were} not acknowledged{urgent}")
    if line.key.startswith(HELD):
        return Said(str(heap.count), verb="held back:", tail=held_by(heap.name))
    kind, oldest = told.kind(heap.name, heap.count), now.clock(heap.oldest)
    return Said(name=kind, link=", oldest", figure=oldest, under="oldest")


def more(line: Line, now: Present) -> str:
    """The second, small line."""
    if line.subject is not None:
        return told.below(line.subject, now)
    heap = line.heap
    if heap is None:
        return "they come up as those above are answered for"
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


def badge_text(line: Line, _now: Present) -> str:
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
    """The columns; the badge of a line that blinks is filled while it is ``lit``, and else in outline."""

    def badge(brush: Brush, line: Line, _now: Present) -> None:
        if not line.priority:
            return
        dark = line.blinks and not lit()
        brush.painter.setOpacity(1.0 if line.calling else FADED)
        size = brush.look.sizes.px(SMALL) if line.inside else brush.look.sizes.icon
        brush.pixmap(brush.look.icons.badge(line.priority, size, brush.dpr, "calm" if dark else "full"))
        brush.painter.setOpacity(1.0)

    return (
        Column(title="Priority", width=36, text=badge_text, paint=badge, tip=_tip),
        Column(title="What", text=what, sub=more, tone=tone, paint=_what, ticks=True, tip=_tip),
        Column(
            title="Time",
            width=74,
            most=96,
            right=True,
            text=lambda line, now: said(line, now).figure,
            sub=lambda line, now: said(line, now).second,
            tone=tone,
            ticks=True,
            tip=_tip,
        ),
        Column(title="Heap", width=28, spare=1, text=mark, paint=_chevron),
    )


def _what(brush: Brush, line: Line, now: Present) -> None:
    """Two lines: where room is short the name gives way, or the verb goes to the line below; neither is cut."""
    body = brush.look.body
    text, below = fitted(said(line, now), lambda words, room: body.fitted(words, int(room)), brush.room)
    brush.lines(text, tone(line), joined((below, more(line, now))), "muted")


def _chevron(brush: Brush, line: Line, _now: Present) -> None:
    if line.heap is not None:
        name = "chevron-down" if line.heap.opened else "chevron-right"
        brush.pixmap(brush.look.icons.pixmap(name, brush.look.sizes.icon, brush.dpr, "muted"))
