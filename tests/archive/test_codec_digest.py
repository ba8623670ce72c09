"""A digest tells a block apart from any other, and from itself in another place."""

from datetime import datetime

import pytest

from console.archive.codec.digest import SIZE, digest, matching
from tests.domain.builders import NOON, at

TIMES = (NOON, at(1))


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


@pytest.mark.parametrize("times", [(), (NOON,), (NOON, at(2)), (at(1), NOON)])
def test_other_times_of_a_row_have_another_digest(times: tuple[datetime, ...]) -> None:
    assert digest(1, 1, 20, b"body", times) != digest(1, 1, 20, b"body", TIMES)


@pytest.mark.parametrize("times", [(), TIMES])
def test_a_digest_that_was_made_without_times_still_matches(times: tuple[datetime, ...]) -> None:
    assert matching(digest(1, 1, 20, b"body", times), (1, 1, 20), b"body", TIMES)


@pytest.mark.parametrize("body", ["body", None, 4, b"bodz"])
def test_nothing_but_the_same_bytes_matches(body: object) -> None:
    assert not matching(digest(1, 1, 20, b"body", TIMES), (1, 1, 20), body, TIMES)
