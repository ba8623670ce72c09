"""Reading a reply of 10,000 calls, compared with what was held, against `orjson.loads` on the same bytes."""

import random
import statistics
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import msgspec
import orjson
from msgspec.structs import replace

from console.domain.contract import Page, ServedClock
from console.domain.entities import STAMP_NAMES, Assignment, Call, Stamps
from console.domain.vocabulary import CallState, FeedName, Origin, Police, Program
from console.feeds.adapters.native import Native
from console.feeds.rows.reading import Setting
from tests.benchmarks.figure import Figure, at_most

LIMIT = 2.0
CALLS = 10_000
REPEATS = 15
NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)
SETTING = Setting(NOON + timedelta(hours=12), (39.0, -106.0, 41.0, -104.0))
TEXT = "The caller says that a person sits at the bus stop and seems distressed. "


def figures() -> list[Figure]:
    """The ratio with a tenth of the rows changed; told beside it, the first reply and one of new rows only."""
    board = _Replies()
    size = f"{CALLS:,} calls, {len(board.body(0)) / 1e6:.0f} MB"
    adapter = Native()
    adapter.read(FeedName.CALLS, board.body(0), SETTING)
    some = [_pair(adapter, board.next(CALLS // 10)) for _ in range(REPEATS)]
    every = [_pair(adapter, board.next(CALLS)) for _ in range(REPEATS)]
    first = [_pair(Native(), board.body(0)) for _ in range(REPEATS)]
    runs = f"medians of {REPEATS} in turn"
    return [
        at_most("decode_vs_orjson", _ratio(some), LIMIT, f"{size}, 10 % of them changed; {runs}"),
        _told("decode_all_changed_vs_orjson", _ratio(every), f"{size}, each changed; {runs}"),
        _told("decode_first_vs_orjson", _ratio(first), f"{size}, nothing held before; {runs}"),
        _told("decode_ms", _median(some, 0) * 1_000, "10 % changed", kind="absolute"),
        _told("orjson_ms", _median(some, 1) * 1_000, "the same bytes", kind="absolute"),
    ]


def _pair(adapter: Native, body: bytes) -> tuple[float, float]:
    """Seconds of both on one reply; what orjson made is dropped outside its time."""
    ours = _timed(lambda: adapter.read(FeedName.CALLS, body, SETTING))
    theirs = _timed(lambda: orjson.loads(body))
    return ours, theirs


def _timed(work: Callable[[], Any]) -> float:
    began = perf_counter()
    made = work()
    spent = perf_counter() - began
    del made
    return spent


def _median(pairs: list[tuple[float, float]], place: int) -> float:
    return statistics.median(pair[place] for pair in pairs)


def _ratio(pairs: list[tuple[float, float]]) -> float:
    return _median(pairs, 0) / _median(pairs, 1)


def _told(name: str, value: float, detail: str, kind: Any = "ratio") -> Figure:
    return Figure(name=name, value=value, limit=None, kind=kind, ok=True, detail=detail)


class _Replies:
    """A server's board of calls, as it changes from one reply to the next."""

    def __init__(self) -> None:
        self._dice = random.Random(1)
        self._calls = [_call(number, self._dice) for number in range(CALLS)]
        self._version = 0

    def next(self, count: int) -> bytes:
        """The reply after so many calls have changed."""
        self._version += 1
        for place in self._dice.sample(range(CALLS), count):
            self._calls[place] = _changed(self._calls[place], self._version)
        return self.body(self._version)

    def body(self, version: int) -> bytes:
        """The reply now."""
        return msgspec.json.encode(Page(ServedClock(NOON), str(version), full=True, items=tuple(self._calls)))


def _call(number: int, dice: random.Random) -> Call:
    moment = NOON - timedelta(milliseconds=dice.randrange(30_000_000))
    names = STAMP_NAMES[: dice.randint(3, len(STAMP_NAMES))]
    parts = (Assignment(f"unit-{dice.randrange(2_000):04}", moment, moment, moment) for _ in range(2))
    return Call(
        id=f"call-{number:06}",
        number=f"2026-{number:07}",
        nature=dice.choice(["WELCHK", "SUICID", "DISTRB"]),
        nature_text="Welfare check, person down",
        priority=dice.randint(1, 5),
        state=dice.choice([CallState.PENDING, CallState.ENROUTE, CallState.ON_SCENE, CallState.CLOSED]),
        raw_state="ENR",
        origin=Origin.E911,
        program=Program.MOBILE_CRISIS,
        area="D3",
        address=f"{dice.randrange(9_999)} North Example Street",
        lat=39.5 + dice.random(),
        lon=-105.5 + dice.random(),
        stamps=Stamps(**{name: moment + timedelta(minutes=step) for step, name in enumerate(names)}),
        assignments=tuple(parts),
        police=Police.NONE,
        public_initiated=True,
        eligible=True,
        caller_name="Alex Example",
        caller_phone="+1 303 555 0100",
        narrative=TEXT * dice.randint(1, 3),
        updated_at=moment,
    )


def _changed(call: Call, version: int) -> Call:
    assert call.updated_at is not None
    state = CallState.ON_SCENE if version % 2 else CallState.TRANSPORTING
    return replace(
        call, state=state, raw_state=f"S{version}", updated_at=call.updated_at + timedelta(seconds=1)
    )
