"""Takes the rows of one kind out of a document, as `[[request.emit]]` says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from console.feeds.adapter import Value
from console.feeds.adapters.mapped.fields import Change, UnknownCode, changed, looked, text
from console.feeds.adapters.mapped.names import FEEDS, GEO, MOMENTS, STATE
from console.feeds.adapters.mapped.paths import Look, path
from console.feeds.adapters.mapped.schema import Codes, Emit, Field
from console.feeds.adapters.mapped.times import Unfit, settled
from console.feeds.rows.flaws import BAD_FIELD, UNKNOWN_CODE, Flaw
from console.feeds.rows.reading import Unreadable

CHECK = "Compare the mapping with a saved reply: smart-console check tells what is missing."


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
        self._fields: list[tuple[str, Look, Change]] = []
        for name, spec in emit.fields.items():
            field = Field(spec) if isinstance(spec, str) else spec
            field = replace(field, time=field.time or time)
            self._fields.append((name, looked(field), changed(emit.kind, name, field, codes, zone)))
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
        for name, look, change in self._fields:
            try:
                raw = look(record)
                row[name] = None if raw is None or raw == "" else change(raw)
            except Unfit as error:
                row[name] = None
                notes.append((BAD_FIELD, f"{name}: {error.why}" if error.why else name))
            except UnknownCode as error:
                row[name] = "unknown" if name == STATE else None
                notes.append((UNKNOWN_CODE, f"{name} {error.code}"))
            else:
                if name == STATE and raw is not None:
                    row["raw_state"] = text(raw)
        self._finish(row, record)
        if notes:
            key = row.get("id") or row.get("unit") or row.get("call") or ""
            flaws += [Flaw(key, kind, what) for kind, what in notes]
        return row

    def _finish(self, row: Value, record: Any) -> None:
        if row.get(STATE) == "unknown" and "raw_state" not in row:
            row["raw_state"] = self._raw_state(record)
        if self._moments:
            settled(row, self._moments)
        if GEO in row:
            row["lat"], row["lon"] = row.pop(GEO) or (None, None)
        elif self._placed and row["lat"] == 0 and row["lon"] == 0:
            row["lat"] = row["lon"] = None

    def _raw_state(self, record: Any) -> str:
        raw = next(look for name, look, _ in self._fields if name == STATE)(record)
        return text(raw) or ""
