"""Whoever comes back after a pause is told what changed since the last touch before it."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.state import State, start
from console.session.store import Store
from console.ui.away.looking import Looking
from tests.ui.board import NOW, a_board, a_call, ago


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """What a watcher belongs to."""
    assert qapp is not None
    made = QObject()
    yield made
    made.deleteLater()


def test_the_board_of_before_the_pause_is_the_one_that_was_last_touched(owner: QObject) -> None:
    store: Store[State] = Store(a_board([a_call(1)]))
    looking = Looking(store, None, owner, pause_ms=0)
    seen = store.value
    looking.touch()
    store.set(replace(seen, at=ago(-5)))
    looking.touch()
    assert looking.since is seen
    looking.release()


def test_touches_without_a_pause_move_nothing(owner: QObject) -> None:
    store: Store[State] = Store(a_board([a_call(1)]))
    looking = Looking(store, None, owner)
    first = store.value
    store.set(replace(first, at=ago(-5)))
    looking.touch()
    store.set(replace(first, at=ago(-6)))
    looking.touch()
    assert looking.since is first
    looking.release()


def test_nobody_looked_away_from_a_board_without_rows(owner: QObject) -> None:
    store: Store[State] = Store(start(NOW))
    looking = Looking(store, None, owner, pause_ms=0)
    board = a_board([a_call(1)])
    store.set(board)
    assert looking.since is board
    looking.release()


def test_going_back_in_time_leaves_no_board_of_the_future_to_compare_with(owner: QObject) -> None:
    store: Store[State] = Store(a_board([a_call(1)]))
    looking = Looking(store, None, owner, pause_ms=0)
    store.set(replace(store.value, at=ago(30)))
    assert looking.since is store.value
    looking.release()


def test_keys_and_the_mouse_in_a_window_are_touches(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    store: Store[State] = Store(a_board([a_call(1)]))
    looking = Looking(store, None, field, pause_ms=0)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    seen = store.value
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    store.set(replace(seen, at=ago(-1)))
    QTest.keyClick(field.windowHandle(), Qt.Key.Key_B)
    assert looking.since is seen
    assert store.watched == 1
    looking.release()
    assert store.watched == 0
