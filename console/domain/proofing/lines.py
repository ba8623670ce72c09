"""On which line of a TOML file each table and each key stands."""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str, ...]
"""The names from the top of the file down to a table or a key; the place in an array is a name too."""

_TOKEN = re.compile(
    r'''(?P<space>[ \t\r]+|\#[^\n]*)
    |(?P<end>\n)
    |(?P<text>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<sign>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,.#"']+)''',
    re.DOTALL | re.VERBOSE,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def lines(text: str) -> dict[Path, int]:
    """The line of everything that ``text``, which is TOML, names; of a table that is where its header stands."""
    found = _Reading(list(_tokens(text)))
    found.read()
    return found.lines


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")
    yield _Token("end", "", line)


class _Reading:
    """Goes through the tokens once and notes where names stand; what they are worth is tomllib's business."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.lines: dict[Path, int] = {}
        self._tokens, self._place = tokens, 0
        self._arrays: dict[Path, int] = {}

    def read(self) -> None:
        """The whole file."""
        table: Path = ()
        while self._place < len(self._tokens):
            if self._is("end"):
                self._place += 1
            elif self._is("sign", "["):
                table = self._header()
            else:
                self._entry(table)

    def _header(self) -> Path:
        line = self._tokens[self._place].line
        self._place += 1
        many = self._is("sign", "[")
        self._place += many
        path = self._inside(self._name())
        self._place += 1 + many
        if many:
            self._arrays[path] = self._arrays.get(path, -1) + 1
            self._note(path, line)
            path = (*path, str(self._arrays[path]))
        self._note(path, line)
        return path

    def _inside(self, path: Path) -> Path:
        """``path`` by way of the last element of each array on it."""
        found: Path = ()
        for name in path[:-1]:
            found = (*found, name)
            if found in self._arrays:
                found = (*found, str(self._arrays[found]))
        return (*found, path[-1])

    def _entry(self, table: Path) -> None:
        line = self._tokens[self._place].line
        path = (*table, *self._name())
        self._note(path, line)
        self._place += 1  # the equals sign
        self._value(path)

    def _name(self) -> Path:
        """A key, dotted or not."""
        names = [self._part()]
        while self._is("sign", "."):
            self._place += 1
            names.append(self._part())
        return tuple(names)

    def _part(self) -> str:
        token = self._tokens[self._place]
        self._place += 1
        return tomllib.loads(f"key = {token.text}")["key"] if token.kind == "text" else token.text

    def _value(self, path: Path) -> None:
        if self._is("sign", "{"):
            self._place += 1
            self._list(path, "}")
        elif self._is("sign", "["):
            self._place += 1
            self._list(path, "]")
        else:
            while not (self._is("end") or any(self._is("sign", sign) for sign in ",]}")):
                self._place += 1

    def _list(self, path: Path, closing: str) -> None:
        """What stands in an inline table or in an array."""
        number = 0
        while not self._is("sign", closing):
            if self._is("end") or self._is("sign", ","):
                self._place += 1
            elif closing == "}":
                self._entry(path)
            else:
                self._note((*path, str(number)), self._tokens[self._place].line)
                self._value((*path, str(number)))
                number += 1
        self._place += 1

    def _is(self, kind: str, text: str = "") -> bool:
        token = self._tokens[self._place]
        return token.kind == kind and (not text or token.text == text)

    def _note(self, path: Path, line: int) -> None:
        for upto in range(1, len(path) + 1):
            self.lines.setdefault(path[:upto], line)
