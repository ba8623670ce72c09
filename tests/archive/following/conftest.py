"""A shared archive that a console records into."""

from collections.abc import Iterator

import pytest

from console.archive.store.database import Database
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from tests.domain.builders import NOON


@pytest.fixture
def shared(pg: str) -> Iterator[Database]:
    """A PostgreSQL archive, open to write."""
    with open_database(pg, write=True) as database, claim(database, NOON):
        yield database
