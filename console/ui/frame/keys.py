"""The key map as data, and the check that no two acts want the same key (UX section 5).

``bound`` keys become shortcuts of the window; the others are what focused widgets do by themselves, and
stand here so that the `?` page tells them. `RESERVED` are keys that later acts have been promised.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


@dataclass(frozen=True, slots=True)
class Key:
    """One act and its keys, in Qt's portable text (``Ctrl+K``)."""

    act: str
    keys: tuple[str, ...]
    what: str
    bound: bool = True


KEYS: tuple[Key, ...] = (
    Key("find", ("/", "Ctrl+K"), "find a call, a team or an action"),
    Key("keys", ("?", "Shift+?"), "keys of this view, and how each figure is made"),
    Key("move", ("Up", "Down"), "move in a list", bound=False),
    Key("open", ("Return", "Enter"), "open the row, or the calls behind a figure", bound=False),
    Key("close", ("Esc",), "close what is on top, else clear the selection"),
    Key("next_figure", ("Tab",), "next figure, list or field", bound=False),
    Key("next_panel", ("F6",), "next panel"),
    Key("fit", ("F",), "fit the map to calls and teams"),
    Key("next_theme", ("Ctrl+T",), "next theme: dark, light, night, as the system"),
    Key("larger", ("Ctrl++", "Ctrl+="), "larger text"),
    Key("smaller", ("Ctrl+-",), "smaller text"),
    Key("refresh", ("F5",), "ask every feed for its data now"),
    Key("reset_layout", ("Ctrl+0",), "reset the layout"),
)

RESERVED: tuple[Key, ...] = (
    Key("acknowledge", ("A",), "acknowledge the selected alarm"),
    Key("acknowledge_kind", ("Shift+A",), "acknowledge all of the kind"),
    Key("shelve", ("S",), "shelve"),
    Key("mute", ("M",), "timed mute"),
    Key("looked_away", (".",), "since you looked away"),
    Key("live", ("L",), "live"),
    Key("handover", ("Ctrl+P",), "handover"),
    Key("views", ("F1", "F2", "F3", "F4"), "supervisor, command, replay, training"),
    Key("lock", ("Ctrl+L",), "lock"),
)

ALIASES = ("Shift+?", "Ctrl+=")
"""Other ways to type a sign, by the keyboard's layout; they work and are not listed."""

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


def remapped(keys: Iterable[Key], changes: Mapping[str, tuple[str, ...]]) -> tuple[Key, ...]:
    """``keys`` with a person's own keys for the acts named in ``changes``."""
    return tuple(replace(key, keys=changes.get(key.act, key.keys)) for key in keys)


def clashes(keys: Iterable[Key]) -> tuple[tuple[str, str, str], ...]:
    """Each pair of acts that want the same key, with that key."""
    wanted = [(_portable(text), key.act) for key in keys for text in key.keys]
    return tuple((text, one, two) for (text, one), (same, two) in combinations(wanted, 2) if text == same)


def printed(key: Key) -> tuple[str, ...]:
    """An act's keys as they are printed on a keyboard, without the ways to type the same sign."""
    native = QKeySequence.SequenceFormat.NativeText
    shown = (QKeySequence(text).toString(native) for text in key.keys)
    return tuple(text for text in shown if text not in ALIASES)


def lone(keys: QKeySequence) -> bool:
    """Whether a key is a sign by itself, which a text field would take as text."""
    return len(keys.toString(QKeySequence.SequenceFormat.PortableText).removeprefix("Shift+")) == 1


def typing() -> bool:
    """Whether a text field has the focus, so that a single letter is text and no command."""
    widget = QApplication.focusWidget()
    return isinstance(widget, _TEXT_FIELDS) or _editable(widget)


def _editable(widget: QWidget | None) -> bool:
    return isinstance(widget, QComboBox) and widget.isEditable()


def _portable(text: str) -> str:
    return QKeySequence(text).toString(QKeySequence.SequenceFormat.PortableText)
