"""The lists about the data itself: every feed with its age, and every problem with what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from console.domain.feed import Feed, Problem, health
from console.domain.listed import listed, misfits_of
from console.domain.state import State
from console.domain.vocabulary import Health
from console.ui.figures.listing import Sheet, Told, plain
from console.ui.parts.clocks import Present, age_text
from console.ui.parts.masking import isolated, joined, tip
from console.ui.table.rows import Column, Rules
from console.ui.theme.theme import HEALTH, Token
from console.ui.theme.words import word


class FeedRow(Struct, frozen=True):
    """One feed with the health that the clock gives it now."""

    feed: Feed
    health: Health


TIPS: Mapping[str, str] = MappingProxyType(
    {
        "unknown_code": "Shown as unknown and counted. Add the code to the mapping or the definitions.",
        "orphan": "It points to a row that was not sent. Ask the owner of the dispatch system.",
        "bad_row": "The row is left out. Send the examples to the owner of the dispatch system.",
        "too_many": "Open calls and the newest rows come first. Have the source send only what is active.",
        "bad_field": "The field is shown as unknown. Send the examples to the owner of the dispatch system.",
        "duplicate": "The newest row was taken. Ask the owner of the dispatch system.",
        "reused": "The call of before goes on under a name of its own. Ask the owner of the dispatch system.",
        "conflict": "The order of the sources in the configuration decides. Give things names that tell them apart.",
        "contradiction": "Both are shown as they were sent. Ask the team or the dispatcher, and correct it there.",
        "bad_answer": "The board keeps what it last knew. See Data age for the source and what to do.",
        "worker": "It was started again and nothing is lost. If that goes on, see whether memory runs out.",
        "skew": "Ages are corrected. Set the wrong clock; restart the console where this workstation's is set back.",
    }
)
"""What to do about a problem, by its kind."""

TROUBLES: Mapping[Health, str] = MappingProxyType(
    {
        Health.AUTH: "Sign in again. The board keeps what it last knew.",
        Health.DOWN: "Check the network and the dispatch system. The board keeps what it last knew.",
        Health.STALE: "Confirm by radio before acting on it. The board keeps what it last knew.",
        Health.DEGRADED: "Part of the data is missing. Open the problems in the status bar.",
    }
)
"""What to do about a feed that does not say so itself, by its health."""


def todo(feed: Feed, now: Present) -> str:
    """What to do about ``feed`` as it stands now, and when the next try is."""
    advice = isolated(feed.tip) or TROUBLES.get(health(feed, now.at), "")
    if feed.next_try and feed.next_try > now.at:
        return joined((advice, f"next try in {age_text(feed.next_try - now.at)}"))
    return advice


def feed_sheet() -> Sheet[FeedRow]:
    """Every feed of every source."""
    return Sheet(
        name="feeds",
        told=_told_feeds,
        columns=_FEEDS,
        rules=Rules(order=_feed_order, hatched=lambda row: row.health is Health.STALE),
        slice=lambda state: (state.feeds, state.second),
        rows=_feed_rows,
        width=1_240,
        lines=2,
    )


def problem_sheet() -> Sheet[Problem]:
    """Every problem that was found in the data, the most frequent first."""
    return Sheet(
        name="problems",
        told=_told_problems,
        columns=_PROBLEMS,
        rules=Rules(order=lambda problem: -problem.count),
        slice=lambda state: (state.problems, *misfits_of(state)),
        rows=listed,
        width=1_200,
        lines=2,
    )


def problem_count(problems: Mapping[str, Problem]) -> int:
    """How many rows had problems."""
    return sum(problem.count for problem in problems.values())


def _told_feeds(_state: State, _rows: Mapping[str, FeedRow]) -> Told:
    about = "Late is above 1.5 times the poll interval; stale above twice the interval and 5 s."
    return Told("Data age", about, "No feed has been started yet.")


def _told_problems(_state: State, rows: Mapping[str, Problem]) -> Told:
    count = problem_count(rows)
    about = (
        "Nothing is dropped silently: what could not be read is counted here, and what does not fit together."
    )
    return Told(f"{count} rows had problems", about, "No row had a problem.")


def _feed_rows(state: State) -> dict[str, FeedRow]:
    return {key: FeedRow(feed, health(feed, state.second)) for key, feed in state.feeds.items()}


def _feed_order(row: FeedRow) -> tuple[str, str]:
    return row.feed.source, row.feed.name


def _health_tone(row: FeedRow) -> Token:
    token = HEALTH[row.health].token
    return "text" if token == "muted" else token


def _age(row: FeedRow, now: Present) -> str:
    return now.ago(row.feed.answered_at)


def _since(row: FeedRow, now: Present) -> str:
    """Since when the feed does as it reported; what its age alone says has no moment of its own."""
    return now.exact(row.feed.since) if row.health is row.feed.reported else ""


def _reason(row: FeedRow) -> str:
    told = row.health is row.feed.reported and row.feed.reason not in (row.health, "")
    return isolated(word(row.feed.reason)) if told else ""


def _every(row: FeedRow) -> str:
    return age_text(row.feed.every) if row.feed.every else "not polled"


def _skew(row: FeedRow) -> str:
    return "" if row.feed.skew_s is None else f"{row.feed.skew_s:+.1f} s".replace("-", "−")


def _requests(row: FeedRow) -> str:
    """What the source was asked in the last hour, of what it permits."""
    asked, allowed = row.feed.asked_h, row.feed.allowed_h
    if not (asked or allowed):
        return ""
    return f"{asked:,} of {allowed:,}" if allowed else f"{asked:,}"


def _feed_said(row: FeedRow, now: Present) -> str:
    return isolated(row.feed.detail) or ("" if row.health is Health.OK else todo(row.feed, now))


def _feed_todo(row: FeedRow, now: Present) -> str:
    return todo(row.feed, now) if row.feed.detail else ""


def _what(problem: Problem) -> str:
    return isolated(problem.what)


def _what_to_do(problem: Problem) -> str:
    return TIPS.get(problem.kind, "")


def _full(problem: Problem, _now: Present) -> str:
    return tip(isolated(problem.what), _what_to_do(problem), _examples(problem))


def _examples(problem: Problem) -> str:
    return isolated(", ".join(problem.examples))


_FEEDS: tuple[Column[FeedRow], ...] = (
    Column(title="Source", width=120, text=plain(lambda row: isolated(row.feed.source))),
    Column(title="Feed", width=90, text=plain(lambda row: word(row.feed.name))),
    Column(title="Health", width=110, text=plain(lambda row: word(row.health)), tone=_health_tone),
    Column(title="Since", width=80, text=_since, right=True),
    Column(title="Reason", width=100, text=plain(_reason)),
    Column(title="Age", width=70, text=_age, right=True, ticks=True),
    Column(title="Answered", width=80, text=lambda row, now: now.exact(row.feed.answered_at), right=True),
    Column(title="Every", width=60, text=plain(_every), right=True),
    Column(title="Skew", width=70, text=plain(_skew), right=True),
    Column(title="Rejected", width=70, text=plain(lambda row: str(row.feed.rejected)), right=True),
    Column(title="Requests/h", width=100, text=plain(_requests), right=True),
    Column(title="What, and what to do", text=_feed_said, sub=_feed_todo, ticks=True),
)

_PROBLEMS: tuple[Column[Problem], ...] = (
    Column(title="Count", width=60, text=plain(lambda problem: str(problem.count)), right=True),
    Column(title="Kind", width=110, text=plain(lambda problem: word(problem.kind))),
    Column(title="Feed", width=150, text=plain(lambda problem: isolated(problem.feed))),
    Column(title="What, and what to do", text=plain(_what), sub=plain(_what_to_do), tip=_full),
    Column(title="Examples", width=360, text=plain(_examples), tip=_full),
)
