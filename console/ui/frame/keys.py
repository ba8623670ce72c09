"""The key map as data, and the check that no two acts want the same key (UX section 5).

``bound`` keys become shortcuts of the window; the others are what focused widgets do by themselves, and
stand here so that the `?` page tells them. `RESERVED` are keys that later acts have been promised.
`REPLAY` are the keys of a replay: on the live board they are free.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)


@dataclass(frozen=True, slots=True)
class Key:
    """One act and its keys, in Qt's portable text (``Ctrl+K``).

    A key that ``yields`` is left to the list or text field, or to the button, that has the focus.
    """

    act: str
    keys: tuple[str, ...]
    what: str
    bound: bool = True
    yields: Literal["", "list", "button"] = ""


REPLAY: tuple[Key, ...] = (
    Key("play", ("Space",), "replay: play or pause", yields="button"),
    Key("back", ("Left",), "replay: 10 seconds back", yields="list"),
    Key("on", ("Right",), "replay: 10 seconds on", yields="list"),
    Key("far_on", ("Shift+Right",), "replay: 60 seconds on", yields="list"),
    Key("second_back", (",",), "replay: one second back"),
    Key("second_on", (";",), "replay: one second on"),
    Key("faster", ("Up",), "replay: faster, up to 240 seconds a second", yields="list"),
    Key("slower", ("Down",), "replay: slower, down to a quarter", yields="list"),
    Key("loop_from", ("[",), "replay: a loop begins here, or no longer"),
    Key("loop_to", ("]",), "replay: the loop ends here, or no longer"),
    Key("loop_off", ("\\", "Backspace"), "replay: play on, without the loop", yields="list"),
    Key("go_to", ("T",), "replay: go to a time"),
    Key("next_stop", ("N",), "replay: next call or alarm"),
    Key("previous_stop", ("P",), "replay: previous call or alarm"),
    Key("next_bookmark", ("Shift+N",), "replay: next bookmark or note"),
    Key("previous_bookmark", ("Shift+P",), "replay: previous bookmark or note"),
    Key("skip_gap", ("G",), "replay: skip the gap in the recording, here or next"),
    Key("correct", ("C",), "replay: as known then, or as corrected since"),
)
"""Keys that do something in a replay only."""

KEYS: tuple[Key, ...] = (
    Key("find", ("/", "Ctrl+K"), "find a call, a team or an action"),
    Key("keys", ("?", "Shift+?"), "keys of this view, and how each figure is made"),
    Key("move", ("Up", "Down"), "move in a list", bound=False),
    Key("open", ("Return", "Enter"), "open the row, or the calls behind a figure", bound=False),
    Key(
        "check_in",
        ("I",),
        "on a team's row: check it in, by radio, phone or app, or not reached",
        bound=False,
    ),
    Key("close", ("Esc",), "close what is on top, else clear the selection"),
    Key("next_figure", ("Tab",), "next figure, list or field", bound=False),
    Key("next_panel", ("F6",), "next panel"),
    Key("fit", ("F",), "fit the map to calls and teams"),
    Key("next_theme", ("Ctrl+T",), "next theme: dark, light, night, as the system"),
    Key("larger", ("Ctrl++", "Ctrl+="), "larger text"),
    Key("smaller", ("Ctrl+-",), "smaller text"),
    Key("refresh", ("F5",), "ask every feed for its data now"),
    Key("reset_layout", ("Ctrl+0",), "reset the layout"),
    Key("shifts", ("F3",), "replay a recorded shift"),
    Key("looked_away", (".",), "what changed since you looked away"),
    Key("handover", ("Ctrl+P",), "save the shift handover as a PDF"),
    Key("coming", ("H",), "the next two hours: shifts, teams likely free, strain"),
    Key("acknowledge", ("A",), "acknowledge the selected alarm, else the newest of priority 2 or 3"),
    Key("acknowledge_kind", ("Shift+A",), "acknowledge all alarms of the kind, never priority 1"),
    Key("shelve", ("S",), "shelve the selected alarm for a while"),
    Key("mute", ("M",), "mute the alarm tones for a while, or sound again"),
    Key("bookmark", ("B",), "bookmark this moment"),
    Key("live", ("L",), "back to the live board"),
    Key(
        "far_back",
        ("Shift+Left",),
        "60 seconds back: in a replay, or from live into this shift",
        yields="list",
    ),
    *REPLAY,
)

RESERVED: tuple[Key, ...] = (
    Key("views", ("F1", "F2", "F4"), "supervisor, command, training"),
    Key("lock", ("Ctrl+L",), "lock"),
)

ALIASES = ("Shift+?", "Ctrl+=")
"""Other ways to type a sign, by the keyboard's layout; they work and are not listed."""

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_MOVING = (QAbstractScrollArea, QAbstractSlider, QComboBox, QMenu, QTabBar)


def remapped(keys: Iterable[Key], changes: Mapping[str, tuple[str, ...]]) -> tuple[Key, ...]:
    """``keys`` with a person's own keys for the acts named in ``changes``."""
    return tuple(replace(key, keys=changes.get(key.act, key.keys)) for key in keys)


def clashes(keys: Iterable[Key]) -> tuple[tuple[str, str, str], ...]:
    """Each pair of acts that want the same key, with that key; a key that yields goes with a list's own."""
    wanted = [(_portable(text), key) for key in keys for text in key.keys]
    return tuple(
        (text, one.act, two.act)
        for (text, one), (same, two) in combinations(wanted, 2)
        if text == same and not (_listed(one, two) or _listed(two, one))
    )


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


def listing() -> bool:
    """Whether what has the focus moves by itself with the arrows: a list, a text field, tabs, a slider."""
    return typing() or isinstance(QApplication.focusWidget(), _MOVING)


def yielded(key: Key) -> bool:
    """Whether ``key`` is left to what has the focus."""
    match key.yields:
        case "list":
            return listing()
        case "button":
            return typing() or isinstance(QApplication.focusWidget(), (QAbstractButton, QComboBox))
        case _:
            return False


def _listed(own: Key, yielding: Key) -> bool:
    return not own.bound and bool(yielding.yields)


def _editable(widget: QWidget | None) -> bool:
    return isinstance(widget, QComboBox) and widget.isEditable()


def _portable(text: str) -> str:
    return QKeySequence(text).toString(QKeySequence.SequenceFormat.PortableText)
