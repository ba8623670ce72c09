"""Notices of the desktop: priority 1, 2 and trouble with the data, in words that say nothing of any person."""

from collections.abc import Iterable

import pytest
from PySide6.QtGui import QIcon

from console.domain.alarms.alarm import Alarm, Tone
from console.domain.vocabulary import Sensitivity
from console.session.store import Store
from console.ui.alerts.desktop import Desktop
from console.ui.alerts.notices import Notice, notice
from console.ui.alerts.notifying import Notifying
from tests.ui.alerts.board import BOARD, alarmed, an_alarm, emergency, overdue, tone, waiting
from tests.ui.board import NOW, a_board, a_call

PERSONAL = ("Ada Fenn", "303-555-0142", "1200 Main St", "knife", "Suicidal person", "1042", "m.ruiz")


class Room:
    """A live board, and a desktop that remembers its notices."""

    def __init__(self, *, in_front: bool = False) -> None:
        self.live = Store(BOARD)
        self.shown: list[Notice] = []
        self.spoken: list[str] = []
        self.notifying = Notifying(self.live, lambda: in_front, self.shown.append, self.spoken.append)

    def announce(self, *alarms: Alarm, tones: Iterable[Tone]) -> list[Notice]:
        """What the desktop shows of alarms that came with these tones."""
        before = len(self.shown)
        self.live.set(alarmed(self.live.value, *alarms, tones=tones))
        return self.shown[before:]


def test_a_new_alarm_is_one_notice() -> None:
    (shown,) = Room().announce(waiting("c1", announced_at=NOW), tones=[tone(1, 2)])
    assert shown == Notice(
        "SMART Console: alarm, priority 2",
        "1 call in D3: waits too long\nsince 16:27 · see the console",
        urgent=False,
    )


def test_a_team_is_named_by_its_callsign_and_priority_1_is_urgent() -> None:
    (shown,) = Room().announce(emergency(announced_at=NOW), tones=[tone(1, 1)])
    assert shown.text.startswith("STAR4: responder emergency\n")
    assert shown.urgent


def test_trouble_with_the_data_is_told_at_any_priority() -> None:
    late = an_alarm("feed_late", "city-cad calls", 3, announced_at=NOW, name="city-cad calls")
    (shown,) = Room().announce(late, tones=[tone(1, 3, data=True)])
    assert "city-cad calls: data late" in shown.text


def test_priority_3_of_calls_and_teams_is_not_told() -> None:
    old = an_alarm("call_old", "c1", 3, announced_at=NOW)
    assert Room().announce(old, tones=[tone(1, 3)]) == []


def test_nothing_is_shown_while_somebody_works_in_one_of_our_windows() -> None:
    assert Room(in_front=True).announce(emergency(announced_at=NOW), tones=[tone(1, 1)]) == []


def test_a_repeated_tone_is_no_second_notice() -> None:
    room = Room()
    room.announce(emergency(announced_at=NOW), tones=[tone(1, 1)])
    assert room.announce(emergency(announced_at=NOW), tones=[tone(1, 1), tone(2, 1, again=True)]) == []


def test_an_escalation_is_told_and_says_so() -> None:
    alarm = emergency(escalated_at=NOW)
    (shown,) = Room().announce(alarm, tones=[tone(1, 1, escalated=True)])
    assert shown.title == "SMART Console: alarm, priority 1, nobody has acknowledged"


def test_what_was_announced_before_is_not_in_the_notice() -> None:
    (shown,) = Room().announce(emergency(), waiting("c1", announced_at=NOW), tones=[tone(1, 2)])
    assert "STAR4" not in shown.text


def test_what_comes_at_once_is_one_notice_grouped_by_cause() -> None:
    alarms = [waiting(f"c{number}", announced_at=NOW, area=f"D{number % 3}") for number in range(12)]
    (shown,) = Room().announce(*alarms, emergency(announced_at=NOW), tones=[tone(1, 1)])
    assert shown.title == "SMART Console: 13 alarms, priority 1"
    assert shown.text.split("\n")[:2] == [
        "STAR4: responder emergency",
        "12 calls in D0, D1, D2: waits too long",
    ]


def test_more_causes_than_a_notice_holds_are_counted() -> None:
    rules = (
        "kickback_soon",
        "pending_too_long",
        "unit_silent",
        "scene_without_call",
        "feed_down",
        "sign_in_needed",
    )
    alarms = [an_alarm(rule, "x", 2, announced_at=NOW) for rule in rules]
    (shown,) = Room().announce(*alarms, tones=[tone(1, 2)])
    assert len(shown.text.split("\n")) == 5
    assert "and 2 more" in shown.text


@pytest.mark.parametrize("sensitivity", list(Sensitivity))
def test_nothing_of_a_person_leaves_the_console(sensitivity: Sensitivity) -> None:
    call = a_call(
        1042,
        caller_name="Ada Fenn",
        caller_phone="303-555-0142",
        address="1200 Main St",
        narrative="has a knife",
        nature_text="Suicidal person",
        sensitivity=sensitivity,
    )
    board = alarmed(a_board([call]), waiting("c1042", name="1042"), overdue(acknowledged_by="m.ruiz"))
    said = notice(list(board.alarms.standing.values()), board)
    assert not any(word in said.title + said.text for word in PERSONAL)


def test_a_recording_that_stopped_is_told_without_a_subject() -> None:
    said = notice([an_alarm("recording_paused", "recording", 2)], BOARD)
    assert said.text.startswith("Recording held up\n")


def test_priority_1_is_spoken_to_a_screen_reader_also_in_front() -> None:
    room = Room(in_front=True)
    room.announce(emergency(announced_at=NOW), waiting("c1", announced_at=NOW), tones=[tone(1, 1)])
    assert room.spoken == ["Priority 1: STAR4 calls for help"]


def test_a_board_that_begins_anew_tells_nothing_twice() -> None:
    room = Room()
    room.announce(tones=[tone(1, 2), tone(2, 2)])
    assert room.announce(emergency(announced_at=NOW), tones=[tone(1, 1)]) == []


def test_nobody_is_left_watching() -> None:
    room = Room()
    room.notifying.close()
    assert room.live.watched == 0


def test_a_desktop_without_a_place_for_notices_is_no_failure(qapp: object) -> None:
    desktop = Desktop(QIcon())
    desktop.show(Notice("title", "text", urgent=True))
    assert desktop._icon is None
    desktop.close()


def test_the_area_of_a_call_that_the_dispatch_system_covers_is_not_told() -> None:
    covered = a_call(1, sensitivity=Sensitivity.HIDE)
    state = alarmed(a_board([covered]), waiting(covered.id), waiting("c2"))
    text = notice(list(state.alarms.standing.values()), state).text
    assert text.startswith("2 calls in D3: waits too long")
    alone = alarmed(a_board([covered]), waiting(covered.id))
    assert notice(list(alone.alarms.standing.values()), alone).text.startswith("1 call: waits too long")
