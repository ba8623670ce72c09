"""Where pictures of the window go is seen before the window opens."""

from pathlib import Path

import pytest

from console.commands.desktop import shots
from console.settings import SettingsError


def test_pictures_go_to_a_folder_that_is_made(tmp_path: Path) -> None:
    found = shots(tmp_path / "new" / "folder", 0, None, None, None)
    assert found is not None
    assert found.folder.is_dir()


@pytest.mark.parametrize("name", ["taken.png", "taken.png/below"])
def test_a_file_is_no_folder_for_pictures(tmp_path: Path, name: str) -> None:
    (tmp_path / "taken.png").write_bytes(b"")
    with pytest.raises(SettingsError, match=f"--screenshot .*{name}.*give a folder"):
        shots(tmp_path / name, 0, None, None, None)
