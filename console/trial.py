"""How a trial of a source stands, step by step, read off the board that its feeds make."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from console.domain.feed import Feed, Problem
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.feeds.spec import SourceSpec
from console.ui.welcome.remedy import UNREACHED, remedy
from console.ui.welcome.trying import Step, StepState, Trial

ADDRESS, SECURE, SIGN_IN, ANSWER, CODES = (
    "Address",
    "Secure connection",
    "Sign-in",
    "Answer",
    "Codes and fields",
)

BOARD = (FeedName.CALLS, FeedName.UNITS)
"""The feeds that make a board: either one will do."""

_NO_BOARD = (
    "This source gives neither calls nor units.",
    "Connect the source of your calls first; then add this one to the configuration, beside it.",
)
_BESIDE = "It can be saved as it is. Then add the source of your calls to the configuration, beside it."
_UNSAFE = frozenset(
    {"certificate", "unknown_authority", "client_certificate", "tls", "tls_version", "hung_up"}
)
_TITLES = {
    FeedName.CALLS: "Calls",
    FeedName.UNITS: "Units",
    FeedName.POSITIONS: "Positions",
    FeedName.FACILITIES: "Beds",
    FeedName.FOLLOW_UPS: "Follow-ups",
}
_FLAWS = {
    "unknown_code": "codes nobody explained",
    "bad_field": "fields that cannot be read",
    "bad_row": "rows that cannot be shown",
    "orphan": "rows that belong to nothing",
    "duplicate": "rows given twice",
}
_MAP_THEM = "They stand on the board as unknown. Map them in the source's mapping or in the definitions."


def trial(spec: SourceSpec, state: State) -> Trial:
    """Where the trial of ``spec`` stands on the board ``state``; ready once calls or units have answered.

    Of a source that gives neither, positions will do: another source brings the calls.
    """
    feeds = [feed for feed in state.feeds.values() if feed.source == spec.name]
    wanted = BOARD if _makes_a_board(feeds) else (FeedName.POSITIONS,)
    gave = any(_answered(feed) and feed.name in wanted for feed in feeds)
    return Trial(tuple(_steps(spec, state, feeds)), state, gave)


def unusable(said: str) -> Trial:
    """The trial of what cannot even be tried: the entry is wrong."""
    wrong = Step("Entry", StepState.FAILED, _sentence(said), "Mend the entry and try again.")
    return Trial((wrong, *_waiting(ADDRESS, SECURE, SIGN_IN, ANSWER)))


def _steps(spec: SourceSpec, state: State, feeds: list[Feed]) -> Iterator[Step]:
    troubled = [feed for feed in feeds if _failed(feed)]
    if any(map(_answered, feeds)):
        yield from _reached(spec)
        yield _sign_in(spec, troubled)
        yield from (_feed(spec, feed, state) for feed in feeds)
        yield _codes(state.problems.values(), feeds)
        if not _makes_a_board(feeds):
            yield _no_board(feeds, state)
    elif troubled:
        yield from _stopped(spec, troubled[0])
    else:
        yield Step(ADDRESS, StepState.RUNNING, f"Asking {_place(spec)}.")
        yield from _waiting(SECURE, SIGN_IN, ANSWER)


def _makes_a_board(feeds: list[Feed]) -> bool:
    return any(feed.name in BOARD for feed in feeds)


def _no_board(feeds: list[Feed], state: State) -> Step:
    if not any(feed.name is FeedName.POSITIONS for feed in feeds):
        return Step("Board", StepState.FAILED, *_NO_BOARD)
    said = f"Positions: {len(state.positions)}; a board needs calls from another source."
    return Step("Board", StepState.WARNING, said, _BESIDE)


def _stopped(spec: SourceSpec, feed: Feed) -> Iterator[Step]:
    """The steps up to the one that failed, and those that were not come to."""
    stranger = spec.url.startswith("https:") and not spec.tls.client_cert
    said, (todo, field) = feed.detail, remedy(feed, stranger=stranger)
    if feed.reason in UNREACHED:
        yield Step(ADDRESS, StepState.FAILED, said, todo, field)
        yield from _waiting(SECURE, SIGN_IN, ANSWER)
    elif feed.reason in _UNSAFE:
        yield _found(spec)
        yield Step(SECURE, StepState.FAILED, said, todo, field)
        yield from _waiting(SIGN_IN, ANSWER)
    elif feed.reported is Health.AUTH:
        yield from _reached(spec)
        yield Step(SIGN_IN, StepState.FAILED, f"{said} Asked at {spec.url}", todo)
        yield from _waiting(ANSWER)
    else:
        yield from _reached(spec)
        yield from _waiting(SIGN_IN)
        yield Step(ANSWER, StepState.FAILED, f"{said} Asked at {spec.url}", todo, field)


def _reached(spec: SourceSpec) -> Iterator[Step]:
    yield _found(spec)
    scheme = urlsplit(spec.url).scheme
    said = {
        "https": "Encrypted (TLS 1.2 or newer), and the certificate is right.",
        "http": "Not needed: the address is this workstation itself.",
    }.get(scheme, "Not needed: a file of this workstation.")
    yield Step(SECURE, StepState.OK, said)


def _found(spec: SourceSpec) -> Step:
    return Step(ADDRESS, StepState.OK, f"{_place(spec)} is known and answers.")


def _place(spec: SourceSpec) -> str:
    return spec.place or spec.url


def _sign_in(spec: SourceSpec, troubled: list[Feed]) -> Step:
    for feed in troubled:
        if feed.reported is Health.AUTH:
            return Step(SIGN_IN, StepState.WARNING, f"{_TITLES[feed.name]}: {feed.detail}", feed.tip)
    signed = spec.sign_in.kind != "none"
    return Step(SIGN_IN, StepState.OK, "Accepted." if signed else "The source asks for none.")


def _feed(spec: SourceSpec, feed: Feed, state: State) -> Step:
    name = _TITLES[feed.name]
    if _answered(feed):
        return _given(name, feed, _rows(feed.name, state))
    if _failed(feed):
        return Step(name, StepState.WARNING, f"{feed.detail} Asked at {spec.url}", feed.tip)
    return Step(name, StepState.RUNNING, feed.detail)


def _given(name: str, feed: Feed, rows: int) -> Step:
    said = [f"{rows} on the board" if rows else "The source answers; it has none now"]
    if feed.skew_s is not None:
        said.append(f"server clock {feed.skew_s:+.1f} s")
    if feed.rejected:
        said.append(f"{feed.rejected} rows cannot be read")
    text = " · ".join(said) + "."
    if feed.reported is Health.DEGRADED:
        return Step(name, StepState.WARNING, f"{text} {feed.detail}", feed.tip)
    return Step(name, StepState.OK, text)


def _rows(name: FeedName, state: State) -> int:
    match name:
        case FeedName.CALLS:
            return len(state.open_calls)
        case FeedName.UNITS:
            return len(state.units)
        case FeedName.POSITIONS:
            return len(state.positions)
        case FeedName.FACILITIES:
            return len(state.facilities)
        case FeedName.FOLLOW_UPS:
            return len(state.follow_ups)


def _codes(problems: Iterable[Problem], feeds: list[Feed]) -> Step:
    """What the data hold that the console cannot place, by kind, with the first few by name."""
    keys = {feed.key for feed in feeds}
    found = [problem for problem in problems if problem.kind in _FLAWS and problem.feed in keys]
    if not found:
        return Step(CODES, StepState.OK, "Every code and every field was understood.")
    lines = []
    for kind, words in _FLAWS.items():
        whats = [f"{problem.what} ({problem.count})" for problem in found if problem.kind == kind]
        if whats:
            more = f" and {len(whats) - 5} more" if len(whats) > 5 else ""
            lines.append(f"{words}: {', '.join(whats[:5])}{more}")
    return Step(CODES, StepState.WARNING, _sentence("; ".join(lines)), _MAP_THEM)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _waiting(*names: str) -> Iterator[Step]:
    yield from (Step(name, StepState.WAITING) for name in names)


def _answered(feed: Feed) -> bool:
    return feed.answered_at is not None


def _failed(feed: Feed) -> bool:
    return not _answered(feed) and feed.reported not in (Health.STARTING, Health.PAUSED)
