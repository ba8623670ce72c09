"""Where the code finds the files that ship with it."""

import pytest

from console import resources


def test_a_checkout_has_its_resources_beside_the_code() -> None:
    assert resources.path("definitions").is_dir()


def test_a_missing_file_is_named_with_what_to_do() -> None:
    with pytest.raises(FileNotFoundError, match=r"'map/nowhere\.js'.*Install it again"):
        resources.path("map/nowhere.js")
