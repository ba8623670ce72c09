"""Room on the map: what fills it, which names stand where not all can, and what lies over it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from console.domain.feed import Feed
from console.domain.state import State
from console.domain.vocabulary import FeedName, Program, UnitState
from console.domain.watching.catalog import PENDING_LONG
from console.ui.look.view import with_call
from console.ui.theme.theme import DARK
from tests.ui.board import alarmed, an_alarm
from tests.ui.map.boards import AGENCY, FEEDS, board, call, city, feed, fix, sent, unit
from tests.ui.map.conftest import NO_GPU, Desk

pytestmark = [pytest.mark.webengine, pytest.mark.qt_log_ignore(*NO_GPU)]

Open = Callable[..., Desk]


def test_a_city_fills_a_low_map_and_nothing_of_it_lies_under_a_panel(desk: Open) -> None:
    made = desk(_square())
    _resize(made, 575, 345)
    ys = [made.ask(f"live.units.find('{key}').py") for key in ("0", "24")]
    assert abs(ys[0] - ys[1]) > 0.75 * 345
    assert not made.ask("live.camera.covered(live.units.points(), live.camera.present())")


def test_every_team_and_late_call_is_named_where_police_and_plain_calls_are_not(desk: Open) -> None:
    teams = [unit(f"STAR {i}") for i in range(8)]
    police = [unit(f"PD {i}", program=Program.POLICE) for i in range(30)]
    spread = {one.id: i * 0.0006 for group in (teams, police) for i, one in enumerate(group)}
    corner = unit("far")
    near = [fix(key, 39.70 + by, -104.9 + by) for key, by in spread.items()]
    late = board(
        (*teams, *police, corner), (*near, fix("far", 39.6, -104.7)), (call("1042", 39.702, -104.9),)
    )
    made = desk(alarmed(late, an_alarm(PENDING_LONG, "1042")))
    named = set(made.ask("[...live.named].join()").split(","))
    assert {one.id for one in (*teams, corner)} | {"1042"} <= named
    assert not {one.id for one in police} <= named


def test_a_waiting_call_without_room_for_its_age_keeps_its_number(desk: Open) -> None:
    made = desk(city())
    parts = "live.calls.lines(live.calls.find('1042'), live.board.look, {})[0].length"
    assert (made.ask(parts.format("false")), made.ask(parts.format("true"))) == (2, 1)


def test_an_old_position_of_another_service_is_dashed_and_gray_until_its_call_is_chosen(desk: Open) -> None:
    one = unit("E10", UnitState.ON_SCENE, "1", program=Program.FIRE)
    made = desk(board((one,), (fix("E10", age=4000),), (call("1", assignments=sent("E10")),)))
    seen = "live.units.find('E10')"
    lines = f"live.units.lines({seen}, live.board.look).length"
    assert made.ask(f"{seen}.mark.dashed && {seen}.quiet")
    assert made.ask(lines) == 1
    made.view.set(with_call(made.view.value, "1"))
    made.until("live.board.chosen.call === '1' && live.owed === 0")
    assert made.ask(lines) == 2
    assert not made.ask(f"{seen}.quiet")


def test_the_legend_lists_only_programs_on_the_map(desk: Open) -> None:
    made = desk(board((unit("E10", program=Program.FIRE), unit("off")), (fix("E10"),)))
    listed = "[...document.querySelectorAll('#legend span')].map((one) => one.textContent).join()"
    assert made.ask(listed) == "fire"


@pytest.mark.parametrize("size", [(900, 620), (560, 320), (560, 620)])
def test_without_a_place_there_is_neither_legend_nor_scale(desk: Open, size: tuple[int, int]) -> None:
    nowhere = replace(AGENCY, bounds=None, base_map="")
    made = desk(replace(board((unit("E10"),), (), (call("1042", None, None),)), agencies={"a": nowhere}))
    _resize(made, *size)
    high = "document.getElementById('{}').offsetHeight"
    assert (made.ask(high.format("legend")), made.ask(high.format("scale"))) == (0, 0)
    assert made.ask(high.format("notes")) > 0


def test_a_narrow_map_of_calls_alone_has_no_empty_legend(desk: Open) -> None:
    made = desk(board((), (), (call("1042"),)))
    _resize(made, 560, 320)
    assert made.ask("document.getElementById('legend').offsetHeight") == 0
    assert made.ask("document.getElementById('scale').offsetHeight") > 0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_notes_and_scale_stand_on_a_ground_clear_of_the_legend(desk: Open, scale: float) -> None:
    made = desk(replace(city(), feeds=_silent()))
    made.view.set(replace(made.view.value, scale=scale))
    made.panel.resize(575, 345)
    made.until(f"Math.abs(live.map.getSize().x - 575 / {scale}) < 2")
    made.settled()
    made.until("document.querySelectorAll('#notes p').length === 3")
    legend, corner = (
        f"document.getElementById('{key}').getBoundingClientRect()" for key in ("legend", "corner")
    )
    assert made.ask(f"{corner}.top - {legend}.bottom") > 0 or made.ask(f"{legend}.left - {corner}.right") > 0
    assert (
        made.ask("Math.max(...[...document.querySelectorAll('#notes p')].map((p) => p.offsetHeight))") <= 32
    )
    rgb = ", ".join(str(int(DARK.overlay[i : i + 2], 16)) for i in (1, 3, 5))
    assert made.ask("getComputedStyle(document.getElementById('corner')).backgroundColor") == f"rgb({rgb})"


def test_a_street_is_not_named_under_a_symbol(desk: Open) -> None:
    made = desk(city())
    made.ask("live.camera.gesture(), live.map.setView([39.70, -104.90], 15.5), true")
    made.until("live.streets.size > 2 && live.asked === 0")
    name = made.ask("live.names.find(({ text, dot, at }) => at && !dot && live.streets.has(text)).text")
    at = f"live.names.find(({{ text }}) => text === '{name}').at"
    lat, lng = (
        made.ask(f"live.map.containerPointToLatLng([{at}.x, {at}.y]).{axis}") for axis in ("lat", "lng")
    )
    state = city()
    made.show(replace(state, positions={**state.positions, "STAR 3": fix("STAR 3", lat, lng)}))
    made.settled()
    assert not made.ask(f"live.streets.has('{name}')")


def _square() -> State:
    """Teams on a grid over the whole of a city, 0.2 degrees each way."""
    keys = [str(i) for i in range(25)]
    spots = (fix(key, 39.6 + int(key) // 5 * 0.05, -105 + int(key) % 5 * 0.05) for key in keys)
    return board(map(unit, keys), spots)


def _silent() -> dict[str, Feed]:
    late = (feed(name, 75) for name in (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS))
    return {**FEEDS, **{one.key: one for one in late}}


def _resize(made: Desk, width: int, height: int) -> None:
    made.panel.resize(width, height)
    made.shown()
    made.until(f"live.map.getSize().y === {height} && live.asked === 0")
