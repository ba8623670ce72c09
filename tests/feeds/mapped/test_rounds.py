"""A mapping's requests make rounds: pages, changes only, details, and what refuses."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Failed, Gathered
from console.feeds.rows.reading import Unreadable
from console.feeds.wire.finding import Reply, Same, Trouble
from console.feeds.wire.request import Request
from tests.feeds.mapped.talk import always, calls, flaws, held, mapped, no, rows, said

HEAD = """
mapping_version = 1
[[request]]
id = "calls"
path = "/calls"
"""
CALL = """
[[request.emit]]
kind = "call"
records = "rows"
fields = { id = "id", nature = "type", updated_at = "updated" }
"""


def api(more: str = "", emit: str = CALL) -> str:
    return HEAD + more + emit


def numbered(*ids: int) -> dict[str, Any]:
    return {"rows": [{"id": n, "type": "WELFARE"} for n in ids]}


def names(found: list[Any]) -> list[str]:
    return [call.id for call in found]


def test_records_become_calls() -> None:
    assert names(calls(mapped(api()), always(numbered(1, 2)))) == ["1", "2"]


def test_a_snapshot_is_complete_only_where_the_mapping_says_so() -> None:
    (partial,) = held(mapped(api()), always(numbered(1))).values()
    (complete,) = held(mapped(api('snapshot = "complete"')), always(numbered(1))).values()
    assert isinstance(partial, Gathered)
    assert isinstance(complete, Gathered)
    assert (partial.complete, complete.complete) == (False, True)


def test_an_answer_without_the_list_changes_nothing() -> None:
    with pytest.raises(Unreadable) as told:
        held(mapped(api()), always({"message": "maintenance"}))
    assert told.value.reason == "no_records"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({"type": "WELFARE"}, {"type": "FALL"}, [("1", "duplicate", "id")]),
        ({"type": "WELFARE"}, {"type": "WELFARE"}, []),
        ({"type": "WELFARE"}, {"type": ""}, []),
        ({"updated": "2026-08-22T20:03:11Z"}, {"updated": "2026-08-22T20:03:12Z"}, []),
    ],
)
def test_two_rows_of_one_call_that_contradict_each_other_are_counted(
    first: dict[str, str], second: dict[str, str], told: list[tuple[str, str, str]]
) -> None:
    found = held(mapped(api()), always({"rows": [{"id": 1, **first}, {"id": 1, **second}]}))
    assert flaws(found) == told
    assert names(rows(found, FeedName.CALLS)) == ["1"]


def test_a_row_for_each_unit_of_a_call_is_no_contradiction() -> None:
    sent = """
