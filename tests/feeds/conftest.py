"""A worker process for the tests that need one."""

from collections.abc import Iterator

import pytest

from console.feeds.process.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker process, ended after the test."""
    worker = Worker()
    yield worker
    worker.close()
