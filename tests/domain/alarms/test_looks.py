"""The calendar of looks: one moment for each subject, whatever moved it there."""

from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.alarms.agenda import up
from console.domain.alarms.looks import Looks

NAMES = st.sampled_from("abcdef")
SECONDS = st.integers(0, 300)
MOVES = st.lists(st.dictionaries(NAMES, SECONDS, max_size=4), max_size=12)


def made(moves: list[dict[str, int]]) -> Looks:
    """A calendar after these moves."""
    looks = Looks()
    for one in moves:
        looks = looks.moved(one)
    return looks


@given(MOVES)
def test_only_the_last_move_of_a_subject_counts(moves: list[dict[str, int]]) -> None:
    last: dict[str, int] = {}
    for one in moves:
        last |= one
    assert made(moves) == Looks().moved(last)


@given(MOVES, SECONDS)
def test_those_are_due_whose_second_has_come_and_the_longest_due_come_first(
    moves: list[dict[str, int]], now: int
) -> None:
    looks = made(moves)
    found = [(looks.seconds[name], name) for group in looks.due(now) for name in sorted(group)]
    assert found == sorted((second, name) for name, second in looks.seconds.items() if second <= now)


@given(MOVES)
def test_the_next_is_the_earliest_of_all(moves: list[dict[str, int]]) -> None:
    looks = made(moves)
    assert looks.next == min(looks.seconds.values(), default=0)


@given(MOVES)
def test_a_calendar_without_subjects_holds_nothing(moves: list[dict[str, int]]) -> None:
    looks = made(moves)
    assert looks.moved(dict.fromkeys(looks.seconds, 0)) == Looks()


@given(MOVES)
def test_a_calendar_survives_msgpack(moves: list[dict[str, int]]) -> None:
    looks = made(moves)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(looks), type=Looks) == looks


def test_a_move_to_where_a_subject_stands_already_changes_nothing() -> None:
    looks = Looks().moved({"a": 7})
    assert looks.moved({"a": 7, "b": 0}) is looks


def test_a_look_never_comes_before_its_moment() -> None:
    noon = datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert up(noon) == noon.timestamp()
    assert up(noon.replace(microsecond=1)) == noon.timestamp() + 1


def test_the_next_look_is_told_as_a_moment() -> None:
    assert Looks().next_at is None
    assert Looks().moved({"a": 90}).next_at == datetime.fromtimestamp(90, UTC)