[[request.emit]]
kind = "assignment"
records = "rows"
fields = { call = "id", unit = "unit" }
"""
    told = [{"id": 1, "type": kind, "unit": kind} for kind in "AB"]
    assert flaws(held(mapped(api(emit=CALL + sent)), always({"rows": told}))) == []


class Paged:
    """A server that gives some rows at a time."""

    def __init__(self, rows: list[int], size: int) -> None:
        self.asked: list[Request] = []
        self._rows, self._size = rows, size

    def offset(self, request: Request) -> Reply:
        self.asked.append(request)
        at = int(dict(request.query)["offset"])
        return said(numbered(*self._rows[at : at + self._size]))

    def page(self, request: Request) -> Reply:
        self.asked.append(request)
        at = (int(dict(request.query)["page"]) - 1) * self._size
        return said(numbered(*self._rows[at : at + self._size]))

    def next_url(self, request: Request) -> Reply:
        self.asked.append(request)
        at = int(request.named.partition("=")[2] or "0")
        end = at + self._size
        following = f"https://cad.example/calls?at={end}" if end < len(self._rows) else None
        return said({**numbered(*self._rows[at:end]), "next": following})

    def link(self, request: Request) -> Reply:
        self.asked.append(request)
        at = int(request.named.partition("=")[2] or "0")
        end = at + self._size
        link = f'</calls?at=0>; rel="first", </calls?at={end}>; rel="next"' if end < len(self._rows) else ""
        return said(numbered(*self._rows[at:end]), Link=link)


@given(st.integers(0, 25), st.integers(1, 9))
def test_any_split_into_pages_gives_the_same_calls(rows: int, size: int) -> None:
    ids = list(range(100, 100 + rows))
    every = [str(number) for number in ids]
    for kind, more in (("offset", ""), ("page", ""), ("next_url", ', next = "next"'), ("link_header", "")):
        server = Paged(ids, size)
        talk = getattr(server, "link" if kind == "link_header" else kind)
        mapping = api(f'paging = {{ kind = "{kind}", size = {size}{more} }}')
        assert names(calls(mapped(mapping), talk)) == every


def test_pages_that_repeat_are_left() -> None:
    with pytest.raises(Unreadable) as told:
        held(mapped(api('paging = { kind = "offset", size = 2 }')), always(numbered(1, 2)))
    assert told.value.reason == "pages_repeat"


@pytest.mark.parametrize("link", ["/calls?page=1", "?page=1", "calls/1", "https://cad.example/calls/1"])
def test_a_next_address_that_repeats_is_left(link: str) -> None:
    mapping = api('paging = { kind = "next_url", next = "next" }')
    with pytest.raises(Unreadable) as told:
        held(mapped(mapping), always({**numbered(1), "next": link}))
    assert told.value.reason == "pages_repeat"


def test_pages_without_an_end_are_left() -> None:
    count = iter(range(10_000))
    mapping = api('paging = { kind = "offset", size = 1 }')
    with pytest.raises(Unreadable) as told:
        held(mapped(mapping), lambda _request: said(numbered(next(count))))
    assert told.value.reason == "too_many_pages"
    assert next(count) == 200


def test_a_failed_second_page_fails_the_round() -> None:
    answers: Iterator[Reply | Trouble] = iter([said(numbered(1, 2)), no(500)])
    with pytest.raises(Failed):
        held(mapped(api('paging = { kind = "offset", size = 2 }')), lambda _request: next(answers))


CHANGES = """
snapshot = "complete"
incremental = { cursor = "max(rows[].updated)", param = "since", overlap_s = 60, full_every = 3 }
"""


class Changing:
    """A server that gives changes since a moment; all rows without one."""

    def __init__(self) -> None:
        self.since: list[str | None] = []

    def __call__(self, request: Request) -> Reply:
        self.since.append(dict(request.query).get("since"))
        row = {"id": 2, "type": "NEW", "updated": "2026-08-22T14:05:00Z"}
        old = {"id": 1, "type": "OLD", "updated": "2026-08-22T14:00:00Z"}
        return said({"rows": [row] if self.since[-1] else [old, row]})


def test_only_changes_are_asked_for_between_two_full_reads() -> None:
    server, adapter = Changing(), mapped(api(CHANGES))
    complete = []
    for _ in range(5):
        (what,) = held(adapter, server).values()
        assert isinstance(what, Gathered)
        assert [row["id"] for row in what.rows] == ["1", "2"]
        complete.append(what.complete)
    late = "2026-08-22T14:04:00Z"
    assert server.since == [None, late, late, None, late]
    assert complete == [True, False, False, True, False]


def test_a_fresh_round_asks_for_everything() -> None:
    server, adapter = Changing(), mapped(api(CHANGES))
    held(adapter, server)
    held(adapter, server, fresh=True)
    assert server.since == [None, None]


def test_a_tag_saves_what_has_not_changed() -> None:
    adapter = mapped(api("etag = true"))
    tags = []

    def server(request: Request) -> Reply:
        tags.append(dict(request.headers).get("If-None-Match"))
        return said(b"", 304) if tags[-1] else said(numbered(1), etag='"a"')

    held(adapter, server)
    assert held(adapter, server) == {FeedName.CALLS: Same()}
    assert tags == [None, '"a"']


REFUSED = """
[source.ok]
path = "ok"
equals = true
"""


@pytest.mark.parametrize(
    ("mapping", "answer", "words"),
    [
        (api('error = "error.description"'), {"error": {"description": "bad device"}}, "bad device"),
        (
            api().replace("[[request]]", REFUSED + "[[request]]"),
            {"ok": False, "error": "no scope"},
            "no scope",
        ),
        (api('error = "error"'), {"error": "key " + "a1" * 20 + " is wrong"}, "key ... is wrong"),
    ],
)
def test_an_error_with_status_200_is_told_in_the_words_of_the_api(
    mapping: str, answer: Any, words: str
) -> None:
    with pytest.raises(Failed) as told:
        held(mapped(mapping), always(answer))
    trouble = told.value.trouble
    assert (trouble.health, trouble.reason) == (Health.DEGRADED, "refused_by_api")
    assert trouble.detail == f'The API refuses: "{words}".'


def test_the_words_of_an_api_are_cut() -> None:
    with pytest.raises(Failed) as told:
        held(mapped(api('error = "error"')), always({"error": "no! " * 500}))
    assert len(told.value.trouble.detail) < 230


UNITS = """
[[request]]
id = "units"
path = "/units"
optional = true
[[request.emit]]
kind = "unit"
records = "units"
fields = { id = "id" }
"""


@pytest.mark.parametrize("status", [404, 501])
def test_an_optional_list_that_a_server_does_not_have_pauses_its_feed_only(status: int) -> None:
    def server(request: Request) -> Reply | Trouble:
        return said(numbered(1)) if request.path == "/calls" else no(status)

    found = held(mapped(api() + UNITS), server)
    units = found[FeedName.UNITS]
    assert isinstance(found[FeedName.CALLS], Gathered)
    assert isinstance(units, Trouble)
    assert (units.health, units.detail) == (Health.PAUSED, "This server gives no units.")


def test_a_list_that_a_server_does_not_have_is_asked_for_every_ten_minutes() -> None:
    adapter, asked = mapped(api("every_s = 60") + UNITS.replace("optional", "every_s = 60\noptional")), []

    def server(request: Request) -> Reply | Trouble:
        asked.append(request.path)
        return said(numbered(1)) if request.path == "/calls" else no(501)

    found = [held(adapter, server)[FeedName.UNITS] for _ in range(11)]
    assert asked.count("/units") == 2
    assert all(isinstance(what, Trouble) for what in found)
    held(adapter, server, fresh=True)
    assert asked.count("/units") == 3


def test_a_list_that_may_not_be_read_leaves_the_others() -> None:
    def server(request: Request) -> Reply | Trouble:
        return said(numbered(1)) if request.path == "/calls" else no(403, Health.AUTH)

    found = held(mapped(api() + UNITS), server)
    assert isinstance(found[FeedName.CALLS], Gathered)
    assert found[FeedName.UNITS] == no(403, Health.AUTH)


def test_a_sign_in_that_is_refused_fails_the_round() -> None:
    with pytest.raises(Failed):
        held(mapped(api() + UNITS), lambda _request: no(401, Health.AUTH))


DETAIL = """
[request.detail]
path = "/calls/{id}"
[[request.detail.emit]]
kind = "note"
records = "notes"
fields = { call = "parent.id", text = "item.text" }
"""


def test_details_are_asked_for_what_is_new_or_changed() -> None:
    adapter = mapped(api(emit=CALL + DETAIL))
    asked = []
    kinds = {1: "A", 2: "B"}

    def server(request: Request) -> Reply:
        asked.append(request.path)
        if request.path == "/calls":
            return said({"rows": [{"id": n, "type": kind} for n, kind in kinds.items()]})
        return said({"notes": [{"text": f"note of {request.path[-1]}"}]})

    assert [call.narrative for call in calls(adapter, server)] == ["note of 1", "note of 2"]
    kinds[2] = "C"
    assert [call.narrative for call in calls(adapter, server)] == ["note of 1", "note of 2"]
    assert asked == ["/calls", "/calls/1", "/calls/2", "/calls", "/calls/2"]


def test_what_is_not_put_together_has_a_round_of_its_own() -> None:
    beds = """
