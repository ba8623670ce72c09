"""The adapter of Resgrid v4: three lists together make the board, details are asked for what changed."""

from collections.abc import Generator, Mapping, Sequence
from datetime import tzinfo
from http import HTTPStatus
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Exchange, Failed, Gathered, Round, Value, one
from console.feeds.adapters.resgrid.calls import Calls, over
from console.feeds.adapters.resgrid.envelope import listed, single
from console.feeds.adapters.resgrid.fields import Raw, text
from console.feeds.adapters.resgrid.parts import Parts, Sent, sent
from console.feeds.adapters.resgrid.times import Times, configured, inferred
from console.feeds.adapters.resgrid.units import Seen, Units
from console.feeds.rows.flaws import BAD_FIELD, Flaw
from console.feeds.rows.reading import Unreadable
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request
from console.feeds.wire.spacing import WAITS

T = TypeVar("T")

ACTIVE_CALLS = "/api/v4/Calls/GetActiveCalls"
CALL = "/api/v4/Calls/GetCall"
EXTRA = "/api/v4/Calls/GetCallExtraData"
UNITS = "/api/v4/Units/GetAllUnitsInfos"
STATUSES = "/api/v4/UnitStatus/GetAllUnitStatuses"

EVERY = 10.0

AGAIN = 6
"""Rounds until a call that no unit heads for is asked about again: being sent changes no unit's state."""

DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
"""Resgrid answers 401 for a call of another department."""

DENIED_AGAIN = 60
"""Rounds (ten minutes) until the details of a call that were denied are asked for once more, unless it changes."""

TRIES = 2
"""How often a call that is not listed any more is asked for; after that its absence ends it."""

RIGHTS = "Give the console's user the rights Call_View and Unit_View in Resgrid."

Steps = Generator[tuple[Request, ...], tuple[Reply | Trouble, ...], T]


class Known(Struct, frozen=True):
    """What is kept of a call: its units and their states when it was last asked about, and what was said.

    ``denied`` is how the call stood when the server would not tell us more.
    """

    sign: tuple[Any, ...] | None = None
    extra: Sent = Sent()
    round: int = 0
    missed: int = 0
    denied: tuple[Any, ...] | None = None


class Denied(Struct, frozen=True):
    """The server would not tell us of this call."""


class Resgrid:
    """What it keeps between rounds saves requests; lost with it is how a call ended in between."""

    rounds: tuple[Round, ...] = (Round("board", (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS), EVERY),)

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._zone = configured(dialect.zone)
        self._inferred: tzinfo | None = None
        self._custom: Mapping[int, str] = {}
        self._known: Mapping[str, Known] = {}
        self._round = 0

    def ask(self, name: str, *, fresh: bool) -> Exchange:
        """The board. Raises `Failed` or `Unreadable`."""
        active, infos, statuses = yield from _lists(ACTIVE_CALLS, UNITS, STATUSES)
        found: list[Raw] = [call for call in active if _named(call, "CallId")]
        zone = self._zone or inferred(found) or self._inferred
        units, times = Units(self._dialect, Times(zone)), Times(zone)
        seen = units.read(infos, statuses)
        custom = {**self._custom, **_custom(seen)}
        parts = Parts(seen, custom)
        missed = yield from self._vanished(found)
        known, flaws = yield from self._details(found, parts, times, fresh=fresh)
        self._known = {**missed, **{_id(call): known[_id(call)] for call in found if not over(call)}}
        self._custom, self._inferred, self._round = custom, zone, self._round + 1
        calls = Calls(times)
        rows = [calls.row(call, parts.of(_id(call), known[_id(call)].extra)) for call in found]
        return {
            FeedName.CALLS: Gathered(
                [*rows, *_nameless(active, "CallId")], flaws=[*flaws, *calls.flaws, *times.flaws]
            ),
            FeedName.UNITS: Gathered(
                [*(unit.row for unit in seen), *_nameless(infos, "UnitId")],
                flaws=[*units.flaws, *units.times.flaws],
            ),
            FeedName.POSITIONS: Gathered([unit.position for unit in seen if unit.position]),
        }

    def _vanished(self, found: list[Raw]) -> Steps[dict[str, Known]]:
        """Add to ``found`` what became of the calls that are not listed any more; those that gave no answer."""
        there = {_id(call) for call in found}
        missed = {}
        for key, known in self._known.items():
            if key in there:
                continue
            answer = yield from _detail(CALL, key)
            if not isinstance(answer, Mapping) and known.missed + 1 < TRIES:
                missed[key] = replace(known, missed=known.missed + 1)
            elif isinstance(answer, Mapping) and _id(answer) == key:
                found.append(answer)
        return missed

    def _details(
        self, found: Sequence[Raw], parts: Parts, times: Times, *, fresh: bool
    ) -> Steps[tuple[dict[str, Known], list[Flaw]]]:
        """Who was sent to each call and what they answered, asked where that may be new."""
        now: dict[str, Known] = {}
        flaws = []
        for call in found:
            key = _id(call)
            known, sign = self._known.get(key, Known()), parts.sign(key)
            now[key] = replace(known, missed=0)
            if known.denied == (sign, call) and self._round - known.round < DENIED_AGAIN and not fresh:
                flaws.append(Flaw(key, BAD_FIELD, "extra data"))
                continue
            quiet = not sign and self._round - known.round >= AGAIN
            if not (fresh or quiet or known.denied or sign != known.sign):
                continue
            answer = yield from _detail(EXTRA, key)
            if isinstance(answer, Mapping):
                now[key] = Known(sign, sent(answer, times, key), self._round)
                continue
            flaws.append(Flaw(key, BAD_FIELD, "extra data"))
            if answer is not None:
                now[key] = replace(now[key], denied=(sign, call), round=self._round)
        return now, flaws


def _lists(*paths: str) -> Steps[list[list[Any]]]:
    """The rows at each of ``paths``, one asked after the other: a server that is down is asked once."""
    found = []
    for path in paths:
        try:
            reply = yield from one(Request(path))
        except Failed as failed:
            denied = failed.trouble.reason == "forbidden"
            raise Failed(replace(failed.trouble, tip=RIGHTS) if denied else failed.trouble) from failed
        found.append(listed(reply))
    return found


def _detail(path: str, call: str) -> Steps[Raw | Denied | None]:
    """One object about ``call``: empty where there is none, ``None`` where this one cannot be had now.

    One spoilt call must not keep all others off the board. Raises `Failed` where the server cannot be
    reached or asks for fewer requests.
    """
    (answer,) = yield (Request(path, (("callId", call),)),)
    if isinstance(answer, Trouble):
        if answer.status in (0, HTTPStatus.TOO_MANY_REQUESTS) and answer.reason != WAITS:
            raise Failed(answer)
        return Denied() if answer.status in DENIED else None
    try:
        return single(answer)
    except Unreadable:
        return None


def _custom(seen: Sequence[Seen]) -> dict[int, str]:
    """The department's own states, as far as some unit is in one."""
    return {each.status: each.code for each in seen if each.status is not None and each.code}


def _named(row: Any, key: str) -> bool:
    return isinstance(row, dict) and bool(text(row, key))


def _nameless(rows: Sequence[Any], key: str) -> list[Value]:
    """A row without anything for each that has no id: it is counted, and no other is taken for gone."""
    return [{} for row in rows if not _named(row, key)]


def _id(call: Raw) -> str:
    return text(call, "CallId")
