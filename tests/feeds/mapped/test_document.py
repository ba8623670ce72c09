"""A reply is read in spite of odd characters, and told when it cannot be."""

import pytest

from console.feeds.adapters.document import document
from console.feeds.rows.reading import Unreadable


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, "x", null, true]}', {"a": [1, 2.5, "x", None, True]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": NaN, "b": -Infinity, "c": 1e999}', {"a": None, "b": None, "c": None}),
        (b'{"a": "x\\u0000y"}', {"a": "xy"}),
        (b'{"a": "x\x00y"}', {"a": "xy"}),
        (b'{"a": "caf\xe9"}', {"a": "caf\N{REPLACEMENT CHARACTER}"}),
        (b'{"a": "\\ud83d"}', {"a": "\N{REPLACEMENT CHARACTER}"}),
    ],
)
def test_a_document_is_read_in_spite_of_odd_characters(body: bytes, value: object) -> None:
    assert document(body) == value


@pytest.mark.parametrize("body", [b"", b'{"a": ', b"[1,", b"<html>", b"[" * 100_000])
def test_what_is_not_whole_json_is_told(body: bytes) -> None:
    with pytest.raises(Unreadable) as told:
        document(body)
    assert told.value.reason == "malformed"


def test_a_number_without_end_does_not_take_for_ever() -> None:
    value = document(b'{"a": NaN, "b": ' + b"9" * 100_000 + b"}")
    assert isinstance(value["b"], str)
