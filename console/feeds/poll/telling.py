"""One feed of one source: what is remembered from one answer to the next, and what is told of it."""

from datetime import timedelta

from console.domain.contract import Row, ServedClock, row_key
from console.domain.vocabulary import FeedName
from console.feeds.poll.bulletin import Bulletin
from console.feeds.poll.clocks import Skew
from console.feeds.poll.outside import Outside
from console.feeds.poll.report import SKEWED, Standing, standing
from console.feeds.rows.flaws import SKEW, Flaw, Flaws
from console.feeds.rows.held import Held
from console.feeds.rows.reading import Reading
from console.feeds.wire.finding import Trouble, bad

VANISHED = bad(
    "vanished",
    "The server suddenly reports no rows at all where the board has some.",
    "If the next answer says the same, it is believed.",
)


class Telling:
    """Keeps what is wrong with the feed and how it stands, so that a lasting flaw is told once."""

    def __init__(self, name: FeedName, held: Held, bulletin: Bulletin, outside: Outside) -> None:
        self.name = name
        self.bulletin = bulletin
        self._held = held
        self._outside = outside
        self._flaws = Flaws()
        self._standing = Standing()
        self._partial = False

    def read(
        self, reading: Reading[Row], clock: ServedClock | None, skew: Skew, wait: float, *, anew: bool
    ) -> None:
        """Tell a reading, all that is held where ``anew``. The next poll is in ``wait`` real seconds.

        Data first, so that whoever sees a healthy feed sees what it gave.
        """
        self._rows(reading, anew=anew or (reading.full and self._partial))
        self._partial = not reading.full
        fresh = self._flaws.learn(reading.flaws, (*reading.sound, *reading.gone), full=reading.full)
        how = standing(len(self._held.rows), self._flaws.rejected, skew, self._outside.limits.rejected)
        if how.reason == SKEWED and self._standing.reason != SKEWED:
            fresh.append(Flaw("", SKEW, "server clock"))
        self._standing = how
        self.bulletin.flawed(fresh)
        self.bulletin.answered(how, clock.now if clock else self._outside.clock.now(), wait)

    def same(self, wait: float) -> None:
        """The source says that there is nothing new."""
        ahead = timedelta(seconds=self._standing.skew_s or 0.0)
        self.bulletin.answered(self._standing, self._outside.clock.now() + ahead, wait)

    def troubled(self, trouble: Trouble, wait: float) -> None:
        """There are no data this time."""
        self.bulletin.troubled(trouble, wait)

    def _rows(self, reading: Reading[Row], *, anew: bool) -> None:
        if reading.retired:
            self.bulletin.changed(reading.retired, (), full=False)
        if anew:
            self.bulletin.changed(tuple(self._held.rows.values()), (), full=True)
        elif reading.changed or reading.gone:
            self.bulletin.changed(reading.changed, reading.gone, full=False)
        if reading.retired and not anew:
            self.bulletin.changed((), tuple(row_key(row) for row in reading.retired), full=False)
