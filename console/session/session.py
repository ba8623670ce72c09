"""The loop body that live and replay share: take what is due, fold it, show it."""

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

    @property
    def source(self) -> Source:
        """The source, asked for what it ``can``."""
        return self._source

    @property
    def store(self) -> Store[State]:
        """The board; a panel is bound to exactly one."""
        return self._store

    def step(self) -> None:
        """Bring the board up to the clock's now."""
        now, state = self._clock.now(), self._store.value
        if now < state.at:
            state = self._source.rewind(now)
        due = self._source.take(state.seen, now)
        self._store.set(advance(state, due.events, due.upto))
