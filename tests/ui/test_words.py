"""Every value of the dispatch vocabulary that a person reads has a plain word."""

from enum import StrEnum

import pytest

from console.domain.vocabulary import (
    Availability,
    CallState,
    FacilityKind,
    FeedName,
    Health,
    Origin,
    Police,
    Program,
    Role,
    UnitState,
)
from console.ui.theme.theme import heading, word
from console.ui.theme.words import WORDS

READ: tuple[type[StrEnum], ...] = (
    *(Availability, CallState, FacilityKind, FeedName, Health),
    *(Origin, Police, Program, Role, UnitState),
)


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.__name__)
def test_every_value_has_a_word(kind: type[StrEnum]) -> None:
    assert [value for value in kind if value.value not in WORDS] == []


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.__name__)
def test_no_two_values_that_a_person_must_tell_apart_share_a_word(kind: type[StrEnum]) -> None:
    assert len({word(value) for value in kind}) == len(kind)


def test_a_pending_call_reads_queued() -> None:
    assert word(CallState.PENDING) == "queued"


def test_a_value_that_has_no_word_yet_reads_as_itself() -> None:
    assert word("ALL_TEAMS_BUSY") == "all teams busy"


def test_a_heading_starts_with_a_capital_and_keeps_abbreviations() -> None:
    assert [heading(value) for value in ("out", "ems", "clinician_ems", "911")] == [
        *("Out of service", "EMS", "Clinician + EMT", "911"),
    ]
