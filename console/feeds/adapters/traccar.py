"""Traccar: where the tracked vehicles are, joined to the board's units by an alias table."""

from collections.abc import Iterator
from typing import Any

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Exchange, Failed, Gathered, Round, Value
from console.feeds.adapters.assembly import ORPHAN
from console.feeds.adapters.document import document
from console.feeds.adapters.plain import foreign, moment, words
from console.feeds.rows.flaws import BAD_ROW, Flaw
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Trouble
from console.feeds.wire.request import Request

KNOT = 1_852 / 3_600
"""Meters per second. Traccar tells every speed in knots, whatever its user prefers to see."""

EVERY = 5.0

ASKED = (Request("/api/devices"), Request("/api/positions"))


class Traccar:
    """Asks for the last fix of every device that the account may see."""

    rounds: tuple[Round, ...] = (Round("positions", (FeedName.POSITIONS,), EVERY),)

    def __init__(self, dialect: Dialect) -> None:
        self._units = dialect.units

    def ask(self, name: str, *, fresh: bool) -> Exchange:
        """Both lists. A position names its device by number only."""
        answers = yield ASKED
        for answer in answers:
            if isinstance(answer, Trouble):
                raise Failed(answer)
        devices, fixes = (
            _rows(document(answer.body)) for answer in answers if not isinstance(answer, Trouble)
        )
        units = {words(device.get("id")): self._unit(device) for device in devices}
        rows: list[Value] = []
        flaws: list[Flaw] = []
        for fix in fixes:
            unit = units.get(words(fix.get("deviceId")), "")
            flaw = _flaw(fix, unit)
            if flaw is None:
                rows.append(_position(fix, unit))
            else:
                flaws.append(flaw)
        return {FeedName.POSITIONS: Gathered(rows, flaws=flaws)}

    def _unit(self, device: Value) -> str:
        """The board's unit: by the alias of any of the device's names, else the first that it has."""
        names = [name for key in ("name", "uniqueId", "id") if (name := words(device.get(key)))]
        aliases = (self._units[name] for name in names if name in self._units)
        return next(aliases, names[0] if names else "")


def _rows(found: Any) -> Iterator[Value]:
    if not isinstance(found, list):
        raise foreign("Traccar's API")
    return (row for row in found if isinstance(row, dict))


def _flaw(fix: Value, unit: str) -> Flaw | None:
    """Why ``fix`` is not shown. The last good one of its unit stays on the map, growing old."""
    if not unit:
        return Flaw(words(fix.get("deviceId")), ORPHAN, "deviceId")
    if fix.get("valid") is False:
        return Flaw(unit, BAD_ROW, "valid", rejected=True)
    return None


def _position(fix: Value, unit: str) -> Value:
    speed = fix.get("speed")
    row: Value = {
        "unit": unit,
        "lat": fix.get("latitude"),
        "lon": fix.get("longitude"),
        "at": moment(fix.get("fixTime")),
        "heading": fix.get("course"),
        "speed_mps": speed * KNOT if isinstance(speed, int | float) else speed,
        "accuracy_m": fix.get("accuracy") or None,  # 0 means that the device does not tell
    }
    return {key: value for key, value in row.items() if value is not None}
