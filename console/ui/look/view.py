"""What the person at this workstation looks at: selection, filters, theme. Not part of the board.

It lives in a store of its own beside the board's, so panels share it as they share `State`, and a
trainee's clicks never enter a recording.
"""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from console.domain.vocabulary import Program
from console.ui.theme.theme import Theme


class Filters(Struct, frozen=True):
    """Which calls the board shows; an empty set lets everything pass. ``text`` is free search.

    ``None`` and ``""`` stand for calls that name no program, priority or area.
    """

    programs: frozenset[Program | None] = frozenset()
    areas: frozenset[str] = frozenset()
    priorities: frozenset[int | None] = frozenset()
    elsewhere: bool = False
    text: str = ""


class Roster(Struct, frozen=True):
    """Which units the teams panel shows. ``skills`` are roles, capabilities and languages, any of them;
    ``others`` lets in the units that are no alternative-response team."""

    skills: frozenset[str] = frozenset()
    others: bool = False


class Choice(Struct, frozen=True):
    """One value a filter can be set to, in words, and how many rows have it."""

    value: Hashable
    text: str
    count: int


class Order(Struct, frozen=True):
    """The column a table is sorted by, by its title; empty for the table's own order."""

    column: str = ""
    descending: bool = False


class View(Struct, frozen=True):
    """The workstation's state. ``call`` and ``unit`` are selected ids, empty for none; never both."""

    theme: Theme
    call: str = ""
    unit: str = ""
    filters: Filters = Filters()
    roster: Roster = Roster()
    order: Order = Order()
    scale: float = 1.0


def with_call(view: View, call: str) -> View:
    """``view`` with this call selected; one thing is selected at a time."""
    return view if (view.call, view.unit) == (call, "") else replace(view, call=call, unit="")


def with_unit(view: View, unit: str) -> View:
    """``view`` with this unit selected; one thing is selected at a time."""
    return view if (view.call, view.unit) == ("", unit) else replace(view, call="", unit=unit)
