"""The definition pack: what is refused, and how it is said."""

from pathlib import Path

import pytest

from console.domain.packs import DefinitionError, parse
from console.resources import path

GOOD = b"""
pack = 1
name = "a"
version = "1"
[natures]
AB = { category = "x", behavioral = true }
[waiting]
2 = { amber = 5, red = 9 }
"""


def test_a_pack_carries_the_hash_of_its_file() -> None:
    assert parse(GOOD).sha256 != parse(GOOD + b"# changed\n").sha256


def test_every_shipped_pack_can_be_read() -> None:
    packs: list[Path] = sorted(path("definitions").glob("*.toml"))
    assert packs
    assert all(parse(pack.read_bytes()).natures for pack in packs)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (GOOD.replace(b"behavioral = true", b"behavioral = 3"), r"natures\.AB\.behavioral.*bool.*line 6"),
        (GOOD.replace(b"amber = 5", b"amber = 10"), r"waiting\.2: amber .* below red"),
        (GOOD.replace(b'name = "a"', b"name = 7"), r"name.*str.*line 3"),
        (GOOD + b"speling = 1\n", r"speling"),
        (GOOD.replace(b"pack = 1", b"pack ="), r"not TOML.*line"),
        (b"\xff\xfe", r"UTF-8"),
    ],
)
def test_a_wrong_pack_is_refused_with_the_place_and_what_is_expected(bad: bytes, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        parse(bad)
