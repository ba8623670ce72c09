"""``shifts --hold``, ``--release`` and ``--purge``, as somebody types them."""

import io
import sys
from pathlib import Path

import pytest

from console.archive.shelf.shelf import Shelf
from console.archive.spec import ArchiveSpec
from console.archive.store.database import transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.commands.keeping import Wish, keep, wanted
from console.domain.track import ShiftLine
from console.settings import SettingsError
from tests.archive.keeping import shifts as made
from tests.domain.builders import NOON

Archive = tuple[str, str | None]


@pytest.fixture
def recorded(archives: Archive) -> ArchiveSpec:
    """An archive with two shifts that are over."""
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        made.record(database, "day", NOON)
        made.record(database, "night", NOON + made.HOUR)
    return ArchiveSpec(url, key)


def lines(archive: ArchiveSpec) -> dict[str, ShiftLine]:
    with open_database(archive.url, key=archive.key) as database:
        return {line.name: line for line in Shelf(database).shifts(NOON)}


def test_a_held_shift_cannot_be_purged_until_it_is_released(
    recorded: ArchiveSpec, capsys: pytest.CaptureFixture[str]
) -> None:
    day = lines(recorded)["day"].id
    assert keep(recorded, Wish(hold=day, because="case 17")) == 0
    assert lines(recorded)["day"].held_because == "case 17"
    assert keep(recorded, Wish(purge=day, yes=True)) == 1
    assert "case 17" in capsys.readouterr().err
    assert keep(recorded, Wish(release=day)) == 0
    assert keep(recorded, Wish(purge=day, yes=True)) == 0
    assert [*lines(recorded)] == ["night"]


def test_a_file_that_somebody_records_into_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = str(tmp_path / "a.db")
    with open_database(url, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON)
        assert keep(ArchiveSpec(url), Wish(purge=shift, yes=True)) == 1
        assert "close that console" in capsys.readouterr().err
        assert keep(ArchiveSpec(url), Wish(hold=shift, because="case 17")) == 0
        made.record(database, "night", NOON + made.HOUR)
    assert [*lines(ArchiveSpec(url))] == ["night", "day"]


def test_a_server_removes_a_shift_beside_its_recorder_but_not_the_one_it_records(
    pg: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        over = made.record(database, "day", NOON)
        going = made.record(database, "night", NOON + made.HOUR, end=False)
        assert keep(ArchiveSpec(pg), Wish(purge=going, yes=True)) == 1
        assert "is being recorded" in capsys.readouterr().err
        assert keep(ArchiveSpec(pg), Wish(purge=over, yes=True)) == 0
        with transaction(database) as connection:
            assert connection.exec_driver_sql("SELECT name FROM shifts").scalars().all() == ["night"]


def test_nobody_is_asked_where_nobody_can_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = str(tmp_path / "a.db")
    with open_database(url, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(SettingsError, match="--yes"):
        keep(ArchiveSpec(url), Wish(purge=shift))
    assert [*lines(ArchiveSpec(url))] == ["day"]


@pytest.mark.parametrize(
    "wish",
    [Wish(purge="nowhere", yes=True), Wish(hold="nowhere", because="case 17"), Wish(release="nowhere")],
)
def test_a_shift_that_is_not_there_is_wrong_use(recorded: ArchiveSpec, wish: Wish) -> None:
    with pytest.raises(SettingsError, match="there is no shift nowhere in this archive; there are"):
        keep(recorded, wish)
    assert [*lines(recorded)] == ["night", "day"]


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert keep(ArchiveSpec(str(tmp_path / "a.db")), Wish(purge="day", yes=True)) == 4
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("a", "why", "b", None, False), "exclude each other"),
        (("a", None, None, None, False), "--because"),
        (("a", " ", None, None, False), "--because"),
        ((None, "why", None, "a", False), "goes with --hold"),
        ((None, None, "a", None, True), "goes with --purge"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    options: tuple[str | None, str | None, str | None, str | None, bool], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        wanted(*options)


def test_without_an_option_the_list_is_meant() -> None:
    assert wanted(None, None, None, None, False) is None
