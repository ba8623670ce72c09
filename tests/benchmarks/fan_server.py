"""Dispatch APIs in one process: ``/0`` to ``/4`` have a fifth of the calls each, ``/all`` has them all.

Run as a process of its own (``python -m tests.benchmarks.fan_server``), so that it costs the console
nothing but the reading. Every poll is answered with all rows, a tenth of them changed.
"""

from datetime import UTC, datetime

import msgspec

from console.domain.contract import API_VERSION, Page, ServedClock, Service
from console.domain.entities import STAMP_NAMES, Agency, Assignment, Call, Stamps
from console.domain.vocabulary import CallState, FeedName
from tests.benchmarks.serving import serve

CALLS = 1_000
SOURCES = 5
TEXT = "The caller says that a person sits at the bus stop and seems distressed. " * 2
BEGAN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def _call(number: int, round_: int) -> Call:
    changed = round_ if number % 10 == round_ % 10 else 0
    return Call(
        id=f"c{number}",
        number=f"2026-{number:07}",
        nature="WELCHK",
        nature_text="Welfare check, person down",
        priority=2,
        state=CallState.PENDING,
        raw_state="ENR",
        area="D3",
        address=f"{number} North Example Street",
        lat=39.7,
        lon=-104.9,
        stamps=Stamps(**dict.fromkeys(STAMP_NAMES[:6], BEGAN)),
        assignments=tuple(Assignment(f"unit-{number * 2 + n:04}", BEGAN, BEGAN, BEGAN) for n in range(2)),
        caller_name="Alex Example",
        caller_phone="+1 303 555 0100",
        narrative=f"{TEXT} {changed}",
        updated_at=BEGAN,
    )


def _body(path: str, round_: int) -> bytes | None:
    which, _, feed = path.strip("/").partition("/")
    clock = ServedClock(datetime.now(UTC))
    if feed == "v1/events":
        return None
    if feed == "v1/service":
        return msgspec.json.encode(Service(API_VERSION, clock, Agency(name="Fan"), (FeedName.CALLS,)))
    numbers = range(CALLS) if which == "all" else range(int(which), CALLS, SOURCES)
    rows = tuple(_call(number, round_) for number in numbers)
    return msgspec.json.encode(Page(clock=clock, cursor="", full=True, items=rows))


if __name__ == "__main__":
    serve(_body)
