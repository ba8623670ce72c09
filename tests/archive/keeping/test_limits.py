"""Ages and sizes as people write them."""

from datetime import timedelta

import pytest

from console.archive.keeping.limits import age, room


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("90 days", timedelta(days=90)),
        ("1 day", timedelta(days=1)),
        ("12 h", timedelta(hours=12)),
        ("36hours", timedelta(hours=36)),
        ("1.5 weeks", timedelta(days=10.5)),
        ("2 years", timedelta(days=730)),
        (" OFF ", None),
        ("", None),
    ],
)
def test_an_age_is_read_as_written(text: str, kept: timedelta | None) -> None:
    assert age(text) == kept


@pytest.mark.parametrize(
    ("text", "size"),
    [("20 GB", 20 * 10**9), ("500MB", 5 * 10**8), ("1.5 tib", 3 << 39), ("off", None), ("forever", None)],
)
def test_a_size_is_read_as_written(text: str, size: int | None) -> None:
    assert room(text) == size


@pytest.mark.parametrize("text", ["90", "days", "-3 days", "3 months", "30 min", "1 s", "99999999 years"])
def test_an_age_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write .*off"):
        age(text)


@pytest.mark.parametrize("text", ["20", "GB", "20 GBit", "3 kB", "1 MB"])
def test_a_size_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write .*off"):
        room(text)
