"""Paths into a JSON value: plain dotted ones are walked directly, all others are JMESPath."""

import re
from collections.abc import Callable
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from console.feeds.adapters.mapped.times import Unfit

DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)

Look = Callable[[Any], Any]


def path(text: str) -> Look:
    """What looks up ``text`` in a value: ``None`` where there is nothing. It raises `Unfit`.

    Raises `ValueError`, with a caret under the place, for what is no JMESPath.
    """
    if text == "@":
        return _itself
    if DOTTED.fullmatch(text):
        return _dotted(text.split("."))
    try:
        search = jmespath.compile(text).search
    except JMESPathError as error:
        raise ValueError(str(error)) from error

    def look(value: Any) -> Any:
        try:
            return search(value)
        except (JMESPathError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise Unfit("path") from error  # max_by of null raises, as do comparisons of unlike values

    return look


def segments(text: str) -> tuple[str, ...]:
    """The names in a plain dotted path; none for any other."""
    return tuple(text.split(".")) if DOTTED.fullmatch(text) else ()


def _itself(value: Any) -> Any:
    return value


def _dotted(names: list[str]) -> Look:
    if len(names) == 1:
        (only,) = names

        def one(value: Any) -> Any:
            return value.get(only) if isinstance(value, dict) else None

        return one
    if len(names) == 2:
        outer, inner = names

        def two(value: Any) -> Any:
            part = value.get(outer) if isinstance(value, dict) else None
            return part.get(inner) if isinstance(part, dict) else None

        return two

    def many(value: Any) -> Any:
        for name in names:
            if not isinstance(value, dict):
                return None
            value = value.get(name)
        return value

    return many
