"""Blocks of events come back as they were, to the bit, and damage to one is told as damage."""

import struct
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.archive.codec import courses, frame
from console.archive.codec.blocks import FEW, VERSION, Damaged, pack, unpack
from console.archive.codec.fixes import Fixes
from console.domain.entities import Position
from console.domain.events import PositionsChanged, Recorded, Revealed
from tests.domain.builders import NOON, at, logs

EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)

decimals = st.builds(
    lambda whole, digits: whole / 10**digits, st.integers(-(10**10), 10**10), st.sampled_from(range(9))
)
odd = st.sampled_from([0.0, -0.0, 5e-324, 1e308, float("inf"), float("-inf"), float("nan"), 0.1 + 0.2])
numbers = st.one_of(decimals, odd, st.floats())
moments = st.one_of(
    st.integers(0, 10**9).map(lambda us: NOON + timedelta(microseconds=us)),
    st.integers(0, 60).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    st.sampled_from([EARLIEST, LATEST]),
)
positions = st.builds(
    Position,
    st.sampled_from(["U1", "U2", "U3", "é" * 40]),
    numbers,
    numbers,
    moments,
    st.none() | numbers,
    st.none() | numbers,
    st.none() | numbers,
)


@st.composite
def moving(draw: st.DrawFn) -> list[Recorded]:
    """Replies with positions among other events, enough fixes in all to be packed as columns."""
    pool = draw(st.lists(positions, min_size=1, max_size=12))
    sizes = draw(st.lists(st.sampled_from([0, 1, 7, FEW]), min_size=1, max_size=6))
    start, events = 0, draw(logs())
    for size in [*sizes, FEW]:
        rows = tuple(pool[(start + 5 * place) % len(pool)] for place in range(size))
        gone = tuple(draw(st.lists(st.sampled_from(["U1", "U4"]), max_size=1)))
        place = draw(st.integers(0, len(events)))
        events.insert(
            place, PositionsChanged(draw(moments), "cad/positions", rows, gone, draw(st.booleans()))
        )
        start += size
    return events


def bits(events: list[Recorded]) -> list[object]:
    """What two lists of events must have in common; floats by their bits, as NaN equals nothing."""
    return [
        (type(event), event.at, event.feed, [_bits(fix) for fix in event.changed], event.gone, event.full)
        if isinstance(event, PositionsChanged)
        else event
        for event in events
    ]


def _bits(fix: Position) -> tuple[object, ...]:
    values = (fix.lat, fix.lon, fix.heading, fix.speed_mps, fix.accuracy_m)
    return fix.unit, fix.at, *(None if value is None else struct.pack("<d", value) for value in values)


def drive(minute: int = 0, units: int = 50) -> list[Recorded]:
    """A minute of ``units`` that move and report every five seconds, each at a phase of its own."""
    return [
        PositionsChanged(
            at(minute, second),
            "cad/positions",
            tuple(
                Position(
                    f"U{unit}",
                    round(39.7 + unit * 1e-3 + second * 1.2e-5, 6),
                    round(-104.9 - unit * 1e-3, 6),
                    at(minute, second - unit / 100),
                    90.0 + unit if unit % 2 else None,
                    12.5,
                )
                for unit in range(units)
            ),
        )
        for second in range(5, 61, 5)
    ]


@given(events=logs())
def test_a_block_of_any_log_comes_back_equal(events: list[Recorded]) -> None:
    assert unpack(pack(events)) == events


@given(events=moving())
def test_fixes_in_columns_come_back_to_the_bit(events: list[Recorded]) -> None:
    assert bits(unpack(pack(events))) == bits(events)


@pytest.mark.parametrize("fixes", [0, 1, FEW - 1, FEW, FEW + 1])
def test_any_number_of_fixes_comes_back(fixes: int) -> None:
    rows = tuple(Position(f"U{place % 7}", 39.7, -104.9, at(place)) for place in range(fixes))
    events: list[Recorded] = [PositionsChanged(NOON, "cad/positions", rows), Revealed(NOON, "C1", "ann")]
    assert unpack(pack(events)) == events


def test_every_field_of_a_position_has_its_column() -> None:
    own = {"units", "index", "since", "tick"}
    assert set(Fixes.__struct_fields__) - own == set(Position.__struct_fields__) - {"unit"}


def test_a_program_that_does_not_pack_loads_neither_numpy_nor_zstandard() -> None:
    script = (
        "import sys, console.archive.codec.blocks, console.archive.codec.boards;"
        "print(*{'numpy', 'zstandard'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_block_without_events_comes_back_empty() -> None:
    assert unpack(pack([])) == []


def test_a_minute_of_moving_units_takes_few_bytes() -> None:
    events = drive(units=500)
    assert len(pack(events)) < 6 * 500 * 12


def test_one_reading_that_is_no_decimal_costs_only_itself() -> None:
    plain = [
        position for event in drive() if isinstance(event, PositionsChanged) for position in event.changed
    ]
    odd_one = Position("U3", 39.70000000000001, -104.90000000000001, at(2))
    usual = pack([PositionsChanged(NOON, "cad/positions", tuple(plain))])
    mixed = pack([PositionsChanged(NOON, "cad/positions", (*plain, odd_one))])
    assert len(mixed) - len(usual) < 100


def test_every_shortened_block_is_damaged() -> None:
    body = pack(drive())
    for length in range(len(body)):
        with pytest.raises(Damaged):
            unpack(body[:length])


@given(place=st.integers(0), flipped=st.integers(1, 255))
def test_a_changed_byte_is_damage_or_changes_nothing(place: int, flipped: int) -> None:
    events = drive(units=20)
    body = bytearray(pack(events))
    body[place % len(body)] ^= flipped
    assert told(bytes(body)) in (None, events)


@pytest.mark.parametrize("units", [5, 20])
@given(place=st.integers(0), put=st.binary(min_size=1, max_size=8))
def test_content_that_was_wrong_before_it_was_compressed_is_damage_at_most(
    units: int, place: int, put: bytes
) -> None:
    content = bytearray(frame.unwrapped(VERSION, pack(drive(units=units))))
    start = place % len(content)
    content[start : start + len(put)] = put
    told(frame.wrapped(VERSION, bytes(content)))


def told(body: bytes) -> list[Recorded] | None:
    """What is read of ``body``; nothing where it is damaged. Any other error is the test's failure."""
    try:
        return unpack(body)
    except Damaged:
        return None


def test_a_block_that_a_newer_console_wrote_says_so() -> None:
    with pytest.raises(Damaged, match="a newer console wrote it"):
        unpack(bytes((courses.VERSION + 1,)) + pack([])[1:])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is empty"),
        (b"\x00\x01", "no console ever wrote"),
        (bytes((VERSION,)), "cannot be decompressed"),
        (bytes((VERSION,)) + b"(\xb5/\xfd\xe0" + b"\xff" * 8, "its length is none"),
        (pack([]) + b"more", "cannot be decompressed"),
    ],
)
def test_what_is_no_block_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(Damaged, match=reason):
        unpack(body)
