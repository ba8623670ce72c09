"""A supervisor's twelve minutes in the real window: ``python -m tests.scenes.supervisor ARCHIVE URL PICTURES``.

The dispatch API plays the demo city ten times as fast as the world; some seconds of it are cut off. Prints what the
window and the board came to at each step.
"""

import asyncio
import sys
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from console.domain.alarms.alarm import Alarm, Tone
from console.domain.entities import Call
from console.domain.metrics import is_team
from console.domain.sets import elsewhere
from console.domain.state import State
from console.domain.vocabulary import AlarmState, Health, Reached
from console.domain.watching.catalog import CHECK_IN, FEED_DOWN, PENDING_LONG, SILENT
from console.reports.handover.content import handover
from console.reports.handover.lines import Occasion
from console.ui.alerts.escalation_bar import EscalationBar
from console.ui.attention.attention import AttentionPanel
from console.ui.figures.tiles import Tile
from tests.scenes.desk import Desk, sit

TWELVE_MINUTES = timedelta(minutes=12)


class Watch:
    """What happens to the live board while the supervisor works: each tone once, each time an alarm comes up."""

    def __init__(self, desk: Desk) -> None:
        live = desk.showing.live
        assert live is not None
        self.store, self.tones, self.ups = live.store, dict[int, Tone](), set[tuple[str, datetime]]()
        self.began = live.store.value.at
        self._unwatch = live.store.watch(lambda state: state.alarms, lambda _alarms: self._look())

    @property
    def state(self) -> State:
        """The live board."""
        return self.store.value

    def _look(self) -> None:
        alarms = self.state.alarms
        self.tones.update({tone.number: tone for tone in alarms.tones})
        self.ups.update((alarm.id, alarm.raised_at) for alarm in alarms.standing.values())

    def standing(self, rule: str) -> list[Alarm]:
        """The alarms of a rule that hold."""
        return [alarm for alarm in self.state.alarms.standing.values() if alarm.rule == rule and alarm.active]

    def since(self, moment: datetime, *, data: bool = False) -> list[Tone]:
        """The tones after ``moment`` that came with something new."""
        new = [
            tone for tone in self.tones.values() if tone.at > moment and not tone.again and not tone.escalated
        ]
        return [tone for tone in new if tone.data is data]

    def times(self, name: str) -> int:
        """How often an alarm came up."""
        return sum(key == name for key, _ in self.ups)


async def supervised(desk: Desk, pictures: Path) -> dict[str, Any]:
    """Twelve minutes: teams to ask after, a silent one, a call too long in the queue, data cut off, all well again."""
    watch = Watch(desk)
    await desk.until(lambda: watch.state.calls and watch.state.alarms.opened, "a board whose alarms are said")
    watch.began = watch.state.at
    found: dict[str, Any] = {"began": str(watch.began)}
    found |= await _silent(desk, watch, pictures)
    found |= await _asked_after(desk, watch, pictures)
    found |= await _waited(desk, watch, pictures)
    found |= await _cut_off(desk, watch, pictures)
    await desk.until(lambda: watch.state.at >= watch.began + TWELVE_MINUTES, "the twelve minutes to be over")
    found |= await _handed_over(desk, watch, pictures)
    found["ended"] = str(watch.state.at)
    return found


async def _asked_after(desk: Desk, watch: Watch, pictures: Path) -> dict[str, Any]:
    """Teams on scene that nobody asked after: priority 1, each 30 s again, louder after 60, until they are reached."""

    def repeats() -> list[Tone]:
        return [tone for tone in watch.tones.values() if tone.again]

    await desk.until(lambda: watch.standing(CHECK_IN), "a check-in that is overdue")
    await desk.until(lambda: len(repeats()) >= 2, "the tone to come again")
    await desk.until(lambda: _bars(desk), "the escalation's banner")
    bar = " ".join(_bars(desk))
    _picture(desk, pictures / "overdue.png")
    overdue = [alarm.subject for alarm in watch.standing(CHECK_IN)]
    reached = watch.state.at
    for unit in overdue:
        desk.verbs.check_in(unit, Reached.RADIO)
    await desk.until(lambda: not watch.standing(CHECK_IN), "no team to be overdue")
    quiet, heard = watch.state.at, len(repeats())
    await desk.until(lambda: watch.state.at >= quiet + timedelta(seconds=45), "45 s")
    return {
        "overdue": overdue,
        "gaps": _gaps([tone for tone in watch.tones.values() if _urgent(tone) and tone.at <= reached]),
        "banner": bar,
        "reached": [watch.state.alarms.checked[unit].how for unit in overdue],
        "repeats_after": len(repeats()) - heard,
        "banner_after": _bars(desk),
    }


