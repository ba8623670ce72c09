"""``snapshot``: read every feed once, without a screen, and print the board."""

import sys
from collections.abc import Callable
from datetime import timedelta

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.progress import Progress

from console.archive.spec import ArchiveSpec
from console.commands import exits
from console.commands.connect import Connection
from console.commands.headless import every_feed_answered, follow_board, read_board
from console.domain.feed import Feed
from console.domain.recording import RecordingState
from console.domain.state import State, advance
from console.domain.vocabulary import FeedName, Health
from console.reports import tables
from console.reports.board import board

SECONDS, SECOND = 5, timedelta(seconds=1)
"""How many are gone through to look at all rows: each second looks at some hundred of them (`choosing.LOOKS`)."""

NOTHING_CAME = "nothing came from the recording in time; give it longer with --wait"


def snapshot(connection: Connection, wait_s: float, *, json: bool, reveal: bool) -> int:
    """Print the board of ``connection``; exit 3 where nothing answered, 4 where no answer could be read."""
    specs = connection.specs
    state = _watched(
        "reading every feed", lambda: read_board(specs, connection.pack, wait_s, every_feed_answered(specs))
    )
    _print(_looked_at(state), json=json, reveal=reveal)
    return _exit(state, wait_s)


def follow(archive: ArchiveSpec, wait_s: float, *, json: bool, reveal: bool) -> int:
    """Print the board that another console records in ``archive``; exit 3 where nothing of it came."""
    state = _watched("following the recording", lambda: follow_board(archive, wait_s, _joined))
    recording = state.recording
    if not state.seen:
        told = f"{recording.detail}. {recording.tip}" if recording and recording.detail else NOTHING_CAME
        sys.stderr.write(f"smart-console: {told}\n")
        return exits.UNREACHABLE
    if recording is not None and recording.state is RecordingState.PAUSED:
        sys.stderr.write(f"smart-console: {recording.detail}. {recording.tip}\n")
    _print(state, json=json, reveal=reveal)
    return exits.DONE


def _joined(state: State) -> bool:
    """Whether a board that was recorded is here."""
    return state.seen > 0


def _watched(what: str, read: Callable[[], State]) -> State:
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        progress.add_task(what, total=None)
        return read()


def _looked_at(state: State) -> State:
    """``state`` with the alarms that its rows make: nobody waits for the next seconds, and a clock may stand.

    One look has no time to see whether something lasts, so that delays do not count.
    """
    pack = state.definitions
    rules = {name: replace(rule, on_delay_s=0.0) for name, rule in pack.rules.items()}
    ahead = replace(state, definitions=replace(pack, rules=rules))
    for _ in range(SECONDS):
        before, ahead = ahead, advance(ahead, (), ahead.second + SECOND)
        if ahead.alarms is before.alarms:
            break
    found = ahead.alarms.standing
    seen = {key: replace(one, raised_at=min(one.raised_at, state.at)) for key, one in found.items()}
    return replace(state, alarms=replace(ahead.alarms, standing=seen))


def _print(state: State, *, json: bool, reveal: bool) -> None:
    if reveal:
        sys.stderr.write(f"{state.at.isoformat()} names and free text revealed by --reveal\n")
    if json:
        sys.stdout.write(msgspec.json.encode(board(state, reveal=reveal)).decode() + "\n")
    else:
        tables.show(board(state, reveal=reveal), Console())


def _exit(state: State, wait_s: float) -> int:
    """Calls are what a board is about: their feed decides; what other feeds lack is said on stderr."""
    feeds = list(state.feeds.values())
    for feed in feeds:
        if feed.reported not in (Health.OK, Health.DEGRADED):
            sys.stderr.write(f"{feed.key}: {_said(feed, wait_s)}\n")
    if any(feed.answered_at is not None for feed in feeds if feed.name is FeedName.CALLS):
        return exits.DONE
    answered_nonsense = any(feed.reported is Health.DEGRADED for feed in feeds)
    return exits.UNREADABLE if answered_nonsense else exits.UNREACHABLE


def _said(feed: Feed, wait_s: float) -> str:
    if feed.reported is Health.STARTING:
        return f"no answer within {wait_s:g} s; give it longer with --wait, or see that its server is well"
    return f"{feed.reported}: {feed.detail} {feed.tip}"
