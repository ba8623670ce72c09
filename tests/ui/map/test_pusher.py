"""The pace of messages: one at a time, each after the one before was drawn."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.ui.map.message import Message
from console.ui.map.pusher import Pusher


class Page:
    """Counts what it is told."""

    def __init__(self, parent: QObject) -> None:
        self.told = 0
        self.pusher = Pusher(self._message, lambda script: None, parent)

    def _message(self) -> Message:
        self.told += 1
        return Message(self.told)


@pytest.fixture
def page(qapp: object) -> Iterator[Page]:
    parent = QObject()
    yield Page(parent)
    parent.deleteLater()


def test_nothing_is_sent_before_the_page_is_ready(page: Page) -> None:
    page.pusher.want(urgent=True)
    assert page.told == 0


def test_a_ready_page_is_told_everything_at_once(page: Page) -> None:
    page.pusher.open()
    assert page.told == 1


def test_no_message_goes_out_while_one_is_not_drawn(page: Page) -> None:
    page.pusher.open()
    page.pusher.want(urgent=True)
    page.pusher.want(urgent=True)
    assert page.told == 1
    page.pusher.painted(1)
    assert page.told == 2


def test_an_answer_to_an_older_message_does_not_count(page: Page) -> None:
    page.pusher.open()
    page.pusher.want(urgent=True)
    page.pusher.painted(0)
    page.pusher.painted(99)
    assert page.told == 1


def test_changes_of_the_board_wait_for_the_frame(page: Page, qtbot: QtBot) -> None:
    page.pusher.open()
    page.pusher.painted(1)
    page.pusher.want()
    assert page.told == 1
    qtbot.waitUntil(lambda: page.told == 2, timeout=1_000)


def test_what_a_person_did_does_not_wait(page: Page) -> None:
    page.pusher.open()
    page.pusher.painted(1)
    page.pusher.want(urgent=True)
    assert page.told == 2


def test_a_page_that_does_not_answer_is_told_of(page: Page, qtbot: QtBot) -> None:
    page.pusher._patience.setInterval(20)
    with qtbot.waitSignal(page.pusher.stalled, timeout=1_000):
        page.pusher.open()
