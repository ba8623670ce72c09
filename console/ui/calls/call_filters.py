"""Which open calls the filters let pass, and how many each choice of a filter would show."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.ui.calls.call_rows import CallRow
from console.ui.look.view import Choice, Filters
from console.ui.parts.masking import hidden, isolated
from console.ui.theme.words import word

Rows = Mapping[str, CallRow]


class Counts(Struct, frozen=True):
    """Open calls: all of them, those shown, and those of other services that are held back."""

    total: int
    shown: int
    elsewhere_hidden: int


def passing(rows: Mapping[str, CallRow], filters: Filters) -> Mapping[str, CallRow]:
    """The rows that the filters let pass."""
    passes = passer(filters)
    return {key: row for key, row in rows.items() if passes(row)}


def passer(filters: Filters) -> Callable[[CallRow], bool]:
    """The filters as one test of a row; free text looks at number, nature, area and teams, never at people."""
    text = filters.text.casefold()

    def passes(row: CallRow) -> bool:
        call = row.call
        if row.elsewhere and not filters.elsewhere:
            return False
        if filters.programs and call.program not in filters.programs:
            return False
        if filters.areas and call.area not in filters.areas:
            return False
        if filters.priorities and call.priority not in filters.priorities:
            return False
        return not text or text in _searched(row)

    return passes


def _searched(row: CallRow) -> str:
    call = row.call
    natures = () if hidden(call) else (call.nature, call.nature_text)
    return "\n".join((call.number, call.id, *natures, call.area, *row.teams)).casefold()


def counts(rows: Mapping[str, CallRow], shown: Mapping[str, CallRow], filters: Filters) -> Counts:
    """How many calls are open, how many are shown, and how many other services answer and are held back."""
    police = 0 if filters.elsewhere else sum(row.elsewhere for row in rows.values())
    return Counts(len(rows), len(shown), police)


class Filter(Struct, frozen=True):
    """One filter as data: the field of `Filters` it sets, what it reads of a row, and its words."""

    field: str
    plural: str
    of: Callable[[CallRow], Any]
    say: Callable[[Any], str]
    order: Callable[[Any], Any]


FILTERS = (
    Filter(
        field="programs",
        plural="programs",
        of=lambda row: row.call.program,
        say=lambda value: word(value) if value else "no program named",
        order=lambda value: value or "~",
    ),
    Filter(
        field="areas",
        plural="areas",
        of=lambda row: row.call.area,
        say=lambda value: isolated(value) or "no area named",
        order=lambda value: value or "~",
    ),
    Filter(
        field="priorities",
        plural="priorities",
        of=lambda row: row.call.priority,
        say=lambda value: "no priority" if value is None else f"priority {value}",
        order=lambda value: 1_000 if value is None else value,
    ),
)


def choices(rows: Rows, one: Filter, filters: Filters) -> list[Choice]:
    """The values of one filter that occur or are set, each with its count among the calls it could show."""
    found = Counter(one.of(row) for row in _eligible(rows, filters))
    values = {*found, *getattr(filters, one.field)}
    return [Choice(value, one.say(value), found[value]) for value in sorted(values, key=one.order)]


def chosen_text(rows: Rows, one: Filter, filters: Filters) -> str:
    """What a filter is set to and how many calls that is: ``all areas``, ``co-responder 3 of 9``."""
    chosen = getattr(filters, one.field)
    if not chosen:
        return f"all {one.plural}"
    able = [one.of(row) for row in _eligible(rows, filters)]
    what = one.say(next(iter(chosen))) if len(chosen) == 1 else f"{len(chosen)} {one.plural}"
    return f"{what} {sum(value in chosen for value in able)} of {len(able)}"


def cleared(filters: Filters) -> Filters:
    """No filter but the one that holds back the calls of other services, as it was."""
    return Filters(elsewhere=filters.elsewhere)


def narrowed(filters: Filters) -> bool:
    """Whether any filter is set that a person would have to clear to see all calls of the program."""
    return filters != cleared(filters)


def _eligible(rows: Rows, filters: Filters) -> Iterable[CallRow]:
    passes = passer(cleared(filters))
    return [row for row in rows.values() if passes(row)]


def with_choice(filters: Filters, one: Filter, chosen: frozenset[Any]) -> Filters:
    """``filters`` with one of them set to ``chosen``."""
    return replace(filters, **{one.field: chosen})
