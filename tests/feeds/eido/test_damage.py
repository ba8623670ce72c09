"""Whatever stands in one place of a document, the rest of it is read and nothing breaks."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.vocabulary import FeedName
from console.feeds.adapters.kinds import adapter
from console.feeds.process.interpreter import Asks, Interpreter
from console.feeds.rows.reading import Reading, Setting
from tests.feeds.answers import now
from tests.feeds.eido.documents import CALL, CRISIS, on_the_way, over
from tests.feeds.eido.talk import EIDO, reply

Path = tuple[str | int, ...]

SETTING = Setting(now() + timedelta(minutes=5))

junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.just("9" * 5_000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["$id", "$ref", "x"]), inner),
    max_leaves=6,
)


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """The way to every value in ``value``."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from places(inner, (*path, key))


def damaged(document: Any, path: Path, value: object) -> Any:
    """The document with another value there."""
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return document


def reading(document: object) -> dict[FeedName, Any]:
    """What the document says to a board that knows nothing yet."""
    interpreter = Interpreter(adapter(EIDO))
    assert isinstance(interpreter.begin("eido", fresh=True, setting=SETTING), Asks)
    found = interpreter.hear("eido", (reply(document),), SETTING)
    assert not isinstance(found, Asks)
    return {**found}


@given(st.sampled_from([on_the_way, over]), st.data(), junk)
def test_one_odd_value_never_keeps_a_call_away(made: Any, data: st.DataObject, value: object) -> None:
    document = json.loads(json.dumps(made()))
    path = data.draw(st.sampled_from([*places(document)]))
    found = reading(damaged(document, path, value))[FeedName.CALLS]
    assert isinstance(found, Reading)
    assert path == ("$id",) or CALL in [row.id for row in found.changed]


@given(junk)
def test_any_json_beside_a_document_leaves_the_document_read(value: object) -> None:
    found = reading([value if isinstance(value, dict) else {"x": value}, on_the_way()])[FeedName.CALLS]
    assert CALL in [row.id for row in found.changed]


def test_what_is_read_is_right_before_it_is_damaged() -> None:
    found = reading(on_the_way())
    assert not any(found[feed].flaws for feed in found)
    assert CRISIS in [row.id for row in found[FeedName.UNITS].changed]
