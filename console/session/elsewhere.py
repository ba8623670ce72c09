"""The board of a recorded shift at a moment that is not gone to."""

from datetime import datetime

from console.domain.state import State, advance
from console.session.source import Source


def board_at(source: Source, at: datetime) -> State:
    """The board at ``at``, read anew; it may take as long as going there. Damage may leave it earlier."""
    state = source.rewind(at)
    while True:
        due = source.take(state.seen, at)
        before, state = state, advance(due.base or state, due.events, min(at, due.upto))
        if state.at >= at or (state.seen == before.seen and state.at <= before.at):
            return state
