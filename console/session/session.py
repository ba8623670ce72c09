"""The loop body that live and replay share: take what is due, fold it, show it."""

from collections.abc import Iterator, Sequence

from console.domain.events import Recorded
from console.domain.state import State, advance
from console.session.clock import Clock
from console.session.source import Source
from console.session.store import Store


class Session:
    """One board: a clock, a source and the store that the panels watch."""

    def __init__(self, clock: Clock, source: Source, store: Store[State]) -> None:
        self._clock = clock
        self._source = source
        self._store = store
        self._behind = False

    @property
    def source(self) -> Source:
        """The source, asked for what it ``can``."""
        return self._source

    @property
    def store(self) -> Store[State]:
        """The board; a panel is bound to exactly one."""
        return self._store

    @property
    def behind(self) -> bool:
        """Whether the source did not come as far as the clock."""
        return self._behind

    def step(self) -> None:
        """Bring the board up to the clock's now."""
        for _ in self.turns():
            pass

    def turns(self) -> Iterator[None]:
        """`step`, an event and then one watcher a turn; many small events, as behind a jump, are taken together.

        A large reply and the panels it changes took 38 ms in one piece (measured at design load); in
        turns the screen can answer a person in between.
        """
        now, state = self._clock.now(), self._store.value
        if now < state.at:
            state = self._source.rewind(now)
        due = self._source.take(state.seen, now)
        self._behind = due.upto < now
        state = due.base or state
        for few in _few(due.events):
            state = advance(state, few, few[-1].at)
            yield
        yield from self._store.turns(advance(state, (), due.upto))


TURNS = 24
"""Into how many turns what is due is cut at most."""


def _few(events: Sequence[Recorded]) -> Iterator[Sequence[Recorded]]:
    size = -(-len(events) // TURNS)
    return (events[place : place + size] for place in range(0, len(events), size or 1))
