"""The strip: one clock, the figures with their n, the age of the data, and nothing old that looks new."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency, Call
from console.domain.metrics import Tally, counted
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health, Program, UnitState
from console.session.store import Store
from console.ui.figures.faces import Face
from console.ui.figures.listing import Listing
from console.ui.figures.strip import Strip, age_face, clock_face
from console.ui.figures.tilerow import flow, shared
from console.ui.figures.tiles import Tile
from console.ui.parts.clocks import present
from tests.ui.board import NOW, PACK, a_board, a_call, a_unit, a_view, ago, feed, feeds, fix, later
from tests.ui.desk import keep


def a_strip(qtbot: QtBot, board: State) -> tuple[Strip, Store[State]]:
    store = Store(board)
    strip = Strip(store, a_view())
    keep(qtbot, strip)
    strip.resize(1_920, 60)
    return strip, store


def face_of(strip: Strip, name: str) -> Face:
    return tile_of(strip, name).face


def tile_of(strip: Strip, name: str) -> Tile:
    tile = strip.findChild(Tile, name)
    assert isinstance(tile, Tile)
    return tile


def tallied(*calls: Call) -> State:
    return a_board(calls, tally=counted(calls, PACK, None))


def ages(board: State) -> str:
    return age_face(board, present(board.second, board.agency)).said


def test_the_clock_is_told_in_the_agency_s_zone_with_its_shift() -> None:
    board = a_board(agencies={"cad": Agency(timezone="America/Denver", shift="Day shift B")})
    assert clock_face(board, present(board.second, board.agency)).said == "Day shift B · MST 16:30:12"


def test_the_clock_moves_with_the_board_and_not_by_itself(qtbot: QtBot) -> None:
    strip, store = a_strip(qtbot, a_board())
    store.set(later(a_board(), 1))
    assert face_of(strip, "clock").line[0].text == "16:30:13"


def test_waiting_calls_are_counted_and_the_oldest_is_told(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1, waits=5), a_call(2, waits=7.5)))
    assert face_of(strip, "waiting").said == "Waiting 2 oldest 07:30"


@pytest.mark.parametrize(("waits", "badge"), [(9, []), (11, [2]), (21, [1])])
def test_a_wait_over_its_limit_carries_the_alarm_s_shape(
    qtbot: QtBot, waits: float, badge: list[int]
) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1, waits=waits)))
    assert [span.badge for span in face_of(strip, "waiting").line if span.badge] == badge


def test_the_oldest_wait_ticks_without_any_change_of_the_calls(qtbot: QtBot) -> None:
    strip, store = a_strip(qtbot, tallied(a_call(1, waits=5)))
    store.set(later(store.value, 61))
    assert "06:01" in face_of(strip, "waiting").said


def test_a_call_without_a_limit_waits_too(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1, priority=9, waits=50)))
    assert face_of(strip, "waiting").said == "Waiting 1 oldest 50:00"


def test_teams_free_are_told_of_the_whole_roster(qtbot: QtBot) -> None:
    units = [a_unit("a"), a_unit("b", state=UnitState.UNKNOWN), a_unit("c", state=UnitState.ON_SCENE)]
    strip, _ = a_strip(qtbot, a_board(units=units))
    assert face_of(strip, "teams_free").said == "Teams free 1 of 3"


def test_what_is_not_known_makes_a_range_of_the_figure(qtbot: QtBot) -> None:
    tally = Tally(calls=439, eligible_yes=66, eligible_may=66, served_yes=40, served_may=40, open=3)
    board = a_board(calls=[a_call(1)], tally=tally)
    strip, store = a_strip(qtbot, board)
    assert face_of(strip, "eligible_coverage").line[0].text == "63\u00a0%"
    store.set(
        a_board(
            calls=[a_call(1)], tally=Tally(eligible_yes=66, eligible_may=70, served_yes=40, served_may=42)
        )
    )
    assert face_of(strip, "eligible_coverage").line[0].text == "57–62\u00a0%"


def test_every_share_has_its_n_beside_it(qtbot: QtBot) -> None:
    tally = Tally(calls=9, eligible_yes=6, eligible_may=6, served_yes=4, served_may=4, public_yes=9)
    strip, _ = a_strip(qtbot, a_board([a_call(1)], tally=tally))
    for name in ("eligible_coverage", "strict_diversions", "gross_share", "unmet_demand"):
        assert "n\u00a0" in face_of(strip, name).said


def test_the_formula_is_told_on_hover(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1)))
    assert "Eligible coverage = S / (E − open)" in tile_of(strip, "eligible_coverage").toolTip()


def test_figures_on_a_stale_feed_are_hatched_and_say_as_of_when(qtbot: QtBot) -> None:
    board = a_board([a_call(1)], feeds=feeds(feed(FeedName.CALLS, ago(1)), feed(FeedName.UNITS)))
    strip, _ = a_strip(qtbot, board)
    assert face_of(strip, "waiting").late
    assert "as of 16:29:12" in face_of(strip, "waiting").said


def test_figures_on_another_feed_stay_as_they_are(qtbot: QtBot) -> None:
    stale = feeds(feed(FeedName.CALLS, ago(1)), feed(FeedName.UNITS))
    strip, _ = a_strip(qtbot, a_board([a_call(1)], [a_unit("a")], feeds=stale))
    assert not face_of(strip, "teams_free").late


def test_a_hatched_figure_is_plain_again_once_its_feed_answers(qtbot: QtBot) -> None:
    strip, store = a_strip(qtbot, a_board([a_call(1)], feeds=feeds(feed(FeedName.CALLS, ago(1)))))
    store.set(a_board([a_call(1)]))
    assert not face_of(strip, "waiting").late


def test_before_the_first_answer_there_is_no_figure_at_all(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, a_board(feeds={}))
    assert face_of(strip, "waiting").said == "Waiting — no answer yet"


def test_the_age_of_each_feed_is_told() -> None:
    board = a_board(feeds=feeds(feed(FeedName.CALLS, ago(seconds=2)), feed(FeedName.UNITS, ago(seconds=1))))
    assert ages(board) == "Data age calls 2 s · units 1 s"


def test_what_a_file_says_has_no_age() -> None:
    told = (feed(FeedName.CALLS, ago(60)), feed(FeedName.UNITS, ago(60)))
    assert ages(a_board(feeds=feeds(*(replace(one, every=timedelta(0)) for one in told)))) == (
        "Data age from a file"
    )


def test_a_late_feed_says_so_in_word_color_and_shape() -> None:
    board = a_board(feeds=feeds(feed(FeedName.CALLS, ago(seconds=9))))
    (span,) = age_face(board, present(NOW, board.agency)).line
    assert (span.text, span.token, span.icon) == ("calls 9 s late", "p2", "health-late")


def test_a_stale_feed_is_hatched() -> None:
    board = a_board(feeds=feeds(feed(FeedName.CALLS, ago(seconds=16))))
    face = age_face(board, present(NOW, board.agency))
    assert (face.late, face.line[0].text) == (True, "calls 16 s stale")


def test_a_feed_that_a_source_does_not_give_is_named_calmly_and_last() -> None:
    paused = feed(FeedName.UNITS, None, reported=Health.PAUSED, reason="not_offered")
    assert ages(a_board(feeds=feeds(feed(FeedName.CALLS), paused))) == "Data age calls 0 s · units paused"


def test_units_that_one_of_three_sources_does_not_give_are_as_old_as_those_of_the_others() -> None:
    paused = feed(FeedName.UNITS, None, source="tickets", reported=Health.PAUSED, reason="not_offered")
    units = (feed(FeedName.UNITS), paused, feed(FeedName.UNITS, source="county"))
    board = a_board(units=[a_unit("star1")], feeds=feeds(feed(FeedName.CALLS), *units))
    assert ages(board) == "Data age calls 0 s · units 0 s"


def test_teams_that_no_source_gives_are_not_waited_for(qtbot: QtBot) -> None:
    paused = feed(FeedName.UNITS, None, reported=Health.PAUSED, reason="not_offered")
    strip, _ = a_strip(qtbot, a_board(feeds=feeds(feed(FeedName.CALLS), paused)))
    assert "not offered" in face_of(strip, "teams_free").said


def test_a_feed_that_a_source_does_not_give_is_no_further_trouble() -> None:
    paused = [feed(name, None, reported=Health.PAUSED) for name in (FeedName.UNITS, FeedName.POSITIONS)]
    board = a_board(feeds=feeds(feed(FeedName.CALLS, reported=Health.DOWN), *paused))
    face = age_face(board, present(NOW, board.agency))
    assert [span.text for span in face.line] == ["calls 0 s down"]


def test_of_two_sources_the_worse_one_is_told() -> None:
    board = a_board(
        feeds=feeds(feed(FeedName.CALLS), feed(FeedName.CALLS, source="county", reported=Health.DOWN))
    )
    assert ages(board) == "Data age calls 0 s down"


def test_enter_on_a_figure_opens_the_calls_behind_it(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1)))
    strip.show()
    QTest.keyClick(tile_of(strip, "waiting"), Qt.Key.Key_Return)
    (listing,) = strip.findChildren(Listing)
    assert listing.windowTitle().startswith("Waiting")
    assert not listing.isModal()
    listing.close()


def test_a_click_on_the_data_age_opens_every_feed(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, a_board())
    strip.show()
    QTest.mouseClick(tile_of(strip, "data_age"), Qt.MouseButton.LeftButton)
    (listing,) = strip.findChildren(Listing)
    assert listing.table.rows.rowCount() == len(FeedName)
    listing.close()


@pytest.mark.parametrize("width", [1_920, 1_366, 1_024, 640])
def test_no_tile_is_cut_off_at_any_width(qtbot: QtBot, width: int) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1, waits=21)))
    strip.resize(width, strip.heightForWidth(width))
    strip.show()
    qtbot.waitExposed(strip)
    for tile in (found for found in strip.findChildren(Tile) if found.isVisible()):
        corner = tile.mapTo(strip, tile.rect().bottomRight())
        assert strip.rect().contains(corner)
        assert tile.width() >= tile.least(compact=width < 1_600)


@given(widths=st.lists(st.integers(1, 400), max_size=12), room=st.integers(1, 2_000))
def test_tiles_flow_in_order_and_no_row_is_wider_than_its_room(widths: list[int], room: int) -> None:
    rows = flow(widths, room)
    assert [place for row in rows for place in row] == list(range(len(widths)))
    assert all(sum(widths[n] for n in row) <= room or len(row) == 1 for row in rows)


@given(needs=st.lists(st.integers(1, 400), min_size=1, max_size=8), spare=st.integers(0, 900))
def test_tiles_share_the_whole_width_and_each_has_what_it_needs(needs: list[int], spare: int) -> None:
    parts = shared(needs, sum(needs) + spare)
    assert sum(parts) == sum(needs) + spare
    assert all(part >= need for part, need in zip(parts, needs, strict=True))


def test_closing_the_strip_ends_its_watches(qtbot: QtBot) -> None:
    strip, store = a_strip(qtbot, a_board())
    strip.close()
    assert store.watched == 0


def test_a_call_that_was_answered_elsewhere_no_longer_ages(qtbot: QtBot) -> None:
    strip, store = a_strip(qtbot, tallied(a_call(1)))
    store.set(later(a_board(), timedelta(seconds=1).total_seconds()))
    assert face_of(strip, "waiting").said == "Waiting 0"


LOST = feeds(
    feed(FeedName.CALLS, ago(1), reported=Health.DOWN),
    *(feed(n) for n in FeedName if n is not FeedName.CALLS),
)


def test_the_badge_of_one_call_never_stands_beside_the_age_of_another(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1, waits=25, priority=9), a_call(2, waits=11)))
    assert face_of(strip, "waiting").said == "Waiting 2 oldest 25:00 alarm priority 2 1 over"


def test_the_badge_stands_beside_the_oldest_when_it_is_over_itself(qtbot: QtBot) -> None:
    strip, _ = a_strip(qtbot, tallied(a_call(1, waits=12), a_call(2, waits=3)))
    assert face_of(strip, "waiting").said == "Waiting 2 oldest alarm priority 2 12:00"


def test_a_wait_stops_at_the_last_answer_while_calls_are_stale(qtbot: QtBot) -> None:
    board = tallied(a_call(1, waits=5))
    strip, store = a_strip(qtbot, replace(board, feeds=LOST))
    first = face_of(strip, "waiting").said
    store.set(replace(store.value, at=NOW + timedelta(seconds=9), second=NOW + timedelta(seconds=9)))
    assert face_of(strip, "waiting").said == first == "Waiting 1 oldest 04:00 as of 16:29:12"


@pytest.mark.parametrize("width", [1_366, 1_920])
def test_a_feed_that_fails_leaves_the_height_of_the_strip(qtbot: QtBot, width: int) -> None:
    board = tallied(a_call(1, waits=25, priority=9), a_call(2, waits=11))
    strip, store = a_strip(qtbot, board)
    strip.resize(width, 60)
    tall = strip.heightForWidth(width)
    store.set(replace(board, feeds=LOST))
    assert strip.heightForWidth(width) == tall


def test_the_data_age_names_the_bad_feed_and_the_others_below() -> None:
    face = age_face(a_board(feeds=LOST), present(NOW, None))
    assert [span.text for span in face.line] == ["calls 60 s down"]
    assert face.note.startswith("units 0 s · positions 0 s")


def test_many_bad_feeds_are_counted_and_all_named_below() -> None:
    lost = feeds(*(feed(name, reported=Health.DOWN) for name in FeedName))
    face = age_face(a_board(feeds=lost), present(NOW, None))
    assert face.line[0].text == f"{len(FeedName)} feeds down"
    assert "units 0 s" in face.note


def test_the_data_age_takes_less_room_again_when_the_trouble_is_over(qtbot: QtBot) -> None:
    strip, store = a_strip(qtbot, a_board())
    wide = tile_of(strip, "data_age").sizeHint().width()
    store.set(a_board(feeds=feeds(*(feed(n, ago(99), reported=Health.DOWN) for n in FeedName))))
    store.set(a_board())
    assert tile_of(strip, "data_age").sizeHint().width() == wide


def test_a_figure_without_anything_to_count_says_why_instead_of_a_range(qtbot: QtBot) -> None:
    board = a_board([a_call(1)], tally=Tally(calls=192, eligible_may=192, served_may=192, strict_may=192))
    strip, _ = a_strip(qtbot, board)
    for name in ("eligible_coverage", "strict_diversions", "unmet_demand"):
        face = face_of(strip, name)
        assert ([span.text for span in face.line], face.note) == (["—"], "no eligibility in these data")


def test_where_no_team_is_on_the_roster_units_are_called_units(qtbot: QtBot) -> None:
    units = [a_unit("a", program=Program.EMS), a_unit("b", program=Program.EMS, state=UnitState.ON_SCENE)]
    strip, _ = a_strip(qtbot, a_board(units=units))
    assert face_of(strip, "teams_free").said == "Units free 1 of 2"


def test_a_free_team_that_has_gone_silent_is_told(qtbot: QtBot) -> None:
    units = [a_unit("a"), a_unit("b"), a_unit("c", state=UnitState.ON_SCENE)]
    fixes = {"a": fix("a", ago(6)), "b": fix("b", ago(1)), "c": fix("c", ago(9))}
    strip, _ = a_strip(qtbot, a_board(units=units, positions=fixes))
    assert face_of(strip, "teams_free").note == "1 silent"
