"""What a page would hold after the messages it was sent: the simplest thing that takes them."""

import struct
from base64 import b64decode

from console.ui.map.message import CallRow, Chosen, Message, UnitRow


class Mirror:
    """Units by slot, fixes by slot, calls by id, and whatever was told once."""

    def __init__(self) -> None:
        self.units: dict[int, UnitRow] = {}
        self.fixes: dict[int, tuple[int, int, int]] = {}
        self.calls: dict[str, CallRow] = {}
        self.chosen = Chosen()

    def take(self, message: Message) -> None:
        """What the page's own `apply` does, in the same order."""
        if message.fresh:
            self.units, self.fixes, self.calls = {}, {}, {}
        for slot in message.units_gone:
            del self.units[slot]
            self.fixes.pop(slot, None)
        self.units.update((row[0], row) for row in message.units)
        for slot in message.fixes_gone:
            del self.fixes[slot]
        for slot, lat, lon, at in struct.iter_unpack("4i", b64decode(message.fixes)):
            assert slot in self.units
            self.fixes[slot] = (lat, lon, at)
        for key in message.calls_gone:
            del self.calls[key]
        self.calls.update((row[0], row) for row in message.calls)
        self.chosen = message.chosen or self.chosen

    def picture(self) -> tuple[object, ...]:
        """What is drawn, whatever the slots are."""
        named = {row[1]: (row[2:], self.fixes.get(slot)) for slot, row in self.units.items()}
        return named, self.calls, self.chosen.call, self.chosen.unit
