"""Takes the rows of one kind out of a document, as `[[request.emit]]` says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from console.feeds.adapter import Value
from console.feeds.adapters.mapped.fields import Change, UnknownCode, changed, looked, text
from console.feeds.adapters.mapped.names import FEEDS, GEO, MOMENTS, STATE
from console.feeds.adapters.mapped.paths import Look, path, segments
from console.feeds.adapters.mapped.schema import Codes, Emit, Field
from console.feeds.adapters.mapped.times import Unfit, settled
from console.feeds.rows.flaws import BAD_FIELD, UNKNOWN_CODE, Flaw
from console.feeds.rows.reading import Unreadable

CHECK = "Compare the mapping with a saved reply: smart-console check tells what is missing."


FLAT = 2
"""Names in a path that is walked without a call: `x`, and `parent.x` or `item.x` of an `each`."""


class Extract:
    """One emit, compiled. Raises `ValueError` for a path that cannot be read."""

    def __init__(self, emit: Emit, codes: Mapping[str, Codes], time: str, zone: ZoneInfo | None) -> None:
        self.kind = emit.kind
        self.feed = FEEDS[emit.kind]
        self.nested = bool(emit.each)
        self._where = emit.records
        self._records = path(emit.records)
        self._each = path(emit.each) if emit.each else None
        self._chosen = path(emit.where) if emit.where else None
        self._flat: dict[str, list[tuple[str, str, Change]]] = {}
        self._deep: list[tuple[str, Look, Change]] = []
        self._state: Look | None = None
        for name, spec in emit.fields.items():
            field = Field(spec) if isinstance(spec, str) else spec
            field = replace(field, time=field.time or time)
            change = changed(emit.kind, name, field, codes, zone)
            names = segments(field.path) if field.const is None else ()
            if 0 < len(names) <= FLAT:
                self._flat.setdefault(".".join(names[:-1]), []).append((name, names[-1], change))
            else:
                self._deep.append((name, looked(field), change))
            if name == STATE:
                self._state = looked(field)
        self._zoned = zone is not None
        self._moments = tuple(name for name in MOMENTS if name in emit.fields)
        self._placed = {"lat", "lon"} <= emit.fields.keys()

    def records(self, document: Any) -> list[Any]:
        """The list that the rows are made of. Raises `Unreadable` where the document has none there."""
        try:
            found = self._records(document)
        except Unfit:
            found = None
        if isinstance(found, dict):
            return [found]
        if not isinstance(found, list):
            raise Unreadable("no_records", f"The answer has no list at {self._where!r}.", CHECK)
        return found

    def rows(self, document: Any, flaws: list[Flaw]) -> list[Value]:
        """The rows in ``document``; what could not be read of them goes to ``flaws``."""
        return [self._row(record, flaws) for record in self._chosen_of(self.records(document), flaws)]

    def inner(self, parent: Value, document: Any, flaws: list[Flaw]) -> list[Value]:
        """The rows in the details of ``parent``."""
        pairs = [{"parent": parent, "item": item} for item in self.records(document)]
        return [self._row(record, flaws) for record in self._where_true(pairs, flaws)]

    def _chosen_of(self, records: list[Any], flaws: list[Flaw]) -> Iterator[Any]:
        return self._where_true(self._spread(records, flaws), flaws)

    def _where_true(self, records: Iterable[Any], flaws: list[Flaw]) -> Iterator[Any]:
        for record in records:
            if self._chosen is None:
                yield record
                continue
            try:
                wanted = self._chosen(record)
            except Unfit:
                flaws.append(Flaw("", BAD_FIELD, f"{self.kind} where"))
                continue
            if not (wanted is None or wanted is False or wanted in ("", [], {})):
                yield record

    def _spread(self, records: list[Any], flaws: list[Flaw]) -> Iterator[Any]:
        if self._each is None:
            yield from records
            return
        for record in records:
            try:
                items = self._each(record)
            except Unfit:
                items = False
            if isinstance(items, dict):
                items = [items]
            if isinstance(items, list):
                for item in items:
                    yield {"parent": record, "item": item}
            elif items is not None:
                flaws.append(Flaw("", BAD_FIELD, f"{self.kind} each"))

    def _row(self, record: Any, flaws: list[Flaw]) -> Value:
        row: Value = {}
        notes: list[tuple[str, str]] = []
        for outer, fields in self._flat.items():
            part = record.get(outer) if outer and isinstance(record, dict) else record
            if isinstance(part, dict):
                _read_flat(row, part, fields, notes)
            else:
                row |= dict.fromkeys(name for name, _, _ in fields)
        for name, look, change in self._deep:
            try:
                raw = look(record)
                row[name] = None if raw is None or raw == "" else change(raw)
            except (Unfit, UnknownCode) as error:
                _spoilt(row, name, error, notes)
        self._finish(row, record)
        if notes:
            key = row.get("id") or row.get("unit") or row.get("call") or ""
            flaws += [Flaw(key, kind, what) for kind, what in notes]
        return row

    def _finish(self, row: Value, record: Any) -> None:
        if self._state is not None:
            row["raw_state"] = _raw(self._state, record)
        if self._zoned:
            settled(row, self._moments)
        if GEO in row:
            row["lat"], row["lon"] = row.pop(GEO) or (None, None)
        elif self._placed and row["lat"] == 0 and row["lon"] == 0:
            row["lat"] = row["lon"] = None


def _read_flat(
    row: Value, part: dict[str, Any], fields: list[tuple[str, str, Change]], notes: list[tuple[str, str]]
) -> None:
    """Most fields are plain text at a plain path: those cost no call but ``strip`` (bench `mapping`)."""
    for name, inner, change in fields:
        raw = part.get(inner)
        if raw is None or raw == "":
            row[name] = None
        elif change is text and raw.__class__ is str:
            row[name] = raw.strip() or None
        else:
            try:
                row[name] = change(raw)
            except (Unfit, UnknownCode) as error:
                _spoilt(row, name, error, notes)


def _spoilt(row: Value, name: str, error: Unfit | UnknownCode, notes: list[tuple[str, str]]) -> None:
    match error:
        case UnknownCode():
            row[name] = "unknown" if name == STATE else None
            notes.append((UNKNOWN_CODE, f"{name} {error.code}"))
        case Unfit():
            row[name] = None
            notes.append((BAD_FIELD, f"{name}: {error.why}" if error.why else name))


def _raw(look: Look, record: Any) -> str | None:
    try:
        raw = look(record)
        return None if raw is None else text(raw)
    except Unfit:
        return None
