"""Times in the archive: every microsecond comes back as it was, and order stays order."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from console.archive.store.tables import micros, moment

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.builds(lambda at, zone: moment(at).astimezone(zone), st.integers(-(10**16), 10**17), zones)


@given(moments)
def test_a_time_comes_back_as_it_was(at: datetime) -> None:
    assert moment(micros(at)) == at
    assert moment(micros(at)).tzinfo is UTC


@given(moments, moments)
def test_numbers_are_in_the_order_of_their_times(one: datetime, other: datetime) -> None:
    assert (micros(one) < micros(other)) == (one < other)
