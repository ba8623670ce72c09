"""A worker process for the tests that need one."""

from collections.abc import Iterator
from multiprocessing import resource_tracker

import pytest

from console.feeds.worker import Worker


@pytest.fixture(scope="session", autouse=True)
def resources_tracked() -> None:
    """Python's own helper process comes with the first child and stays: no test leaves it behind."""
    resource_tracker.ensure_running()


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A worker process, ended after the test."""
    worker = Worker()
    yield worker
    worker.close()
