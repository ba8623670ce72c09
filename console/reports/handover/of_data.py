"""How far the handover can be trusted, and its figures: ages, problems, clocks, recording, definitions."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from console.domain.definitions import Definitions
from console.domain.feed import health, offered
from console.domain.listed import listed
from console.domain.metrics import Metric, figures
from console.domain.recording import Recording, RecordingState
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.reports.handover.lines import DataQuality, FeedLine, FigureLine
from console.reports.wording.clocks import Present
from console.reports.wording.freshness import freshness
from console.reports.wording.masking import isolated, joined
from console.reports.wording.shares import SPACE, spread
from console.reports.wording.words import word

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "eligible_coverage": "Eligible coverage",
        "strict_diversions": "Strict diversions",
        "gross_share": "Gross share",
        "behavioral_calls": "Behavioral calls",
        "eligible_calls": "Eligible calls",
        "served": "Served",
        "unmet_demand": "Unmet",
        "waiting": "Waiting",
    }
)
"""What each figure is called, as on the tiles."""

SHARES = frozenset({"eligible_coverage", "gross_share"})

_RECORDING: Mapping[RecordingState, str] = MappingProxyType(
    {
        RecordingState.STARTING: "recording starts",
        RecordingState.ON: "recording",
        RecordingState.PAUSED: "recording stopped",
        RecordingState.READING: "another console records",
        RecordingState.OFF: "not recording",
    }
)
_KINDS = 4
"""Kinds of problems that are named; the rest are in their number."""


def old(state: State, now: Present) -> tuple[str, ...]:
    """What is not of the present, in capitals, calls and units first: ``CALLS AS OF 14:03, 7 min old``."""
    return tuple(filter(None, (_old(state, name, now) for name in FeedName)))


def _old(state: State, name: FeedName, now: Present) -> str:
    fresh = freshness(state.feeds, name, now.at)
    vital = name in (FeedName.CALLS, FeedName.UNITS)
    if fresh.current or not (fresh.offered and (vital or fresh.read)):
        return ""
    what = word(name).upper()
    if not fresh.read:
        return f"{what} NOT READ YET"
    if fresh.as_of is None:
        return f"{what} INCOMPLETE: another source has not answered yet"
    return f"{what} AS OF {now.time(fresh.as_of)}, {now.ago(fresh.as_of)} old"


def quality(state: State, now: Present) -> DataQuality:
    """The line about the data."""
    found = listed(state)
    counts = Counter[str]()
    for problem in found.values():
        counts[problem.kind] += problem.count
    return DataQuality(
        feeds=_feeds(state, now.at),
        problems=counts.total(),
        kinds=tuple(f"{many} {word(kind)}" for kind, many in counts.most_common(_KINDS)),
        skew_s=max(
            (feed.skew_s for feed in state.feeds.values() if feed.skew_s is not None), key=abs, default=None
        ),
        recording=_recorded(state.recording, now),
    )


def _feeds(state: State, now: datetime) -> tuple[FeedLine, ...]:
    return tuple(
        FeedLine(
            isolated(feed.source),
            feed.name,
            health(feed, now),
            feed.as_of or feed.answered_at,
            isolated(feed.detail),
        )
        for feed in state.feeds.values()
        if offered(feed)
    )


def _recorded(recording: Recording | None, now: Present) -> str:
    if recording is None:
        return "not recording"
    lost = f"{recording.lost:,} events lost" if recording.lost else ""
    troubled = recording.state in (RecordingState.PAUSED, RecordingState.OFF)
    since = f"since {now.time(recording.since)}" if troubled else ""
    return joined((_RECORDING[recording.state], since, lost))


def definitions(pack: Definitions) -> str:
    """Name, version and hash of what the figures are made by."""
    if not pack.natures:
        return "no definitions loaded: nothing has a category or a limit"
    sha = f"SHA-256 {pack.sha256[:12]}" if pack.sha256 else ""
    return joined((f"{isolated(pack.name)} {isolated(pack.version)}", sha))


def figure_lines(state: State) -> tuple[FigureLine, ...]:
    """The figures of the shift, each with its n and what it left out."""
    return tuple(map(_figure, figures(state.tally)))


def _figure(metric: Metric) -> FigureLine:
    shared = metric.name in SHARES
    ranged = not shared and metric.low is not None and metric.high is not None
    return FigureLine(
        name=metric.name,
        label=LABELS[metric.name],
        value=spread(metric) if shared else _whole(metric.value),
        spread=f"{_whole(metric.low)}–{_whole(metric.high)}" if ranged else "",
        n=metric.n,
        excluded=metric.excluded,
        formula=metric.formula.replace(" - ", f"{SPACE}−{SPACE}"),
    )


def _whole(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f}"