[[request]]
id = "beds"
path = "/beds"
every_s = 60
[[request.emit]]
kind = "facility"
fields = { id = "id" }
"""
    rounds = mapped(api("every_s = 5") + UNITS + beds).rounds
    assert [(one.feeds, one.every) for one in rounds] == [
        ((FeedName.CALLS, FeedName.UNITS), 5.0),
        ((FeedName.FACILITIES,), 60.0),
    ]


def test_an_unchanged_snapshot_is_looked_at_once_more_for_what_is_missing() -> None:
    adapter = mapped(api('etag = true\nsnapshot = "complete"'))

    def server(request: Request) -> Reply:
        return said(b"", 304) if request.headers else said(numbered(1), etag='"a"')

    found = [held(adapter, server)[FeedName.CALLS] for _ in range(4)]
    assert [type(what) for what in found] == [Gathered, Gathered, Same, Same]


def test_a_query_by_post_carries_its_table_as_json() -> None:
    asked: list[Request] = []

    def server(request: Request) -> Reply:
        asked.append(request)
        return said(numbered(1))

    held(mapped(api('method = "POST"\nbody = { active = true, beats = ["3A"] }')), server)
    (request,) = asked
    assert (request.method, request.body) == ("POST", b'{"active":true,"beats":["3A"]}')
    assert ("Content-Type", "application/json") in request.headers


SENT = """
[[request.emit]]
kind = "assignment"
records = "rows"
each = "units"
fields = { call = "parent.id", unit = "item" }
"""


def test_a_changed_call_loses_the_units_that_it_no_longer_names() -> None:
    adapter = mapped(api(CHANGES, CALL + SENT))
    first = {"id": 1, "units": ["A", "B"], "updated": "2026-08-22T14:00:00Z"}
    other = {"id": 2, "units": ["C"], "updated": "2026-08-22T14:00:00Z"}
    changed = {"id": 1, "units": ["B"], "updated": "2026-08-22T14:05:00Z"}
    calls(adapter, always({"rows": [first, other]}))
    assert [call.units for call in calls(adapter, always({"rows": [changed]}))] == [("B",), ("C",)]


@pytest.mark.parametrize(
    ("newest", "since"),
    [
        ("2026-08-22T14:05:00Z", "2026-08-22T14:04:00Z"),
        ("2026-08-22 14:05:00", "2026-08-22 14:04:00"),
        ("2026-08-22T14:05:00.250", "2026-08-22T14:04:00.250"),
        ("2026-08-22T14:05:00-06:00", "2026-08-22T14:04:00-06:00"),
        (1787428991, "1787428931"),
        (1787428991000, "1787428931000"),
        ("change-77", "change-77"),
    ],
)
def test_a_mark_goes_back_by_the_overlap_in_the_form_it_came(newest: object, since: str) -> None:
    adapter = mapped(api(CHANGES))
    asked: list[str | None] = []

    def server(request: Request) -> Reply:
        asked.append(dict(request.query).get("since"))
        return said({"rows": [{"id": 1, "updated": newest}, {"id": 2, "updated": None}]})

    held(adapter, server)
    held(adapter, server)
    assert asked == [None, since]


def test_a_failed_round_keeps_the_mark_of_the_last_good_one() -> None:
    adapter = mapped(api(CHANGES))
    server = Changing()
    held(adapter, server)
    with pytest.raises(Failed):
        held(adapter, lambda _request: no(500))
    held(adapter, server)
    assert server.since == [None, "2026-08-22T14:04:00Z"]


def test_notes_may_be_asked_less_often_and_stay_until_then() -> None:
    notes = """
