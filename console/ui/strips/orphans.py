"""The orphan list: what left the board with nobody to answer for it. It must be empty at handover."""

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.domain.strip import Signature, Strip
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.figures.listing import Listing, Sheet, Told, open_listing, plain
from console.ui.look.view import View, with_call
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined, nature
from console.ui.strips.sign_off import SignOff
from console.ui.table.columns import Column, Rules

TITLE = "Left without an owner"
NAME = "orphans"


class Orphan(Struct, frozen=True):
    """One row: a strip by its ``key``, signed or not, and what its call was about."""

    key: str
    strip: Strip
    about: str = ""


def open_orphans(store: Store[State], view: Store[View], verbs: Verbs, window: QWidget) -> Listing:
    """Show the list over ``window``, with the field in which one is signed off."""
    listing = open_listing(store, view, orphan_sheet(), window)
    if listing.findChild(SignOff) is None:
        field = SignOff(view, listing)
        field.signed.connect(verbs.sign_off)
        listing.put_below(field)
        listing.close_top = field.clear
        following = Following(store, field)
        listing.picked.connect(following.take)
        listing.table.moved.connect(listing.table.select)
        listing.table.moved.connect(following.take)
        listing.finished.connect(following.close)
        if first := _first(store.value):
            listing.table.select(first)
            following.take(first)
    return listing


class Following(QObject):
    """Keeps ``field`` about the row that somebody is on, and about none once that left the list."""

    def __init__(self, store: Store[State], field: SignOff) -> None:
        super().__init__(field)
        self._store, self._field = store, field
        self._unwatch = store.watch(lambda state: state.strips, self._left)

    def take(self, key: str) -> None:
        """A row was chosen, or the keyboard came to it."""
        strip = self._store.value.strips.get(key)
        self._field.take(key if strip else "", isolated(strip.name) if strip else "")

    def _left(self, strips: Mapping[str, Strip]) -> None:
        if self._field.strip and self._field.strip not in strips:
            self._field.take("")

    def close(self) -> None:
        """Follow the board no longer."""
        self._unwatch()


def orphan_sheet() -> Sheet[Orphan]:
    """All strips that nobody has answered for, the oldest first."""
    return Sheet(
        name=NAME,
        told=_told,
        columns=_COLUMNS,
        rules=Rules(order=lambda row: row.strip.since),
        slice=lambda state: (state.strips, state.signed, state.dispositions),
        rows=_rows,
        pick=_pick,
        width=760,
    )


def _first(state: State) -> str:
    strips = state.strips
    return min(strips, key=lambda key: strips[key].since, default="")


def _rows(state: State) -> Mapping[str, Orphan]:
    return {key: Orphan(key, strip, _about(state, strip)) for key, strip in state.strips.items()}


def _about(state: State, strip: Strip) -> str:
    call = state.calls.get(strip.call)
    return joined((nature(call) if call is not None else "", isolated(strip.area)))


def _told(state: State, rows: Mapping[str, Orphan]) -> Told:
    about = "Nothing may leave the board without an owner, a disposition or a signed hand-off."
    if state.signed:
        last = max(state.signed.values(), key=lambda one: one.at)
        about = f"{about}\n{_signed(len(state.signed), last)}"
    empty = "" if rows else "Nothing left the board unanswered for."
    if not rows and not state.dispositions:
        empty = "The sources have given no disposition yet, so that closed calls without one cannot be told."
    return Told(f"{TITLE}  {len(rows)}" if rows else TITLE, about, empty)


def _signed(count: int, last: Signature) -> str:
    many = "1 signed off" if count == 1 else f"{count} signed off"
    return f"{many}, the last by {isolated(last.who)} to {isolated(last.to)}"


def _pick(view: View, row: Orphan) -> View:
    return with_call(view, row.strip.call) if row.strip.call else view


def _name(row: Orphan) -> str:
    return isolated(row.strip.name)


def _since(row: Orphan, now: Present) -> str:
    return now.both(row.strip.since)


_COLUMNS: tuple[Column[Orphan], ...] = (
    Column(title="Call", width=80, most=140, text=plain(_name), identity=True),
    Column(title="Since", width=120, text=_since, ticks=True),
    Column(title="What lacks", width=260, text=plain(lambda row: row.strip.why)),
    Column(title="About", text=plain(lambda row: row.about), tone=lambda _row: "muted"),
)
