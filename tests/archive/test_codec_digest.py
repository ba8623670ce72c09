"""A digest tells a block apart from any other, and from itself in another place."""

import pytest

from console.archive.codec.digest import SIZE, digest


def test_the_same_block_in_the_same_place_has_the_same_digest() -> None:
    assert digest(1, 1, 20, b"body") == digest(1, 1, 20, b"body")


@pytest.mark.parametrize(
    ("run", "first", "last", "body"),
    [(2, 1, 20, b"body"), (1, 2, 20, b"body"), (1, 1, 21, b"body"), (1, 1, 20, b"bodz"), (11, 2, 0, b"body")],
)
def test_another_body_or_another_place_has_another_digest(
    run: int, first: int, last: int, body: bytes
) -> None:
    assert digest(run, first, last, body) != digest(1, 1, 20, b"body")


def test_no_digit_moves_from_the_place_into_the_body() -> None:
    assert digest(1, 1, 2, b"0 body") != digest(1, 1, 20, b"body")


def test_a_digest_is_sixteen_bytes() -> None:
    assert len(digest(1, 1, 20, b"")) == SIZE == 16
