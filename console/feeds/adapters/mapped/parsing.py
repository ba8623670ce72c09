"""Reads a mapping and checks it whole: what is wrong, on which line, and what to do."""

import re
import tomllib
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from console.feeds.adapters.mapped.names import FIELDS, GEO, MOMENTS, NEEDED, PLACE, words
from console.feeds.adapters.mapped.paths import path
from console.feeds.adapters.mapped.placing import KEPT_OUT, line, misformed, secret_in
from console.feeds.adapters.mapped.schema import Asked, Emit, Field, Mapping
from console.feeds.adapters.mapped.times import NAMED

MOMENT = datetime(2026, 8, 22, 14, 3, 11, tzinfo=UTC)


class MappingError(ValueError):
    """The mapping cannot be used; the text says where, what is wrong and what to do."""


def parse(text: str) -> Mapping:
    """The mapping in ``text``. Raises `MappingError`."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"not TOML: {error}; mend that line") from error
    name = secret_in(tree)
    if name:
        raise MappingError(f"{line(text, (name,))}{name}: {KEPT_OUT}")
    try:
        mapping = msgspec.convert(tree, Mapping)
    except msgspec.ValidationError as error:
        raise MappingError(misformed(text, str(error))) from error
    try:
        _check(mapping)
    except _Wrong as wrong:
        raise MappingError(f"{line(text, wrong.place)}{wrong}") from wrong
    return mapping


class _Wrong(Exception):
    """Something in the mapping, with the words that lead to its line."""

    def __init__(self, place: tuple[str, ...], what: str) -> None:
        super().__init__(f"{' '.join(place)}: {what}")
        self.place = place


def zone(name: str) -> ZoneInfo | None:
    """The time zone ``name``; ``None`` for none. Raises `ValueError`."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name!r}; write one like America/Denver") from error


def field(spec: str | Field) -> Field:
    """The whole form of a field that may be a path alone."""
    return Field(spec) if isinstance(spec, str) else spec


def _check(mapping: Mapping) -> None:
    if not mapping.request:
        raise _Wrong(("request",), "there is none: add a [[request]]")
    ids = [asked.id for asked in mapping.request]
    for name in ids:
        if ids.count(name) > 1:
            raise _Wrong((name,), "two requests have this id: give each its own")
    _tried(("tz",), zone, mapping.source.tz)
    _time(("time",), mapping.source.time)
    if mapping.source.ok:
        _tried(("source.ok", "path"), path, mapping.source.ok.path)
    for asked in mapping.request:
        _request(asked, mapping)


def _request(asked: Asked, mapping: Mapping) -> None:
    place = (asked.id,)
    if asked.every_s <= 0:
        raise _Wrong((*place, "every_s"), "must be more than 0 seconds")
    if not asked.emit:
        raise _Wrong(place, "it has no [[request.emit]]: say which rows its answer holds")
    if "://" in asked.path or "?" in asked.path:
        raise _Wrong(
            (*place, "path"), "give the path alone: the address is the source's, parameters go to `query`"
        )
    if asked.body is not None and asked.method != "POST":
        raise _Wrong((*place, "body"), 'only a POST has one: add method = "POST" or take it out')
    for name, look in (("error", asked.error), ("count", asked.paging.count), ("more", asked.paging.more)):
        _path((*place, name), look)
    _path((*place, "next"), asked.paging.next)
    if asked.paging.kind == "next_url" and not asked.paging.next:
        raise _Wrong((*place, "paging"), 'kind "next_url" needs next = the path of the next address')
    if asked.paging.kind in ("offset", "page") and asked.paging.size < 1:
        raise _Wrong((*place, "paging"), f'kind "{asked.paging.kind}" needs size = rows on a page')
    if asked.incremental:
        _tried((*place, "cursor"), cursor, asked.incremental.cursor)
    for emit in asked.emit:
        _emit(place, emit, mapping)
    if asked.detail:
        if "{id}" not in asked.detail.path:
            raise _Wrong((*place, "detail"), "its path must hold {id}")
        if all(emit.kind != "call" for emit in asked.emit):
            raise _Wrong((*place, "detail"), "details are asked of calls, and this request emits none")
        for emit in asked.detail.emit:
            _emit((*place, "detail"), emit, mapping)


def cursor(text: str) -> Any:
    """The lookup in ``max(PATH)``, or in a path alone. Raises `ValueError`."""
    found = re.fullmatch(r"\s*max\((.*)\)\s*", text)
    return path(found.group(1) if found else text)


def _emit(place: tuple[str, ...], emit: Emit, mapping: Mapping) -> None:
    for name, text in (("records", emit.records), ("each", emit.each), ("where", emit.where)):
        _path((*place, emit.kind, name), text)
    for name in NEEDED[emit.kind]:
        if name not in emit.fields:
            raise _Wrong((*place, emit.kind), f"every {emit.kind} needs the field {name!r}")
    if emit.kind == "position" and GEO not in emit.fields and not emit.fields.keys() >= PLACE:
        raise _Wrong((*place, emit.kind), "a position needs lat and lon, or geo")
    for name, spec in emit.fields.items():
        _field((*place, emit.kind, name), emit.kind, name, field(spec), mapping)


def _field(place: tuple[str, ...], kind: str, name: str, spec: Field, mapping: Mapping) -> None:
    if name not in FIELDS[kind]:
        raise _Wrong(place, f"a {kind} has no such field; it has: {', '.join(sorted(FIELDS[kind]))}")
    if (spec.const is None) == (not spec.path):
        raise _Wrong(place, "give it a path or a const, one of them")
    _path(place, spec.path)
    if name == GEO and not spec.as_:
        raise _Wrong(place, 'say how the place is written: as = "lat,lon", "lon,lat", "geojson" or "pair"')
    if spec.as_ and name != GEO:
        raise _Wrong(place, "`as` is for the field geo")
    if spec.time:
        if name not in MOMENTS:
            raise _Wrong(place, f"{name} is no moment: take `time` out")
        _time(place, spec.time)
    if spec.map:
        _map(place, spec.map, words(kind, name), mapping)


def _map(place: tuple[str, ...], name: str, known: frozenset[str] | None, mapping: Mapping) -> None:
    if name not in mapping.map:
        raise _Wrong(place, f"there is no table [map.{name}]: add it, or name another")
    for code, word in mapping.map[name].items():
        if known is not None and word not in known:
            raise _Wrong(
                (f"[map.{name}]", code),
                f"{word!r} is no word of the board's; there are: {', '.join(sorted(known))}",
            )


def _time(place: tuple[str, ...], form: str) -> None:
    if form in NAMED:
        return
    known = ", ".join(NAMED)
    if "%" not in form:
        raise _Wrong(place, f"there is no time {form!r}: use {known} or a pattern like %Y-%m-%d")
    try:
        datetime.strptime(MOMENT.strftime(form), form)  # noqa: DTZ007 - only whether it can be read
    except ValueError as error:
        raise _Wrong(
            place, f"time {form!r} cannot be used ({error}): use {known} or a pattern like %Y-%m-%d"
        ) from error


def _path(place: tuple[str, ...], text: str) -> None:
    if text:
        _tried(place, path, text)


def _tried(place: tuple[str, ...], read: Any, text: str) -> None:
    try:
        read(text)
    except ValueError as error:
        raise _Wrong(place, f"{error}\nmend that") from error
