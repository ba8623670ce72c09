"""The oldest shifts go first, by age or by room; a held one and the one that is going never."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from console.archive.keeping.aging import reckoned
from console.archive.keeping.holding import hold, release
from console.archive.keeping.retaining import EVERY_S, SOON_S, Bounds, Retained, Sweep, retain
from console.archive.store.database import Database, transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import audit, blocks, checkpoints, shifts
from tests.archive.keeping import shifts as made
from tests.domain.builders import NOON

Archive = tuple[str, str | None]
DAY = timedelta(days=1)
NOW = NOON + timedelta(hours=4)


def five(database: Database) -> list[str]:
    """A shift for each hour, the last of which is still being recorded."""
    names = ["one", "two", "three", "four", "five"]
    return [
        made.record(database, name, NOON + place * made.HOUR, end=name != "five")
        for place, name in enumerate(names)
    ]


def left(database: Database) -> list[str]:
    with transaction(database) as connection:
        return list(connection.scalars(select(shifts.c.name).order_by(shifts.c.since)))


def used(database: Database) -> int:
    with transaction(database) as connection:
        return sum(
            connection.scalar(select(func.sum(func.length(table.c.body)))) or 0
            for table in (blocks, checkpoints)
        )


def test_without_limits_everything_stays(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        five(database)
        assert retain(database, NOW + 1_000 * DAY, Bounds(None, None)) == Retained()
        assert len(left(database)) == 5


def test_shifts_that_ended_too_long_ago_go(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        ids = five(database)
        assert retain(database, NOW + DAY, Bounds(DAY + 2.5 * made.HOUR, None)).purged == (ids[0],)
        assert left(database) == ["two", "three", "four", "five"]


def test_neither_a_held_shift_nor_the_running_one_goes_by_age(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        ids = five(database)
        hold(database, ids[1], "counsel", "case 17", NOW)
        retain(database, NOW + 100 * DAY, Bounds(DAY, None))
        assert left(database) == ["two", "five"]
        release(database, ids[1], "counsel", NOW)
        retain(database, NOW + 100 * DAY, Bounds(DAY, None))
        assert left(database) == ["five"]


def test_the_oldest_go_until_the_others_find_room(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        ids = five(database)
        room = used(database) * 3 // 5 + 20
        done = retain(database, NOW, Bounds(None, room))
        assert (done.purged, done.over) == ((ids[0], ids[1]), 0)
        assert used(database) <= room


def test_what_is_held_and_running_may_take_more_than_the_room_and_that_is_told(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        ids = five(database)
        hold(database, ids[0], "counsel", "case 17", NOW)
        done = retain(database, NOW, Bounds(None, 1))
        assert left(database) == ["one", "five"]
        assert done.over == used(database) - 1


def test_each_removed_shift_is_in_the_audit_with_its_reason(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        ids = five(database)
        retain(database, NOW + 10 * DAY, Bounds(6 * DAY, None))
        with transaction(database) as connection:
            rows = connection.execute(select(audit.c.who, audit.c.act, audit.c.subject, audit.c.detail)).all()
        assert [row[:3] for row in rows] == [("retention", "purge", shift) for shift in ids[:4]]
        assert all(row.detail.startswith("older than 6 days") for row in rows)


def test_the_reason_tells_a_small_room_in_small_units(tmp_path: Path) -> None:
    with open_database(str(tmp_path / "a.db"), write=True) as database, claim(database, NOON):
        five(database)
        retain(database, NOW, Bounds(None, 1_500))
        with transaction(database) as connection:
            detail = connection.scalars(select(audit.c.detail)).first() or ""
        assert detail.startswith("more than 1.5 kB in all: ")
        assert " MB" not in detail


def test_a_shift_that_is_written_again_is_kept_by_its_end(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        made.record(database, "long", NOON)
        made.record(database, "brief", NOON)
        assert retain(database, NOON + made.HOUR + DAY, Bounds(DAY, None)).purged == ()


@pytest.mark.parametrize("room", [None, 10**12])
def test_a_second_look_finds_nothing_more_to_do(archives: Archive, room: int | None) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        five(database)
        retain(database, NOW + 10 * DAY, Bounds(DAY, room))
        assert retain(database, NOW + 10 * DAY, Bounds(DAY, room)) == Retained()


def test_imported_shifts_are_of_any_age_but_need_room_like_others(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        ids = five(database)
        with transaction(database) as connection:
            connection.execute(update(shifts).where(shifts.c.id == ids[0]).values(kind="import"))
        assert retain(database, NOW + 10 * DAY, Bounds(DAY, None)).purged == tuple(ids[1:4])
        assert retain(database, NOW, Bounds(None, 1)).purged == (ids[0],)


def test_a_recorder_removes_one_shift_at_a_time_and_many_only_after_an_hour(tmp_path: Path) -> None:
    with open_database(str(tmp_path / "a.db"), write=True) as database, claim(database, NOON):
        five(database)
        sweep, found = Sweep(DAY, None), list[int]()
        for hour in (0.0, EVERY_S):
            for steady in (0.0, SOON_S / 2, SOON_S, 2 * SOON_S, 3 * SOON_S):
                sweep.work(database, hour + steady, NOW + 5 * DAY)
                found.append(len(left(database)))
        assert found == [4, 4, 4, 4, 4, 3, 3, 2, 1, 1]
        made.record(database, "six", NOON)
        sweep.work(database, 2 * EVERY_S - 1, NOW + 5 * DAY)
        assert len(left(database)) == 2
        sweep.work(database, 2 * EVERY_S, NOW + 5 * DAY)
        assert len(left(database)) == 1


def test_a_clock_that_is_years_ahead_removes_nothing(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        five(database)
        sweep, wrong = Sweep(365 * DAY, None), NOW + 800 * DAY
        made.record(database, "wrong", wrong - made.HOUR, end=False)
        for hour in range(10):
            sweep.work(database, hour * EVERY_S, wrong + hour * made.HOUR)
        assert len(left(database)) == 6
        with transaction(database) as connection:
            rows = connection.execute(select(audit.c.who, audit.c.act, audit.c.detail)).all()
        assert [(row.who, row.act) for row in rows] == [("retention", "spare")]
        assert rows[0].detail == (
            "5 are too old by this workstation's clock, but the recordings bear out no later time than "
            "2026-11-27 19:00 UTC: they stay. See that the clock is right"
        )


def test_that_many_shifts_are_too_old_is_in_the_audit_before_they_go(tmp_path: Path) -> None:
    with open_database(str(tmp_path / "a.db"), write=True) as database, claim(database, NOON):
        five(database)
        Sweep(DAY, None).work(database, 0.0, NOW + 5 * DAY)
        with transaction(database) as connection:
            said = list(connection.scalars(select(audit.c.detail).where(audit.c.act == "spare")))
        assert said == ["3 more are too old, which is many at once: they go if that is so in an hour"]


def test_days_of_recording_bear_out_a_time(tmp_path: Path) -> None:
    with open_database(str(tmp_path / "a.db"), write=True) as database, claim(database, NOON):
        made.record(database, "old", NOON)
        for hour in range(24):
            made.record(database, f"new {hour}", NOON + 90 * DAY + hour * made.HOUR)
        with transaction(database) as connection:
            assert reckoned(connection, NOON + 95 * DAY) == NOON + 95 * DAY
            assert reckoned(connection, NOON + 800 * DAY) == NOON + 98 * DAY
            assert reckoned(connection, NOON) == NOON


def test_that_holds_need_more_than_the_room_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_database(str(tmp_path / "a.db"), write=True) as database, claim(database, NOON):
        hold(database, made.record(database, "one", NOON), "counsel", "case 17", NOW)
        sweep = Sweep(None, 1)
        for hour in range(3):
            sweep.work(database, hour * EVERY_S, NOW)
    assert [record.message.partition(" takes ")[0] for record in caplog.records] == [
        "what is held or being recorded"
    ]
