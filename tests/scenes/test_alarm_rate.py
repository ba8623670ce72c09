"""The surge of the demo city stays within what a person can follow: the guideline's rate, with grouping in a flood."""

import pytest

from tests.scenes.alarm_run import Run, run, said

HOURS = 14.0
GUIDELINE = 10
"""Alarms in ten minutes that one person can take in (EEMUA 191, as secondary sources tell)."""


@pytest.fixture(scope="module")
def unattended() -> Run:
    return run("surge", HOURS, attended=False)


@pytest.fixture(scope="module")
def attended() -> Run:
    return run("surge", HOURS, attended=True)


def test_no_ten_minutes_of_the_surge_say_more_than_the_guideline(unattended: Run, attended: Run) -> None:
    assert max(said(unattended.counts)) <= GUIDELINE
    assert max(said(attended.counts)) <= GUIDELINE


def test_the_surge_is_a_flood_and_the_flood_ends(attended: Run) -> None:
    assert attended.counts.flooded_s > 0
    assert attended.state.alarms.flood.since is None


def test_every_alarm_of_priority_1_is_said(unattended: Run) -> None:
    raised, heard = (
        sum(slot[0] for slot in slots)
        for slots in zip(*((one.raised, one.said) for one in unattended.counts.slots), strict=True)
    )
    assert raised == heard > 0


def test_a_desk_that_asks_in_time_has_few_alarms_of_priority_1(attended: Run) -> None:
    urgent = sum(slot.raised[0] for slot in attended.counts.slots)
    assert urgent <= 0.06 * sum(sum(slot.raised) for slot in attended.counts.slots)
    assert not attended.counts.rules.get("check_in_overdue")


def test_what_stands_is_no_pile(unattended: Run, attended: Run) -> None:
    assert attended.most <= 20
    assert unattended.most <= 50
