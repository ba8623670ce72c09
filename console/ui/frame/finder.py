"""What can be found from the command bar - actions, calls, teams - and how near each is to what was typed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from console.domain.entities import Call, Unit
from console.domain.state import State
from console.ui.calls.call_words import state_text
from console.ui.calls.calls_columns import natural
from console.ui.parts.masking import isolated, joined, nature, number
from console.ui.theme.words import word

MOST = 12
"""Rows shown: more would have to be read, and typing one more letter is faster."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: what it says, its keys if it has any, the doing, and whether it is offered now.

    ``note`` says why it would come to nothing now; empty where it would not.
    """

    what: str
    keys: str
    do: Callable[[], None]
    possible: Callable[[], bool] = lambda: True
    note: Callable[[], str] = lambda: ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: ``key`` names it, ``found`` is what the query is matched with, ``rank`` its place."""

    key: str
    text: str
    note: str
    hint: str
    found: str
    rank: int = 0


def score(query: str, text: str) -> int | None:
    """How far ``text`` is from ``query``; ``None`` where it lacks its letters in that order."""
    text, query = text.casefold(), query.casefold().strip()
    at = text.find(query)
    if at == 0:
        return 0
    if at > 0:
        return 1 if not text[at - 1].isalnum() else 2
    places, start = [], 0
    for letter in query.replace(" ", ""):
        start = text.find(letter, start) + 1
        if not start:
            return None
        places.append(start)
    return 3 + places[-1] - places[0]


def best(query: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The nearest entries for ``query``, at most `MOST`; on a tie the order they came in."""
    scored = ((score(query, entry.found), entry) for entry in entries)
    found = sorted(((near, entry) for near, entry in scored if near is not None), key=lambda pair: pair[0])
    return tuple(replace(entry, rank=rank) for rank, (_, entry) in enumerate(found[:MOST]))


def entries(state: State, actions: Mapping[str, Action]) -> Iterator[Entry]:
    """Everything that can be found: actions, open calls, teams, closed calls."""
    for key, action in actions.items():
        if action.possible():
            yield Entry(f"do {key}", action.what, action.note(), action.keys, action.what)
    calls = sorted(state.calls.values(), key=lambda call: natural(call.number or call.id))
    yield from (_call(call) for call in calls if call.open)
    yield from (_unit(unit) for unit in state.units.values())
    yield from (_call(call) for call in calls if not call.open)


def _call(call: Call) -> Entry:
    text = joined((number(call), nature(call)))
    note = joined((isolated(call.area), state_text(call)))
    return Entry(f"call {call.id}", text, note, "call", f"{text} {call.area}")


def _unit(unit: Unit) -> Entry:
    name = isolated(unit.callsign or unit.id)
    return Entry(f"unit {unit.id}", name, joined((word(unit.program), word(unit.state))), "team", name)
