"""The remembered layout: Qt gets back exactly what it gave, or nothing."""

import contextlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QRect

from console.ui.frame.layout import Layout, file_name, packed, unpacked

VERSIONS = ("0.1.0", "6.11.3")
PARTS = {"geometry": b"\x01\xd9\xd0\xcb\x00\x03", "docks": bytes(range(256))}


def a_layout(folder: Path, version: str = "0.1.0") -> Layout:
    return Layout(folder / "layout.json", version)


def saved(folder: Path) -> Path:
    """A layout on file."""
    assert a_layout(folder).write({name: QByteArray(data) for name, data in PARTS.items()}) == ""
    return folder / "layout.json"


def test_a_layout_comes_back_as_it_was_left(tmp_path: Path) -> None:
    saved(tmp_path)
    found = a_layout(tmp_path).read()
    assert {name: bytes(part.data()) for name, part in found.parts.items()} == PARTS


def test_the_first_start_has_the_default_layout_and_nothing_to_tell(tmp_path: Path) -> None:
    found = a_layout(tmp_path).read()
    assert (dict(found.parts), found.notice) == ({}, "")


@given(place=st.integers(0, 10_000), mask=st.integers(1, 255))
def test_a_changed_byte_never_gives_other_bytes_to_qt(place: int, mask: int) -> None:
    data = bytearray(packed(PARTS, VERSIONS))
    data[place % len(data)] ^= mask
    with contextlib.suppress(msgspec.ValidationError):
        assert unpacked(bytes(data), VERSIONS) == PARTS


def test_every_cut_of_the_file_is_refused() -> None:
    whole = packed(PARTS, VERSIONS)
    for length in range(len(whole)):
        with pytest.raises(msgspec.ValidationError):
            unpacked(whole[:length], VERSIONS)


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 50_000, b" " * 1_000_001])
def test_what_is_no_layout_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        unpacked(data, VERSIONS)


@pytest.mark.parametrize("version", [("0.2.0", "6.11.3"), ("0.1.0", "6.12.0")])
def test_a_layout_of_another_version_is_refused(version: tuple[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError, match="another version"):
        unpacked(packed(PARTS, version), VERSIONS)


def test_a_damaged_file_is_set_aside_and_told_of(tmp_path: Path) -> None:
    file = saved(tmp_path)
    file.write_bytes(file.read_bytes()[:-9])
    found = a_layout(tmp_path).read()
    assert not found.parts
    assert "layout.json.bad" in found.notice
    assert (tmp_path / "layout.json.bad").exists()
    assert not file.exists()


def test_a_file_of_an_older_program_is_set_aside(tmp_path: Path) -> None:
    saved(tmp_path)
    found = a_layout(tmp_path, "0.2.0").read()
    assert not found.parts
    assert "another version" in found.notice


def test_a_start_after_a_crash_while_restoring_takes_the_default(tmp_path: Path) -> None:
    saved(tmp_path)
    assert a_layout(tmp_path).read().parts  # and the program dies before it says that it settled
    found = a_layout(tmp_path).read()
    assert not found.parts
    assert "default layout" in found.notice


def test_the_start_after_that_is_an_ordinary_one(tmp_path: Path) -> None:
    saved(tmp_path)
    a_layout(tmp_path).read()
    a_layout(tmp_path).read()
    assert a_layout(tmp_path).read().notice == ""


def test_a_layout_that_settled_is_restored_again_next_time(tmp_path: Path) -> None:
    saved(tmp_path)
    layout = a_layout(tmp_path)
    layout.read()
    layout.settled()
    assert a_layout(tmp_path).read().parts


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = Layout(tmp_path / "file" / "layout.json", "0.1.0").write({"docks": QByteArray(b"x")})
    assert "cannot be saved" in said
    assert "permissions" in said


def test_each_set_of_monitors_has_a_layout_of_its_own() -> None:
    desk, second = QRect(0, 0, 1_920, 1_080), QRect(1_920, 0, 1_920, 1_080)
    assert file_name([desk]) == "layout_1920x1080+0+0.json"
    assert file_name([second, desk]) == file_name([desk, second]) != file_name([desk])
