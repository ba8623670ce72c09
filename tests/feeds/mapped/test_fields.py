"""Each field is read as its kind needs it; what does not fit is unknown and told, never an exception."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Gathered
from tests.feeds.mapped.talk import always, calls, document, flaws, held, mapped

CODES = """[map.states]
ENR = "enroute"
done = "closed"
[map.levels]
high = 1"""


def api(fields: str, tz: str = "") -> str:
    return document(fields, CODES, tz)


def one(fields: str, tz: str = "", **row: Any) -> Any:
    """The call that one row gives."""
    (call,) = calls(mapped(api(fields, tz)), always({"rows": [{"id": 1, **row}]}))
    return call


def told(fields: str, **row: Any) -> list[tuple[str, str, str]]:
    return flaws(held(mapped(api(fields)), always({"rows": [{"id": 1, **row}]})))


@pytest.mark.parametrize(("raw", "key"), [(7, "7"), ("a ", "a"), (7.0, "7"), (2**40, "1099511627776")])
def test_an_id_is_text(raw: object, key: str) -> None:
    (call,) = calls(mapped(api("")), always({"rows": [{"id": raw}]}))
    assert call.id == key


@pytest.mark.parametrize("raw", [None, True, "", "null", "None", 7.5, [], {"a": 1}])
def test_a_row_without_a_usable_id_is_no_call(raw: object) -> None:
    found = held(mapped(api("")), always({"rows": [{"id": raw}, {"id": 2}]}))
    gathered = found[FeedName.CALLS]
    assert isinstance(gathered, Gathered)
    assert [row.get("id") for row in gathered.rows] == ["2", None]


STAMP = datetime(2026, 8, 22, 20, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "tz", "raw"),
    [
        ("iso", "", "2026-08-22T14:03:11-06:00"),
        ("iso", "America/Denver", "2026-08-22T14:03:11.0000000"),
        ("iso", "", "2026-08-22T20:03:11Z"),
        ("iso_naive_utc", "America/Denver", "2026-08-22T20:03:11"),
        ("iso_force_local", "America/Denver", "2026-08-22T14:03:11+00:00"),
        ("epoch_s", "", 1787428991),
        ("epoch_s", "", "1787428991"),
        ("epoch_ms", "", 1787428991000),
        ("%m/%d/%Y %H:%M:%S", "America/Denver", "08/22/2026 14:03:11"),
        ("%Y-%m-%d %H:%M:%S %z", "", "2026-08-22 14:03:11 -0600"),
    ],
)
def test_every_form_of_a_moment_is_read(form: str, tz: str, raw: object) -> None:
    assert one(f'answered_at = {{ path = "at", time = "{form}" }}', tz, at=raw).stamps.answered_at == STAMP


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00", "0000-00-00 00:00:00", "", None])
def test_what_means_never_is_no_moment_and_no_flaw(raw: object) -> None:
    assert told('answered_at = "at"', at=raw) == []


@pytest.mark.parametrize("raw", ["yesterday", 5, True, [], "9999-99-99"])
def test_what_is_no_moment_is_told(raw: object) -> None:
    assert told('answered_at = "at"', at=raw) == [("1", "bad_field", "answered_at")]


def test_a_moment_without_a_zone_is_refused() -> None:
    assert told('answered_at = "at"', at="2026-08-22T14:03:11") == [
        ("1", "bad_field", "answered_at: time zone missing")
    ]


def test_the_configuration_may_say_the_zone() -> None:
    adapter = mapped(api('answered_at = "at"'), zone="America/Denver")
    (call,) = calls(adapter, always({"rows": [{"id": 1, "at": "2026-08-22T14:03:11"}]}))
    assert call.stamps.answered_at == STAMP


def test_the_hour_that_comes_twice_keeps_the_order_of_a_call() -> None:
    fields = 'answered_at = "a"\nassigned_at = "b"\non_scene_at = "c"'
    call = one(
        fields, "America/Denver", a="2026-11-01T01:50:00", b="2026-11-01T01:10:00", c="2026-11-01T02:05:00"
    )
    assert call.stamps.answered_at == datetime(2026, 11, 1, 7, 50, tzinfo=UTC)
    assert call.stamps.assigned_at == datetime(2026, 11, 1, 8, 10, tzinfo=UTC)
    assert call.stamps.on_scene_at == datetime(2026, 11, 1, 9, 5, tzinfo=UTC)


def test_the_first_pass_of_the_hour_that_comes_twice_is_meant_where_both_can_be() -> None:
    call = one(
        'answered_at = "a"\nassigned_at = "b"',
        "America/Denver",
        a="2026-11-01T01:10:00",
        b="2026-11-01T01:20:00",
    )
    assert call.stamps.assigned_at == datetime(2026, 11, 1, 7, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "raw"),
    [
        ("lat,lon", "39.7, -104.9"),
        ("lon,lat", "-104.9,39.7"),
        ("pair", [39.7, -104.9]),
        ("pair", ["39.7", "-104.9"]),
        ("geojson", {"type": "Point", "coordinates": [-104.9, 39.7]}),
    ],
)
def test_every_form_of_a_place_is_read(form: str, raw: object) -> None:
    call = one(f'geo = {{ path = "p", as = "{form}" }}', p=raw)
    assert (call.lat, call.lon) == (39.7, -104.9)


@pytest.mark.parametrize(
    ("form", "raw"), [("lat,lon", "0,0"), ("pair", [0, 0]), ("pair", [None, None]), ("geojson", {})]
)
def test_a_place_that_is_none_is_no_flaw(form: str, raw: object) -> None:
    assert told(f'geo = {{ path = "p", as = "{form}" }}', p=raw) == []


def test_zero_and_zero_are_no_place() -> None:
    assert one('lat = "y"\nlon = "x"', y=0, x=0.0).lat is None


def test_a_code_becomes_the_word_of_the_board_and_stays_beside_it() -> None:
    call = one('state = { path = "s", map = "states" }', s="enr")
    assert (call.state, call.raw_state) == ("enroute", "enr")


def test_an_unknown_code_is_shown_as_it_came() -> None:
    call = one('state = { path = "s", map = "states" }', s="XYZ")
    assert (call.state, call.raw_state) == ("unknown", "XYZ")


def test_an_unknown_code_is_listed() -> None:
    fields = 'state = { path = "s", map = "states" }\npriority = { path = "p", map = "levels" }'
    assert told(fields, s="XYZ", p=7) == [
        ("1", "unknown_code", "state XYZ"),
        ("1", "unknown_code", "priority 7"),
    ]


def test_a_path_that_raises_is_an_unknown_field() -> None:
    assert told('answered_at = "max_by(list, &at).at"', list=[{"at": None}, {"at": 3}]) == [
        ("1", "bad_field", "answered_at: path")
    ]


def test_a_list_of_texts_is_joined() -> None:
    assert (
        one('address = { path = "a", join = ", " }', a=["1 Elm St", None, "Denver"]).address
        == "1 Elm St, Denver"
    )


def test_a_constant_is_the_same_in_every_row() -> None:
    assert one('origin = { const = "988" }').origin == "988"


def test_answers_and_numbers_are_read_from_text() -> None:
    call = one('by_phone = "p"\npriority = "n"', p="Y", n="3")
    assert (call.by_phone, call.priority) == (True, 3)


def test_rows_are_chosen_by_a_condition() -> None:
    text = api("").replace('records = "rows"', 'records = "rows"\nwhere = "kind == \'A\'"')
    rows = [{"id": 1, "kind": "A"}, {"id": 2, "kind": "B"}]
    assert [call.id for call in calls(mapped(text), always({"rows": rows}))] == ["1"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)
FIELDS = """
nature = "a"
priority = { path = "b", map = "levels" }
state = { path = "c", map = "states" }
answered_at = "a.b"
closed_at = { path = "d", time = "epoch_ms" }
geo = { path = "b", as = "lat,lon" }
by_phone = "c"
address = { path = "d", join = "," }
origin = "a"
area = "max_by(a, &b).c"
"""
EVERY_FIELD = mapped(api(FIELDS))


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c", "d", "id"]), JSON)))
def test_no_row_whatever_it_holds_stops_the_others(rows: list[dict[str, Any]]) -> None:
    found = held(EVERY_FIELD, always({"rows": [*rows, {"id": "last one"}]}), fresh=True)
    gathered = found[FeedName.CALLS]
    assert isinstance(gathered, Gathered)
    assert "last one" in {row.get("id") for row in gathered.rows}
