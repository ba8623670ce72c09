"""What does not fit together on a board that several sources give."""

from collections.abc import Mapping

from console.domain.contradictions import KIND as CONTRADICTION
from console.domain.listed import misfits
from console.domain.orphans import KIND as ORPHAN
from console.domain.state import State
from console.feeds.rows.flaws import CONFLICT
from console.reports.gap import Gap

ALIAS = "Where it has another id in another source, give it the board's name in the `units` of its source."

ADVICE: Mapping[str, str] = {
    ORPHAN: ALIAS,
    CONTRADICTION: "Both are shown. See which source is right, and put that one first.",
    CONFLICT: "The first source in the configuration is shown; where it is not the same thing, rename one.",
}


def misfitting(state: State) -> tuple[Gap, ...]:
    """Orphans, contradictions and conflicts of the joined board."""
    conflicts = [problem for problem in state.problems.values() if problem.kind == CONFLICT]
    return tuple(
        Gap(one.feed, f"{one.kind}: {one.what}", ADVICE[one.kind], one.count, one.examples)
        for one in (*misfits(state).values(), *conflicts)
    )
