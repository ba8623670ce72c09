"""Opening an archive: what is made, what is refused, and that a refusal changes nothing."""

from datetime import UTC, datetime

from sqlalchemy import insert, select

from console.archive.store.database import transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
Archive = tuple[str, str | None]


def test_what_is_written_is_read_by_another_opening(archives: Archive) -> None:
    url, key = archives
    row = dict(run=1, first=1, last=9, since=0, until=5, digest=b"\0d", body=b"\xff" * 9000, events=9, rows=3)
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        with transaction(database) as connection:
            connection.execute(insert(blocks).values(row))
        with open_database(url, key=key) as reader, transaction(reader) as connection:
            assert dict(connection.execute(select(blocks)).one()._mapping) == {**row, "settled": False}
