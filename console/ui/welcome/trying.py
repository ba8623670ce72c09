"""What the welcome page asks for and is shown, as values, and who does the work: `Trying`."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from console.domain.state import State


class StepState(StrEnum):
    """How far one step is."""

    WAITING = "waiting"
    RUNNING = "running"
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class Field(StrEnum):
    """A field that only some sources need, by its title on the page; a step may point to it."""

    SIGN_IN = "Way to sign in"
    HEADER = "Name of the header or parameter"
    TOKEN_URL = "Address of the token"
    SCOPE = "Scope"
    CA_FILE = "Certificate of the agency's authority"
    CLIENT_CERT = "Client certificate"
    CLIENT_KEY = "Client key"
    PROXY = "Proxy"


class Step(Struct, frozen=True):
    """One step on the way to a board: what was found, and what to do where that is not enough, and at which field."""

    name: str
    state: StepState
    said: str = ""
    todo: str = ""
    field: Field | None = None


class Kind(Struct, frozen=True):
    """A kind of source that can be connected; ``example`` is how its address looks, ``base`` the one it has.

    ``preset`` is the shipped mapping it stands for, if any; ``mapped`` says that the agency has a mapping of
    its own. ``zoned`` says that the agency's time zone must be told: the source's stamps may name none.
    """

    name: str
    title: str
    example: str
    base: str = ""
    preset: str = ""
    mapped: bool = False
    zoned: bool = True


class Entered(Struct, frozen=True):
    """What a person entered about a source.

    ``secret`` is the password or token itself, ``reference`` names one kept elsewhere: ``env:`` or ``file:``.
    ``more`` holds what was entered of the fields that only some sources need; ``SIGN_IN`` is a
    `settings.SignInName` there, and nothing for the usual sign-in of the kind.
    """

    kind: Kind
    name: str
    url: str
    mapping: str = ""
    timezone: str = ""
    username: str = ""
    secret: str = ""
    reference: str = ""
    more: Mapping[Field, str] = {}

    def __repr__(self) -> str:
        return f"Entered(kind={self.kind.name!r}, name={self.name!r})"


class Trial(Struct, frozen=True):
    """How the trial stands: its steps, the board so far, whether that board can be opened."""

    steps: tuple[Step, ...] = ()
    board: State | None = None
    ready: bool = False


NO_TRIAL = Trial()


class Trying(Protocol):
    """Tries ways to a board. Nothing here waits: `look` is called again and again and tells how it stands."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of sources there are; the first is the most usual one."""
        ...

    @property
    def keyring(self) -> bool:
        """Whether this workstation keeps secrets."""
        ...

    def connect(self, entered: Entered) -> None:
        """Begin to try a source; what was tried before is let go."""
        ...

    def demo(self) -> None:
        """Begin to start the demo city."""
        ...

    def shift(self, file: Path, at: str) -> None:
        """Begin to serve a past shift from the moment ``at``; empty for its busiest."""
        ...

    def look(self) -> Trial:
        """Where the trial stands now."""
        ...

    def take(self) -> str:
        """Settle on what is being tried: from here on its board can be opened. What went wrong, else empty."""
        ...

    def leave(self) -> None:
        """Let go of what is being tried."""
        ...
