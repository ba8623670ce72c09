"""A mapping that cannot be used is told: on which line, what is wrong, what to do."""

import re

import pytest

from console.feeds.adapters.kinds import adapter
from console.feeds.adapters.mapped.names import FIELDS
from console.feeds.adapters.mapped.parsing import MappingError, parse
from console.feeds.spec import Dialect
from console.resources import path
from tests.feeds.mapped.talk import document

FIELDS_OF_IT = """state = { path = "status", map = "states" }
answered_at = { path = "at", time = "epoch_s" }"""
GOOD = document(FIELDS_OF_IT, '[map.states]\nA = "assigned"', "America/Denver")


def test_a_good_mapping_is_read() -> None:
    assert parse(GOOD).request[0].id == "calls"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "calls"', "id = calls", "line 5"),
        ("mapping_version = 1", "mapping_version = 2", "mapping_version"),
        ('path = "/calls"', 'paht = "/calls"', "line 6: Object contains unknown field `paht`"),
        (
            'kind = "call"',
            'kind = "calls"',
            "line 8: Invalid enum value 'calls' - at `$.request[0].emit[0].kind`; kinds are: call, unit",
        ),
        ('"America/Denver"', '"America/Dever"', "line 3: tz: no such time zone: 'America/Dever'"),
        ('records = "rows"', 'records = "rows[?a="', "line 9: calls call records"),
        (
            'state = { path = "status"',
            'stat = { path = "status"',
            "line 12: calls call stat: a call has no such field",
        ),
        ('map = "states"', 'map = "other"', "there is no table [map.other]"),
        ('A = "assigned"', 'A = "busy"', "line 15: [map.states] A: 'busy' is no word of the board's"),
        ('time = "epoch_s"', 'time = "epoch"', "there is no time 'epoch'"),
        ('time = "epoch_s"', 'time = "%Q"', "cannot be used"),
        ('id = "id"', 'number = "id"', "every call needs the field 'id'"),
        ('path = "/calls"', 'path = "https://x.example/calls"', "give the path alone"),
        ('path = "/calls"', 'path = "/calls"\nevery_s = 0', "must be more than 0"),
        ('path = "/calls"', 'path = "/calls"\nbody = {}', "only a POST has one"),
        ('path = "/calls"', 'path = "/calls"\npaging = { kind = "page" }', "needs size"),
        ('path = "/calls"', 'path = "/calls"\npaging = { kind = "next_url" }', "needs next"),
        ('state = { path = "status", map = "states" }', 'geo = "p"', "say how the place is written"),
        ('state = { path = "status", map = "states" }', "state = { }", "give it a path or a const"),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, words: str) -> None:
    with pytest.raises(MappingError) as told:
        parse(GOOD.replace(old, new, 1))
    assert words in str(told.value)


def test_a_path_that_cannot_be_read_is_shown_with_a_caret() -> None:
    with pytest.raises(MappingError, match=r"\n *\^"):
        parse(GOOD.replace('"rows"', '"rows[?a="'))


@pytest.mark.parametrize(
    "line",
    [
        'query = { token = "s3cret" }',
        'body = { login = { password = "s3cret" } }\nmethod = "POST"',
        'query = { api_key = "s3cret" }',
        'query = { subscription-key = "s3cret" }',
        'query = { apiKey = "{x}s3cret" }',
        "query = { pin = 4711 }",
        'body = { logins = [{ userPin = "s3cret" }] }\nmethod = "POST"',
    ],
)
def test_a_secret_in_a_mapping_is_refused_and_not_repeated(line: str) -> None:
    with pytest.raises(MappingError) as told:
        parse(GOOD.replace('path = "/calls"', f'path = "/calls"\n{line}'))
    assert "no secret belongs in a mapping" in str(told.value)
    assert "s3cret" not in str(told.value)


def test_two_requests_with_one_id_are_refused() -> None:
    again = GOOD[GOOD.index("[[request]]") : GOOD.index("[map")]
    with pytest.raises(MappingError, match="two requests have this id"):
        parse(GOOD + again)


def test_a_mapping_of_parts_alone_is_refused() -> None:
    text = (
        GOOD[: GOOD.index("[[request.emit]]")]
        + '[[request.emit]]\nkind = "note"\nfields = { call = "c", text = "t" }\n'
    )
    with pytest.raises(MappingError, match="emit no call"):
        adapter(Dialect("mapped", mapping=text))


def test_a_zone_of_the_configuration_that_does_not_exist_is_refused() -> None:
    with pytest.raises(MappingError, match="no such time zone"):
        adapter(Dialect("mapped", mapping=GOOD, zone="Nowhere/At_All"))


def test_the_guide_names_every_field_of_every_kind() -> None:
    guide = (path("mappings") / "GUIDE.md").read_text(encoding="utf-8")
    rows = guide[guide.index("| Kind | Fields |") :].splitlines()
    for kind, fields in FIELDS.items():
        (row,) = (row for row in rows if kind in re.findall(r"\w+", row.partition("| ")[2].partition("|")[0]))
        assert fields <= set(re.findall(r"\w+", row))
