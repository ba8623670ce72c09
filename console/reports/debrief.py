"""The debrief of a shift: what was marked, written down, told and done, with its times, as CSV or Markdown.

Notes may name persons: a debrief is to be kept as the recording itself is kept.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import PurePath
from zoneinfo import ZoneInfo

from msgspec import Struct

from console.domain.events import Bookmarked, Noted
from console.domain.state import State
from console.domain.track import MarkKind, Track

COLUMNS = ("local time", "UTC", "what", "call", "text", "who")

PERSONAL = "May name persons: keep it as the recording is kept."

ENDINGS = (".csv", ".md")

URGENT = ("1", "2")
"""Priorities of the alarms that are in a debrief."""

MOST = 60
"""Alarms of a debrief: an hour and a half at five in ten minutes; the most urgent are listed."""

LATER = "written later in this shift: go there to read it"
"""What stands for a note of which only the moment is known."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (CWE-1236)."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")
_LONGEST_NAME = 80


class Entry(Struct, frozen=True):
    """One bookmark, note, alarm or act; ``call`` is the number of the call it is about, ``call_id`` its id."""

    at: datetime
    what: str
    text: str
    who: str = ""
    call: str = ""
    call_id: str = ""


class Debrief(Struct, frozen=True):
    """What was marked and written down in one shift, in order of time; ``timezone`` is the agency's."""

    title: str
    timezone: str
    entries: tuple[Entry, ...]


def debrief(title: str, timezone: str, state: State, track: Track | None = None) -> Debrief:
    """What ``state`` knows by its moment, best the end of the shift, and what ``track`` tells of the rest."""
    return Debrief(title, timezone, entries(state, track))


def entries(state: State, track: Track | None = None) -> tuple[Entry, ...]:
    """Bookmarks and notes by their time; what a note says is known to a board that is late enough, to no track."""
    known = [*(_note(note, state) for note in state.notes), *map(_bookmark, state.bookmarks)]
    held = {(entry.at, entry.what) for entry in known}
    marked = (*_marked(state, track), *_alarms(track))
    rest = [entry for entry in marked if (entry.at, entry.what) not in held]
    return tuple(sorted((*known, *rest), key=lambda entry: entry.at))


def _note(note: Noted, state: State) -> Entry:
    return Entry(note.at, "note", note.text, note.who, _number(note.call, state), note.call)


def _bookmark(mark: Bookmarked) -> Entry:
    return Entry(mark.at, "bookmark", mark.label, mark.who)


def _marked(state: State, track: Track | None) -> Iterable[Entry]:
    """What a track tells: a bookmark with its author, of a note only that there is one, and about which call."""
    for mark in track.marks if track else ():
        if mark.kind is MarkKind.BOOKMARK:
            yield Entry(mark.at, "bookmark", mark.label, mark.subject)
        elif mark.kind is MarkKind.NOTE:
            text = mark.label or LATER
            yield Entry(mark.at, "note", text, call=_number(mark.subject, state), call_id=mark.subject)
        elif mark.kind is MarkKind.ACT:
            yield Entry(mark.at, "done", mark.label, mark.subject)


def _alarms(track: Track | None) -> Iterable[Entry]:
    """The most urgent alarms, and how many more there were; those of priority 3 are too many for a debrief."""
    marks = [mark for mark in track.marks if mark.kind is MarkKind.ALARM] if track else []
    urgent = sorted((mark for mark in marks if mark.label[:1] in URGENT), key=lambda mark: mark.label[:1])
    for mark in urgent[:MOST]:
        yield Entry(mark.at, "alarm", f"priority {mark.label}")
    if left := urgent[MOST:]:
        last = max(mark.at for mark in left)
        yield Entry(last, "alarm", f"{len(left)} more of priority 1 and 2: see the time axis of the shift")


def _number(call: str, state: State) -> str:
    known = state.calls.get(call)
    return known.number or call if known else call


def written(found: Debrief, name: str) -> bytes:
    """The file of that ``name``: Markdown where it ends in ``.md``, else CSV with a byte order mark for Excel."""
    if PurePath(name).suffix.lower() == ".md":
        return as_markdown(found).encode()
    return as_csv(found).encode("utf-8-sig")


def as_csv(found: Debrief) -> str:
    """One line an entry; no cell is a formula to a spreadsheet."""
    page, zone = io.StringIO(newline=""), _zone(found.timezone)
    lines = csv.writer(page)
    lines.writerow(COLUMNS)
    for entry in found.entries:
        local, utc = _local(entry.at, zone), f"{entry.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        cells = (local, utc, entry.what, entry.call, entry.text, entry.who)
        lines.writerow([guarded(cell) for cell in cells])
    return page.getvalue()


def as_markdown(found: Debrief) -> str:
    """A heading and one item an entry; words are data, so none of them is markup."""
    zone = _zone(found.timezone)
    head = f"# Debrief: {_plain(found.title)}\n\n{PERSONAL} Times are of {_plain(_zone_name(zone))}.\n\n"
    items = "".join(_item(entry, zone) for entry in found.entries)
    return head + (items or "Nothing was marked or written down in this shift.\n")


def _item(entry: Entry, zone: tzinfo) -> str:
    about = f", call {_plain(entry.call)}" if entry.call else ""
    who = f" ({_plain(entry.who)})" if entry.who else ""
    text = "  \n  ".join(_plain(line) for line in entry.text.splitlines() if line.strip())
    return f"- **{_local(entry.at, zone)}** {entry.what}{about}{who}: {text}\n"


def guarded(cell: str) -> str:
    """``cell`` with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def file_name(title: str, since: datetime, timezone: str) -> str:
    """A name without an ending that every file system takes: ``debrief 2026-11-19 Day shift B``."""
    day = f"{since.astimezone(_zone(timezone)):%Y-%m-%d}"
    safe = " ".join(re.sub(r"[^\w .-]", " ", title).split())[:_LONGEST_NAME].strip(" .")
    return f"debrief {day} {safe}".strip()


def _plain(text: str) -> str:
    """``text`` on one line, with everything escaped that Markdown or HTML would obey."""
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return _MARKUP.sub(r"\\\1", line)


def _local(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _zone_name(zone: tzinfo) -> str:
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not a zone, not a name, or the folder of several
        return UTC
