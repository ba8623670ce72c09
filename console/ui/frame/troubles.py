"""What is wrong with the board, as values: one cause is one trouble, the worst first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from console.domain.events import DefinitionsRefused
from console.domain.feed import Feed, health
from console.domain.recording import Recording, RecordingState
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.ui.figures.sources import todo
from console.ui.parts.clocks import Present, present
from console.ui.parts.masking import isolated, joined
from console.ui.theme.theme import HEALTH, Token
from console.ui.theme.words import word

RANKS: Mapping[Health, int] = MappingProxyType(
    {Health.AUTH: 0, Health.DOWN: 1, Health.STALE: 2, Health.DEGRADED: 3}
)
"""The states of a feed that are told in the banner, the worst first: one that will not heal by itself."""

VITAL = frozenset({FeedName.CALLS, FeedName.UNITS})
"""The feeds without which nobody can be sent: trouble with one of them is told before any other."""

_MEND = "The earlier ones hold: mend the line and save the file"

_ORDER = {name: place for place, name in enumerate(FeedName)}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause and every feed it holds up; ``since`` is when the last good answer or the cause began.

    ``of_feeds`` is false where the list of feeds does not tell more about it.
    """

    health: Health
    what: str
    since: datetime | None
    todo: str
    of_feeds: bool = True

    @property
    def tone(self) -> Token:
        """The color that the cause has everywhere."""
        return HEALTH[self.health].token

    def told(self, now: Present) -> str:
        """What, since when, what to do."""
        return joined((self.what, self._since(now), self.todo))

    def told_then(self, now: Present) -> str:
        """What and since when, of a moment that is past: nobody can do anything about it."""
        return joined((self.what, self._since(now)))

    def _since(self, now: Present) -> str:
        return f"since {now.time(self.since)} ({now.ago(self.since)})" if self.since else "from the start"


def troubles(state: State) -> tuple[Trouble, ...]:
    """What is wrong at ``state.second``, the worst first.

    That is what holds up calls and units, then the recording, the definitions, the rest.
    """
    now = present(state.second, state.agency)
    bad = [feed for feed in state.feeds.values() if health(feed, now.at) in RANKS]
    bad.sort(key=lambda feed: (_cause(feed, now), _ORDER[feed.name]))
    groups = [list(group) for _, group in groupby(bad, key=lambda feed: _cause(feed, now))]
    vital = [group for group in groups if any(feed.name in VITAL for feed in group)]
    others = [group for group in groups if group not in vital]
    return (
        *(_trouble(group, now) for group in vital),
        *_of_recording(state.recording),
        *_of_definitions(state.refused),
        *(_trouble(group, now) for group in others),
    )


def notices(state: State) -> str:
    """What the sources say of themselves, as long as they are shown."""
    return joined(isolated(agency.notice) for agency in state.agencies.values())


def recording_notice(recording: Recording | None) -> str:
    """What a person should have read once about the recording, though it is no trouble of this minute."""
    if recording is None or not recording.detail:
        return ""
    if recording.state not in (RecordingState.ON, RecordingState.OFF):
        return ""
    return joined((isolated(recording.detail).rstrip("."), isolated(recording.tip).rstrip(".")))


def _of_recording(recording: Recording | None) -> Iterator[Trouble]:
    """A recording that is held up: what comes is kept in memory, and written as soon as that can be."""
    if recording is not None and recording.state is RecordingState.PAUSED:
        lost = f"{recording.lost:,} events lost" if recording.lost else ""
        what = joined((isolated(recording.detail).rstrip(".") or "Recording stopped", lost))
        yield Trouble(Health.DOWN, what, recording.since, isolated(recording.tip), of_feeds=False)


def _of_definitions(refused: DefinitionsRefused | None) -> Iterator[Trouble]:
    """A change of the agency's pack that cannot be used: the first line of it, and how many more."""
    if refused is not None:
        others = len(refused.flaws) - 1 + refused.more
        more = f"{others} more, see smart-console check" if others else ""
        what = joined((f"Definitions {isolated(refused.file)}", isolated(" ".join(refused.flaws[:1])), more))
        yield Trouble(Health.DEGRADED, what, refused.at, _MEND, of_feeds=False)


def _cause(feed: Feed, now: Present) -> tuple[int, str, str, str]:
    return RANKS[health(feed, now.at)], feed.source, feed.detail, feed.tip


def _trouble(feeds: list[Feed], now: Present) -> Trouble:
    first = feeds[0]
    found = health(first, now.at)
    names = ", ".join(word(feed.name) for feed in feeds)
    said = f"{isolated(first.source)}: {names} {word(found)}"
    what = joined((said, isolated(first.detail)))
    return Trouble(found, what, min(_since(feed, found) for feed in feeds), todo(first, now))


def _since(feed: Feed, found: Health) -> datetime:
    """When the trouble began: for silence that is the last good answer."""
    return (feed.answered_at or feed.since) if found is Health.STALE else feed.since
