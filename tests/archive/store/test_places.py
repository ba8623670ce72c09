"""Where an archive may be: the forms of its address, and no file on another computer's disk."""

from pathlib import Path

import pytest

from console.archive.store.errors import ArchiveError
from console.archive.store.opening import open_database
from console.archive.store.places import ELSEWHERE, mounted_as, path_of, served

MOUNTS = r"""sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw,relatime 0 0
records:/export /srv/records nfs4 rw,vers=4.2 0 0
//files/shared /mnt/K\040drive cifs rw 0 0
me@host:/ /mnt/far fuse.sshfs rw 0 0
/dev/sdb1 /srv/records/local xfs rw 0 0
tmpfs /srv/over nfs rw 0 0
tmpfs /srv/over tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/shifts.db", "ext4"),
        ("/srv/records/2026/shifts.db", "nfs4"),
        ("/srv/recordsold/shifts.db", "ext4"),
        ("/mnt/K drive/shifts.db", "cifs"),
        ("/mnt/far/shifts.db", "fuse.sshfs"),
        ("/srv/records/local/shifts.db", "xfs"),
        ("/srv/over/shifts.db", "tmpfs"),
    ],
)
def test_the_innermost_and_last_mount_counts(path: str, kind: str) -> None:
    assert mounted_as(path, MOUNTS) == kind


def test_shares_of_windows_and_unix_are_on_another_computer() -> None:
    assert {"nfs", "nfs4", "cifs", "smb3"} <= ELSEWHERE


def test_a_network_share_is_refused_with_another_way() -> None:
    with pytest.raises(ArchiveError, match=r"network share.*PostgreSQL"):
        open_database(r"\\files\shared\shifts.db", write=True)


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", ":memory:", "sqlite:///:memory:", "  "])
def test_an_archive_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(ArchiveError, match="needs a file"):
        path_of(url)


def test_other_databases_are_refused() -> None:
    with pytest.raises(ArchiveError, match="not mysql://"):
        served("mysql://host/shifts")


@pytest.mark.parametrize("url", ["postgresql://h/d", "postgres://h/d", "postgresql+psycopg://u@h/d"])
def test_a_server_is_known_by_its_address(url: str) -> None:
    assert served(url)


def test_two_names_of_one_file_are_one_archive(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "there", target_is_directory=True)
    assert path_of(str(tmp_path / "here" / "shifts.db")) == path_of(
        f"sqlite:///{tmp_path}/there/../there/shifts.db"
    )


@pytest.mark.parametrize("slip", ["postgresql:/bob:hidden@h/x", "postgres:bob:hidden@h/x", "sqlite:/x.db"])
def test_an_address_that_lost_a_slash_is_no_file(slip: str) -> None:
    with pytest.raises(ArchiveError, match="begins with") as refused:
        served(slip)
    assert "hidden" not in str(refused.value)
