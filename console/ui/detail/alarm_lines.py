"""The alarms of one call or unit as lines of its card: what, since when, what became of it, what to do."""

import textwrap
from collections.abc import Iterable, Iterator

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.words import rule_words
from console.domain.definitions import Definitions
from console.domain.vocabulary import AlarmState
from console.reports.wording.words import REACHED, STANDS
from console.ui.detail.card_lines import Line, heading
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined
from console.ui.theme.theme import Token

_TONES: dict[int, Token] = {1: "p1", 2: "p2", 3: "p3"}
_WIDTH = 40
"""Characters of a response that fit behind the moments on a narrow card."""


def alarm_lines(alarms: Iterable[Alarm], pack: Definitions, now: Present) -> Iterator[Line]:
    """A section, the worst alarm first; nothing where there is none."""
    found = sorted(alarms, key=lambda alarm: (not alarm.calling, alarm.priority, alarm.since))
    if found:
        yield heading("Alarms")
    for alarm in found:
        yield from _alarm(alarm, pack, now)


def _alarm(alarm: Alarm, pack: Definitions, now: Present) -> Iterator[Line]:
    loud = alarm.active and alarm.state in (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED)
    tone = _TONES[alarm.priority] if loud else "muted"
    yield Line(f"P{alarm.priority}", rule_words(alarm.rule), f"since {now.time(alarm.since)}", tone)
    if alarm.state is not AlarmState.UNACKNOWLEDGED:
        yield Line("", state_text(alarm, now), tone="muted")
    rule = pack.rules.get(alarm.rule)
    if rule is not None and alarm.active:
        note = f"{rule.cause}\n{rule.consequence}\n{rule.response}"
        yield from (Line("", text, note=note) for text in wrapped(isolated(rule.response)))


def wrapped(text: str) -> list[str]:
    """A sentence in lines that fit a narrow card."""
    return textwrap.wrap(text, _WIDTH)


def state_text(alarm: Alarm, now: Present) -> str:
    """``acknowledged by m.ruiz 16:29``, and the like for what else can become of an alarm."""
    said = STANDS[alarm.state]
    match alarm.state:
        case AlarmState.ACKNOWLEDGED:
            said = f"{said} by {isolated(alarm.acknowledged_by)} {now.time(alarm.acknowledged_at)}"
            return joined((said, REACHED[alarm.how] if alarm.how is not None else ""))
        case AlarmState.SHELVED if alarm.shelf is not None:
            shelf = alarm.shelf
            return f"{said} until {now.time(shelf.until)} by {isolated(shelf.who)}: {isolated(shelf.reason)}"
        case AlarmState.RETURNED:
            return f"{said}, ended {now.time(alarm.returned_at)}"
        case _:
            return said
