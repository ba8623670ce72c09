"""The rows behind a number: which calls it counted, which it left out, and why (FEATURES D2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from console.domain.definitions import Definitions
from console.domain.entities import Call, Unit
from console.domain.metrics import in_window, is_team
from console.domain.sets import Marks, marks, waiting
from console.domain.state import State
from console.domain.vocabulary import CallState, Program, UnitState
from console.ui.theme.words import word


class Verdict(IntEnum):
    """What a number did with a row, in the order of the list."""

    COUNTED = 0
    IN_N = 1
    UNKNOWN = 2
    OUT = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One call or unit, what the number did with it, and the reason."""

    row: Call | Unit
    verdict: Verdict
    reason: str


Judge = Callable[[Call, Marks, Definitions], tuple[Verdict, str]]


def behind(state: State, name: str) -> tuple[Row, ...]:
    """The rows behind the figure ``name``, counted ones first, the newest first within each group."""
    rows = _teams(state) if name == "teams_free" else _calls(state, name)
    return tuple(sorted(rows, key=lambda row: row.verdict))


def _teams(state: State) -> Iterator[Row]:
    ours = [unit for unit in state.units.values() if is_team(unit)] or list(state.units.values())
    for unit in ours:
        yield Row(unit, _TEAM.get(unit.state, Verdict.IN_N), word(unit.state))


_TEAM = {UnitState.AVAILABLE: Verdict.COUNTED, UnitState.UNKNOWN: Verdict.UNKNOWN}


def _calls(state: State, name: str) -> Iterator[Row]:
    judge, pack = JUDGES[name], state.definitions
    since = None if name == "waiting" else state.window_from
    newest = sorted(state.calls.values(), key=_received, reverse=True)
    for call in newest:
        if in_window(call, since):
            yield Row(call, *judge(call, marks(call, pack), pack))
        else:
            yield Row(call, Verdict.OUT, "received before this shift began")


def _received(call: Call) -> float:
    return call.received_at.timestamp() if call.received_at else 0.0


def _coverage(call: Call, found: Marks, pack: Definitions) -> tuple[Verdict, str]:
    if found.eligible is not True:
        return _not_eligible(call, found, pack)
    if found.served is True:
        return Verdict.COUNTED, _reached(call)
    if found.open:
        return Verdict.OUT, "still open: neither served nor unmet yet"
    if found.served is None:
        return Verdict.UNKNOWN, "a unit arrived, its program is not known"
    return Verdict.IN_N, _unreached(call, found)


def _strict(call: Call, found: Marks, pack: Definitions) -> tuple[Verdict, str]:
    if found.strict is True:
        return Verdict.COUNTED, f"{_reached(call)}, and no police"
    if found.strict is None:
        return Verdict.UNKNOWN, " · ".join(_unknown(found))
    if found.served is not True:
        return Verdict.OUT, "no team arrived" if found.eligible else _not_eligible(call, found, pack)[1]
    if call.program is Program.CO_RESPONDER:
        return Verdict.IN_N, "co-responder call: counts as patrol released"
    return Verdict.IN_N, "police came too" if found.police else "police would not have been sent"


def _gross(call: Call, found: Marks, _pack: Definitions) -> tuple[Verdict, str]:
    if found.answered:
        return Verdict.COUNTED, _reached(call) + _NOT_PUBLIC[found.public]
    if found.answered is None:
        return Verdict.UNKNOWN, "a unit arrived, its program is not known"
    if found.public is None:
        return Verdict.UNKNOWN, "whether the public asked is not known"
    return (
        (Verdict.IN_N, "no team arrived")
        if found.public
        else (Verdict.OUT, "an officer asked, no team arrived")
    )


_NOT_PUBLIC = {
    True: "",
    False: "; asked for by an officer, so not in n",
    None: "; whether the public asked is not known, so not in n",
}


def _unmet(call: Call, found: Marks, pack: Definitions) -> tuple[Verdict, str]:
    if found.eligible is not True:
        return _not_eligible(call, found, pack)
    if found.unmet is True:
        return Verdict.COUNTED, _unreached(call, found)
    if found.unmet is None:
        return Verdict.UNKNOWN, "a unit arrived, its program is not known"
    return Verdict.IN_N, _reached(call) if found.served else "still open: not unmet yet"


def _waiting(call: Call, _found: Marks, _pack: Definitions) -> tuple[Verdict, str]:
    if waiting(call):
        return Verdict.COUNTED, "waits for a team"
    if call.state is not CallState.PENDING:
        return Verdict.OUT, word(call.state)
    return Verdict.OUT, "screened out" if call.eligible is False else "not for a team of ours"


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "eligible_coverage": _coverage,
        "strict_diversions": _strict,
        "gross_share": _gross,
        "unmet_demand": _unmet,
        "waiting": _waiting,
    }
)
"""How each figure judges a call; the counts equal the tally's (property test)."""


def _not_eligible(call: Call, found: Marks, pack: Definitions) -> tuple[Verdict, str]:
    if found.eligible is None:
        listed = pack.nature(call.nature) is not None
        why = (
            "not screened yet" if listed else f"nature {call.nature or 'not given'} is not in the definitions"
        )
        return Verdict.UNKNOWN, f"eligibility unknown: {why}"
    if call.eligible is False:
        return Verdict.OUT, "screened out by the agency"
    return Verdict.OUT, "its nature is not eligible"


def _reached(call: Call) -> str:
    return "resolved by phone" if call.by_phone else "a team arrived"


def _unreached(call: Call, found: Marks) -> str:
    reason = word(call.unmet_reason) if call.unmet_reason else "no reason given"
    return f"{reason}; police took it" if found.police else reason


def _unknown(found: Marks) -> Iterator[str]:
    if found.served is None:
        yield "whether a team served it is not known"
    if found.would_need_police is None:
        yield "whether police would have been sent is not known"
    if found.police is None:
        yield "whether police came is not known"
