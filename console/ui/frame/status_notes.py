"""What the line at the bottom says, item by item, as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.alarms.book import Alarms
from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.feed import Feed, Problem
from console.domain.metrics import Tally
from console.domain.recording import Recording, RecordingState
from console.domain.track import ShiftLine
from console.domain.vocabulary import AlarmState
from console.reports.wording.shares import SPACE
from console.ui.figures import sources
from console.ui.figures.sources import problem_count
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined
from console.ui.replay.words import length_text, shift_text
from console.ui.theme.theme import Token

SKEW_LIMIT_S = 30.0
"""Seconds between the server's clock and this workstation's above which it is a fault (RELIABILITY 2.1)."""


LEFT_OUT = frozenset({"bad_row", "bad_answer", "too_many"})
"""Kinds of problems by which rows are missing from the board."""


@dataclass(frozen=True, slots=True)
class Note:
    """One item of the line: its words, its tone and mark, and what more there is to say."""

    text: str
    tone: Token = "muted"
    icon: str = ""
    more: tuple[str, ...] = ()


def self_check(tally: Tally) -> Note:
    """Whether every eligible call is served, unmet or still open (METRICS section 2, rule 6)."""
    rest = tally.eligible_yes - tally.served_yes - tally.unmet - tally.open
    said = f"E {tally.eligible_yes} = S {tally.served_yes} + unmet {tally.unmet} + open {tally.open}"
    unscreened = tally.eligible_may - tally.eligible_yes
    more = (
        "Self-check: every eligible call is served, unmet or still open.",
        f"{unscreened} more may be eligible: nobody screened them." if unscreened else "",
    )
    if not any((tally.eligible_yes, tally.served_yes, tally.unmet, tally.open)):
        return Note("nothing to reconcile", more=("No call of this window is known to be eligible.", more[1]))
    if rest == 0:
        return Note(said, icon="check", more=more)
    if rest > 0:
        what = "Of the unknown ones it is not known whether the unit that arrived was a team."
        return Note(f"{said} + {rest} unknown", "p3", "health-degraded", (*more, what))
    what = "The totals do not add up. Compare the lists behind the figures and report it."
    return Note(f"{said.replace('=', '≠', 1)}: {-rest} too many", "p1", "close", (*more, what))


def skew_note(feeds: Iterable[Feed]) -> Note:
    """The largest difference between a server's clock and this workstation's."""
    answered = tuple(feeds)
    known = [feed for feed in answered if feed.skew_s is not None]
    if not known and any(feed.answered_at for feed in answered):
        return Note(
            "clock: as served", more=("The clock is the source's own: there is none to compare it with.",)
        )
    if not known:
        return Note("clock skew not known", more=("No server has told its time yet.",))
    worst = max(known, key=lambda feed: abs(feed.skew_s or 0.0)).skew_s or 0.0
    said = f"clock skew {worst:+.1f}{SPACE}s".replace("-", "−")
    if abs(worst) <= SKEW_LIMIT_S:
        return Note(said, more=("Server clock minus this workstation's; ages are corrected by it.",))
    return Note(f"{said}: set the clock", "p3", "health-degraded", (sources.TIPS["skew"],))


def aside_note(alarms: Alarms) -> Note:
    """How many alarms are shelved, and what is out of service: never out of sight (RELIABILITY 2.2, rule 4)."""
    shelved = sum(alarm.state is AlarmState.SHELVED for alarm in alarms.standing.values())
    parts = (
        f"{shelved} shelved" if shelved else "",
        f"{len(alarms.out)} out of service" if alarms.out else "",
    )
    said = joined(parts)
    more = ("Enter or click: which, until when, by whom and why; to bring them back.",)
    return Note(said, "text", "shelve", more) if said else Note("")


def problem_note(problems: Mapping[str, Problem]) -> Note:
    """How many rows could not be read as they should; rows that were left out weigh more."""
    count = problem_count(problems)
    if not count:
        return Note("no problem rows", more=("Every row of every reply could be read.",))
    said = f"{count} row{'' if count == 1 else 's'} had problems"
    lost = sum(problem.count for problem in problems.values() if problem.kind in LEFT_OUT)
    if lost:
        return Note(
            f"{said}, {lost} left out", "p2", "health-late", ("Enter or click: which, and what to do.",)
        )
    return Note(said, "p3", "health-degraded", ("Enter or click: which, and what to do.",))


def definitions_note(pack: Definitions) -> Note:
    """By which definitions the figures are made."""
    if pack is NO_DEFINITIONS or not pack.natures:
        return Note("no definitions loaded", "p2", "health-late", ("Nothing has a category or a limit.",))
    short = f" ({pack.sha256[:7]})" if pack.sha256 else ""
    said = f"definitions {isolated(pack.name)} {isolated(pack.version)}{short}"
    return Note(said, more=(isolated(pack.source), f"SHA-256 {pack.sha256}" if pack.sha256 else ""))


NOT_KEPT = Note("")
"""A board without a recorder says nothing of one."""


def recording_note(recording: Recording | None, now: Present) -> Note:
    """Whether what the board shows is being kept, and where."""
    if recording is None:
        return NOT_KEPT
    since = f"since {now.time(recording.since)}"
    place = f"Into {isolated(recording.place)}" if recording.place else ""
    more = (isolated(recording.detail), isolated(recording.tip), place, since)
    lost = f" · {recording.lost:,} events lost" if recording.lost else ""
    match recording.state:
        case RecordingState.STARTING:
            return Note("recording starts", more=more)
        case RecordingState.ON if lost:
            return Note(f"recording{lost}", "p2", "health-late", more)
        case RecordingState.ON:
            return Note("recording", more=more)
        case RecordingState.PAUSED:
            return Note(f"recording stopped{lost}", "p2", "health-down", more)
        case RecordingState.READING:
            return Note("another console records", more=more)
        case RecordingState.OFF:
            return Note("not recording", "p2", "health-late", more)


def shift_note(shift: ShiftLine) -> Note:
    """Which recording is shown, and how much of it is missing."""
    missing = f"{length_text(shift.gaps)} of it are missing: see the hatched parts" if shift.gaps else ""
    more = (isolated(shift.name), isolated(shift.agency), missing)
    kept = f"Kept: {isolated(shift.held_because)}" if shift.held else ""
    return Note(shift_text(shift), more=(*more, kept))
