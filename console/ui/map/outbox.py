"""What is still to be told to the page: the difference between the board and what it last heard."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from console.domain.state import State
from console.domain.vocabulary import ALTERNATIVE, FeedName, Program
from console.ui.look.view import View
from console.ui.map import notes
from console.ui.map.calls import Calls
from console.ui.map.cards import card
from console.ui.map.message import Base, Chosen, Message, Words
from console.ui.map.packing import seconds
from console.ui.map.places import Area, around
from console.ui.map.units import Units
from console.ui.parts.freshness import Freshness
from console.ui.theme import shapes
from console.ui.theme.words import word

T = TypeVar("T")

_WORDS = Words(
    programs={str(program): word(program) for program in shapes.PROGRAMS},
    teams=tuple(program for program in Program if program in ALTERNATIVE),
    key="·  hollow free, filled committed, dashed stale, pin call",
)


class Outbox:
    """Makes the messages. Each holds what is different since the one before; the first holds everything.

    ``maps`` are the base maps that are served: the names of their layers, by name.
    """

    def __init__(self, maps: Mapping[str, Sequence[str]]) -> None:
        self._maps = maps
        self._number = 0
        self._area: Area | None = None
        self.forget()

    def forget(self) -> None:
        """The page is a new one: tell it everything."""
        self._told: dict[str, object] = {}
        self._units = Units()
        self._calls = Calls()

    def message(self, state: State, view: View, wanted: tuple[str, str]) -> Message:
        """The next message; ``wanted`` is kind and id of the card that the page shows."""
        self._survey(state)
        area, fresh = self._area, not self._told
        self._number += 1
        units, units_gone = self._units.rows(state.units, state.alarms.standing)
        fixes, fixes_gone = self._units.moved(state.positions, area)
        calls, calls_gone = self._calls.rows(state, view.filters, area)
        found = notes.fresh(state)
        base = self._base(state)
        return Message(
            self._number,
            fresh=fresh,
            now=self._news("now", seconds(state.second)),
            limits=self._news("limits", notes.limits(state)),
            doubt=self._news("doubt", notes.doubt(found)),
            look=self._news("look", view.theme),
            shapes=shapes.as_data() if fresh else None,
            words=_WORDS if fresh else None,
            base=self._news("base", base),
            units=units,
            units_gone=units_gone,
            fixes=fixes,
            fixes_gone=fixes_gone,
            calls=calls,
            calls_gone=calls_gone,
            chosen=self._news("chosen", self._chosen(state, view)),
            notes=self._news("notes", self._notes(state, found, base)),
            card=self._news("card", card(state, *wanted)),
        )

    def repeat_card(self) -> None:
        """The page asks for a card: tell it, though it may be the one that was told last."""
        self._told.pop("card", None)

    def _survey(self, state: State) -> None:
        """Where things can be. A new service area puts every place in question: all is told again."""
        area = around(state.agency.bounds if state.agency else None)
        if area != self._area:
            self._area = area
            self.forget()

    def _news(self, name: str, value: T) -> T | None:
        """The value if the page was told another one, else nothing."""
        if name in self._told and self._told[name] == value:
            return None
        self._told[name] = value
        return value

    def _base(self, state: State) -> Base:
        name = state.agency.base_map if state.agency else ""
        layers = tuple(self._maps.get(name, ()))
        return Base(name if layers else "", layers, state.agency.bounds if state.agency else None)

    def _notes(self, state: State, found: Mapping[FeedName, Freshness], base: Base) -> tuple[notes.Note, ...]:
        unplaced = (self._calls.unplaced, self._units.unplaced, self._calls.withheld)
        return notes.notes(state, found, unplaced, bool(base.name))

    def _chosen(self, state: State, view: View) -> Chosen:
        """The selection, and the units on the selected call, by its assignments and by their own word."""
        call = state.calls.get(view.call)
        if call is not None:
            said = (unit.id for unit in state.units.values() if unit.call == call.id)
            keys = dict.fromkeys((*call.committed, *said))
            return Chosen(view.call, "", view.call, self._units.slots(keys))
        unit = state.units.get(view.unit)
        if unit is None:
            return Chosen()
        return Chosen("", unit.id, unit.call, self._units.slots([unit.id]))
