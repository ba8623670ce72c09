"""The newest mark in a reply, and what to ask for to get only what is newer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from console.feeds.adapters.mapped.parsing import cursor
from console.feeds.adapters.mapped.times import Unfit

MILLISECONDS_FROM = 1e11
"""Numbers from here on count milliseconds: as seconds they would lie in the year 5138."""


def newest(text: str) -> Callable[[Any, Any], Any]:
    """What gives the greater of an old mark and those of a document. Raises `ValueError`."""
    look = cursor(text)

    def find(document: Any, old: Any) -> Any:
        try:
            found = look(document)
        except Unfit:
            return old
        marks = [mark for mark in (found if isinstance(found, list) else [found]) if _mark(mark)]
        alike = [mark for mark in marks if old is None or isinstance(mark, str) == isinstance(old, str)]
        return max((*alike, old) if old is not None else alike, key=_rank, default=None)

    return find


def _mark(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def _rank(mark: Any) -> tuple[float, str]:
    return (0.0, mark) if isinstance(mark, str) else (mark, "")


def earlier(mark: Any, seconds: float) -> str:
    """``mark`` less ``seconds``, written as it was; a mark that is no moment stays as it is."""
    if isinstance(mark, int | float):
        return f"{mark - seconds * (1_000 if mark > MILLISECONDS_FROM else 1):.0f}"
    try:
        moment = datetime.fromisoformat(mark)
    except ValueError:
        return str(mark)
    before = moment - timedelta(seconds=seconds)
    between = "T" if "T" in mark else " "
    text = before.isoformat(between, "milliseconds" if "." in mark else "seconds")
    return text.replace("+00:00", "Z") if mark.endswith("Z") else text
