"""The list of bookmarks and notes; in a replay a row leads to its moment."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.reports.debrief import Entry, entries
from console.session.replays import Replays
from console.session.store import Store
from console.ui.figures.listing import Listing, Sheet, Told, open_listing, plain
from console.ui.look.view import View, with_call
from console.ui.parts.masking import isolated, masked, tip
from console.ui.table.columns import Column, Rules

TITLE = "Notes and bookmarks"

EMPTY = (
    "Nothing is noted yet. Press B for a bookmark, or write a note: in the command bar, or on a call's card."
)


def kept_sheet(replays: Replays | None) -> Sheet[Entry]:
    """Every bookmark and note of the board, in a replay those of the whole shift."""
    return Sheet(
        name="kept",
        told=partial(_told, replays),
        columns=_COLUMNS,
        rules=Rules(order=lambda entry: entry.at),
        slice=lambda state: (state.notes, state.bookmarks, state.second),
        rows=partial(_rows, replays),
        pick=partial(_pick, replays),
        width=860,
    )


def open_kept(store: Store[State], view: Store[View], replays: Replays | None, window: QWidget) -> Listing:
    """Show the list over ``window``."""
    return open_listing(store, view, kept_sheet(replays), window)


def found(state: State, replays: Replays | None) -> tuple[Entry, ...]:
    """Bookmarks and notes of the board on the screen; a replay knows of those to come."""
    playing = replays.playing.value if replays else None
    return entries(state, playing.track if playing else None)


def _rows(replays: Replays | None, state: State) -> Mapping[str, Entry]:
    return {f"{entry.at.isoformat()} {place}": entry for place, entry in enumerate(found(state, replays))}


def _told(replays: Replays | None, _state: State, rows: Mapping[str, Entry]) -> Told:
    playing = replays is not None and replays.playing.value is not None
    about = "What a note says of a call stands on its card, and is revealed there."
    jump = "Enter or a click goes to the moment. " if playing else ""
    return Told(TITLE, jump + about, "" if rows else EMPTY)


def _pick(replays: Replays | None, view: View, entry: Entry) -> View:
    """Go to the moment of ``entry``, and to its call."""
    if replays is not None and replays.playback is not None:
        replays.playback.seek(entry.at)
    return with_call(view, entry.call_id) if entry.call_id else view


def _text(entry: Entry) -> str:
    """What is noted of a call may name a person: it is masked here, as the call's own text is."""
    return masked(entry.text) if entry.call_id else isolated(entry.text)


_COLUMNS: tuple[Column[Entry], ...] = (
    Column(title="Time", width=80, most=170, text=lambda entry, now: now.exact(entry.at)),
    Column(title="What", width=80, text=plain(lambda entry: entry.what), tone=lambda _entry: "muted"),
    Column(title="Call", width=80, most=140, text=plain(lambda entry: isolated(entry.call))),
    Column(title="Text", text=plain(_text), tip=plain(lambda entry: tip(_text(entry)))),
    Column(title="Who", width=90, most=160, text=plain(lambda entry: isolated(entry.who))),
)
