"""Blocks of imported shifts come back as they were, and damage to one is told as damage."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.archive.codec import frame
from console.archive.codec.blocks import Damaged, unpack
from console.archive.codec.courses import VERSION, CallAt, Entry, Fix, UnitAt, Whole, encoded, joining
from console.domain.earlier import earlier
from console.domain.entities import Assignment, Call, Position, Stamps, Unit
from console.domain.events import Bookmarked, CallsChanged, PositionsChanged, Recorded, UnitsChanged
from console.domain.vocabulary import CallState, Program, UnitState
from tests.domain.builders import NOON, at, logs

CALL = Call(
    "C1",
    nature="Fall",
    stamps=Stamps(answered_at=at(0), assigned_at=at(1), cleared_at=at(2)),
    assignments=(Assignment("M1", assigned_at=at(1), cleared_at=at(2)),),
)
ENTRIES: tuple[Entry, ...] = (
    Whole(Bookmarked(at(0), "begins", "ann")),
    CallAt(at(0), "C1", CallState.PENDING, "received"),
    CallAt(at(1), "C1", CallState.ASSIGNED, "dispatch"),
    UnitAt(at(1), "M1", "Medic 1", Program.EMS, "MEDIC", UnitState.ASSIGNED, "dispatch", at(1), "C1"),
    Fix(Position("M1", 37.7, -122.4, at(1))),
    CallAt(at(2), "C1", CallState.CLOSED, "available"),
)
OF_FORMAT_1 = bytes.fromhex(
    "0128b52ffd645100b50600c40a91dd0000000386a474797065ac43616c6c734368616e676564a26174d6ff6aff4730a466656564"
    "aa736666642f63616c6c73a76391de0004a26964a131a66e6174757265a446616c6ca67374616d707381ab616e7377657265645f"
    "aa7570646174a4676f6e6590a466756c6cc2556e6974756e697402a26964a24d31a573696e6365b0506f736974696f6eae7084a4"
    "756e6974a24d31a36c6174cb4042d9999999999aa36c6f6ecbc05e99a20f007870f81abac25c0fbf0247d1c1c5ba50240bbfaa61"
    "f88023c0c8c0e44463ca154c1e914141018d163a59"
)
"""A block of an import by a console that told each call whole in each event."""


def block(*entries: Entry) -> bytes:
    return joining("cad", level=1)([encoded(CALL)], [*map(encoded, entries)])


def test_a_call_is_read_as_it_was_at_each_moment() -> None:
    found = [event.changed[0] for event in unpack(block(*ENTRIES)) if isinstance(event, CallsChanged)]
    assert found == [
        earlier(CALL, at(0), CallState.PENDING, "received"),
        earlier(CALL, at(1), CallState.ASSIGNED, "dispatch"),
        earlier(CALL, at(2), CallState.CLOSED, "available"),
    ]


def test_units_fixes_and_all_else_are_read_as_events_in_their_order() -> None:
    fix = Position("M1", 37.7, -122.4, at(1))
    unit = Unit(
        "M1",
        callsign="Medic 1",
        program=Program.EMS,
        kind="MEDIC",
        state=UnitState.ASSIGNED,
        raw_state="dispatch",
        since=at(1),
        call="C1",
        updated_at=at(1),
    )
    found = [event for event in unpack(block(*ENTRIES)) if not isinstance(event, CallsChanged)]
    assert found == [
        Bookmarked(at(0), "begins", "ann"),
        UnitsChanged(at(1), "cad/units", (unit,)),
        PositionsChanged(at(1), "cad/positions", (fix,)),
    ]


@given(events=logs())
def test_any_events_come_back_equal(events: list[Recorded]) -> None:
    assert unpack(block(*map(Whole, events))) == events


def test_an_import_of_an_earlier_console_is_still_read() -> None:
    assert unpack(OF_FORMAT_1) == [
        CallsChanged(NOON, "sffd/calls", (Call("1", nature="Fall", stamps=Stamps(NOON), updated_at=NOON),)),
        UnitsChanged(NOON, "sffd/units", (Unit("M1", since=NOON),)),
        PositionsChanged(NOON, "sffd/positions", (Position("M1", 37.7, -122.4, NOON),)),
    ]


def test_an_entry_of_a_call_that_its_block_lacks_is_damage() -> None:
    with pytest.raises(Damaged, match="'C2' is not among its calls"):
        unpack(block(CallAt(at(0), "C2", CallState.PENDING, "received")))


def test_every_shortened_block_is_damaged() -> None:
    body = block(*ENTRIES)
    for length in range(len(body)):
        with pytest.raises(Damaged):
            unpack(body[:length])


@given(place=st.integers(0), put=st.binary(min_size=1, max_size=8))
def test_content_that_was_wrong_before_it_was_compressed_is_damage_at_most(place: int, put: bytes) -> None:
    content = bytearray(frame.unwrapped(VERSION, block(*ENTRIES)))
    start = place % len(content)
    content[start : start + len(put)] = put
    with suppress(Damaged):
        unpack(frame.wrapped(VERSION, bytes(content)))
