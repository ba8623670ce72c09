"""The named figures of the live board: each with its formula, its n, its range and what it left out.

Formulas and names are METRICS.md's, sections 2 and 5. The counts behind them move only with what
changed: a `Tally` is a sum over calls, so a changed call is one subtraction and one addition.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import sub

from msgspec import Struct

from console.domain.definitions import Definitions
from console.domain.entities import Call, Unit
from console.domain.sets import Marks, marks, waiting
from console.domain.vocabulary import ALTERNATIVE, Availability, availability


class Tally(Struct, frozen=True, gc=False):
    """How many calls of the window are certainly (``_yes``) and possibly (``_may``) in each set.

    ``open`` counts eligible calls that are neither served nor unmet yet; ``waiting`` is of the whole board.
    """

    calls: int = 0
    behavioral: int = 0
    behavioral_may: int = 0
    eligible_yes: int = 0
    eligible_may: int = 0
    served_yes: int = 0
    served_may: int = 0
    open: int = 0
    unmet: int = 0
    unmet_may: int = 0
    strict_yes: int = 0
    strict_may: int = 0
    police_default: int = 0
    answered_yes: int = 0
    answered_may: int = 0
    public_yes: int = 0
    public_may: int = 0
    waiting: int = 0


class Teams(Struct, frozen=True, gc=False):
    """A roster by availability; the five always sum to ``roster``."""

    available: int = 0
    assigned: int = 0
    delayed: int = 0
    out: int = 0
    unknown: int = 0

    @property
    def roster(self) -> int:
        """Everybody counted, whatever the state."""
        return self.available + self.assigned + self.delayed + self.out + self.unknown


class Metric(Struct, frozen=True):
    """One named figure. ``low``/``high`` are given where something unknown makes it a range."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    excluded: int
    formula: str


def in_window(call: Call, since: datetime | None) -> bool:
    """Whether ``call`` was received in the window that opened at ``since`` (``None``: no limit)."""
    received = call.received_at
    return since is None or received is None or received >= since


def contribution(call: Call, pack: Definitions, since: datetime | None) -> tuple[int, ...]:
    """What one call adds to each field of a `Tally`, in the order of its fields."""
    if not in_window(call, since):
        return (0,) * 17 + (int(waiting(call)),)
    found = marks(call, pack)
    return (1, *_counts(found), int(waiting(call)))


def _counts(found: Marks) -> tuple[int, ...]:
    strict = found.strict
    return (
        found.behavioral is True,
        found.behavioral is not False,
        found.eligible is True,
        found.eligible is not False,
        found.served is True,
        found.served is not False,
        found.eligible is True and found.served is not True and found.open,
        found.unmet is True,
        found.unmet is not False,
        strict is True,
        strict is not False,
        found.would_need_police is True,
        found.answered is True,
        found.answered is not False,
        found.public is True,
        found.public is not False,
    )


def moved(tally: Tally, gone: Sequence[tuple[int, ...]], come: Sequence[tuple[int, ...]]) -> Tally:
    """``tally`` without the contributions ``gone`` and with those that ``come``."""
    values = tuple(getattr(tally, name) for name in Tally.__struct_fields__)
    return Tally(*map(sub, map(sum, zip(values, *come, strict=True)), _sums(gone, len(values))))


def _sums(rows: Sequence[tuple[int, ...]], width: int) -> Iterable[int]:
    return map(sum, zip(*rows, strict=True)) if rows else (0,) * width


def counted(calls: Iterable[Call], pack: Definitions, since: datetime | None) -> Tally:
    """The tally of ``calls`` from scratch."""
    return moved(Tally(), (), [contribution(call, pack, since) for call in calls])


def is_team(unit: Unit) -> bool:
    """Whether ``unit`` belongs to an alternative-response program."""
    return unit.program in ALTERNATIVE


def teams(units: Iterable[Unit]) -> Teams:
    """The roster of ``units`` by availability."""
    counts = dict.fromkeys(Availability, 0)
    for unit in units:
        counts[availability(unit.state)] += 1
    return Teams(**{group.value: count for group, count in counts.items()})


def figures(tally: Tally) -> tuple[Metric, ...]:
    """The figures that stand on the tiles, in the order they are shown."""
    return (_coverage(tally), _strict(tally), _gross(tally), *_plain(tally))


def _plain(tally: Tally) -> tuple[Metric, ...]:
    counts = (
        ("behavioral_calls", tally.behavioral, tally.behavioral_may, "count of M"),
        ("eligible_calls", tally.eligible_yes, tally.eligible_may, "count of E"),
        ("served", tally.served_yes, tally.served_may, "count of S"),
        (
            "unmet_demand",
            tally.unmet,
            tally.unmet_may,
            "count of E and not S, closed or handed to police",
        ),
        ("waiting", tally.waiting, tally.waiting, "calls pending for a team now"),
    )
    return tuple(
        _count(name, yes, may, tally.calls - may + yes, formula) for name, yes, may, formula in counts
    )


def _count(name: str, yes: int, may: int, n: int, formula: str) -> Metric:
    """A plain count: ``n`` calls of which the answer is known, the rest excluded and in the range."""
    ranged = may != yes
    return Metric(name, yes, yes if ranged else None, may if ranged else None, n, may - yes, formula)


def _coverage(tally: Tally) -> Metric:
    n = tally.eligible_yes - tally.open
    unknown = tally.eligible_may - tally.eligible_yes
    served_may = tally.served_may - tally.served_yes
    value = _share(tally.served_yes, n)
    low = high = None
    if unknown or served_may:
        low = _share(tally.served_yes, n + unknown)
        high = _most(tally.served_may, n + served_may, n + unknown)
    return Metric("eligible_coverage", value, low, high, n, unknown, "S / (E - open)")


def _strict(tally: Tally) -> Metric:
    formula = "count of S and W and not P"
    return _count("strict_diversions", tally.strict_yes, tally.strict_may, tally.served_yes, formula)


def _gross(tally: Tally) -> Metric:
    unknown = tally.public_may - tally.public_yes
    value = _share(tally.answered_yes, tally.public_yes)
    low = high = None
    if unknown or tally.answered_may > tally.answered_yes:
        low = _share(tally.answered_yes, tally.public_may)
        high = _most(tally.answered_may, tally.public_yes, tally.public_may)
    return Metric("gross_share", value, low, high, tally.public_yes, unknown, "R / T")


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None


def _most(part: int, whole: int, possible: int) -> float | None:
    """The share with every unknown for it; all of it where only unknowns are left."""
    if possible <= 0:
        return None
    return part / whole if whole > 0 else 1.0