[[request]]
id = "notes"
path = "/notes"
every_s = 30
[[request.emit]]
kind = "note"
records = "notes"
fields = { call = "call", text = "text" }
"""
    adapter = mapped(api("every_s = 10") + notes)
    asked: list[str] = []

    def server(request: Request) -> Reply:
        asked.append(request.path)
        return said({**numbered(1), "notes": [{"call": 1, "text": "calm"}]})

    assert [calls(adapter, server)[0].narrative for _ in range(4)] == ["calm"] * 4
    assert asked == ["/calls", "/notes", "/calls", "/calls", "/calls", "/notes"]


STEPS = st.lists(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from("AB"), st.sets(st.sampled_from("XYZ"))))
)


@given(STEPS)
def test_changes_only_give_the_same_calls_as_reading_all(
    steps: list[list[tuple[int, str, set[str]]]],
) -> None:
    table: dict[int, dict[str, Any]] = {}

    def changes(request: Request) -> Reply:
        since = dict(request.query).get("since", "")
        return said({"rows": [row for row in table.values() if row["updated"] >= since]})

    adapter = mapped(api(CHANGES.replace("full_every = 3", "full_every = 1000"), CALL + SENT))
    for minute, step in enumerate(steps):
        for key, nature, units in step:
            stamp = f"2026-08-22T14:{minute % 60:02}:00Z"
            table[key] = {"id": key, "type": nature, "units": sorted(units), "updated": stamp}
        every = calls(mapped(api(emit=CALL + SENT)), always({"rows": list(table.values())}))
        assert calls(adapter, changes) == every
