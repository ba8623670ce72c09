"""What may be shown of other people's words: masked by default, isolated, and never taken for markup.

Everywhere: names, phones and free text are masked; the address of a call is shown unless the dispatch
system marks the call (``dim`` or ``hide``), its nature unless it says ``hide``.
"""

from collections.abc import Iterable

from console.domain.entities import Call
from console.domain.vocabulary import Sensitivity

MASK = "••••"
LINE_LIMIT = 240
"""Characters of a datum that a line of the board takes; the rest could not be read there anyway."""

CODE_LIMIT = 60
"""Characters of a code; what is longer is somebody's sentence."""

_OPEN, _CLOSE = "\u2068", "\u2069"
_REST = "…"


def isolated(text: str, limit: int = LINE_LIMIT) -> str:
    """A datum as one line that cannot turn the text around it: no breaks, no controls, isolated.

    Plain ASCII comes back as it is. Anything else stands between U+2068 and U+2069, with isolates of
    its own taken out, so that an override inside (U+202E) ends with the datum.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    line = " ".join(text[: limit * 4].replace("\0", "").split())
    line = "".join(sign for sign in line if sign.isprintable() or sign in _KEPT)
    if len(line) > limit:
        line = line[: limit - 1] + _REST
    return line if line.isascii() else f"{_OPEN}{line}{_CLOSE}"


_KEPT = frozenset("\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e")
"""Joiners that scripts need, and direction marks, which the isolate holds in."""


def joined(parts: Iterable[str]) -> str:
    """The parts that say something, with a middle dot between."""
    return " · ".join(part for part in parts if part)


def masked(text: str) -> str:
    """The mask where there is something behind it, nothing where there is not."""
    return f"{MASK} masked" if text else ""


def hidden(call: Call) -> bool:
    """Whether the dispatch system asks that nature and address of ``call`` stay covered."""
    return call.sensitivity is Sensitivity.HIDE


def dimmed(call: Call) -> bool:
    """Whether ``call`` is to stand back from the others."""
    return call.sensitivity is not Sensitivity.NORMAL


def nature(call: Call) -> str:
    """What the call is about, or the mask."""
    said = call.nature_text or call.nature
    return masked(said) if hidden(call) else isolated(said)


def address(call: Call, *, revealed: bool = False) -> str:
    """Where the call is, for a supervisor needs it; the mask where the dispatch system marks the call."""
    return masked(call.address) if dimmed(call) and not revealed else isolated(call.address)


def outcome(call: Call, *, revealed: bool = False) -> str:
    """The code of the call's disposition; its words only while ``revealed``.

    The words are the agency's own for the code, or a free text of the source: nothing tells which, so the
    code alone is shown. A code longer than `CODE_LIMIT` is a free text too.
    """
    found = call.disposition
    if found is None:
        return ""
    if revealed:
        return joined((isolated(found.code), isolated(found.text)))
    code = isolated(found.code) if len(found.code) <= CODE_LIMIT else masked(found.code)
    return code or masked(found.text)


def number(call: Call) -> str:
    """What people call the call: its number, else its id."""
    return isolated(call.number or call.id)
