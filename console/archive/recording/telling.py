"""How the recording goes, in words for people: what, since when, what to do."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from shlex import quote

from msgspec import Struct

from console.archive.recording.turns import clock
from console.archive.store.aside import REPLACED, Aside
from console.archive.store.errors import Full, Lost, Taken
from console.domain.entities import Agency
from console.domain.recording import Recording, RecordingState

DAY = timedelta(days=1)

_BY_ITSELF = (
    "Recording goes on by itself; what happens until then is kept in memory, for ten minutes and more."
)
_OVERFLOWN = (
    "Recording goes on by itself; the memory for what happens until then is full, the oldest is lost."
)


class News(Struct, frozen=True):
    """What became of the archive, and what to do."""

    detail: str
    tip: str = ""


def together(news: Iterable[News]) -> News:
    """All of it."""
    said = tuple(news)
    return News(" ".join(each.detail for each in said), " ".join(each.tip for each in said if each.tip))


def on(at: datetime, place: str, lost: int, news: News | None) -> Recording:
    """It records; ``lost`` events found no room before."""
    said = [news] if news else []
    if lost:
        gap = f"{lost} events could not be kept while the archive was away: they are a gap in the shift."
        said.insert(0, News(gap))
    told = together(said)
    return Recording(RecordingState.ON, at, place, told.detail, told.tip, lost)


def aside(moved: Aside, at: datetime, agency: Agency | None) -> News:
    """A damaged file, or another file's log, was set aside."""
    if moved.why == REPLACED:
        return News(
            f"The archive's file was replaced since it was last recorded into: the write-ahead log of the one "
            f"before was set aside as {moved.path}, and not played onto this one."
        )
    return News(
        f"The archive was found damaged at {clock(at, agency)}: it was set aside as {moved.path}, and a new one "
        "was begun. Nothing of it was removed.",
        f"Take out what can be read: smart-console shifts --archive {quote(str(moved.path))} --rescue NEW.db",
    )


def removed(at: datetime, replaced: bool, agency: Agency | None) -> News:
    """The file was taken away while it was recorded into."""
    if replaced:
        return News(
            f"Another file took the archive's place at {clock(at, agency)}: what this console recorded before "
            "is not in it.",
            "If that was not meant, bring the file from before back under another name.",
        )
    return News(
        f"The archive's file was removed at {clock(at, agency)}: all that was recorded before is gone with it, "
        "and a new one was begun with the present board.",
        "If that was not meant, bring a backup back under another name.",
    )


def paused(since: datetime, place: str, lost: int, error: Exception, agency: Agency | None) -> Recording:
    """The archive cannot take it now."""
    detail = f"Recording stopped at {clock(since, agency)}: {said(error)}."
    tip = _OVERFLOWN if lost else _BY_ITSELF
    return Recording(RecordingState.PAUSED, since, place, detail, tip, lost)


def reading(at: datetime, place: str, error: Taken) -> Recording:
    """Another console records here."""
    tip = "Nothing has to be done; what this console shows is recorded there if it shows the same sources."
    return Recording(RecordingState.READING, at, place, f"{said(error)}.", tip)


def off(at: datetime, place: str, error: Exception) -> Recording:
    """It cannot be used at all."""
    tip = "Mend that, and open the console again; until then nothing is recorded."
    return Recording(RecordingState.OFF, at, place, f"Nothing is recorded: {said(error)}.", tip)


def broken_off(until: datetime, now: datetime, agency: Agency | None) -> str:
    """The recording before this one did not end as it should."""
    missing = now - until
    if not timedelta() <= missing < DAY:
        return f"The previous recording ended unexpectedly on {until:%Y-%m-%d} at {until:%H:%M} UTC."
    return (
        f"The previous recording ended unexpectedly at {clock(until, agency)}: {_lasting(missing)} missing."
    )


def _lasting(missing: timedelta) -> str:
    seconds = math.ceil(missing.total_seconds())
    count, unit = (seconds, "second") if seconds < 60 else ((seconds + 30) // 60, "minute")
    return f"1 {unit} is" if count == 1 else f"{count} {unit}s are"


def said(error: Exception) -> str:
    """The error's text as a sentence without its end."""
    if isinstance(error, OSError):
        return f"the archive cannot be reached ({error.strerror}): see the disk and the folder it is in"
    return str(error).rstrip(".")


def mendable(error: BaseException) -> bool:
    """Whether trying again may help without anybody changing the configuration."""
    if isinstance(error, Full | Lost | OSError):
        return True
    return any(isinstance(behind, Lost | OSError) for behind in (error.__cause__, error.__context__))
