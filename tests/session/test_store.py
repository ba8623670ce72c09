"""Watching slices of one value."""

from console.session.store import Store


def test_a_watcher_is_told_at_once_and_then_only_when_its_slice_is_another_object() -> None:
    first, second = [1], [2]
    store = Store({"a": first, "b": first})
    seen: list[object] = []
    store.watch(lambda value: value["a"], seen.append)
    store.set({"a": first, "b": second})
    store.set({"a": second, "b": second})
    assert seen == [first, second]


def test_a_tuple_of_slices_is_compared_item_by_item() -> None:
    first, second = [1], [2]
    store = Store((first, second))
    seen: list[object] = []
    store.watch(lambda value: (value[0], value[1]), seen.append)
    store.set((first, second))
    assert len(seen) == 1


def test_who_leaves_between_two_turns_is_told_nothing() -> None:
    store = Store([1])
    seen: list[object] = []
    store.watch(lambda value: value, seen.append)
    leave = store.watch(lambda value: value, seen.append)
    turns = store.turns([2])
    next(turns)
    leave()
    assert (list(turns), seen) == ([], [[1], [1], [2]])


def test_who_has_left_is_told_nothing() -> None:
    store = Store([1])
    seen: list[object] = []
    leave = store.watch(lambda value: value, seen.append)
    leave()
    store.set([2])
    assert (seen, store.watched) == ([[1]], 0)
