"""The board without a screen: the same engine and the same loop, stepped until it has something to say."""

from collections.abc import Callable
from threading import Event

from console.archive.spec import ArchiveSpec
from console.domain.definitions import Definitions
from console.domain.feed import Feed, offered
from console.domain.state import State, start
from console.domain.vocabulary import Health
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.following import Follower
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store

FRAME_S = 0.05


def read_board(
    specs: tuple[SourceSpec, ...], pack: Definitions, wait_s: float, done: Callable[[State], bool]
) -> State:
    """Poll ``specs`` until ``done`` or until ``wait_s`` seconds have passed; the board as it stands then."""
    broken: list[BaseException] = []
    return _stepped(Engine(specs, pack, broken.append), wait_s, done, broken)


def follow_board(archive: ArchiveSpec, wait_s: float, done: Callable[[State], bool]) -> State:
    """Follow ``archive`` until ``done`` or until ``wait_s`` seconds have passed; the board as it stands then."""
    broken: list[BaseException] = []
    follower = Follower(archive, broken.append)
    return _stepped(follower, wait_s, lambda state: follower.sequence.settled and done(state), broken)


def _stepped(
    engine: Engine | Follower, wait_s: float, done: Callable[[State], bool], broken: list[BaseException]
) -> State:
    session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
    engine.start()
    pause, until = Event(), steady() + wait_s
    try:
        while not broken and steady() < until:
            session.step()
            if done(session.store.value):
                break
            pause.wait(FRAME_S)
    finally:
        engine.stop()
    session.step()
    if broken:
        raise broken[0]
    return session.store.value


def every_feed_answered(specs: tuple[SourceSpec, ...]) -> Callable[[State], bool]:
    """Whether each feed that was asked for has given its first answer, or a final refusal."""
    names = {spec.name for spec in specs}

    def done(state: State) -> bool:
        """A source puts all its feeds on the board at once, before the first answer."""
        started = {feed.source for feed in state.feeds.values()}
        return names <= started and all(_settled(feed) for feed in state.feeds.values())

    return done


def never(_state: State) -> bool:
    """Watch until the time is up."""
    return False


def _settled(feed: Feed) -> bool:
    return feed.answered_at is not None or feed.reported is Health.AUTH or not offered(feed)
