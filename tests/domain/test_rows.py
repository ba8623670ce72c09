"""Collections of rows: what a reply puts in and takes out, and what is remembered of it."""

import pickle
from operator import attrgetter

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Unit
from console.domain.rows import TRAIL, Rows, merge, touched

_id = attrgetter("id")
ids = st.sampled_from([f"u{number}" for number in range(12)])
rows = st.lists(st.builds(Unit, ids, area=st.sampled_from(["D1", "D2"])), max_size=5, unique_by=_id)
replies = st.lists(st.tuples(rows, st.lists(ids, max_size=2), st.booleans()), min_size=1, max_size=TRAIL + 4)


def held(count: int = 12) -> Rows[Unit]:
    """A collection of units."""
    return Rows({f"u{number}": Unit(f"u{number}") for number in range(count)})


@given(replies, st.integers(0, TRAIL + 4))
def test_no_row_that_differs_is_left_out_of_what_was_touched(
    changes: list[tuple[list[Unit], list[str], bool]], since: int
) -> None:
    states: list[dict[str, Unit]] = [held()]
    for changed, gone, full in changes:
        states.append(merge(states[-1], changed, gone, _id, full=full))
    old, new = states[min(since, len(states) - 1)], states[-1]
    found = touched(old, new)
    differing = {key for key in old.keys() | new.keys() if old.get(key) is not new.get(key)}
    assert found is None or differing <= set(found)


def test_what_a_few_replies_touched_is_known_without_comparing() -> None:
    before = held()
    after = merge(before, [Unit("u3", area="D2")], ["u5"], _id, full=False)
    assert touched(before, merge(after, [Unit("u4", area="D2")], (), _id, full=False)) == ("u3", "u5", "u4")


def test_of_two_collections_that_have_nothing_to_do_with_each_other_nothing_is_known() -> None:
    assert touched(held(), held()) is None


def test_the_memory_of_what_was_touched_does_not_grow() -> None:
    state: dict[str, Unit] = held()
    for step in range(50):
        state = merge(state, [Unit("u1", area=str(step))], (), _id, full=False)
    assert isinstance(state, Rows)
    assert len(state.trail) == TRAIL


def test_a_collection_that_remembers_is_still_an_ordinary_dictionary() -> None:
    state = merge(held(), [Unit("u1", area="D2")], (), _id, full=False)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=dict[str, Unit]) == state
    assert pickle.loads(pickle.dumps(state)) == state == {**state}
