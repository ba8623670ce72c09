"""A PostgreSQL server that hangs is broken off with; one that only works for long is waited for."""

from threading import Event
from time import monotonic

import pytest
from sqlalchemy import text

from console.archive.store.database import transaction
from console.archive.store.errors import Lost
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.patience import SILENT_S
from tests.archive.conftest import Hanging
from tests.archive.store.made import NOON, add


def test_a_server_that_hangs_is_lost_within_ten_seconds_and_taken_up_again(hanging: Hanging) -> None:
    with open_database(hanging.url, write=True) as database, claim(database, NOON):
        add(database)
        hanging.begin()
        began = monotonic()
        with pytest.raises(Lost, match="does not answer"):
            add(database)
        assert monotonic() - began < 10
        hanging.end()
        for _ in range(20):
            try:
                add(database)
                break
            except Lost:  # until it has seen that the broken connection is gone
                Event().wait(0.2)
        with transaction(database) as connection:
            assert connection.scalar(text("SELECT count(*) FROM audit")) >= 2


def test_a_statement_that_takes_long_is_waited_for(pg: str) -> None:
    with open_database(pg, write=True) as database, transaction(database) as connection:
        assert connection.scalar(text(f"SELECT pg_sleep({SILENT_S + 1.5})::text")) == ""
