"""The line at the bottom: how long it is muted yet, and that nothing can be heard."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from console.session.store import Store
from console.ui.alerts.lacks import NO_DEVICE, NO_LIBRARY, Lack
from console.ui.alerts.sound_note import sound_note
from console.ui.frame.statusbar import StatusBar
from tests.ui.alerts.board import BOARD, a_mute
from tests.ui.board import NOW, a_view
from tests.ui.desk import keep


def test_nothing_is_said_while_tones_are_heard() -> None:
    assert sound_note(None, NOW, None).text == ""


@pytest.mark.parametrize(
    ("passed", "told"), [(0, "02:00"), (0.25, "02:00"), (1, "01:59"), (119.5, "00:01"), (125, "00:00")]
)
def test_a_mute_counts_down_by_the_second(passed: float, told: str) -> None:
    note = sound_note(a_mute(120), NOW + timedelta(seconds=passed), None)
    assert (note.text, note.tone) == (f"MUTED {told}", "p1")


@pytest.mark.parametrize("lack", [NO_DEVICE, NO_LIBRARY])
def test_no_audio_says_why_and_what_to_do(lack: Lack) -> None:
    note = sound_note(None, NOW, lack)
    assert (note.text, note.tone) == ("NO AUDIO", "p2")
    assert note.more[0].startswith(lack.why)
    assert lack.todo in note.more


def test_a_mute_without_audio_tells_both() -> None:
    assert sound_note(a_mute(60), NOW, NO_DEVICE).text == "NO AUDIO · MUTED 01:00"


def test_the_status_bar_has_a_note_only_while_there_is_something_to_tell(qtbot: QtBot) -> None:
    bar = keep(qtbot, StatusBar(Store(BOARD), a_view()))
    assert bar._sound.isHidden()
    bar.tell_sound(sound_note(a_mute(60), NOW, None))
    assert not bar._sound.isHidden()
    assert bar._sound.accessibleName() == "MUTED 01:00"
    bar.tell_sound(sound_note(None, NOW, None))
    assert bar._sound.isHidden()


def test_pressing_the_note_asks_for_sound(qtbot: QtBot) -> None:
    bar = keep(qtbot, StatusBar(Store(BOARD), a_view()))
    bar.tell_sound(sound_note(None, NOW, NO_DEVICE))
    with qtbot.waitSignal(bar.wants_sound):
        bar._sound.click()
