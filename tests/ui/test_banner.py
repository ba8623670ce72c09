"""The banner: silent while all is well, else what, since when and what to do, the worst first."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency
from console.domain.events import DefinitionsRefused
from console.domain.feed import Feed
from console.domain.recording import Recording, RecordingState
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.session.store import Store
from console.ui.figures.listing import Listing
from console.ui.frame.banner import Banner
from console.ui.frame.troubles import notices, troubles
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.theme import fonts, style
from console.ui.theme.theme import NIGHT, Token
from tests.ui.board import NOW, a_board, a_view, ago, feed, feeds, later
from tests.ui.desk import keep, undress
from tests.ui.replaying import Recorded
from tests.ui.test_theme import contrast


def a_banner(qtbot: QtBot, board: State) -> tuple[Banner, Store[State]]:
    store = Store(board)
    banner = Banner(store, a_view())
    keep(qtbot, banner)
    return banner, store


def board_of(*given: Feed) -> State:
    return a_board(feeds=feeds(*given))


def told(board: State) -> list[str]:
    now = present(board.second, board.agency)
    return [trouble.told(now) for trouble in troubles(board)]


def words(banner: Banner) -> str:
    return "\n".join(label.text() for label in banner.findChildren(QLabel) if label.isVisibleTo(banner))


def test_nothing_is_said_while_every_feed_answers() -> None:
    assert troubles(a_board()) == ()


@pytest.mark.parametrize("calm", [Health.STARTING, Health.PAUSED])
def test_a_feed_that_starts_or_was_paused_is_no_trouble(calm: Health) -> None:
    assert troubles(board_of(feed(FeedName.CALLS, reported=calm))) == ()


def test_a_late_feed_is_told_in_the_strip_only() -> None:
    assert troubles(board_of(feed(FeedName.CALLS, ago(seconds=9)))) == ()


def test_a_lost_feed_says_what_since_when_and_what_to_do() -> None:
    lost = feed(
        FeedName.UNITS,
        reported=Health.DOWN,
        since=ago(3),
        detail="connection refused",
        tip="Check the network",
    )
    assert told(board_of(lost)) == [
        "city-cad: units down · connection refused · since 16:27 (3 min) · Check the network"
    ]


def test_the_next_try_is_told() -> None:
    lost = feed(FeedName.UNITS, reported=Health.DOWN, next_try=NOW + timedelta(seconds=12))
    assert told(board_of(lost))[0].endswith("next try in 12 s")


def test_a_stale_feed_is_told_since_its_last_good_answer() -> None:
    assert troubles(board_of(feed(FeedName.CALLS, ago(2))))[0].since == ago(2)


def test_silence_alone_becomes_trouble_when_the_clock_says_so() -> None:
    board = board_of(feed(FeedName.CALLS, NOW))
    assert troubles(later(board, 15, feeds=board.feeds)) == ()
    assert [trouble.health for trouble in troubles(later(board, 16, feeds=board.feeds))] == [Health.STALE]


def test_feeds_held_up_by_one_cause_are_one_trouble() -> None:
    lost = [feed(name, reported=Health.DOWN, detail="no route") for name in (FeedName.CALLS, FeedName.UNITS)]
    assert [trouble.what for trouble in troubles(board_of(*lost))] == [
        "city-cad: calls, units down · no route"
    ]


def test_the_worst_stands_first() -> None:
    states = (Health.DEGRADED, Health.DOWN, Health.AUTH)
    sick = [feed(FeedName.CALLS, reported=state, source=f"cad{n}") for n, state in enumerate(states)]
    assert [trouble.health for trouble in troubles(board_of(*sick))] == [
        Health.AUTH,
        Health.DOWN,
        Health.DEGRADED,
    ]


def test_trouble_with_calls_or_units_stands_before_worse_trouble_with_beds() -> None:
    beds = feed(FeedName.FACILITIES, reported=Health.AUTH)
    units = feed(FeedName.UNITS, reported=Health.DOWN)
    assert "units" in troubles(board_of(beds, units))[0].what


def test_the_notices_of_all_sources_stand_together() -> None:
    agencies = {"a": Agency(notice="Simulation"), "b": Agency(), "c": Agency(notice="Past shift")}
    assert notices(a_board(agencies=agencies)) == "Simulation · Past shift"


def test_the_banner_takes_no_room_while_there_is_nothing_to_say(qtbot: QtBot) -> None:
    banner, _ = a_banner(qtbot, a_board())
    assert banner.isHidden()


def test_the_banner_appears_and_goes_with_the_trouble(qtbot: QtBot) -> None:
    banner, store = a_banner(qtbot, a_board())
    store.set(board_of(feed(FeedName.CALLS, reported=Health.DOWN)))
    assert not banner.isHidden()
    store.set(a_board())
    assert banner.isHidden()


def test_other_troubles_are_counted_behind_a_button(qtbot: QtBot) -> None:
    lost = feed(FeedName.CALLS, reported=Health.DOWN)
    others = [feed(name, reported=Health.AUTH) for name in (FeedName.FACILITIES, FeedName.FOLLOW_UPS)]
    banner, _ = a_banner(qtbot, board_of(lost, others[0], feed(FeedName.UNITS, ago(5))))
    button = next(b for b in banner.findChildren(QPushButton) if b.text() == "2 more")
    button.click()
    assert [listing.windowTitle() for listing in banner.findChildren(Listing)] == ["Data age"]
    banner.findChildren(Listing)[0].close()


def test_a_source_s_words_are_never_taken_for_markup(qtbot: QtBot) -> None:
    evil = feed(FeedName.CALLS, reported=Health.DOWN, detail="<b>bold</b><img src=file:///etc/passwd>")
    banner, _ = a_banner(qtbot, board_of(evil))
    assert "<b>bold</b>" in words(banner)
    assert {label.textFormat().name for label in banner.findChildren(QLabel) if label.text()} == {"PlainText"}


def test_what_the_workstation_has_to_say_stays_until_it_is_closed(qtbot: QtBot) -> None:
    banner, store = a_banner(qtbot, a_board())
    banner.say("The layout on file is damaged")
    store.set(later(a_board(), 1))
    assert "damaged" in words(banner)
    next(b for b in banner.findChildren(QPushButton) if b.text() == "Close").click()
    assert banner.isHidden()


def test_closing_the_banner_ends_its_watch(qtbot: QtBot) -> None:
    banner, store = a_banner(qtbot, a_board())
    banner.close()
    assert store.watched == 0


def test_at_night_the_banner_is_a_dark_field_with_a_colored_edge_and_text(
    qtbot: QtBot, qapp: QApplication
) -> None:
    fonts.load()
    style.apply(qapp, NIGHT)
    lost = board_of(feed(FeedName.CALLS, reported=Health.DOWN))
    banner = keep(qtbot, Banner(Store(lost), Store(View(theme=NIGHT))))
    banner.resize(900, 40)
    banner.show()
    qtbot.waitExposed(banner)
    picture = banner.grab().toImage()
    undress(qapp)
    assert picture.pixelColor(1, 20).name().upper() == NIGHT.p2
    assert picture.pixelColor(700, 3).name().upper() == NIGHT.overlay


@pytest.mark.parametrize("tone", ["p1", "p2", "p3", "stale"])
def test_every_tone_can_be_read_on_the_night_banner(tone: Token) -> None:
    assert contrast(NIGHT.color(tone), NIGHT.overlay) >= 4.5


FULL = Recording(
    RecordingState.PAUSED,
    ago(3),
    detail="Recording stopped at 16:27: the disk is full.",
    tip="Free some space; recording goes on by itself.",
)
GAP = "The previous recording ended unexpectedly at 15:40: 12 minutes are missing."


def test_a_recording_that_stopped_says_what_since_when_and_what_to_do() -> None:
    (said,) = told(a_board(recording=FULL))
    assert said.startswith(
        "Recording stopped at 16:27: the disk is full · since 16:27 (3 min) · Free some space;"
    )


def test_events_that_the_recording_lost_are_counted() -> None:
    assert " · 1,200 events lost · since" in told(a_board(recording=replace(FULL, lost=1_200)))[0]


def test_a_recording_that_stopped_stands_below_lost_calls_and_above_lost_beds() -> None:
    lost = [feed(name, reported=Health.DOWN, detail=name) for name in (FeedName.CALLS, FeedName.FACILITIES)]
    found = troubles(a_board(feeds=feeds(*lost), recording=FULL))
    assert [trouble.what.split(" ")[1] for trouble in found] == ["calls", "stopped", "beds"]


@pytest.mark.parametrize("state", [state for state in RecordingState if state is not RecordingState.PAUSED])
def test_a_recording_in_any_other_state_is_no_trouble(state: RecordingState) -> None:
    assert troubles(a_board(recording=Recording(state, ago(3), detail="x"))) == ()


def test_what_the_last_recording_left_out_is_told_until_it_is_read(qtbot: QtBot) -> None:
    board = a_board(recording=Recording(RecordingState.ON, ago(3), detail=GAP))
    banner, store = a_banner(qtbot, board)
    assert GAP.rstrip(".") in words(banner)
    next(b for b in banner.findChildren(QPushButton) if b.text() == "Close").click()
    store.set(later(board, 5))
    assert banner.isHidden()


def test_a_board_that_is_not_recorded_says_why(qtbot: QtBot) -> None:
    off = Recording(RecordingState.OFF, ago(3), detail="Nothing is recorded: wrong key.", tip="Set the key")
    banner, _ = a_banner(qtbot, a_board(recording=off))
    assert "Nothing is recorded: wrong key · Set the key" in words(banner)


def test_a_replay_does_not_ask_to_mend_the_recording_of_then(qtbot: QtBot) -> None:
    off = Recording(RecordingState.OFF, ago(3), detail="Nothing is recorded: wrong key.")
    replays = Recorded()
    banner = keep(qtbot, Banner(Store(a_board(recording=off)), a_view(), replays))
    replays.play()
    assert banner.isHidden()


def test_the_list_of_feeds_is_not_offered_for_what_it_does_not_tell(qtbot: QtBot) -> None:
    banner, store = a_banner(qtbot, a_board(recording=FULL))
    offered = [b.text() for b in banner.findChildren(QPushButton) if b.isVisibleTo(banner)]
    lost = feed(FeedName.FACILITIES, reported=Health.DOWN)
    store.set(a_board(feeds=feeds(lost), recording=FULL))
    more = [b.text() for b in banner.findChildren(QPushButton) if b.isVisibleTo(banner)]
    assert (offered, more) == ([], ["1 more"])


def test_a_change_of_the_definitions_that_cannot_be_used_is_told_with_its_line() -> None:
    refused = DefinitionsRefused(
        ago(30), "ours.toml", ("line 8: waiting.2: amber is above red", "line 9: x"), 3
    )
    (said,) = told(a_board(refused=refused))
    for part in (
        "ours.toml",
        "line 8: waiting.2: amber is above red",
        "4 more",
        "since",
        "The earlier ones hold",
    ):
        assert part in said


def test_the_banner_goes_once_the_definitions_are_mended(qtbot: QtBot) -> None:
    refused = DefinitionsRefused(ago(30), "ours.toml", ("line 8: waiting.2: amber is above red",))
    banner, store = a_banner(qtbot, a_board())
    store.set(replace(store.value, refused=refused))
    assert "line 8" in words(banner)
    store.set(replace(store.value, refused=None))
    assert "line 8" not in words(banner)
