"""How the recording goes, in words for people: what, since when, what to do."""

from datetime import datetime, timedelta

from console.archive.recording.turns import clock
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


def on(at: datetime, place: str, lost: int, detail: str) -> Recording:
    """It records; ``lost`` events found no room before."""
    if lost:
        detail = f"{lost} events could not be kept while the archive was away: they are a gap in the shift."
    return Recording(RecordingState.ON, at, place, detail, lost=lost)


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
    minutes = -(-missing // timedelta(minutes=1))
    what = "1 minute is" if minutes == 1 else f"{minutes} minutes are"
    return f"The previous recording ended unexpectedly at {clock(until, agency)}: {what} missing."


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
