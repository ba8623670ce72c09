"""The rules there are in the code: what each is about and needs; why it exists stands in the definition pack."""

from enum import StrEnum

from msgspec import Struct

from console.domain.vocabulary import FeedName


class About(StrEnum):
    """What a rule is about; a subject is written ``about:id``, and looked at in this order."""

    BOARD = "board"
    SOURCE = "source"
    RECORDING = "recording"
    UNIT = "unit"
    CALL = "call"
    STRIP = "strip"


class Facts(Struct, frozen=True):
    """What the code knows of a rule.

    ``needs`` is the feed without which nothing is to be said, so that its alarms are suppressed while that is down;
    nothing silences a rule without one. ``latched`` stays until acknowledged, ``contact`` is acknowledged by saying how
    the team was reached, ``data`` is trouble with the data and has a tone of its own. ``lasts`` goes by the age of
    data, so that news alone end it.
    """

    about: About
    needs: FeedName | None = None
    latched: bool = False
    contact: bool = False
    data: bool = False
    lasts: bool = False


EMERGENCY = "responder_emergency"
CHECK_IN = "check_in_overdue"
SILENT = "unit_silent"
STATUS_OLD = "status_old"
TO_CLOSED = "committed_to_closed"
ALONE = "scene_without_call"
STATUS_LONG = "status_too_long"

PENDING_LONG = "pending_too_long"
ASSIGNED_LONG = "assigned_too_long"
TRAVEL_LONG = "travel_too_long"
SCENE_LONG = "scene_too_long"
TRANSPORT_LONG = "transport_too_long"
KICK_BACK = "kickback_soon"
MISSING = "call_missing"
CALL_OLD = "call_old"

UNOWNED = "left_unowned"

FEED_DOWN = "feed_down"
FEED_LATE = "feed_late"
SIGN_IN = "sign_in_needed"
TOO_OFTEN = "asked_too_often"
SKEW = "clock_skew"
UNREADABLE = "format_changed"
BAD_ANSWERS = "bad_answers"
VANISHED = "calls_vanished"
NOT_RECORDED = "recording_paused"

CATALOG: dict[str, Facts] = {
    EMERGENCY: Facts(About.UNIT, latched=True),
    CHECK_IN: Facts(About.UNIT, contact=True),
    SILENT: Facts(About.UNIT, FeedName.POSITIONS, lasts=True),
    STATUS_OLD: Facts(About.UNIT, FeedName.UNITS, lasts=True),
    TO_CLOSED: Facts(About.UNIT, FeedName.UNITS),
    ALONE: Facts(About.UNIT, FeedName.UNITS),
    STATUS_LONG: Facts(About.UNIT, FeedName.UNITS),
    PENDING_LONG: Facts(About.CALL, FeedName.CALLS),
    ASSIGNED_LONG: Facts(About.CALL, FeedName.CALLS),
    TRAVEL_LONG: Facts(About.CALL, FeedName.CALLS),
    SCENE_LONG: Facts(About.CALL, FeedName.CALLS),
    TRANSPORT_LONG: Facts(About.CALL, FeedName.CALLS),
    KICK_BACK: Facts(About.CALL, FeedName.CALLS),
    MISSING: Facts(About.CALL, FeedName.CALLS),
    CALL_OLD: Facts(About.CALL, FeedName.CALLS, lasts=True),
    UNOWNED: Facts(About.STRIP),
    FEED_DOWN: Facts(About.SOURCE, data=True),
    FEED_LATE: Facts(About.SOURCE, data=True),
    SIGN_IN: Facts(About.SOURCE, data=True),
    TOO_OFTEN: Facts(About.SOURCE, data=True),
    SKEW: Facts(About.SOURCE, data=True),
    UNREADABLE: Facts(About.SOURCE, data=True),
    BAD_ANSWERS: Facts(About.SOURCE, data=True),
    VANISHED: Facts(About.SOURCE, data=True),
    NOT_RECORDED: Facts(About.RECORDING, data=True),
}

RULES_ABOUT: dict[About, tuple[str, ...]] = {
    about: tuple(rule for rule, facts in CATALOG.items() if facts.about is about) for about in About
}


def subject_of(about: About, key: str) -> str:
    """How the ``about`` with the id ``key`` is written."""
    return f"{about}:{key}"


def parted(subject: str) -> tuple[About, str]:
    """What ``subject`` is about, and its id."""
    about, _, key = subject.partition(":")
    return About(about), key


_PLACES = {about.value: place for place, about in enumerate(About)}


def turn(subject: str) -> tuple[int, str]:
    """The order in which subjects are looked at, whatever the order in which they changed."""
    return _PLACES[subject.partition(":")[0]], subject
