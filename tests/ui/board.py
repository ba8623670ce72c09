"""Boards built by hand for the tests of the panels: a few calls and units, one value at a time."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.definitions import Definitions, Limit, Nature
from console.domain.entities import Agency, Assignment, Call, CrewMember, Position, Stamps, Unit
from console.domain.events import Acted, Bookmarked, Noted, Revealed
from console.domain.feed import Feed
from console.domain.state import State, start
from console.domain.vocabulary import CallState, FeedName, Health, Origin, Program, Role, UnitState
from console.session.store import Store
from console.session.verbs import ActingVerbs
from console.ui.look.view import View
from console.ui.theme.theme import DARK

NOW = datetime(2026, 11, 23, 23, 30, 12, tzinfo=UTC)
"""16:30:12 in Denver."""

PACK = Definitions(
    name="test",
    version="1",
    natures={"WELCHK": Nature(category="Welfare check", behavioral=True, eligible=True)},
    waiting={"1": Limit(3, 10), "2": Limit(10, 20)},
)


def ago(minutes: float = 0, seconds: float = 0) -> datetime:
    """That long before `NOW`."""
    return NOW - timedelta(minutes=minutes, seconds=seconds)


def a_call(number: int, **fields: Any) -> Call:
    """A welfare check that waits for a team since five minutes; ``waits`` is in minutes."""
    waits = fields.pop("waits", 5)
    stamps = Stamps(answered_at=ago(waits, 12), queued_at=ago(waits))
    usual: dict[str, Any] = {
        "id": f"c{number}",
        "number": str(number),
        "nature": "WELCHK",
        "nature_text": "Welfare check",
        "priority": 2,
        "state": CallState.PENDING,
        "origin": Origin.E911,
        "program": Program.CLINICIAN_EMS,
        "area": "D3",
        "stamps": stamps,
    }
    return Call(**{**usual, **fields})


def on_scene(number: int, *units: str, **fields: Any) -> Call:
    """A call that these units are on."""
    parts = tuple(Assignment(unit, assigned_at=ago(20), on_scene_at=ago(12)) for unit in units)
    stamps = Stamps(queued_at=ago(25), assigned_at=ago(20), on_scene_at=ago(12))
    return a_call(number, state=CallState.ON_SCENE, stamps=stamps, assignments=parts, **fields)


def a_unit(key: str, **fields: Any) -> Unit:
    """A free clinician + EMT team."""
    usual: dict[str, Any] = {
        "id": key,
        "callsign": key.upper(),
        "program": Program.CLINICIAN_EMS,
        "state": UnitState.AVAILABLE,
        "since": ago(18, 40),
        "crew": (CrewMember(Role.CLINICIAN, "Ada Fenn", ("en", "es")), CrewMember(Role.EMT, "Bo Hale")),
    }
    return Unit(**{**usual, **fields})


def feed(name: FeedName, answered: datetime | None = NOW, **fields: Any) -> Feed:
    """A feed polled every five seconds that answered at ``answered``."""
    usual: dict[str, Any] = {
        "source": "city-cad",
        "name": name,
        "every": timedelta(seconds=5),
        "reported": Health.OK,
        "since": ago(60),
        "answered_at": answered,
        "as_of": answered,
    }
    return Feed(**{**usual, **fields})


def feeds(*given: Feed) -> dict[str, Feed]:
    """The feeds by their key; all of them fresh where none is given."""
    return {one.key: one for one in given or tuple(feed(name) for name in FeedName)}


def a_board(calls: Iterable[Call] = (), units: Iterable[Unit] = (), **fields: Any) -> State:
    """A board in Denver at 16:30:12 with these calls and units, all feeds fresh."""
    usual: dict[str, Any] = {
        "calls": {call.id: call for call in calls},
        "units": {unit.id: unit for unit in units},
        "feeds": feeds(),
        "definitions": PACK,
        "agencies": {"city-cad": Agency(name="Demo", timezone="America/Denver")},
    }
    return opened(replace(start(NOW), **{**usual, **fields}))


def opened(state: State) -> State:
    """``state`` with its open calls told apart from the rest, as the fold does it."""
    return replace(state, open_calls={key: call for key, call in state.calls.items() if call.open})


def later(state: State, seconds: float, **fields: Any) -> State:
    """The board that many seconds on, its feeds as fresh as before."""
    now = state.second + timedelta(seconds=seconds)
    step = now - state.second
    fresh = {
        key: replace(one, answered_at=one.answered_at + step) if one.answered_at else one
        for key, one in state.feeds.items()
    }
    after = replace(state, **{"at": now, "second": now, "feeds": fresh, **fields})
    return opened(after) if "calls" in fields else after


def an_alarm(rule: str, subject: str, priority: int = 2, **fields: Any) -> Alarm:
    """An alarm that came up a minute ago and that nobody has acknowledged."""
    return Alarm(rule, subject, priority, **{"since": ago(5), "raised_at": ago(1), **fields})


def alarmed(state: State, *alarms: Alarm, **fields: Any) -> State:
    """``state`` with exactly these alarms standing."""
    standing = {alarm.id: alarm for alarm in alarms}
    return replace(state, alarms=replace(state.alarms, standing=standing, **fields))


def fix(unit: str, at: datetime) -> Position:
    """A position of that moment."""
    return Position(unit=unit, lat=39.7, lon=-104.9, at=at)


def a_view(**fields: Any) -> Store[View]:
    """What the person looks at: nothing chosen, no filter."""
    return Store(View(theme=DARK, **fields))


class Acts(ActingVerbs):
    """The acts of a person at the desk, kept as the events that they are, at `NOW`."""

    def __init__(self) -> None:
        super().__init__(self._keep, "m.ruiz", self._count)
        self.done: list[Acted] = []
        self.refreshed = 0

    @property
    def revealed(self) -> list[str]:
        """The calls whose identity was looked at."""
        return [act.call for act in self.done if isinstance(act, Revealed)]

    @property
    def noted(self) -> list[tuple[str, str]]:
        """What was written, about which call."""
        return [(act.text, act.call) for act in self.done if isinstance(act, Noted)]

    @property
    def bookmarked(self) -> list[str]:
        """The labels of the bookmarks."""
        return [act.label for act in self.done if isinstance(act, Bookmarked)]

    def _keep(self, make: Callable[[datetime], Acted]) -> None:
        self.done.append(make(NOW))

    def _count(self) -> None:
        self.refreshed += 1
