"""One feed of one source: asks, has the answer read, tells what changed, and knows when to ask again."""

from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Request, SourceSpec
from console.feeds.poll.backoff import Circuit, pause
from console.feeds.poll.bell import Bell
from console.feeds.poll.bulletin import Bulletin
from console.feeds.poll.clocks import Clocks, Skew
from console.feeds.poll.outside import Outside
from console.feeds.poll.report import SKEWED, Standing, standing
from console.feeds.process.reader import Reader
from console.feeds.rows.flaws import SKEW, Flaw, Flaws
from console.feeds.rows.reading import Reading, Setting, Unreadable
from console.feeds.wire.finding import Reply, Same, Trouble, bad, judged, unread
from console.feeds.wire.wire import Wire

CONDITION = "If-None-Match"

VANISHED = bad(
    "vanished",
    "The server suddenly reports no rows at all where the board has some.",
    "If the next answer says the same, it is believed.",
)


class Line(Struct, frozen=True):
    """What the polls of one source share. ``shared`` are the feeds that another source gives as well."""

    spec: SourceSpec
    wire: Wire
    reader: Reader
    circuit: Circuit
    clocks: Clocks
    outside: Outside
    shared: frozenset[FeedName]
    setting: Callable[[], Setting]
    recovered: Callable[[], None]


class Poll:
    """What is remembered from one poll to the next: cursor, tag, failures in a row, flaws."""

    def __init__(self, line: Line, name: FeedName) -> None:
        self.bell = Bell()
        self._line = line
        self._name = name
        self._every = line.spec.seconds(name)
        self._bulletin = Bulletin(line.spec.name, name, self._every, line.outside)
        self._held = line.reader.adapter.held[name]
        self._flaws = Flaws()
        self._cursor = ""
        self._tag: tuple[Request, str] | None = None
        self._partial = False
        self._resync = True
        self._failures = 0
        self._standing = Standing()

    def start(self) -> None:
        """Put the feed on the board before its first answer."""
        self._bulletin.starting()

    def held_up(self, trouble: Trouble, wait: float) -> None:
        """Tell that the source cannot even be asked, for ``wait`` real seconds."""
        self._bulletin.troubled(trouble, wait)

    async def once(self) -> float:
        """Ask once and tell what came of it; real seconds until the next time."""
        began = self._line.outside.steady()
        request = self._request()
        answer = await self._line.wire.get(request)
        if self._line.wire.closed:
            return 0.0
        conditional = CONDITION in dict(request.headers)
        match judged(answer, conditional=conditional, now=self._line.outside.clock.now()):
            case Trouble() as trouble:
                return self.failed(trouble)
            case Same():
                wait = self._fine(began)
                self._tell_same(wait)
                return wait
            case Reply() as reply:
                return await self._read(reply, request, began)

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
        self._bulletin.troubled(trouble, wait)
        return wait

    def _request(self) -> Request:
        request = self._line.reader.adapter.plan(self._name, "" if self._resync else self._cursor)
        if self._tag is None or self._resync or self._tag[0] != request:
            return request
        return replace(request, headers=(*request.headers, (CONDITION, self._tag[1])))

    async def _read(self, reply: Reply, request: Request, began: float) -> float:
        try:
            reading = await self._line.reader.read(self._name, reply.body, self._line.setting())
        except Unreadable as error:
            return self.failed(unread(error))
        if reading.vanished:
            return self.failed(VANISHED)
        wait = self._fine(began)
        self._tell(reading, reply, wait)
        tag = reply.headers.get("etag", "")
        self._tag = (replace(request, headers=()), tag) if tag else None
        self._cursor = reading.cursor
        self._partial = not reading.full
        self._resync = False
        return wait

    def _tell(self, reading: Reading[Row], reply: Reply, wait: float) -> None:
        """Data first, so that whoever sees a healthy feed sees what it gave."""
        unknown_cursor = reading.full and self._partial
        if self._resync or unknown_cursor:
            full = self._name not in self._line.shared
            rows = tuple(self._held.rows.values())
            self._bulletin.changed(rows, () if full else reading.gone, full=full)
        elif reading.changed or reading.gone:
            self._bulletin.changed(reading.changed, reading.gone, full=False)
        sound = (*reading.sound, *reading.gone)
        fresh = self._flaws.learn(reading.flaws, sound, full=reading.full)
        how = self._how(reading, reply)
        if how.reason == SKEWED and self._standing.reason != SKEWED:
            fresh.append(Flaw("", SKEW, "server clock"))
        self._standing = how
        self._bulletin.flawed(fresh)
        as_of = reading.clock.now if reading.clock else self._line.outside.clock.now()
        self._bulletin.answered(how, as_of, wait)

    def _tell_same(self, wait: float) -> None:
        ahead = timedelta(seconds=self._standing.skew_s or 0.0)
        self._bulletin.answered(self._standing, self._line.outside.clock.now() + ahead, wait)

    def _how(self, reading: Reading[Row], reply: Reply) -> Standing:
        skew = self._line.clocks.skew(reading.clock, reply) if reading.clock else Skew()
        limit = self._line.outside.limits.rejected
        return standing(len(self._held.rows), self._flaws.rejected, skew, limit)

    def _fine(self, began: float) -> float:
        self._failures = 0
        self._reached()
        spent = self._line.outside.steady() - began
        return max(self._every - spent, self._every / 4)

    def _reached(self) -> None:
        if self._line.circuit.answered():
            self._line.recovered()
