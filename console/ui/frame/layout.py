"""The remembered layout: window, docks and columns, in an envelope that is checked before Qt sees it.

One changed byte in a saved window state crashes Qt (RELIABILITY 0.6). So a layout is read back only when
its hash, its version of the program and its version of Qt all fit; what does not fit is set aside. A marker
file stands while a layout is being restored: when it is still there at the next start, that restore took
the program down, and the default layout is used.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec import Struct
from PySide6.QtCore import QByteArray, QRect, qVersion

MAX_BYTES = 1_000_000

KEPT = "The old one is kept as {bad}. Arrange the panels again; the new layout is saved on exit."


class Envelope(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds; ``sha256`` covers both versions and the blob: msgpack of name to bytes."""

    app_version: str
    qt_version: str
    sha256: str
    blob: bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """What may be given to Qt, by name; empty for the default layout. ``notice`` tells a person why."""

    parts: Mapping[str, QByteArray] = field(default_factory=dict)
    notice: str = ""


class Layout:
    """One layout file, and the marker that stands beside it during a restore."""

    def __init__(self, file: Path, app_version: str) -> None:
        self._file = file
        self._marker = file.with_suffix(".restoring")
        self._versions = (app_version, qVersion())

    def read(self) -> Remembered:
        """The checked parts, with the marker set until `settled`; else none, and what happened."""
        try:
            if self._marker.exists():
                self._marker.unlink()
                return self._set_aside("The program stopped while it restored the window layout last time")
            if not self._file.exists():
                return Remembered()
            parts = unpacked(self._file.read_bytes(), self._versions)
            self._marker.touch()
        except OSError as error:
            return Remembered(notice=_unusable(self._file, "read", error))
        except msgspec.ValidationError as error:
            return self._set_aside(str(error))
        return Remembered({name: QByteArray(data) for name, data in parts.items()})

    def settled(self) -> None:
        """The window stands: the next start may restore this layout again."""
        self._marker.unlink(missing_ok=True)

    def write(self, parts: Mapping[str, QByteArray]) -> str:
        """Save ``parts`` in one step; what to tell a person when that fails, else nothing."""
        packed_parts = {name: bytes(data.data()) for name, data in parts.items()}
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(packed(packed_parts, self._versions))
            fresh.replace(self._file)
        except OSError as error:
            return _unusable(self._file, "saved", error)
        return ""

    def _set_aside(self, what: str) -> Remembered:
        bad = self._file.with_name(f"{self._file.name}.bad")
        try:
            self._file.replace(bad)
        except FileNotFoundError:
            return Remembered(notice=f"{what}: the default layout is shown.")
        except OSError as error:
            return Remembered(notice=_unusable(self._file, "set aside", error))
        return Remembered(notice=f"{what}: the default layout is shown. {KEPT.format(bad=bad)}")


def packed(parts: Mapping[str, bytes], versions: tuple[str, str]) -> bytes:
    """The file for ``parts``; ``versions`` are the program's and Qt's."""
    blob = msgspec.msgpack.encode(dict(parts))
    return msgspec.json.encode(Envelope(*versions, _digest(versions, blob), blob))


def unpacked(data: bytes, versions: tuple[str, str]) -> dict[str, bytes]:
    """The parts in a file; raises `msgspec.ValidationError` saying why they must not be used."""
    if len(data) > MAX_BYTES:
        raise msgspec.ValidationError("The window layout on file is too large")
    try:
        envelope = msgspec.json.decode(data, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise msgspec.ValidationError("The window layout on file is damaged") from error
    found = (envelope.app_version, envelope.qt_version)
    if envelope.sha256 != _digest(found, envelope.blob):
        raise msgspec.ValidationError("The window layout on file is damaged")
    if found != versions:
        raise msgspec.ValidationError("The window layout on file is of another version of the program")
    return msgspec.msgpack.decode(envelope.blob, type=dict[str, bytes])


def file_name(screens: Iterable[QRect]) -> str:
    """The name of the layout for one set of monitors, so that each set keeps its own."""
    places = sorted((s.x(), s.y(), s.width(), s.height()) for s in screens)
    return "_".join(["layout", *(f"{w}x{h}{x:+}{y:+}" for x, y, w, h in places)]) + ".json"


def _digest(versions: tuple[str, str], blob: bytes) -> str:
    return hashlib.sha256("\n".join((*versions, "")).encode() + blob).hexdigest()


def _unusable(file: Path, done: str, error: OSError) -> str:
    return (
        f"The window layout in {file} cannot be {done} ({error.strerror or type(error).__name__})."
        " The default layout is shown; check the folder's permissions and free space."
    )
