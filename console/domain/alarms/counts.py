"""The alarm system's own figures, by ten minutes: what the guideline asks to be looked at each shift."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

SLOT = timedelta(minutes=10)
SLOTS = 144
"""A day of ten-minute slots is held."""

ACKS = 400
"""Times to acknowledge that are held: beyond any shift within the guideline."""

CHATTERING = 200
"""Alarms that chattered that are held."""

WORST_S = 86_400


class Slot(Struct, frozen=True, gc=False):
    """Ten minutes from ``since``: how many alarms of priority 1, 2 and 3 came up, and how many were said aloud."""

    since: datetime
    raised: tuple[int, int, int] = (0, 0, 0)
    said: tuple[int, int, int] = (0, 0, 0)


class Counts(Struct, frozen=True):
    """``rules`` counts what came up by rule, ``took`` are (priority, seconds until acknowledged), the newest last.

    ``flooded_s`` is the time in flood that is over, ``chattering`` the last
    alarms that chattered, by id.
    """

    slots: tuple[Slot, ...] = ()
    rules: dict[str, int] = {}
    took: tuple[tuple[int, int], ...] = ()
    chattering: tuple[str, ...] = ()
    flooded_s: int = 0

    def came(self, at: datetime, raised: Iterable[tuple[str, int]], said: Iterable[int]) -> "Counts":
        """With the alarms (rule, priority) that came up at ``at`` and the priorities of those that were said."""
        up, told = list(raised), list(said)
        if not up and not told:
            return self
        slots, slot = _slot(self.slots, at)
        slot = Slot(slot.since, _more(slot.raised, (one for _, one in up)), _more(slot.said, told))
        rules = dict(self.rules)
        for rule, _ in up:
            rules[rule] = rules.get(rule, 0) + 1
        return replace(self, slots=(*slots[-(SLOTS - 1) :], slot), rules=rules)

    def acknowledged(self, times: Iterable[tuple[int, timedelta]]) -> "Counts":
        """With how long these took to be acknowledged."""
        new = tuple((priority, min(int(took.total_seconds()), WORST_S)) for priority, took in times)
        return replace(self, took=(*self.took, *new)[-ACKS:]) if new else self

    def chattered(self, names: Iterable[str]) -> "Counts":
        """With alarms that chatter."""
        new = [name for name in names if name not in self.chattering]
        return replace(self, chattering=(*self.chattering, *new)[-CHATTERING:]) if new else self

    def carried(self, old: "Counts") -> "Counts":
        """With what an earlier run of the same shift counted."""
        if old == Counts():
            return self
        slots = dict[datetime, Slot]()
        for slot in (*old.slots, *self.slots):
            held = slots.get(slot.since, Slot(slot.since))
            slots[slot.since] = Slot(slot.since, _sum(held.raised, slot.raised), _sum(held.said, slot.said))
        names = old.rules.keys() | self.rules.keys()
        chattering = dict.fromkeys((*old.chattering, *self.chattering))
        return Counts(
            tuple(slots[since] for since in sorted(slots))[-SLOTS:],
            {rule: old.rules.get(rule, 0) + self.rules.get(rule, 0) for rule in sorted(names)},
            (*old.took, *self.took)[-ACKS:],
            tuple(chattering)[-CHATTERING:],
            old.flooded_s + self.flooded_s,
        )


def _slot(slots: tuple[Slot, ...], at: datetime) -> tuple[tuple[Slot, ...], Slot]:
    since = at.replace(minute=at.minute - at.minute % 10, second=0, microsecond=0)
    if slots and slots[-1].since == since:
        return slots[:-1], slots[-1]
    return slots, Slot(since)


def _more(counts: tuple[int, int, int], priorities: Iterable[int]) -> tuple[int, int, int]:
    found = list(counts)
    for priority in priorities:
        found[priority - 1] += 1
    return found[0], found[1], found[2]


def _sum(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
