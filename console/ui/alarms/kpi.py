"""The figures of the alarm system as rows: what was counted, the guideline, and a bar for each ten minutes."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from console.domain.alarms.counts import Slot
from console.domain.alarms.figures import (
    FLOOD_SHARE,
    HOUR_MOST,
    PRIORITY_SHARES,
    WINDOW_MOST,
    AlarmFigures,
    figures,
)
from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.watching.catalog import CATALOG
from console.domain.watching.naming import named
from console.ui.parts.clocks import NOTHING, Present, age_text, present
from console.ui.parts.masking import isolated
from console.ui.theme.theme import Token


class Kpi(Struct, frozen=True):
    """One row: ``value`` beside ``guide``; ``over`` where it is beyond the guideline.

    ``bar`` is its part of the widest bar, ``line`` the guideline's, both 0 where there is none.
    """

    key: str
    place: int
    name: str = ""
    value: str = ""
    guide: str = ""
    over: bool = False
    bar: float = 0.0
    line: float = 0.0
    heading: str = ""

    @property
    def tone(self) -> Token:
        """What is beyond the guideline takes the color of a warning, and says so."""
        return "p2" if self.over else "text"


def kpi_rows(state: State) -> Mapping[str, Kpi]:
    """The page from top to bottom."""
    found, now = figures(state.alarms, state.second), present(state.second, state.agency)
    parts = (
        ("This shift", _whole(found)),
        ("By priority", _priorities(found)),
        ("Time until acknowledged", _times(found)),
        ("Most frequent", _rules(found)),
        ("Came and went", _often(found, state)),
        (f"Alarms in each ten minutes, guideline {WINDOW_MOST}", _windows(found, now)),
    )
    rows: list[Kpi] = []
    for heading, kpis in parts:
        mine = list(kpis)
        if mine:
            rows.append(Kpi(f"heading:{heading}", 0, heading=heading))
            rows.extend(mine)
    return {row.key: _placed(row, place) for place, row in enumerate(rows)}


def _placed(row: Kpi, place: int) -> Kpi:
    fields = (row.name, row.value, row.guide, row.over, row.bar, row.line, row.heading)
    return Kpi(row.key, place, *fields)


def percent(part: float | None) -> str:
    """A part as whole percent, or with one decimal below ten."""
    if part is None:
        return NOTHING
    return f"{part:.1%}".replace("%", " %") if part < 0.0995 else f"{part:.0%}".replace("%", " %")


def _whole(found: AlarmFigures) -> Iterator[Kpi]:
    yield Kpi("raised", 0, "Alarms that came up", str(found.raised))
    yield Kpi("said", 0, "Said aloud, the rest held back by flood or state", str(found.said))
    rate = NOTHING if found.per_hour is None else f"{found.per_hour:.1f}"
    over = found.per_hour is not None and found.per_hour > HOUR_MOST
    yield Kpi("rate", 0, "Alarms an hour", rate, f"at most about {HOUR_MOST}", over)
    share = found.over is not None and found.over > FLOOD_SHARE
    windows = f"{percent(found.over)} of {len(found.slots)}"
    yield Kpi("over", 0, f"Ten minutes with more than {WINDOW_MOST}", windows, "below 1 %", share)
    yield Kpi(
        "peak", 0, "Most in ten minutes", str(found.peak), f"at most {WINDOW_MOST}", found.peak > WINDOW_MOST
    )
    flooded = found.flooded_share is not None and found.flooded_share > FLOOD_SHARE
    lasted = f"{age_text(found.flooded)} · {percent(found.flooded_share)}"
    yield Kpi("flood", 0, "Time in flood", lasted, "below 1 %", flooded)
    often = len(found.chattering)
    yield Kpi("chatter", 0, "Alarms that came and went thrice in a minute", str(often), "none", often > 0)
    yield Kpi("stale", 0, "Alarms that stand for more than a day", str(found.stale), "none", found.stale > 0)


def _priorities(found: AlarmFigures) -> Iterator[Kpi]:
    for priority, part in enumerate(found.shares or (), start=1):
        guide = PRIORITY_SHARES[priority - 1]
        said = f"about {guide:.0%}".replace("%", " %")
        over = priority < 3 and part > guide
        yield Kpi(f"share{priority}", 0, f"Priority {priority}", percent(part), said, over, part, guide)


def _times(found: AlarmFigures) -> Iterator[Kpi]:
    for priority, took in found.took.items():
        half, most = f"half within {_span(took.p50_s)}", f"95 % within {_span(took.p95_s)}"
        yield Kpi(f"took{priority}", 0, f"Priority {priority}", f"{half} · {most}", f"n {took.n}")


def _rules(found: AlarmFigures) -> Iterator[Kpi]:
    for rule, count in found.rules:
        part = count / max(found.raised, count)
        yield Kpi(f"rule:{rule}", 0, rule_words(rule), f"{count} · {percent(part)}", bar=part)


def _often(found: AlarmFigures, state: State) -> Iterator[Kpi]:
    for name in found.chattering:
        rule, _, key = name.partition(":")
        called, _ = named(state, CATALOG[rule].about, key)
        yield Kpi(f"often:{name}", 0, f"{isolated(called or key)}: {rule_words(rule)}", "held for a minute")


def _windows(found: AlarmFigures, now: Present) -> Iterator[Kpi]:
    widest = max(found.peak, WINDOW_MOST)
    for slot in reversed(found.slots):
        yield _window(slot, widest, now)


def _window(slot: Slot, widest: int, now: Present) -> Kpi:
    raised, said = sum(slot.raised), sum(slot.said)
    told = f"{raised} · {said} said" if raised else "0"
    over = raised > WINDOW_MOST
    beyond = f"over {WINDOW_MOST}" if over else ""
    bar, line = raised / widest, WINDOW_MOST / widest
    return Kpi(f"slot:{slot.since:%d%H%M}", 0, now.time(slot.since), told, beyond, over, bar, line)


def _span(seconds: int) -> str:
    return (
        f"{seconds} s"
        if seconds < 120
        else f"{seconds // 60} min"
        if seconds < 7_200
        else f"{seconds // 3_600} h"
    )
