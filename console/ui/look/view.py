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
    """The workstation's state. ``call`` and ``unit`` are selected ids, empty for none; never both.

    ``alarm`` is the selected line of the attention panel, with the call or unit that it tells of. ``still`` keeps
    everything from blinking.
    """

    theme: Theme
    call: str = ""
    unit: str = ""
    filters: Filters = Filters()
    roster: Roster = Roster()
    order: Order = Order()
    scale: float = 1.0
    alarm: str = ""
    still: bool = False


def with_call(view: View, call: str) -> View:
    """``view`` with this call selected; one thing is selected at a time."""
    return _selected(view, call=call)


def with_unit(view: View, unit: str) -> View:
    """``view`` with this unit selected; one thing is selected at a time."""
    return _selected(view, unit=unit)


def with_alarm(view: View, alarm: str, call: str = "", unit: str = "") -> View:
    """``view`` with this line of the attention panel selected, and the call or unit that it tells of."""
    return _selected(view, call, unit, alarm)


def _selected(view: View, call: str = "", unit: str = "", alarm: str = "") -> View:
    same = (view.call, view.unit, view.alarm) == (call, unit, alarm)
    return view if same else replace(view, call=call, unit=unit, alarm=alarm)
