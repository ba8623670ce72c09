"""Whatever somebody writes into a pack is either used or refused by its line; nothing else ever comes of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.packs import DefinitionError, parse
from console.domain.proofing.flaw import Flaw
from tests.domain.test_definitions import WHOLE

WRITTEN = WHOLE.decode().splitlines()
SOME = settings(max_examples=150, deadline=None)

ODD = st.sampled_from(
    [
        "nan",
        "-inf",
        "0",
        "-1",
        "1e400",
        "9" * 40,
        "true",
        '""',
        '"x"',
        "'''a\nb'''",
        "[]",
        "[1, [2]]",
        "{}",
        "{ amber = {} }",
        "1979-05-27",
        "07:32:00",
        "0x1F",
        '"\\u0000"',
    ]
)
PLACES = st.integers(0, len(WRITTEN) - 1)


def _with(lines: list[str], place: int, value: str) -> list[str]:
    """The line at ``place`` with another value, where it has one."""
    key, equals, _ = lines[place].partition("=")
    return [*lines[:place], f"{key}= {value}" if equals else value, *lines[place + 1 :]]


def refused(data: bytes) -> tuple[Flaw, ...]:
    """What of it cannot be used; empty where all can."""
    try:
        parse(data)
    except DefinitionError as error:
        return error.flaws or (Flaw(-1, "", ""),)
    return ()


def told(text: str) -> bool:
    """Whether each thing that is refused says what it is about, by a line that there is."""
    last = text.count("\n") + 1
    return all(0 <= flaw.line <= last and flaw.what for flaw in refused(text.encode()))


@SOME
@given(st.lists(st.tuples(PLACES, ODD), min_size=1, max_size=4))
def test_odd_values_are_refused_by_their_line(changes: list[tuple[int, str]]) -> None:
    lines = WRITTEN
    for place, value in changes:
        lines = _with(lines, place, value)
    assert told("\n".join(lines))


@SOME
@given(
    st.lists(PLACES, min_size=1, max_size=6),
    st.sampled_from(["", "[x]", "[[waiting]]", "[rules]", "a.b = 1", "="]),
)
def test_lines_that_are_lost_or_replaced_are_told_by_line(places: list[int], other: str) -> None:
    assert told("\n".join(other if place in places else line for place, line in enumerate(WRITTEN)))


@SOME
@given(st.binary(max_size=60), PLACES)
def test_bytes_that_are_no_text_are_refused(some: bytes, place: int) -> None:
    data = "\n".join(WRITTEN[:place]).encode() + some
    assert all(flaw.what for flaw in refused(data))


@SOME
@given(
    st.sampled_from(
        ["waiting", "limits", "team_limits", "safety", "kick_back", "alarms", "rules", "natures"]
    ),
    ODD,
)
def test_a_table_that_is_no_table_is_refused(table: str, value: str) -> None:
    assert told(f'name = "a"\nversion = "1"\n{table} = {value}\n')
