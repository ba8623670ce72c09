"""Alarms of the present stand over a replay and cannot be taken for part of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.state import State
from console.session.store import Store
from console.ui.alerts.live_line import LiveLine, calling
from console.ui.look.view import View
from console.ui.theme.theme import NIGHT
from tests.ui.alerts.board import BOARD, alarmed, an_alarm, emergency, source_down, waiting
from tests.ui.board import a_view, ago
from tests.ui.desk import keep, undress
from tests.ui.replaying import Recorded


class Room:
    """A line over a replay, with the live board behind it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.live: Store[State] = Store(BOARD)
        self.view = a_view()
        self.replays = Recorded(BOARD)
        self.line = keep(qtbot, LiveLine(self.live, self.view, self.replays))

    @property
    def said(self) -> str:
        return "" if self.line.isHidden() else self.line.text.text()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication) -> Iterator[Room]:
    """A line on the live board."""
    yield Room(qtbot)
    undress(qapp)


def test_on_the_live_board_it_says_nothing(room: Room) -> None:
    room.live.set(alarmed(BOARD, emergency()))
    assert room.said == ""


def test_in_a_replay_it_says_what_is_now(room: Room) -> None:
    room.replays.play()
    room.live.set(alarmed(BOARD, emergency()))
    assert room.said == (
        "LIVE ALARM, priority 1: STAR4 calls for help · since 16:27 · Call the team by radio now"
    )


def test_what_called_before_the_replay_began_is_told_too(room: Room) -> None:
    room.live.set(alarmed(BOARD, emergency()))
    room.replays.play()
    assert "STAR4" in room.said


def test_the_most_urgent_is_told_and_the_others_are_counted(room: Room) -> None:
    room.replays.play()
    room.live.set(alarmed(BOARD, waiting("c1"), waiting("c2"), emergency()))
    assert room.said.startswith("LIVE ALARM, priority 1")
    assert room.said.endswith("and 2 more")


def test_of_those_that_came_together_the_longest_is_told() -> None:
    short, long = waiting("c1", since=ago(12)), waiting("c2", since=ago(40))
    assert calling(alarmed(BOARD, short, long)) == (long, short)


@pytest.mark.parametrize(
    "quiet",
    [
        waiting("c1", acknowledged_at=ago(1)),
        waiting("c1", active=False),
        waiting("c1", announced_at=None),
        emergency(escalated_at=ago(1)),
        source_down(),
        an_alarm("call_old", "c1", 3),
    ],
)
def test_what_waits_for_nobody_or_can_wait_is_not_told(quiet: object) -> None:
    assert calling(alarmed(BOARD, quiet)) == ()  # type: ignore[arg-type]  # alarms of the table above


def test_it_goes_with_the_replay_and_its_button_ends_that(room: Room) -> None:
    room.replays.play()
    room.live.set(alarmed(BOARD, emergency()))
    room.line.back.click()
    assert room.replays.playing.value is None
    assert room.said == ""


def test_it_is_dressed_for_the_night(room: Room) -> None:
    room.replays.play()
    room.live.set(alarmed(BOARD, emergency()))
    room.view.set(View(theme=NIGHT))
    assert NIGHT.p1 in room.line.styleSheet()


def test_nobody_is_left_watching(room: Room) -> None:
    room.line.close()
    assert (room.live.watched, room.replays.playing.watched) == (0, 0)
