"""``replay``: a recorded shift, as the board at one moment, as its debrief, or in the window."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from heapq import merge
from operator import attrgetter
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.progress import Progress

from console.archive.recording.turns import zone
from console.archive.replay.corrected import Corrected
from console.archive.replay.replay import Replay
from console.archive.replay.source import Wound
from console.archive.replay.tapes import Tapes
from console.archive.shelf.overlaid import done
from console.archive.shelf.shelf import NoSuchShift, Shelf
from console.archive.spec import ArchiveSpec
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError
from console.archive.store.opening import open_database
from console.archive.store.reading import ask, trouble
from console.commands import exits, replay_window
from console.commands.moments import moment, span
from console.commands.replay_window import Wanted
from console.domain.events import Bookmarked, Noted
from console.domain.state import State
from console.domain.track import Gap, GapKind, ShiftLine, Track
from console.reports.board import board
from console.reports.debrief import ENDINGS, debrief, written
from console.session.clock import FixedClock, wall
from console.session.session import Session
from console.session.store import Store
from console.settings import SettingsError
from console.ui.shots import Shots

A = TypeVar("A", Noted, Bookmarked)

_at = attrgetter("at")

_WHY = {
    GapKind.CONSOLE_OFF: "no console was recording",
    GapKind.LOST: "events were lost",
    GapKind.DAMAGED: "what was recorded is damaged",
    GapKind.FEED_DOWN: "a feed gave nothing",
}


class Asked(Struct, frozen=True):
    """The shift that was asked for, where it is, and how its times are read and written."""

    shift: str
    archive: ArchiveSpec
    at: str | None = None
    tz: str | None = None
    corrected: bool = False
    reveal: bool = False


def alone(option: str, others: Mapping[str, bool]) -> None:
    """Refuse what ``option`` would pass over in silence. Raises `SettingsError`."""
    given = ", ".join(other for other, there in others.items() if there)
    if given:
        raise SettingsError(f"{option} does not go with {given}: leave one of them out")


def show(asked: Asked) -> int:
    """Print the board of one moment; exit 4 where the archive cannot be read, 2 for a moment outside of the shift."""
    return _reading(asked, lambda database, shift: _show(asked, database, shift))


def save_debrief(asked: Asked, file: Path) -> int:
    """Write the bookmarks and notes of the shift and of its replays; exit 4 where the archive cannot be read."""
    if file.suffix.lower() not in ENDINGS:
        raise SettingsError(f"--debrief {file}: let its name end in {' or '.join(ENDINGS)}")
    return _reading(asked, lambda database, shift: _save(asked, database, shift, file))


def open_window(asked: Asked, speed: float | None, pictures: Shots | None) -> int:
    """Open the window on the shift; at ``speed`` it is played from there, else it stands."""
    wanted: list[Wanted] = []

    def found(_database: Database, shift: ShiftLine) -> int:
        at = moment(asked.at, shift, _zone(asked, shift)) if asked.at is not None else None
        wanted.append(Wanted(shift, at, speed, asked.corrected))
        return exits.DONE

    code = _reading(asked, found)
    return code if not wanted else replay_window.open_window(asked.archive, wanted[0], pictures)


def _reading(asked: Asked, work: Callable[[Database, ShiftLine], int]) -> int:
    try:
        with (
            _patience("reading the archive"),
            open_database(asked.archive.url, key=asked.archive.key) as database,
        ):
            return work(database, Shelf(database).find(asked.shift, wall()))
    except NoSuchShift as error:
        raise SettingsError(str(error)) from error
    except ArchiveError as error:
        sys.stderr.write(f"smart-console: {error}\n")
        return exits.UNREADABLE


@contextmanager
def _patience(what: str) -> Iterator[None]:
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        progress.add_task(what, total=None)
        yield


def _show(asked: Asked, database: Database, shift: ShiftLine) -> int:
    place = _zone(asked, shift)
    if asked.at is None:
        raise SettingsError(f"--json needs a moment, --at TIME; the shift {shift.id} is {span(shift, place)}")
    at = moment(asked.at, shift, place)
    tapes, shelf = Tapes(database, shift.id), Shelf(database)
    shelf.verify(shift)
    _warn(shelf.track(shift), at, place)
    source: Wound = Replay(tapes)
    if asked.corrected:
        source = Corrected(source, tapes.ends())
    session = Session(FixedClock(at), source, Store(source.rewind(at)))
    session.step()
    if broken := trouble(database):
        sys.stderr.write(f"smart-console: {broken}\n")
    if source.trouble:
        sys.stderr.write(f"smart-console: {source.trouble}\n")
        return exits.UNREADABLE
    if asked.reveal:
        sys.stderr.write(f"{wall().isoformat()} names and free text revealed by --reveal\n")
    shown = board(session.store.value, reveal=asked.reveal)
    sys.stdout.write(msgspec.json.encode(shown).decode() + "\n")
    return exits.DONE


def _warn(track: Track, at: datetime, place: tzinfo) -> None:
    """What is missing at the moment, and every damage before it."""
    here = track.gap(at)
    damaged = [gap for gap in track.gaps if gap.kind is GapKind.DAMAGED and gap.since <= at and gap != here]
    for gap in damaged:
        sys.stderr.write(f"damaged {_told(gap, place)}: the recording goes on behind it\n")
    if here is not None:
        which = "first one behind" if here.since <= track.since else "last one before"
        sys.stderr.write(f"{_WHY[here.kind]} {_told(here, place)}: the board is the {which} that\n")


def _told(gap: Gap, place: tzinfo) -> str:
    since, until = gap.since.astimezone(place), gap.until.astimezone(place)
    return f"from {since:%Y-%m-%d %H:%M:%S} to {until:%H:%M:%S}"


def _zone(asked: Asked, shift: ShiftLine) -> tzinfo:
    if asked.tz is None:
        return zone(shift.timezone)
    try:
        return ZoneInfo(asked.tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"--tz {asked.tz!r} is no known time zone: give one such as America/Denver"
        ) from error


def _save(asked: Asked, database: Database, shift: ShiftLine, file: Path) -> int:
    state = _annotated(database, shift)
    title = ", ".join(word for word in (shift.agency, shift.name) if word) or shift.id
    _zone(asked, shift)
    found = debrief(title, asked.tz or shift.timezone, state, Shelf(database).track(shift))
    fresh = file.with_name(f"{file.name}.part")
    try:
        fresh.write_bytes(written(found, file.name))
        fresh.replace(file)
    except OSError as error:
        raise SettingsError(
            f"--debrief {file} cannot be written ({error.strerror}): give another name or folder"
        ) from error
    sys.stderr.write(f"{len(found.entries)} entries written to {file}; they may name persons\n")
    return exits.DONE


def _annotated(database: Database, shift: ShiftLine) -> State:
    """The last board, with what was noted in every part of the shift and in its replays."""
    ends = Tapes(database, shift.id).ends()
    found = ask(database, lambda connection: done(connection, shift.id))
    if found.trouble:
        sys.stderr.write(f"smart-console: {found.trouble}\n")
    notes = sorted((act for act in found.acts if isinstance(act, Noted)), key=_at)
    marks = sorted((act for act in found.acts if isinstance(act, Bookmarked)), key=_at)
    return replace(
        ends[-1],
        calls={key: call for end in ends for key, call in end.calls.items()},
        notes=tuple(merge(_each(end.notes for end in ends), notes, key=_at)),
        bookmarks=tuple(merge(_each(end.bookmarks for end in ends), marks, key=_at)),
    )


def _each(parts: Iterable[tuple[A, ...]]) -> list[A]:
    """What stands in several parts of one run is one thing."""
    return list(dict.fromkeys(act for part in parts for act in part))
