"""What a handover says: the board at one moment as lines, masked as on the screen. No Qt, no clock."""

from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.reports.handover.lines import Handover, Occasion
from console.reports.handover.of_alarms import alarms, out_of_service
from console.reports.handover.of_calls import calls
from console.reports.handover.of_data import definitions, figure_lines, old, quality
from console.reports.handover.of_rest import follow_ups, notes, strips
from console.reports.handover.of_teams import teams
from console.reports.wording.clocks import Present, present
from console.reports.wording.freshness import empty_text, freshness
from console.reports.wording.masking import isolated, joined

_LISTS = {
    "calls": (FeedName.CALLS, "open calls"),
    "teams": (FeedName.UNITS, "teams"),
    "follow_ups": (FeedName.FOLLOW_UPS, "follow-ups overdue or due within 24 h"),
}
"""Which feed the lists come from, and what they hold."""


def handover(state: State, occasion: Occasion) -> Handover:
    """Everything of ``state`` that the next supervisor takes over."""
    now = present(state.second, state.agency)
    return Handover(
        at=now.at,
        timezone=state.agency.timezone if state.agency else "",
        occasion=_named(state, occasion),
        since=state.window_from,
        notice=joined(isolated(agency.notice) for agency in state.agencies.values()),
        old=old(state, now),
        definitions=definitions(state.definitions),
        calls=calls(state),
        teams=teams(state),
        alarms=alarms(state, now),
        out=out_of_service(state, now),
        strips=strips(state),
        follow_ups=follow_ups(state, now.at),
        notes=notes(state),
        figures=figure_lines(state),
        quality=quality(state, now),
        nothing={name: _nothing(state, feed, what, now) for name, (feed, what) in _LISTS.items()},
    )


def _named(state: State, occasion: Occasion) -> Occasion:
    """``occasion`` with the agency and the shift of the board, where it names none."""
    agency = state.agency
    return Occasion(
        by=isolated(occasion.by),
        mark=occasion.mark,
        agency=isolated(occasion.agency or (agency.name if agency else "")),
        shift=isolated(occasion.shift or (agency.shift if agency else "")),
    )


def _nothing(state: State, feed: FeedName, what: str, now: Present) -> str:
    """Why a list is empty, on one line."""
    return empty_text(freshness(state.feeds, feed, now.at), what, now).replace("\n", " ")
