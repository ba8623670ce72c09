"""The calls of a whole shift at any moment of it, by what is known of them at its end."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime

from console.domain.corrected import appears_at, as_of, moments
from console.domain.entities import Call

_EVER = datetime.min.replace(tzinfo=UTC)


class Projection:
    """``known`` calls, going forth and back: only those are made anew that changed between two moments."""

    def __init__(self, known: Mapping[str, Call]) -> None:
        self._known = known
        self._order = sorted(known, key=lambda key: (appears_at(known[key]) or _EVER, key))
        self._spans = {
            key: (appears_at(call), max(moments(call), default=_EVER)) for key, call in known.items()
        }
        changes = sorted((at, key) for key, call in known.items() for at in moments(call))
        self._moments = [at for at, _ in changes]
        self._keys = [key for _, key in changes]
        self._place = 0
        self._calls: dict[str, Call] = {}
        self._shown = self._calls
        self._make(_EVER, set(known))

    def at(self, moment: datetime) -> dict[str, Call]:
        """The calls that have appeared by ``moment``, as they stood; the same object where nothing changed."""
        place = bisect_right(self._moments, moment)
        first, last = sorted((place, self._place))
        if first != last:
            self._make(moment, set(self._keys[first:last]))
            self._place = place
        return self._shown

    def _make(self, moment: datetime, keys: set[str]) -> None:
        for key in keys:
            call = self._as_of(key, moment)
            if call is None:
                self._calls.pop(key, None)
            else:
                self._calls[key] = call
        self._shown = {key: self._calls[key] for key in self._order if key in self._calls}

    def _as_of(self, key: str, moment: datetime) -> Call | None:
        """By far most calls of a shift have not come yet, or are over: that is quickly seen."""
        begins, last = self._spans[key]
        if begins is not None and moment < begins:
            return None
        return self._known[key] if last <= moment else as_of(self._known[key], moment)
