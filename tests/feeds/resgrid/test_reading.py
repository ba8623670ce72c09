"""Resgrid's envelope, its four ways to write a moment, and its HTML."""

import re
import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.feeds.adapters.resgrid.envelope import listed, single
from console.feeds.adapters.resgrid.text import plain
from console.feeds.adapters.resgrid.times import Times, configured, inferred
from console.feeds.rows.reading import Unreadable
from tests.feeds.resgrid.department import call, reply, wrapped

DENVER = ZoneInfo("America/Denver")
SEEN = datetime(2026, 8, 22, 19, 44, 30, tzinfo=UTC)


def test_an_empty_list_is_told_as_not_found() -> None:
    assert listed(reply(wrapped([]))) == []
    assert single(reply(wrapped(None))) == {}


def test_the_rows_of_a_success_are_its_data() -> None:
    assert listed(reply(wrapped([{"a": 1}]))) == [{"a": 1}]
    assert single(reply(b"\xef\xbb\xbf" + wrapped({"a": 1}))) == {"a": 1}


@pytest.mark.parametrize("status", ["failure", "queued", "created", "SUCCESS!", "null"])
def test_any_other_status_is_no_empty_list(status: str) -> None:
    with pytest.raises(Unreadable):
        listed(reply(wrapped([], status)))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'{"Data":[]}', b'{"Status":"success"}', b'{"Status":"success","Data":{}}'],
)
def test_what_is_no_envelope_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(Unreadable):
        listed(reply(body))


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("utc", "2026-08-22T19:44:30.000Z"),
        ("utc", "2026-08-22T19:44:30"),
        ("utc", "2026-08-22T19:44:30.0000000"),
        ("utc", "2026-08-22T13:44:30-06:00"),
        ("local", "2026-08-22T13:44:30"),
        ("local", "2026-08-22T13:44:30.0000000"),
        ("local", "2026-08-22T19:44:30Z"),
    ],
)
def test_each_way_of_writing_gives_the_moment(field: str, written: str) -> None:
    assert Times(DENVER).either({field: written}, "utc", "local") == SEEN


def test_seven_digits_of_a_second_are_read() -> None:
    found = Times(None).utc({"at": "2026-08-22T20:15:00.1234567Z"}, "at")
    assert found == datetime(2026, 8, 22, 20, 15, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(("wall", "hour"), [("2026-11-01T00:30:00", 6), ("2026-11-01T03:30:00", 10)])
def test_a_wall_time_is_right_on_both_sides_of_a_change_of_the_clocks(wall: str, hour: int) -> None:
    found = Times(DENVER).either({"local": wall}, "utc", "local")
    assert found == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00", "0001-01-01T00:00:00.000Z", "", None])
def test_the_year_one_means_never(written: str | None) -> None:
    times = Times(DENVER)
    assert times.either({"utc": written, "local": written}, "utc", "local") is None
    assert not times.flaws


def test_a_wall_time_without_a_known_zone_is_refused_and_counted() -> None:
    times = Times(None)
    assert times.either({"local": "2026-08-22T13:44:30"}, "utc", "local", "7") is None
    assert [(flaw.row, flaw.what) for flaw in times.flaws] == [("7", "local without a time zone")]


def test_what_is_no_moment_is_counted() -> None:
    times = Times(None)
    assert times.utc({"at": "yesterday"}, "at", "7") is None
    assert [flaw.what for flaw in times.flaws] == ["at"]


def test_the_zone_is_inferred_from_the_newest_call_that_is_stamped_both_ways() -> None:
    summer = call(LoggedOn="2026-10-31T23:30:00", LoggedOnUtc="2026-11-01T05:30:00.1")
    winter = call(LoggedOn="2026-11-01T03:00:00", LoggedOnUtc="2026-11-01T10:00:00Z")
    assert inferred([winter, summer, call(LoggedOnUtc=None)]) == timezone(timedelta(hours=-7))


def test_no_zone_is_inferred_from_nothing_or_from_nonsense() -> None:
    assert inferred([]) is None
    assert inferred([call(LoggedOn="2026-08-20T00:00:00"), call(LoggedOn="soon")]) is None


def test_a_zone_that_there_is_not_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValueError, match="America/Denver"):
        configured("Mountain Time")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Person in <b>distress</b></p><p>at&nbsp;stop&#33;</p>", "Person in distress\nat stop!"),
        ("line one<br>line two", "line one\nline two"),
        ("<style>p{}</style><script>alert(1)</script>calm", "calm"),
        ("no markup  at all ", "no markup  at all"),
        ("a &lt; b <![x[ c > d", "a < b d"),
        ("pulse < 90 > 60, <b", "pulse < 90 > 60, <b"),
        ("calm<!-- <p>aside</p> --> now<!-- and on", "calm now"),
        ("<P CLASS='x'>one</P ><Br/>two", "one\ntwo"),
        ("&#" + "9" * 5_000, "&#" + "9" * 5_000),
        ("<ul><li>knife</li><li>dog</li></ul>", "knife\ndog"),
    ],
)
def test_the_words_of_a_text_stay_and_its_markup_goes(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    "piece", ["<a", "<!--", "<a href='", "</a", "<", '<a b="', "&#9", "<![x[", "<script>"]
)
def test_a_hostile_text_is_read_as_quickly_as_any(piece: str) -> None:
    began = time.perf_counter()
    plain(piece * (300_000 // len(piece)))
    assert time.perf_counter() - began < 2.0


def test_a_text_of_more_markup_than_is_read_says_that_it_was_cut() -> None:
    written = "<b>calm</b>" * 30_000
    read = plain(written)
    assert re.fullmatch("(calm)+<?.* \\[truncated [0-9a-f]{8}]", read)
    assert plain(written + "!")[-10:] != read[-10:]


@given(st.text(alphabet="<>&;/p!-[]ascript \"'=\n"))
def test_any_text_can_be_read(written: str) -> None:
    assert isinstance(plain(written), str)
