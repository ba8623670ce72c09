"""Finding and naming the system libraries that Qt lacks."""

from pathlib import Path

import pytest

import system_libraries
from progress import SetupError

LISTING = """\
/qt/lib/libQt6WebEngineCore.so.6:
\tlibQt6Gui.so.6 => not found
\tlibnss3.so => not found
\tlibX11.so.6 => /lib/x86_64-linux-gnu/libX11.so.6 (0x00007f)
/qt/plugins/platforms/libqxcb.so:
\tlibxcb-icccm.so.4 => not found
\tlibnss3.so => not found
"""


def test_each_missing_library_is_named_once_and_those_of_qt_never() -> None:
    assert system_libraries.not_found(LISTING) == ["libnss3.so", "libxcb-icccm.so.4"]


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libX11.so.6", "libx11-6"),
        ("libXcomposite.so.1", "libxcomposite1"),
        ("libasound.so.2", "libasound2"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libnss3.so", "libnss3"),
        ("libpulse.so.0", "libpulse0"),
        ("libsmime3.so", "libnss3"),
        ("libxcb-dri3.so.0", "libxcb-dri3-0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ],
)
def test_a_library_leads_to_its_debian_package(library: str, package: str) -> None:
    assert system_libraries.package(library) == package


def test_a_release_with_64_bit_time_is_asked_for_its_own_names() -> None:
    offered = {"libasound2t64", "libnss3"}
    assert system_libraries.renamed(["libasound2", "libnss3"], offered) == ["libasound2t64", "libnss3"]


def test_without_administrator_rights_the_command_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match="administrator rights") as stopped:
        system_libraries.install(["libpulse0", "libnss3"], root=False)
    assert stopped.value.code == 2
    assert capsys.readouterr().out == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libnss3 libpulse0\n"
    )


@pytest.mark.parametrize(
    ("release", "expected"),
    [({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, True), ({"ID": "fedora"}, False), ({}, False)],
)
def test_apt_is_used_on_debian_and_its_children_only(release: dict[str, str], expected: bool) -> None:
    assert system_libraries.debian_like(release) is expected


def test_a_folder_without_qt_lacks_nothing(tmp_path: Path) -> None:
    assert system_libraries.lacking(tmp_path) == []
