"""From a value in the console's own form to a row that is right, or to what is wrong with it."""

from datetime import timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from console.domain.contract import ROW_TYPES, Row
from console.domain.vocabulary import FeedName
from console.feeds.rows.fitness import Fitness
from console.feeds.rows.reading import Setting
from console.feeds.rows.repair import repaired_value
from console.feeds.rows.shift import shifted
from console.feeds.rows.taken import Marred


class Judge:
    """Judges the rows of ``feed`` in one reply by the source's clock, then corrects them by what that is off."""

    def __init__(self, feed: FeedName, setting: Setting) -> None:
        self._kind = ROW_TYPES[feed]
        self._ahead = setting.ahead
        self._setting = in_its_time(setting)
        self._fit = Fitness(self._setting).fit

    def read(self, value: dict[str, Any]) -> Row | Marred:
        """The row in ``value``, mended where that is needed."""
        return corrected(self._judged(value), self._ahead)

    def _judged(self, value: dict[str, Any]) -> Row | Marred:
        try:
            row = msgspec.convert(value, self._kind)
        except msgspec.ValidationError:
            return repaired_value(value, self._kind, self._setting)
        return row if self._fit(row) else repaired_value(value, self._kind, self._setting)


def in_its_time(setting: Setting) -> Setting:
    """``setting`` with the present of a source whose clock is known to be off."""
    return replace(setting, now=setting.now + setting.ahead) if setting.ahead else setting


def corrected(entry: Row | Marred, ahead: timedelta) -> Row | Marred:
    """``entry`` in the session's time."""
    if not ahead:
        return entry
    if isinstance(entry, Marred):
        return entry if entry.row is None else replace(entry, row=shifted(entry.row, ahead))
    return shifted(entry, ahead)
