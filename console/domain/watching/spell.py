"""What a rule finds in a row: when what it tells of begins, and how urgent that is by when."""

from datetime import datetime
from typing import NamedTuple

OWN = 0
"""The priority that stands in the rule's own record."""


class Spell(NamedTuple):
    """``steps`` are (moment, priority), earliest first; a moment ``None`` is "already", since it was first noticed.

    ``since`` is when it began, where the data tell that. It holds as long as the row stays as it is.
    """

    rule: str
    since: datetime | None
    steps: tuple[tuple[datetime | None, int], ...]

    def at(self, now: datetime) -> tuple[int | None, datetime | None]:
        """The priority in force at ``now`` (`OWN`: the rule's, ``None``: not yet), and when the next step is due."""
        level = None
        for moment, priority in self.steps:
            if moment is not None and moment > now:
                return level, moment
            level = priority
        return level, None


def already(rule: str, since: datetime | None = None) -> Spell:
    """What is so now, from whenever it was noticed."""
    return Spell(rule, since, ((None, OWN),))


def after(rule: str, since: datetime, moment: datetime) -> Spell:
    """What will be too long at ``moment``."""
    return Spell(rule, since, ((moment, OWN),))
