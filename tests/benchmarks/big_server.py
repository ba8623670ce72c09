"""A dispatch API of one feed that answers every poll with some 5 MB, a thousand rows of it changed.

Run as a process of its own (``python -m tests.benchmarks.big_server``), so that it costs the console
nothing but the reading.
"""

from datetime import UTC, datetime

import msgspec

from console.domain.contract import API_VERSION, Page, ServedClock, Service
from console.domain.entities import Agency, Call, Stamps
from console.domain.vocabulary import CallState, FeedName
from tests.benchmarks.serving import serve

ROWS = 6_000
CHANGED = 1_000
TEXT = "The caller describes a person who needs help and does not want the police to come. " * 6
BEGAN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def _call(number: int, round_: int) -> Call:
    return Call(
        id=f"old-{number}",
        number=str(number),
        nature="WELCHK",
        nature_text="Welfare check",
        priority=2,
        state=CallState.CLOSED,
        area="D1",
        address=f"{number} Alder Street",
        lat=39.7,
        lon=-104.9,
        stamps=Stamps(answered_at=BEGAN, created_at=BEGAN, queued_at=BEGAN, assigned_at=BEGAN),
        narrative=f"{TEXT} {round_ if number % (ROWS // CHANGED) == 0 else 0}",
    )


def _clock() -> ServedClock:
    return ServedClock(datetime.now(UTC))


def _body(path: str, round_: int) -> bytes | None:
    if path == "/v1/service":
        agency = Agency(name="Archive")
        return msgspec.json.encode(Service(API_VERSION, _clock(), agency, (FeedName.CALLS,)))
    if path != "/v1/calls":
        return None
    rows = tuple(_call(number, round_) for number in range(ROWS))
    return msgspec.json.encode(Page(clock=_clock(), cursor="", full=True, items=rows))


if __name__ == "__main__":
    serve(_body)
