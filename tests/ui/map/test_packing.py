"""Values on their way to the page: nothing overflows, nothing is read as code or turns the line."""

import struct
import unicodedata
from base64 import b64decode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.domain.entities import Position
from console.ui.map.message import Secret, script
from console.ui.map.packing import EPOCH, LABEL_LIMIT, fixes, label, seconds
from console.ui.map.places import around, sound
from tests.ui.map.boards import BOUNDS, NOW

_moments = some.datetimes(timezones=some.just(UTC))


@given(some.floats(-90, 90), some.floats(-180, 180), _moments)
def test_any_fix_survives_packing_to_a_centimeter(lat: float, lon: float, at: datetime) -> None:
    [(slot, south, west, _)] = struct.iter_unpack("4i", b64decode(fixes([(7, Position("u", lat, lon, at))])))
    assert slot == 7
    assert abs(south / 1e7 - lat) < 1e-6
    assert abs(west / 1e7 - lon) < 1e-6


def test_seconds_count_from_the_pages_epoch() -> None:
    assert seconds(NOW) + EPOCH == NOW.timestamp()
    assert seconds(None) == 0


@given(some.text(max_size=300))
def test_a_label_is_short_and_holds_nothing_that_cannot_be_seen(text: str) -> None:
    made = label(text)
    assert len(made) <= LABEL_LIMIT
    assert all(unicodedata.category(sign) not in {"Cc", "Cf", "Mn", "Me", "Zl", "Zp"} for sign in made)


def test_a_plain_call_sign_is_its_own_label() -> None:
    assert label("STAR 3") == "STAR 3"


@given(some.text())
def test_no_text_can_end_the_script_it_is_sent_in(text: str) -> None:
    said = script("reveal", Secret("1", (("Caller", text.encode("utf-8", "replace").decode()),)))
    assert "</" not in said
    assert not {"\u2028", "\u2029", "\n", "\r"} & set(said)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(None, None), (None, -104.9), (0.0, 0.0), (-0.0, 0.0), (91.0, -104.9), (-104.9, 39.7), (39.7, 181.0)],
)
def test_a_place_that_cannot_be_is_not_sound(lat: float | None, lon: float | None) -> None:
    assert not sound(lat, lon, around(BOUNDS))
    assert not sound(lat, lon, None)


def test_the_next_countys_hospital_is_still_in_the_area_and_a_swapped_place_is_not() -> None:
    area = around((48.0, 11.3, 48.3, 11.8))
    assert sound(47.6, 12.2, area)
    assert not sound(11.6, 48.1, area)


def test_bounds_that_are_no_area_are_not_used() -> None:
    assert around((40.0, -104.0, 39.0, -105.0)) is None