async def _silent(desk: Desk, watch: Watch, pictures: Path) -> dict[str, Any]:
    """A team that gives no position for eight minutes."""
    await desk.until(lambda: watch.standing(SILENT), "a silent team")
    alarm = watch.standing(SILENT)[0]
    fix = watch.state.positions[alarm.subject].at
    await desk.mapped()
    hollow = await desk._asked(
        "live.units.slots.filter((unit) => unit && unit.stale && unit.mark.dashed).map((unit) => unit.id).join()"
    )
    line = await _line(desk, alarm.id)
    _picture(desk, pictures / "silent.png")
    await _acknowledge(desk, watch, alarm.id)
    return {
        "silent": alarm.subject,
        "silent_after_s": (alarm.raised_at - fix).total_seconds(),
        "hollow": str(hollow).split(","),
        "silent_line": line,
        "silent_by": watch.state.alarms.standing[alarm.id].acknowledged_by,
    }


async def _waited(desk: Desk, watch: Watch, pictures: Path) -> dict[str, Any]:
    """A call of priority 2 that reaches its limit while somebody looks: one tone, then ``A``."""
    limit = watch.state.definitions.waiting["2"].amber
    await desk.until(lambda: _new(watch), "a call of priority 2 that comes to its limit")
    alarm = _new(watch)[0]
    tones = [tone for tone in watch.since(watch.began) if tone.at == alarm.raised_at]
    line = await _line(desk, alarm.id)
    _picture(desk, pictures / "waited.png")
    QTest.keyClick(desk.program.window, Qt.Key.Key_A)
    await desk.until(
        lambda: _state(watch, alarm.id) is AlarmState.ACKNOWLEDGED, "the call to be acknowledged"
    )
    return {
        "waited": alarm.subject,
        "waited_min": (alarm.raised_at - alarm.since).total_seconds() / 60,
        "limit_min": limit,
        "waited_tones": len(tones),
        "waited_line": line,
    }


async def _cut_off(desk: Desk, watch: Watch, pictures: Path) -> dict[str, Any]:
    """No data for 70 s: everything is told to be old, one alarm, and afterwards nothing is said again."""
    await desk.until(lambda: watch.standing(FEED_DOWN), "the source to be down")
    down = watch.standing(FEED_DOWN)
    name = down[0].id
    await desk.until(lambda: _hatched(desk), "hatched tiles")
    await desk.until(lambda: _suppressed(watch), "alarms to be set aside, as their data are old")
    suppressed = _suppressed(watch)
    hatched = _hatched(desk)
    _picture(desk, pictures / "cut.png")
    held = {alarm.id: alarm.raised_at for alarm in watch.state.alarms.standing.values()}
    calls = len(watch.state.open_calls)
    await desk.until(lambda: not watch.standing(FEED_DOWN), "the source to answer again")
    back = watch.state.at
    await desk.until(lambda: watch.state.at >= back + timedelta(seconds=60), "a minute more")
    after = watch.state.alarms.standing
    feeds = {feed.reported for feed in watch.state.feeds.values()}
    return {
        "down": [alarm.id for alarm in down],
        "down_times": watch.times(name),
        "data_tones": len(watch.since(down[0].raised_at - timedelta(seconds=1), data=True)),
        "kept_calls": calls,
        "hatched": hatched,
        "hatched_after": _hatched(desk),
        "suppressed": suppressed,
        "suppressed_after": _suppressed(watch),
        "raised_again": [
            key for key, at in held.items() if key in after and key != name and after[key].raised_at != at
        ],
        "feeds_after": sorted(feeds),
        "well": feeds == {Health.OK},
        "said_after": [tone.number for tone in watch.since(back) if not _explained(watch, tone)],
    }


