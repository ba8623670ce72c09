"""One round of one source: asks, has the answers read, tells each feed, and knows when to ask again."""

import asyncio

from console.domain.contract import Row, ServedClock
from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Failed, Round
from console.feeds.poll.backoff import pause
from console.feeds.poll.bell import Bell
from console.feeds.poll.bulletin import Bulletin
from console.feeds.poll.clocks import Skew, dated
from console.feeds.poll.line import Line
from console.feeds.poll.telling import VANISHED, Telling
from console.feeds.process.interpreter import Harvest
from console.feeds.process.reader import CONDITION
from console.feeds.rows.reading import Reading, Unreadable
from console.feeds.spec import SourceSpec
from console.feeds.wire.finding import Reply, Same, Trouble, judged, unread
from console.feeds.wire.request import Request


class Poll:
    """What is remembered from one round to the next: failures in a row, and whether all is asked anew."""

    def __init__(self, line: Line, asked: Round) -> None:
        self.bell = Bell()
        self.turn = asyncio.Lock()
        self._line = line
        self._name = asked.name
        self._every = _pace(asked, line.spec)
        self._feeds = {feed: self._telling(feed) for feed in asked.feeds if _taken(feed, line.spec)}
        self._resync = True
        self._corrected = line.correction.by
        self._failures = 0
        self._asked = 0
        self._last: Reply | None = None
        self._relaxed = False
        self._due = 0.0

    @property
    def sound(self) -> bool:
        """Whether what is held is what the source last said, so that a change of it makes sense."""
        return not (self._resync or self._failures) and self._corrected == self._line.correction.by

    @property
    def starting(self) -> bool:
        """Whether nothing came of it yet, neither rows nor trouble."""
        return self._resync and not self._failures

    @property
    def turned_away(self) -> bool:
        """Whether a sign-in is all that the round lacks."""
        return any(telling.bulletin.turned_away for telling in self._feeds.values())

    @property
    def feeds(self) -> tuple[FeedName, ...]:
        """What the round fills, as far as it is to be taken."""
        return tuple(self._feeds)

    @property
    def wanted(self) -> bool:
        """Whether the round gives anything that is to be taken."""
        return bool(self._feeds)

    def start(self) -> None:
        """Put the feeds on the board before their first answer."""
        for telling in self._feeds.values():
            telling.bulletin.starting()

    def held_up(self, trouble: Trouble, wait: float) -> None:
        """Tell that the source cannot even be asked, for ``wait`` real seconds."""
        for telling in self._feeds.values():
            telling.troubled(trouble, wait)

    async def once(self) -> float:
        """Ask once and tell what came of it; real seconds until the next time."""
        async with self.turn:
            wait = await self._once()
        self._due = self._line.outside.steady() + wait
        return wait

    def relax(self, *, relaxed: bool) -> None:
        """The source tells changes by itself from now on, or does so no more."""
        if self._relaxed and not relaxed:
            self.bell.ring()
        self._relaxed = relaxed

    def pushed(self, what: Reading[Row] | Same, clock: ServedClock, reply: Reply) -> None:
        """Tell what came unasked, or that the source says that nothing has changed. Only in one's `turn`."""
        limits, wait = self._line.outside.limits, max(0.0, self._due - self._line.outside.steady())
        skew = self._line.clocks.skew(clock, reply)
        self._line.correction.learn(skew.seconds)
        for telling in self._feeds.values():
            telling.bulletin.every = max(telling.bulletin.every, limits.heartbeat)
            if isinstance(what, Reading):
                telling.read(what, clock, skew, wait, anew=False)
            else:
                telling.same(wait)
        if not self.sound:
            self.bell.ring()

    async def _once(self) -> float:
        line, began = self._line, self._line.outside.steady()
        self._asked, fresh = 0, self._resync or self._corrected != line.correction.by
        corrected = line.correction.by
        try:
            harvest = await line.reader.converse(self._name, line.setting, self._ask, fresh=fresh)
        except Failed as failed:
            return 0.0 if line.wire.closed else self.failed(failed.trouble)
        except Unreadable as error:
            return self.failed(unread(error))
        if line.wire.closed:
            return 0.0
        self._corrected = corrected  # what is learned on the way may not have reached every row
        return self._told(harvest, began, fresh=fresh)

    def failed(self, trouble: Trouble) -> float:
        """Tell that there are no data this time; real seconds until the next try."""
        line, limits = self._line, self._line.outside.limits
        self._failures += 1
        if trouble.health is Health.DOWN:
            line.circuit.failed(self._name)
        else:
            self._reached()
        self._resync = self._resync or trouble.health is not Health.DEGRADED
        wait = pause(trouble, self._failures, limits, line.outside.dice)
        if trouble.health is Health.DEGRADED:
            wait = max(wait, self._every)
        if line.circuit.waits(self._name):
            wait = max(wait, limits.retry_most)
        self.held_up(trouble, wait)
        return wait

    async def _ask(self, requests: tuple[Request, ...]) -> tuple[Reply | Trouble, ...]:
        """The answers to ``requests``, one after the other: a round is no reason to storm a server."""
        return tuple([await self._answer(request) for request in requests])

    async def _answer(self, request: Request) -> Reply | Trouble:
        line = self._line
        self._asked += 1
        line.budget.spend(1)
        answer = await line.wire.get(request)
        conditional = CONDITION in dict(request.headers)
        found = judged(answer, conditional=conditional, now=line.outside.clock.now())
        if isinstance(found, Trouble):
            return found
        assert isinstance(answer, Reply)
        self._last = answer
        clock = dated(answer) if line.reader.greet() is None else None
        if clock is not None:
            line.correction.learn(line.clocks.skew(clock, answer).seconds)
        return answer

    def _told(self, harvest: Harvest, began: float, *, fresh: bool) -> float:
        if harvest and all(isinstance(what, Reading) and what.vanished for what in harvest.values()):
            return self.failed(VANISHED)
        wait = self._fine(began)
        for notice in self._line.wire.notices(self._line.outside.clock.now()):
            next(iter(self._feeds.values())).bulletin.flawed([notice])
        for feed, telling in self._feeds.items():
            match harvest.get(feed):
                case Reading(vanished=True):
                    telling.troubled(VANISHED, wait)
                case Reading() as reading:
                    self._tell(telling, reading, wait, fresh=fresh)
                case Same():
                    telling.same(wait)
                case Trouble() as trouble:
                    telling.troubled(trouble, wait)
                case None:
                    continue
        self._resync = False
        return wait

    def _tell(self, telling: Telling, reading: Reading[Row], wait: float, *, fresh: bool) -> None:
        reply = self._last
        clock = reading.clock or (dated(reply) if reply else None)
        skew = self._line.clocks.skew(clock, reply) if clock and reply else Skew()
        if reading.clock:
            self._line.correction.learn(skew.seconds)
        telling.read(reading, clock, skew, wait, anew=fresh)

    def _fine(self, began: float) -> float:
        self._failures = 0
        self._reached()
        every = self._line.budget.pace(self._name, self._asked, self._every)
        expected = max(every, self._line.outside.limits.heartbeat) if self._relaxed else every
        for telling in self._feeds.values():
            telling.bulletin.every = expected
        spent = self._line.outside.steady() - began
        pace = every * (self._line.outside.limits.relaxed if self._relaxed else 1.0)
        return max(pace - spent, pace / 4)

    def _reached(self) -> None:
        if self._line.circuit.answered():
            self._line.recovered()

    def _telling(self, feed: FeedName) -> Telling:
        line = self._line
        bulletin = Bulletin(line.spec.name, feed, self._every, line.budget, line.joiner, line.outside)
        return Telling(feed, line.reader.held[feed], bulletin, line.outside)


def _taken(feed: FeedName, spec: SourceSpec) -> bool:
    return not spec.feeds or feed in spec.feeds


def _pace(asked: Round, spec: SourceSpec) -> float:
    """Real seconds between two rounds: the shortest that the configuration gives one of its feeds."""
    return min((spec.every[feed] for feed in asked.feeds if feed in spec.every), default=asked.every)
