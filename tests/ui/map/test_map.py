"""The map in a real web view: what it draws, where it looks, and what choosing does."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.domain.alarms.alarm import Shelf
from console.domain.vocabulary import UnitState
from console.domain.watching.catalog import CHECK_IN, PENDING_LONG
from console.ui.look.view import with_call, with_unit
from console.ui.theme.theme import DARK, LIGHT
from tests.ui.board import NOW, alarmed, an_alarm
from tests.ui.map.boards import board, call, city, fix, unit
from tests.ui.map.conftest import NO_GPU, Desk

pytestmark = [pytest.mark.webengine, pytest.mark.qt_log_ignore(*NO_GPU)]

Open = Callable[..., Desk]


def test_units_are_drawn_where_they_are_hollow_when_free_and_filled_when_committed(desk: Open) -> None:
    made = desk(
        board(
            (unit("free"), unit("busy", UnitState.ON_SCENE)),
            (fix("free", 39.68, -104.95), fix("busy", 39.72, -104.85)),
        )
    )
    for key, lat, lon, color in (("free", 39.68, -104.95, DARK.halo), ("busy", 39.72, -104.85, DARK.bar)):
        at = made.spot(f"live.units.find('{key}')")
        assert (at - made.spot(f"live.map.latLngToContainerPoint([{lat}, {lon}])")).manhattanLength() <= 1
        made.colored(at, color)


def test_an_old_position_fades_and_a_stale_one_is_dashed_with_its_age(desk: Open) -> None:
    ages = {"new": 3, "late": 90, "lost": 430}
    made = desk(board(map(unit, ages), (fix(key, age=age) for key, age in ages.items())))
    looks = {key: made.ask(f"live.units.find('{key}').mark.dashed") for key in ages}
    assert looks == {"new": False, "late": False, "lost": True}
    assert made.ask("live.units.find('late').faded") is True
    assert made.ask("live.units.lines(live.units.find('lost'), live.board.look)[1][0].text") == "7 min"


def test_a_call_with_an_alarm_carries_its_badge_and_its_wait(desk: Open) -> None:
    made = desk(alarmed(board(calls=(call("1042"),)), an_alarm(PENDING_LONG, "1042", 3)))
    head = made.spot("live.calls.head(live.calls.find('1042'), live.scale)")
    assert made.ask("live.calls.find('1042').priority") == 3
    assert made.ask("live.calls.find('1042').wait") == "18:00"
    made.colored(head + QPoint(0, 4), DARK.p3)


def test_a_badge_that_was_acknowledged_is_an_outline_and_one_that_is_shelved_has_no_color(desk: Open) -> None:
    alarm = an_alarm(PENDING_LONG, "1042", 3)
    plain = board(calls=(call("1042"),))
    made = desk(alarmed(plain, alarm))
    spot = made.spot("live.calls.head(live.calls.find('1042'), live.scale)") + QPoint(3, 0)
    made.show(alarmed(plain, replace(alarm, acknowledged_at=NOW)))
    assert made.ask("live.calls.find('1042').loud") == "calm"
    made.colored(spot, DARK.panel)
    made.show(alarmed(plain, replace(alarm, shelf=Shelf(NOW, NOW, "m.ruiz", "known"))))
    assert made.ask("live.calls.find('1042').loud") == "gray"
    assert made.ask("Calls.urgent(live.calls.find('1042'))") is False


def test_a_team_in_danger_carries_a_badge_and_the_word_beside_its_symbol(desk: Open) -> None:
    units = (unit("STAR 1", UnitState.ON_SCENE, emergency=True), unit("STAR 2", UnitState.ON_SCENE))
    made = desk(
        alarmed(
            board(units, (fix("STAR 1", 39.68, -104.95), fix("STAR 2", 39.72, -104.85))),
            an_alarm(CHECK_IN, "STAR 2", 1),
        )
    )
    said = [made.ask(f"live.units.find('STAR {n}').said") for n in (1, 2)]
    assert said == ["EMERGENCY", "overdue"]
    assert made.ask("live.units.lines(live.units.find('STAR 1'), live.board.look)[1][0].text") == "EMERGENCY"
    badge = made.spot("live.units.find('STAR 1')") + QPoint(-14, -10)
    made.colored(badge, DARK.p1)


def test_choosing_a_call_anywhere_goes_there_and_shows_its_teams_and_clearing_returns(desk: Open) -> None:
    made = desk(city())
    where = "[live.map.getZoom(), live.map.getCenter().lat, live.map.getCenter().lng].join()"
    before = made.ask(where)
    made.view.set(with_call(made.view.value, "1039"))
    made.until("live.board.chosen.call === '1039' && live.owed === 0")
    assert made.ask("live.board.chosen.links.length") == 2
    assert made.ask(where) != before
    assert made.ask("Picture.lines(live, Geo.frame(live.map)).length") == 2
    made.view.set(with_call(made.view.value, ""))
    made.until("live.board.chosen.call === '' && live.owed === 0")
    assert made.ask(where) == before


def test_choosing_a_unit_links_it_to_its_call(desk: Open) -> None:
    made = desk(city())
    made.view.set(with_unit(made.view.value, "STAR 2"))
    made.until("live.board.chosen.unit === 'STAR 2'")
    assert made.ask("live.board.chosen.to") == "1039"


def test_a_click_on_a_pin_selects_its_call_and_a_second_click_clears(desk: Open) -> None:
    made = desk(city())
    for selected in ("1042", ""):
        at = made.spot("live.calls.head(live.calls.find('1042'), live.scale)")
        QTest.mouseClick(made.canvas, Qt.MouseButton.LeftButton, pos=at)
        made.until(f"live.board.chosen.call === '{selected}'")
        assert made.view.value.call == selected


@pytest.mark.parametrize(
    "gesture",
    [
        "live.map.fire('dragstart')",
        "live.map.getContainer().dispatchEvent(new WheelEvent('wheel', {deltaY: 0}))",
    ],
)
def test_the_map_never_moves_by_itself_after_a_gesture_until_it_is_fitted(desk: Open, gesture: str) -> None:
    made = desk(city())
    made.ask(f"{gesture}, true")
    far = replace(city(), positions={**city().positions, "STAR 3": fix("STAR 3", 39.9, -104.6)})
    before = made.ask("live.map.getCenter().toString()")
    made.show(far)
    assert made.ask("live.map.getCenter().toString()") == before
    made.panel.fit()
    made.until("live.units.find('STAR 3').seen && live.asked === 0")
    assert made.ask("live.map.getCenter().toString()") != before


def test_a_theme_goes_on_at_once(desk: Open) -> None:
    made = desk(city())
    made.view.set(replace(made.view.value, theme=LIGHT))
    made.colored(QPoint(4, 300), LIGHT.land)


def test_names_and_phones_are_in_the_page_only_while_the_mask_is_held(desk: Open) -> None:
    made = _picked(desk)
    text = "document.body.textContent"
    assert "Vale" not in made.ask(text)
    at = made.spot("document.querySelector('#card .mask').getBoundingClientRect()")
    at.setX(at.x() + 20)
    at.setY(at.y() + 20)
    QTest.mousePress(made.canvas, Qt.MouseButton.LeftButton, pos=at)
    made.until(f"{text}.includes('Jordan Vale') && {text}.includes('555-0142')")
    assert made.verbs.revealed == ["1042"]
    QTest.mouseRelease(made.canvas, Qt.MouseButton.LeftButton, pos=at)
    made.until(f"!{text}.includes('Vale')")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_mask_is_held_by_a_key_and_keeps_its_focus(desk: Open, key: Qt.Key) -> None:
    made = _picked(desk)
    text = "document.body.textContent"
    focused = "document.activeElement.matches('#card .mask[role=button][aria-label]')"
    made.panel.activateWindow()
    made.canvas.setFocus()
    made.ask("live.card.mask.focus(), true")
    made.until(focused)
    QTest.keyPress(made.canvas, key)
    made.until(f"{text}.includes('Jordan Vale')")
    assert made.verbs.revealed == ["1042"]
    QTest.keyRelease(made.canvas, key)
    made.until(f"!{text}.includes('Vale')")
    made.ask("live.card.fill(live.card.shown), true")
    assert made.ask(focused)


def test_a_mask_that_loses_the_focus_is_covered(desk: Open) -> None:
    made = _picked(desk)
    made.ask("live.card.mask.focus(), live.card.hold(), true")
    made.until("document.body.textContent.includes('Jordan Vale')")
    made.ask("live.card.mask.blur(), true")
    made.until("!document.body.textContent.includes('Vale')")


def _picked(desk: Open) -> Desk:
    made = desk(city())
    at = made.spot("live.calls.head(live.calls.find('1042'), live.scale)")
    QTest.mouseClick(made.canvas, Qt.MouseButton.LeftButton, pos=at)
    made.until("document.querySelector('#card.pinned .mask')")
    made.settled()
    return made
