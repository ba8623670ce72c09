"""The stages of a unit's part in a call: local time to UTC, kept only where they follow one another."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

STAGES = ("received", "entry", "dispatch", "response", "on_scene", "transport", "hospital", "available")
"""In the order in which they must happen."""


def in_order(texts: dict[str, str], zone: ZoneInfo) -> tuple[dict[str, datetime], list[str]]:
    """The stages that can be read and follow one another, and what is wrong with the others.

    A stage that would step back, or that comes after the unit was available again, is left out. In the hour
    that a zone lives twice, the second one is taken where only it keeps the order.
    """
    wrong: list[str] = []
    local = {
        stage: moment for stage, text in texts.items() if (moment := _read(stage, text, wrong)) is not None
    }
    found: dict[str, datetime] = {}
    latest: datetime | None = None
    for stage, naive in local.items():
        moment = _following(naive, zone, latest)
        if latest is None or moment >= latest:
            found[stage] = latest = moment
        elif stage == "available":
            found = _until(moment, found, wrong)
        else:
            wrong.append(f"{stage}_dttm steps back: it is left out")
    return found, wrong


def _read(stage: str, text: str, wrong: list[str]) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if 1970 <= moment.year <= 2200:
            return moment
    except ValueError:
        pass
    wrong.append(f"{stage}_dttm is no date and time: {text[:40]!r} is left out")
    return None


def _following(naive: datetime, zone: ZoneInfo, latest: datetime | None) -> datetime:
    """The moment in UTC; of the two that a repeated hour offers, the second if the first would step back."""
    if naive.tzinfo is not None:
        return naive.astimezone(UTC)
    first = naive.replace(tzinfo=zone).astimezone(UTC)
    if latest is None or first >= latest:
        return first
    return naive.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _until(available: datetime, found: dict[str, datetime], wrong: list[str]) -> dict[str, datetime]:
    """The stages up to ``available``: the end of a unit's part is taken as given."""
    kept = {stage: moment for stage, moment in found.items() if moment <= available or stage == "received"}
    wrong += [f"{stage}_dttm is after available_dttm: it is left out" for stage in found if stage not in kept]
    return {**kept, "available": available}
