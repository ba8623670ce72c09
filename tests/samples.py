"""Where the sample files lie that are not part of the project: beside it, or not at all."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "shared" / "data"


def samples(folder: str) -> tuple[Path, pytest.MarkDecorator]:
    """A folder of samples, and the mark that skips a test where it is not there."""
    place = SAMPLES / folder
    return place, pytest.mark.skipif(
        not place.is_dir(), reason=f"the samples {folder} are not beside the project"
    )
