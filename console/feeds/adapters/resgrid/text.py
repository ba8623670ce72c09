"""The words in a text that a dispatcher's browser wrote as HTML; nothing of its markup stays.

The standard library's parser takes three minutes for 256 KB of unclosed tags (measured), and anybody who
reports a call may write them. What is read here is read once from the left.
"""

import re
from html import unescape

from console.domain.entities import NARRATIVE_LIMIT
from console.feeds.rows.mend import mark

BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "blockquote"})
SILENT = frozenset({"script", "style", "head", "template"})

MOST = 4 * NARRATIVE_LIMIT
"""Characters that are looked at: a text may be mostly markup."""

_TAG = re.compile("<(/?[a-zA-Z!?][^<>]*)>")
_NAME = re.compile("[a-z0-9]*")


def plain(text: str) -> str:
    """``text`` as a person reads it: a line per paragraph, no tags, no entities; marked where it is cut."""
    if "<" not in text and "&" not in text:
        return text.strip()
    lines = (" ".join(line.split()) for line in _read(_uncommented(text[:MOST])).splitlines())
    return "\n".join(line for line in lines if line) + (mark(text) if len(text) > MOST else "")


def _read(text: str) -> str:
    """The text between the tags. `re.split` gives it in turns with what is in them."""
    found: list[str] = []
    silent = ""
    for number, piece in enumerate(_TAG.split(text)):
        if number % 2 == 0:
            found.append("" if silent else _unescaped(piece))
            continue
        closes, name = piece.startswith("/"), _named(piece)
        if silent:
            silent = "" if closes and name == silent else silent
        elif name in SILENT and not closes:
            silent = name
        elif name in BLOCKS:
            found.append("\n")
    return "".join(found)


def _named(tag: str) -> str:
    found = _NAME.match(tag.removeprefix("/")[:20].lower())
    return found.group() if found else ""


def _uncommented(text: str) -> str:
    """``text`` without its comments; one that does not end takes the rest with it, as in a browser."""
    first, *others = text.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _unescaped(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:  # the number of a character has thousands of digits
        return text
