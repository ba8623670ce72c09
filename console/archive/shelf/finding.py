"""Which shift somebody means: by its id, by how that begins, or by a word such as ``latest``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import get_close_matches

from console.archive.recording.turns import zone
from console.domain.track import ShiftLine

LATEST = "latest"
_DAYS = {"today": 0, "yesterday": 1}
_NEAR = 5


class NoSuchShift(ValueError):
    """No shift, or more than one, is meant by what was said; the text names those that are near."""


def found(text: str, shifts: Sequence[ShiftLine], now: datetime | None = None) -> ShiftLine:
    """The one of ``shifts``, newest first, that ``text`` means. Raises `NoSuchShift`.

    ``today`` and ``yesterday`` need ``now`` and are the newest shift that began on that day where it was recorded.
    """
    exact = [shift for shift in shifts if shift.id == text]
    if exact:
        return exact[0]
    if text == LATEST or (now is not None and text in _DAYS):
        return _by_word(text, shifts, now)
    begin = [shift for shift in shifts if text and shift.id.startswith(text)]
    if len(begin) == 1:
        return begin[0]
    raise NoSuchShift(_said(text, [shift.id for shift in begin], [shift.id for shift in shifts]))


def _by_word(text: str, shifts: Sequence[ShiftLine], now: datetime | None) -> ShiftLine:
    for shift in shifts:
        if now is None or text == LATEST:
            return shift
        place = zone(shift.timezone)
        if shift.since.astimezone(place).date() == now.astimezone(place).date() - timedelta(_DAYS[text]):
            return shift
    raise NoSuchShift(_said(text, [], [shift.id for shift in shifts]))


def _said(text: str, begin: Sequence[str], ids: Sequence[str]) -> str:
    if not ids:
        return "nothing is recorded in this archive yet: record or import a shift first"
    if begin:
        some = ", ".join(begin[:_NEAR]) + (" ..." if len(begin) > _NEAR else "")
        return f"{len(begin)} shifts begin with {text}: {some}; name one of them in full"
    near = get_close_matches(text, ids, _NEAR, 0.4) or ids[:_NEAR]
    what = f"there is no shift {text} in this archive" if text.strip() else "no shift is named"
    return f"{what}; there are {', '.join(near)} (all of them: `shifts`)"
