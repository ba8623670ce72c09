"""The list of what changed since the person looked away, newest first, one line each."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.changes import changes
from console.domain.feed import health
from console.domain.state import State
from console.session.store import Store
from console.ui.away.lines import AwayLine, line_of
from console.ui.figures.listing import Listing, Sheet, Told, open_listing, plain
from console.ui.look.brush import Brush
from console.ui.look.view import View, with_call, with_unit
from console.ui.parts.clocks import Present, age_text, present
from console.ui.table.columns import Column, Rules

TITLE = "Since you looked away"


def open_away(store: Store[State], view: Store[View], since: State, window: QWidget) -> Listing:
    """Show over ``window`` what changed from the board ``since`` on."""
    for listing in window.findChildren(Listing, NAME):
        listing.close()
    return open_listing(store, view, away_sheet(since), window)


NAME = "away"

SHOWN = 300
"""Changes that have a line: at 10,000 the list took 100 ms of every second, and nobody reads so many."""


def away_sheet(since: State) -> Sheet[AwayLine]:
    """What changed from the board ``since`` on; it goes on while it is open."""
    return Sheet(
        name=NAME,
        told=partial(_told, since),
        columns=_COLUMNS,
        rules=Rules(order=_order),
        slice=_followed,
        rows=partial(_rows, since),
        pick=_pick,
        width=860,
    )


def _followed(state: State) -> tuple[object, ...]:
    """What a change can come of; of feeds and recording how they are, not the answers of each second."""
    alarms = state.alarms
    rows = (state.calls, state.units, state.missing, state.notes, alarms.standing, alarms.ended, alarms.out)
    recording = state.recording.state if state.recording is not None else None
    healths = (health(feed, state.at) for feed in state.feeds.values())
    return (*rows, state.strips, state.definitions, recording, *healths)


def _rows(since: State, state: State) -> Mapping[str, AwayLine]:
    """The newest changes, and one line for all the others: nobody reads on for so long."""
    found = changes(since, state)
    lines: dict[str, AwayLine] = {}
    for change in found[:SHOWN]:
        key = f"{change.kind} {change.subject}"
        while key in lines:
            key += " again"
        lines[key] = line_of(change, state)
    if (rest := len(found) - SHOWN) > 0:
        older = f"and {rest:,} earlier change{'' if rest == 1 else 's'}"
        lines["rest"] = AwayLine(found[SHOWN], older, "The board shows what they came to.", rest=rest)
    return lines


def _told(since: State, state: State, rows: Mapping[str, AwayLine]) -> Told:
    now = present(state.second, state.agency)
    span = f"{now.exact(since.at)} to {now.exact(state.at)}, {age_text(state.at - since.at)}"
    number = sum(line.rest or 1 for line in rows.values())
    count = f"{number:,} change{'' if number == 1 else 's'}" if rows else "nothing changed"
    about = f"{span}: {count}. Enter shows a line's call or team."
    return Told(TITLE, about, "" if rows else f"Nothing changed since {now.exact(since.at)}.")


def _pick(view: View, line: AwayLine) -> View:
    if line.call:
        return with_call(view, line.call)
    return with_unit(view, line.unit) if line.unit else view


def _order(line: AwayLine) -> tuple[bool, float]:
    return line.rest > 0, -line.change.at.timestamp()


def _time(line: AwayLine, now: Present) -> str:
    return "" if line.rest else now.exact(line.change.at)


def _badge(brush: Brush, line: AwayLine, _now: Present) -> None:
    if line.priority:
        look = brush.look
        brush.pixmap(look.icons.badge(line.priority, look.sizes.px(14), brush.dpr))


_COLUMNS: tuple[Column[AwayLine], ...] = (
    Column(title="Time", width=76, text=_time, tone=lambda _line: "muted"),
    Column(
        title="",
        width=26,
        text=plain(lambda line: f"priority {line.priority}" if line.priority else ""),
        paint=_badge,
    ),
    Column(title="What", width=330, text=plain(lambda line: line.what)),
    Column(title="More", text=plain(lambda line: line.more), tone=lambda _line: "muted"),
)
