"""Durations and moments as a person reads them: the same as on paper."""

from console.reports.wording.clocks import (
    NOTHING,
    UNSTARTED,
    Present,
    age_text,
    clock_text,
    interval_text,
    present,
    present_in,
)

__all__ = [
    "NOTHING",
    "UNSTARTED",
    "Present",
    "age_text",
    "clock_text",
    "interval_text",
    "present",
    "present_in",
]
