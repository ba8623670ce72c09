"""What the transport bar says: the recorded date and clock, speeds, what lies at a moment, how the replay goes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.entities import Agency
from console.domain.track import Gap, GapKind, Mark, MarkKind, ShiftLine, Track
from console.session.playing import Playing
from console.session.transport import Span
from console.ui.parts.clocks import Present, present
from console.ui.parts.masking import isolated, joined
from console.ui.theme.theme import Token

MOST = 5
"""Marks that a tooltip names; of more it tells the number."""

SHORT = timedelta(minutes=2)
"""What is missing for less is told to the second: both its ends may lie in one minute."""

GAPS = {
    GapKind.CONSOLE_OFF: "no recording: no console was on",
    GapKind.FEED_DOWN: "a feed gave nothing",
    GapKind.LOST: "no recording: the archive could not take it",
    GapKind.DAMAGED: "no recording: what was written cannot be read",
}

MARKS = {
    MarkKind.CALL: "call",
    MarkKind.CLOSED: "call closed:",
    MarkKind.ALARM: "alarm",
    MarkKind.BOOKMARK: "bookmark",
    MarkKind.NOTE: "note",
    MarkKind.ACT: "done:",
}

COUNTED = {
    MarkKind.CALL: "calls",
    MarkKind.ALARM: "alarms",
    MarkKind.BOOKMARK: "bookmarks",
    MarkKind.NOTE: "notes",
}

_FRACTIONS = {0.25: "¼×", 0.5: "½×"}


def told(shift: ShiftLine, at: datetime) -> Present:
    """``at`` in the zone of the agency whose shift it was."""
    return present(at, Agency(name=shift.agency, timezone=shift.timezone))


def date_text(now: Present) -> str:
    """``Replay · Thu 19 Nov 2026 MST``."""
    local = now.at.astimezone(now.zone)
    return f"Replay · {local:%a} {local.day} {local:%b %Y} {local:%Z}"


def clock_face(now: Present) -> str:
    """``14:05:22``."""
    return f"{now.at.astimezone(now.zone):%H:%M:%S}"


def speed_text(speed: float) -> str:
    """``60×``."""
    return _FRACTIONS.get(speed) or f"{speed:g}×"


class Status(Struct, frozen=True):
    """How the replay goes, in a line."""

    text: str
    tone: Token = "muted"


def status(playing: Playing, span: Span, now: Present, skip: str) -> Status:
    """What to say of the replay at ``now``; ``skip`` is the key that leaves a gap."""
    if playing.trouble:
        return Status(isolated(playing.trouble), "p2")
    gap = playing.track.gap(now.at)
    if gap is not None:
        return Status(f"No recording {_span(gap, now)} · {skip} skips", "stale")
    if now.at >= span.until and (playing.shift.going or not playing.running):
        return Status("At the newest moment" if playing.shift.going else "At the end of the shift")
    if not playing.running:
        return Status(joined(("Paused", _loop(playing, now))))
    return Status(joined((f"Playing at {speed_text(playing.speed)}", _loop(playing, now))))


def _loop(playing: Playing, now: Present) -> str:
    loop = playing.loop
    if loop.since is None and loop.until is None:
        return ""
    return "loop" if loop.length is not None else f"loop from {now.time(loop.since)}"


def gap_text(gap: Gap, now: Present) -> str:
    """What is missing, why, from when until when."""
    what = f" ({isolated(gap.what)})" if gap.what else ""
    return f"{_span(gap, now)} {GAPS[gap.kind]}{what}"


def _span(gap: Gap, now: Present) -> str:
    tell = now.exact if gap.until - gap.since < SHORT else now.time
    return f"{tell(gap.since)}–{tell(gap.until)}"


def found(track: Track, now: Present, near: timedelta) -> Iterator[str]:
    """What a person finds at ``now.at``, give or take ``near``."""
    yield now.exact(now.at)
    for gap in track.gaps:
        if gap.since - near <= now.at <= gap.until + near:
            yield gap_text(gap, now)
    here = [mark for mark in track.marks if abs(mark.at - now.at) <= near]
    for mark in here[:MOST]:
        yield f"{now.exact(mark.at)} {mark_text(mark)}"
    if len(here) > MOST:
        yield f"and {len(here) - MOST} more"
    place = (now.at - track.since) // track.step
    if 0 <= place < len(track.density):
        count = track.density[place]
        yield f"{count} change{'' if count == 1 else 's'} in this {_step(track)}"


def lying(playing: Playing, at: datetime, near: timedelta, edge: datetime) -> tuple[str, ...]:
    """What lies at ``at``, give or take ``near``; behind ``edge`` and the track there is nothing yet."""
    if at > max(edge, playing.track.until):
        return ("Not recorded yet",)
    return tuple(found(playing.track, told(playing.shift, at), near))


def track_text(playing: Playing) -> str:
    """The shift in a line, for a screen reader: from when until when, and how much there is to find."""
    track = playing.track
    start, end = told(playing.shift, track.since), told(playing.shift, track.until)
    counts = {kind: sum(mark.kind is kind for mark in track.marks) for kind in COUNTED}
    kinds = (f"{count} {COUNTED[kind]}" for kind, count in counts.items() if count)
    whole = sum(gap.kind is not GapKind.FEED_DOWN for gap in track.gaps)
    span = f"{start.time(track.since)} to {end.time(track.until)}"
    return joined((span, *kinds, f"{whole} gaps in the recording" if whole else "no gaps"))


def mark_text(mark: Mark) -> str:
    """``call 1042``, ``bookmark: decision``."""
    label, kind = isolated(mark.label), MARKS[mark.kind]
    if mark.kind in (MarkKind.BOOKMARK, MarkKind.NOTE):
        return f"{kind}: {label}" if label else kind
    return f"{kind} {label or isolated(mark.subject)}"


def _step(track: Track) -> str:
    seconds = int(track.step.total_seconds())
    return "minute" if seconds == 60 else f"{seconds} s"
