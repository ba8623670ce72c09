"""A console that answers alarms, and the one after it: ``python -m tests.scenes.carried URL ARCHIVE first|next|down``.

Each prints one line of what stands; the first goes on until it is killed. ``down``: the server is gone by now.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

from msgspec.structs import replace

from console.archive.spec import ArchiveSpec
from console.commands import connect
from console.domain.definitions import Limit
from console.domain.state import State, start
from console.domain.vocabulary import Reached, UnitState
from console.domain.watching.catalog import PENDING_LONG
from console.engine import Engine
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store
from console.session.verbs import ActingVerbs

SHELVED = timedelta(minutes=10)
PATIENCE_S = 40.0


class Watching:
    """An engine that records, and the board that it comes to; calls may wait a few seconds here."""

    def __init__(self, url: str, archive: str) -> None:
        connection = connect.sources(None, url, None)
        waiting = {str(priority): Limit(amber=0.02, red=900, at_amber=2) for priority in (1, 2, 3)}
        self.broken: list[BaseException] = []
        pack = replace(connection.pack, waiting=waiting)
        self.engine = Engine(connection.specs, pack, self.broken.append, ArchiveSpec(archive))
        self.session = Session(self.engine.clock, self.engine.sequence, Store(start(self.engine.clock.now())))
        self.engine.shown_by(lambda: self.session.store.value)
        self.engine.start()

    @property
    def state(self) -> State:
        return self.session.store.value

    def until(self, reached: Callable[[State], bool]) -> State:
        """Step until ``reached`` holds."""
        pause, over = Event(), steady() + PATIENCE_S
        while not reached(self.state) and not self.broken:
            assert steady() < over, self.state.alarms
            self.session.step()
            pause.wait(0.05)
        return self.state

    def told(self) -> dict[str, Any]:
        """What stands, when teams were last reached, and the sounds there were."""
        alarms = self.state.alarms
        return {
            "states": {name: str(alarm.state) for name, alarm in alarms.standing.items()},
            "said": {
                name: alarm.announced_at.isoformat() if alarm.announced_at else None
                for name, alarm in alarms.standing.items()
            },
            "shelved_until": {
                name: alarm.shelf.until.isoformat() for name, alarm in alarms.standing.items() if alarm.shelf
            },
            "checked": {unit: check.at.isoformat() for unit, check in alarms.checked.items()},
            "tones": [tone.at.isoformat() for tone in alarms.tones],
        }


def waits(state: State) -> list[str]:
    """Alarms about calls that wait too long, in order of their ids."""
    alarms = state.alarms
    return sorted(
        name for name, one in alarms.standing.items() if one.rule == PENDING_LONG and one.announced_at
    )


def answered(watching: Watching) -> dict[str, Any]:
    """Acknowledge one alarm, shelve another, ask after a team."""
    names = waits(watching.until(lambda state: len(waits(state)) > 2))
    team = next(unit.id for unit in watching.state.units.values() if unit.state is UnitState.ON_SCENE)
    verbs = ActingVerbs(watching.engine.sequence.append, "me", lambda: None)
    verbs.acknowledge(names[:1])
    verbs.shelve(names[1], SHELVED, "known")
    verbs.check_in(team, Reached.RADIO)
    seen = watching.state.seen
    watching.until(lambda state: state.seen > seen + 20)
    return watching.told() | {"answered": names[:3], "team": team}


def after(watching: Watching) -> dict[str, Any]:
    """What stands once the rows are there and what comes is said."""
    began = watching.until(lambda state: bool(state.calls) and state.alarms.opened).at
    watching.until(lambda state: state.at > began + timedelta(seconds=3))
    return watching.told() | {"began": began.isoformat()}


def unheard(watching: Watching) -> dict[str, Any]:
    """What stands a while after a start at which no source answered."""
    began = watching.until(lambda state: state.alarms.carried_at is not None).at
    watching.until(lambda state: state.at > began + timedelta(seconds=8))
    assert not watching.state.agencies
    return watching.told()


TELLS = {"first": answered, "next": after, "down": unheard}

if __name__ == "__main__":
    watching = Watching(sys.argv[1], sys.argv[2])
    first = sys.argv[3] == "first"
    print(json.dumps(TELLS[sys.argv[3]](watching)), flush=True)  # noqa: T201  # what the test reads
    if first:
        watching.until(lambda _state: False)
    watching.engine.stop()
