"""Times in the archive: every microsecond comes back as it was, and order stays order."""

from datetime import UTC, datetime, timedelta, timezone
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.archive.store.errors import Damaged
from console.archive.store.tables import micros, moment
from console.archive.store.values import FAR

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.builds(lambda at, zone: moment(at).astimezone(zone), st.integers(0, FAR - 1), zones)


@given(moments)
def test_a_time_comes_back_as_it_was(at: datetime) -> None:
    assert moment(micros(at)) == at
    assert moment(micros(at)).tzinfo is UTC


@given(moments, moments)
def test_numbers_are_in_the_order_of_their_times(one: datetime, other: datetime) -> None:
    assert (micros(one) < micros(other)) == (one < other)


@pytest.mark.parametrize("number", [-1, FAR, 1 << 62, "noon", b"", 1.5, None])
def test_what_no_clock_ever_told_is_damage(number: object) -> None:
    with pytest.raises(Damaged, match="keep a copy"):
        moment(cast("int", number))