async def _handed_over(desk: Desk, watch: Watch, pictures: Path) -> dict[str, Any]:
    """``Ctrl+P``: the page that the next supervisor gets says what the board says."""
    state, file = watch.state, pictures / "handover.pdf"
    QTest.keyClick(desk.program.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = (one for one in desk.program.window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    await desk.until(file.exists, "the handover")
    page, text = handover(state, Occasion("trainer")), _read(file)
    calls = [call for call in state.open_calls.values() if not elsewhere(call)]
    teams = [unit for unit in state.units.values() if is_team(unit)]
    return {
        "page_calls": {call.id for call in calls} <= {line.id for line in page.calls},
        "page_alarms": {line.id for line in page.alarms} == state.alarms.standing.keys(),
        "page_teams": {unit.id for unit in teams} <= {line.id for line in page.teams},
        "unwritten": [
            key for key in (*_numbers(calls), *(unit.callsign for unit in teams)) if key not in text
        ],
    }


def _numbers(calls: list[Call]) -> list[str]:
    return [call.number for call in calls]


def _read(file: Path) -> str:
    document = QPdfDocument()
    document.load(str(file))
    texts = [document.getAllText(number).text() for number in range(document.pageCount())]
    document.close()
    return " ".join(texts)


def _suppressed(watch: Watch) -> list[str]:
    return [
        alarm.id for alarm in watch.state.alarms.standing.values() if alarm.state is AlarmState.SUPPRESSED
    ]


def _explained(watch: Watch, tone: Tone) -> bool:
    """Whether an alarm came up for the first time when the tone sounded."""
    names = {key for key, at in watch.ups if at == tone.at}
    return any(watch.times(key) == 1 or _priority(watch, key) for key in names)


def _priority(watch: Watch, key: str) -> bool:
    alarm = watch.state.alarms.standing.get(key)
    return alarm is not None and alarm.count > 1 and alarm.active


def _new(watch: Watch) -> list[Alarm]:
    """Waits of priority 2 that came to their limit while somebody looked."""
    calls = watch.state.calls
    found = [alarm for alarm in watch.standing(PENDING_LONG) if alarm.raised_at > watch.began]
    return [alarm for alarm in found if calls[alarm.subject].priority == 2 and alarm.count == 1]


async def _acknowledge(desk: Desk, watch: Watch, name: str) -> None:
    """Press the key; it takes the newest first, so that one that came up just now may go before."""
    for _ in range(3):
        QTest.keyClick(desk.program.window, Qt.Key.Key_A)
        await asyncio.sleep(0.5)
        if _state(watch, name) is AlarmState.ACKNOWLEDGED:
            return
    raise TimeoutError(f"{name} was not acknowledged by its key")


def _state(watch: Watch, name: str) -> AlarmState | None:
    alarm = watch.state.alarms.standing.get(name)
    return alarm.state if alarm is not None else None


def _urgent(tone: Tone) -> bool:
    """Whether it says priority 1 of a call or a team: for the first time, again, or louder."""
    return tone.priority == 1 and not tone.data


def _gaps(tones: list[Tone]) -> list[float]:
    moments = sorted(tone.at for tone in tones)
    return [(later - sooner).total_seconds() for sooner, later in pairwise(moments)]


def _bars(desk: Desk) -> list[str]:
    bars = [bar for bar in desk.program.window.findChildren(EscalationBar) if bar.isVisible()]
    return [label.text() for bar in bars for label in bar.findChildren(QLabel) if label.text()]


async def _line(desk: Desk, name: str) -> str:
    """What stands in the list of what needs attention about an alarm."""
    rows = desk.part(AttentionPanel).table.rows
    await desk.until(lambda: name in rows.ids, f"{name} in the list")
    place = rows.ids.index(name)
    texts = (rows.index(place, column).data() for column in range(rows.columnCount()))
    return " ".join(str(text) for text in texts if text)


def _hatched(desk: Desk) -> list[str]:
    tiles = desk.program.window.findChildren(Tile)
    return sorted({tile.face.label for tile in tiles if tile.isVisible() and tile.face.late})


def _picture(desk: Desk, file: Path) -> None:
    desk.program.window.grab().save(str(file))


if __name__ == "__main__":
    sit(sys.argv[1], partial(supervised, pictures=Path(sys.argv[3])), sys.argv[2])
