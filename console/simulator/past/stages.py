"""The stages of a unit's part in a call: local time to UTC, kept only where they follow one another."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, get_args

from console.simulator.past.moments import Moments

Stage = Literal["received", "entry", "dispatch", "response", "on_scene", "transport", "hospital", "available"]

STAGES: tuple[Stage, ...] = get_args(Stage)
"""In the order in which they must happen."""


def in_order(
    texts: Mapping[Stage, str],
    names: Mapping[Stage, str],
    moments: Moments,
    day: date | None = None,
    after: datetime | None = None,
) -> tuple[dict[str, datetime], list[str]]:
    """The stages that can be read and follow one another, and what is wrong with the others, by their ``names``.

    A stage that would step back, or that comes after the unit was available again, is left out. In the hour
    that a zone lives twice, the second one is taken where only it keeps the order. Times of day count from
    ``day``; nothing is before ``after``.
    """
    wrong: list[str] = []
    found: dict[str, datetime] = {}
    latest = after
    for stage, text in texts.items():
        if not text:
            continue
        read = moments.read(text, day)
        if read is None:
            wrong.append(f"{names[stage]} is no date and time: {text[:40]!r} is left out")
            continue
        moment = moments.following(read[0], latest, rolls=read[1])
        if latest is None or moment >= latest:
            found[stage] = latest = moment
        elif stage == "available":
            found = _until(moment, found, names, wrong)
        else:
            wrong.append(f"{names[stage]} steps back: it is left out")
    return found, wrong


def _until(
    available: datetime, found: dict[str, datetime], names: Mapping[Stage, str], wrong: list[str]
) -> dict[str, datetime]:
    """The stages up to ``available``: the end of a unit's part is taken as given."""
    kept = {stage: moment for stage, moment in found.items() if moment <= available or stage == "received"}
    wrong += [
        f"{names[stage]} is after {names['available']}: it is left out"
        for stage in STAGES
        if stage in found and stage not in kept
    ]
    return {**kept, "available": available}
