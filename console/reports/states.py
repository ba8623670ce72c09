"""Texts of states that mean nothing to the board: by oversight, which is a gap, or because no more is told."""

from typing import TypeAlias

from console.domain.entities import Call, Unit
from console.domain.feed import MAX_EXAMPLES, Problem
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.reports.gap import Gap
from console.reports.mapped import Expected

SHORT = 40
"""Characters of an unknown code that a problem names."""

IN_MAPPING = "Add it to the mapping's states."
AT_SOURCE = "It is shown as unknown, with this text: see in the source what it stands for."

Strange: TypeAlias = dict[tuple[FeedName, str], Gap]
"""A gap for each text of a state that means nothing here, by its feed and that text."""


def strange_states(state: State, mapped: Expected | None) -> Strange:
    """The gaps of codes that nobody said to be unknown."""
    todo = AT_SOURCE if mapped is None else IN_MAPPING
    return {
        (feed, code): Gap(feed, f"state «{code}» means nothing here", todo, count, examples)
        for (feed, code), (count, examples) in _unknown(state).items()
        if mapped is None or not mapped.meant(feed, code)
    }


def _unknown(state: State) -> dict[tuple[FeedName, str], tuple[int, tuple[str, ...]]]:
    """The texts of states that are unknown, with how many rows have each and a few of their ids."""
    found: dict[tuple[FeedName, str], list[str]] = {}
    for feed, rows in stated(state).items():
        for row in rows:
            if str(row.state) == "unknown" and row.raw_state:
                found.setdefault((feed, row.raw_state), []).append(row.id)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return {key: (len(ids), tuple(ids[:MAX_EXAMPLES])) for key, ids in ordered}


def stated(state: State) -> dict[FeedName, list[Call | Unit]]:
    """The rows that have a state."""
    return {FeedName.CALLS: [*state.calls.values()], FeedName.UNITS: [*state.units.values()]}


def remarks(state: State, mapped: Expected | None) -> tuple[str, ...]:
    """What the source cannot tell, once each: no gap that a mapping could fill."""
    if mapped is None:
        return ()
    return tuple(
        f"{feed}: state «{code}» is shown as unknown: the mapping says that the API does not tell more"
        for feed, code in _unknown(state)
        if mapped.meant(feed, code)
    )


def told(problem: Problem, strange: Strange) -> bool:
    """Whether the gaps of ``strange`` states say what ``problem`` counts: a state must not be listed twice."""
    field, _, code = problem.what.partition(" ")
    if problem.kind != "unknown_code" or "stat" not in field.lower():
        return False
    feed = problem.feed.rpartition("/")[2]
    same = [text for name, text in strange if name == feed]
    rows = {row for (name, _), gap in strange.items() if name == feed for row in gap.examples}
    return any(code in (text, text[:SHORT]) for text in same) or (
        bool(problem.examples) and rows.issuperset(problem.examples)
    )
