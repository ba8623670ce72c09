"""Lengths of time and amounts of room as people write them."""

from datetime import timedelta

import pytest

from console.quantities import duration, size, told


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("90s", 90),
        ("15m", 900),
        ("8h", 28_800),
        ("2d", 172_800),
        ("90 days", 7_776_000),
        ("1.5 H", 5_400),
    ],
)
def test_a_length_of_time_is_read_as_it_is_written(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "soon", "0", "-3m", "3 fortnights", "1e9", "9999999999 days", "3m 2s"])
def test_what_is_no_length_of_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="90s, 15m"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "amount"), [("20 GB", 20 * 10**9), ("500MB", 500 * 10**6), ("1.5 tb", 1_500 * 10**9)]
)
def test_room_is_read_as_it_is_written(text: str, amount: int) -> None:
    assert size(text) == amount


@pytest.mark.parametrize("text", ["", "20", "much", "0 GB", "3 GiB"])
def test_what_is_no_room_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="500 MB"):
        size(text)


def test_bytes_are_told_in_the_unit_that_fits() -> None:
    assert [told(amount) for amount in (12, 1_500, 61_300_000)] == ["12 bytes", "1.5 kB", "61.3 MB"]
