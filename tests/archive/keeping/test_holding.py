"""A hold says who, when and why, and both its beginning and its end are in the audit."""

import pytest
from sqlalchemy import select

from console.archive.keeping.holding import hold, release
from console.archive.store.database import transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import audit, micros, shifts
from tests.archive.keeping import shifts as made
from tests.domain.builders import NOON, at

Archive = tuple[str, str | None]


def test_a_hold_and_its_release_are_written_down(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON)
        hold(database, shift, "counsel", " case 17 ", NOON)
        hold(database, shift, "clerk", "cases 17 and 18", at(5))
        with transaction(database) as connection:
            held = connection.execute(
                select(shifts.c.held, shifts.c.held_by, shifts.c.held_because, shifts.c.held_at)
            ).one()
        assert held == (True, "clerk", "cases 17 and 18", micros(NOON))
        release(database, shift, "counsel", at(6))
        with transaction(database) as connection:
            assert connection.scalars(select(shifts.c.held)).one() is False
            rows = connection.execute(select(audit.c.who, audit.c.act, audit.c.detail)).all()
        assert rows == [
            ("counsel", "hold", "case 17"),
            ("clerk", "hold", "cases 17 and 18"),
            ("counsel", "release", "was held by clerk: cases 17 and 18"),
        ]


def test_a_hold_without_a_reason_is_refused(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        shift = made.record(database, "day", NOON)
        with pytest.raises(ArchiveError, match="needs a reason"):
            hold(database, shift, "counsel", " ", NOON)
        with pytest.raises(ArchiveError, match="is not held"):
            release(database, shift, "counsel", NOON)


def test_a_shift_can_be_held_while_another_console_records(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as recorder, claim(recorder, NOON):
        shift = made.record(recorder, "day", NOON, end=False)
        with open_database(url, key=key, write=True, create=False) as other:
            hold(other, shift, "counsel", "case 17", NOON)
        with transaction(recorder) as connection:
            assert connection.scalars(select(shifts.c.held)).one() is True
