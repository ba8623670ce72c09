"""Which board is on the screen: the live one, or a replay while the live one goes on behind it."""

from collections.abc import Iterator

from console.domain.due import Can
from console.domain.state import State
from console.session.playing import Playback, Playing
from console.session.session import Session
from console.session.store import Store


class Showing:
    """Moves the live session and the replay, and shows one of them in ``shown``, which the panels watch.

    ``live`` is ``None`` where only a recording was opened. ``playing`` is ``None`` while the live board is shown.
    """

    def __init__(self, live: Session | None, shown: Store[State]) -> None:
        self._live, self.shown = live, shown
        self._playback: Playback | None = None
        self._unwatch = _nothing
        self.playing: Store[Playing | None] = Store(None)

    @property
    def live(self) -> Session | None:
        """The live board, shown or not."""
        return self._live

    @property
    def playback(self) -> Playback | None:
        """The replay on the screen."""
        return self._playback

    @property
    def can(self) -> frozenset[Can]:
        """What the board on the screen allows."""
        shown = self._session()
        return shown.source.can if shown is not None else frozenset()

    def replay(self, playback: Playback) -> None:
        """Put a replay on the screen; the live board goes on behind it."""
        self._unwatch()
        self._playback = playback
        self._unwatch = playback.playing.watch(lambda playing: playing, self.playing.set)

    def back_to_live(self) -> None:
        """Show the live board again, as it is now; without one the replay stays."""
        if self._live is not None:
            self._unwatch()
            self._unwatch, self._playback = _nothing, None
            self.playing.set(None)

    def turns(self) -> Iterator[None]:
        """One frame, in turns (`Session.turns`)."""
        if self._live is not None:
            yield from self._live.turns()
        if (playback := self._playback) is not None:
            yield from playback.session.turns()
            playback.stand()
            playback.tell()
        if (shown := self._session()) is not None:
            yield from self.shown.turns(shown.store.value)

    def _session(self) -> Session | None:
        return self._playback.session if self._playback is not None else self._live


def _nothing() -> None:
    """There is no replay to stop watching."""
