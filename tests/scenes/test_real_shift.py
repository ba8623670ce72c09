"""A real past shift, re-served as if live, read back over HTTP: the board is the file at that moment."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from console.commands.connect import one
from console.domain.state import start
from console.engine import Engine
from console.session.session import Session
from console.session.store import Store
from console.session.verbs import ActingVerbs
from console.ui.calls.calls import CallsPanel
from console.ui.look.view import View
from console.ui.theme.theme import DARK
from tests.scenes.command import board, served

WATCH = Path(__file__).parents[2].parent / "shared/data/sf-fire-2018/soda-nuek-vuh3-watch-2018-01-19.json"
CITY = ZoneInfo("America/Los_Angeles")
MOMENT = datetime(2018, 1, 19, 18, 0, tzinfo=CITY)

STAMPS = {
    "answered_at": "received_dttm",
    "created_at": "entry_dttm",
    "assigned_at": "dispatch_dttm",
    "enroute_at": "response_dttm",
    "on_scene_at": "on_scene_dttm",
    "left_at": "transport_dttm",
    "destination_at": "hospital_dttm",
}

pytestmark = [
    pytest.mark.scene,
    pytest.mark.skipif(not WATCH.exists(), reason="the San Francisco watch is not beside the project"),
]

Row = dict[str, Any]


def _moment(row: Row, field: str) -> datetime | None:
    text = row.get(field)
    return datetime.fromisoformat(text).replace(tzinfo=CITY) if text else None


def _by(moment: datetime | None) -> bool:
    return moment is not None and moment <= MOMENT


@pytest.fixture(scope="module")
def expected() -> dict[str, list[Row]]:
    """The unit rows of each call that is open at the moment, straight from the file."""
    calls: dict[str, list[Row]] = defaultdict(list)
    for row in json.loads(WATCH.read_text(encoding="utf-8")):
        calls[row["call_number"]].append(row)
    return {
        number: rows
        for number, rows in calls.items()
        if any(_by(_moment(row, "received_dttm")) for row in rows)
        and not all(_by(_moment(row, "available_dttm")) for row in rows)
    }


@pytest.fixture(scope="module")
def shown() -> Iterator[dict[str, Any]]:
    """The board that the console makes of it."""
    with served("--shift", str(WATCH), "--at", "2018-01-19T18:00", "--speed", "0", "--no-rebase") as url:
        yield board(url)


def test_the_open_calls_are_those_of_the_file(shown: dict[str, Any], expected: dict[str, list[Row]]) -> None:
    assert len(expected) > 5
    assert {call["number"] for call in shown["calls"]} == expected.keys()


def test_each_call_has_its_units(shown: dict[str, Any], expected: dict[str, list[Row]]) -> None:
    for call in shown["calls"]:
        sent = {row["unit_id"] for row in expected[call["number"]] if _by(_moment(row, "dispatch_dttm"))}
        assert set(call["units"]) == sent
        there = {
            row["unit_id"]
            for row in expected[call["number"]]
            if row["unit_id"] in sent and not _by(_moment(row, "available_dttm"))
        }
        assert {part["unit"] for part in call["assignments"] if "cleared_at" not in part} == there


def test_each_stage_appears_when_its_moment_has_come(
    shown: dict[str, Any], expected: dict[str, list[Row]]
) -> None:
    for call in shown["calls"]:
        for stamp, field in STAMPS.items():
            moments = [
                moment for row in expected[call["number"]] if (moment := _moment(row, field)) and _by(moment)
            ]
            first = min(moments, default=None)
            found = call["stamps"][stamp]
            assert (datetime.fromisoformat(found) if found else None) == first, (call["number"], stamp)
        assert call["stamps"]["cleared_at"] is None


def test_the_board_holds_for_the_moment_that_was_asked_for(shown: dict[str, Any]) -> None:
    assert datetime.fromisoformat(shown["at"]) == MOMENT.astimezone(UTC)


def test_the_board_says_that_it_is_fire_and_ems_data(shown: dict[str, Any]) -> None:
    assert "Fire and EMS data" in shown["notice"]
    assert {unit["program"] for unit in shown["units"]} <= {"fire", "ems", "other"}
    assert {call["program"] for call in shown["calls"]} == {None}


def test_every_busy_unit_stands_on_its_call(shown: dict[str, Any]) -> None:
    there = {
        part["unit"]: call["id"]
        for call in shown["calls"]
        for part in call["assignments"]
        if "cleared_at" not in part
    }
    busy = {unit["id"]: unit["call"] for unit in shown["units"] if unit["id"] in there}
    assert busy.keys() == there.keys()
    assert {unit["availability"] for unit in shown["units"] if unit["id"] in there} == {"assigned"}


def test_the_roster_sums(shown: dict[str, Any]) -> None:
    teams = shown["teams"]
    assert teams["roster"] == sum(
        teams[group] for group in ("available", "assigned", "delayed", "out", "unknown")
    )


def test_the_window_lists_the_same_calls(qtbot: QtBot, expected: dict[str, list[Row]]) -> None:
    with served("--shift", str(WATCH), "--at", "2018-01-19T18:00", "--speed", "0", "--no-rebase") as url:
        connection, broken = one(url, ""), list[BaseException]()
        engine = Engine(connection.specs, connection.pack, broken.append)
        session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
        view = Store(View(theme=DARK))
        panel = CallsPanel(session.store, view, ActingVerbs(engine.sequence.append, "test", engine.hurry))
        qtbot.addWidget(panel)
        engine.start()
        try:
            qtbot.waitUntil(lambda: _listed(session, panel) == expected.keys(), timeout=10_000)
        finally:
            engine.stop()
            panel.close_panel()
    assert broken == []


def _listed(session: Session, panel: CallsPanel) -> set[str]:
    session.step()
    rows = panel.table.rows
    return {session.store.value.calls[rows.id(place)].number for place in range(rows.rowCount())}


def test_by_default_the_moment_is_now() -> None:
    with served("--shift", str(WATCH), "--at", "2018-01-19T18:00", "--speed", "0") as url:
        found = board(url)
    assert abs(datetime.now(UTC) - datetime.fromisoformat(found["at"])) < timedelta(minutes=2)
