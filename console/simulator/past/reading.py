"""One row of a file as unit rows: what can be read of it, and what is wrong with the rest."""

from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter
from zoneinfo import ZoneInfo

from msgspec import Struct

from console.simulator.past.layout import Layout
from console.simulator.past.moments import Moments, day_of
from console.simulator.past.packed import unpacked
from console.simulator.past.places import place
from console.simulator.past.stages import STAGES, Stage, in_order
from console.simulator.past.unitrow import LONGEST_KEY, LONGEST_LINE, UnitRow

MOST_CODES = 10_000


class Problem(Struct, frozen=True):
    """Something in one row that was left out: all of it where ``values`` holds the row."""

    line: int
    reason: str
    values: tuple[str, ...] | None = None

    @property
    def kind(self) -> str:
        """The reason without what is of this row alone."""
        return self.reason.partition(":")[0]


_stripped = str.strip


class Reader:
    """Reads the rows of one file with these ``columns``; what is wrong gathers in ``problems``."""

    def __init__(self, layout: Layout, columns: Sequence[str], zone: ZoneInfo) -> None:
        self.layout = layout
        self.zone = zone
        self.problems: list[Problem] = []
        self._width = len(columns)
        self._index = {name: at for at, name in reversed(list(enumerate(columns)))}
        of, fields = self._of, layout.columns
        self._keys = [(of(name), name) for name in (fields.call, fields.unit) if name]
        self._call, self._unit = of(fields.call), of(fields.unit)
        self._texts = itemgetter(
            of(fields.kind), of(fields.nature), of(fields.disposition), of(fields.address)
        )
        self._priority = of(fields.priority)
        self._areas = [of(name) for name in _names(fields.area)]
        self._where = of(fields.lat), of(fields.lon), of(fields.place)
        self._day = of(layout.times.date)
        self._stages = itemgetter(*(of(layout.stamps.get(stage, "")) for stage in STAGES))
        self._moments = Moments(layout.times.formats, zone)
        self._priorities: dict[str, int | None] = dict(layout.priorities)
        self._packed = [(of(one.column), one) for one in layout.packed]

    def rows(self, line: int, values: list[str]) -> Sequence[UnitRow]:
        """The unit rows of one row of the file; none where it says nothing of any call."""
        row = values if len(values) == self._width else self._even(values)
        row.append("")
        call, unit = row[self._call].strip(), row[self._unit].strip()
        if not call or not (unit or self._unit == self._width):
            return self._rejected(line, row, f"no {self._nameless(row)}")
        if len(call) > LONGEST_KEY or len(unit) > LONGEST_KEY:
            return self._rejected(line, row, f"a name is longer than {LONGEST_KEY} characters")
        stamps = self._quick(row) or self._careful(line, row)
        if stamps is None:
            return ()
        lat, lon = self._located(line, row)
        kind, nature, disposition, address = map(_stripped, self._texts(row))
        area = ""
        for at in self._areas:
            area = area or row[at].strip()
        if len(kind) + len(nature) + len(disposition) + len(address) + len(area) > LONGEST_LINE:
            kind, nature, disposition, address, area = self._cut(
                line, kind, nature, disposition, address, area
            )
        priority = self._ranked(row[self._priority])
        received, entry, dispatch, response, on_scene, transport, hospital, available = stamps
        assert received is not None, "a row without it is rejected"
        whole = UnitRow(
            call, unit, kind, nature,
            received, entry, dispatch, response, on_scene, transport, hospital, available,
            disposition, priority, address, area, lat, lon,
        )  # fmt: skip
        return self._each(line, row, whole) if self._packed else (whole,)

    def _of(self, column: str) -> int:
        """The place of ``column``; for none, that of the empty text that every row ends with."""
        return self._index.get(column, self._width)

    def _even(self, values: list[str]) -> list[str]:
        """``values``, as many as there are columns."""
        return [*values[: self._width], *[""] * (self._width - len(values))]

    def _quick(self, row: Sequence[str]) -> list[datetime | None] | None:
        """The stages where there is nothing to say about them; ``None`` for those that take a closer look."""
        stamps = self._moments.quick(self._stages(row))
        return None if stamps is None or stamps[0] is None else stamps

    def _careful(self, line: int, row: Sequence[str]) -> list[datetime | None] | None:
        """The stages that can be read and follow one another; ``None`` where the row is rejected."""
        names = self.layout.stamps
        texts: dict[Stage, str] = dict(zip(STAGES, map(_stripped, self._stages(row)), strict=True))
        found, wrong = in_order(texts, names, self._moments, self._day_of(row))
        received, end = found.get("received"), found.get("available")
        if received is None:
            self._rejected(line, row, f"{names['received']} is missing or no date and time")
            return None
        if end is not None and end < received:
            self._rejected(line, row, f"{names['available']} is before {names['received']}")
            return None
        self.problems += [Problem(line, reason) for reason in wrong]
        return [found.get(stage) for stage in STAGES]

    def _each(self, line: int, row: Sequence[str], whole: UnitRow) -> Sequence[UnitRow]:
        parts, wrong = unpacked(
            whole, [(row[at], one) for at, one in self._packed], self._moments, self._day_of(row)
        )
        self.problems += [Problem(line, reason) for reason in wrong]
        return parts

    def _day_of(self, row: Sequence[str]) -> date | None:
        text = row[self._day].strip()
        return day_of(text, self.layout.times.date_formats) if text else None

    def _located(self, line: int, row: Sequence[str]) -> tuple[float | None, float | None]:
        found = place(row, *self._where)
        if found is None:
            self.problems.append(Problem(line, "no usable location: this row gives the call none"))
            return None, None
        return found

    def _ranked(self, text: str) -> int | None:
        if text not in self._priorities and len(self._priorities) < MOST_CODES:
            code = text.strip()
            number = code.isascii() and code.isdigit() and len(code) < 3
            self._priorities[text] = int(code) if number else self.layout.priorities.get(code)
        return self._priorities.get(text)

    def _nameless(self, row: Sequence[str]) -> str:
        return next(name for at, name in self._keys if not row[at].strip())

    def _rejected(self, line: int, row: Sequence[str], reason: str) -> tuple[()]:
        self.problems.append(Problem(line, f"{reason}: the row is left out", tuple(row[:-1])))
        return ()

    def _cut(self, line: int, *texts: str) -> list[str]:
        """``texts``, none of them longer than the board takes."""
        if any(len(text) > LONGEST_LINE for text in texts):
            self.problems.append(Problem(line, f"a text is longer than {LONGEST_LINE} characters: it is cut"))
        return [text[:LONGEST_LINE] for text in texts]


def _names(area: str | tuple[str, ...]) -> tuple[str, ...]:
    return (area,) if isinstance(area, str) else area
