"""Brings what the run before knew to the one that begins: once, and at once word that there was none."""

from typing import Final

from console.archive.recording.ends import Ends
from console.archive.recording.reading import last_board
from console.archive.spec import ArchiveSpec
from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.opening import open_database
from console.domain.events import CarriedOver
from console.domain.state import State
from console.domain.watching.carrying import carried_from

AGENCY_S: Final = 3.0
"""For how long it is waited to know whose board this is, before alarms are said anyway (`saying.SETTLE`)."""


class Carrying:
    """``due`` while nothing was read yet; `learn` what there is, and `look` until it was handed over."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._before: State | None = None
        self._until = 0.0
        self.due, self._waits, self._said = True, False, False

    def learn(self, database: Database) -> None:
        """Read the last board of the newest run; what cannot be read is not there."""
        self.due = False
        try:
            with transaction(database) as connection:
                self._before = last_board(connection)
        except ArchiveError:
            self._before = None
        self._waits, self._until = True, self._ends.steady() + AGENCY_S
        self.look()

    def learn_beside(self, spec: ArchiveSpec) -> None:
        """The same of an archive that another console records into."""
        if not self.due:
            return
        try:
            with open_database(spec.url, key=spec.key, create=False) as database:
                self.learn(database)
        except (ArchiveError, OSError):
            self.none()

    def none(self) -> None:
        """There is no archive to read from now: nothing has to be waited for, what it holds comes once it is there."""
        if self.due and not self._said:
            self._said = True
            self._ends.carry(CarriedOver)

    def anew(self) -> None:
        """Another console goes on recording: what it will have known is carried over once it is gone."""
        self.due = True

    def look(self) -> None:
        """Hand it over, once it is known whose board is shown."""
        if not self._waits:
            return
        before, now = self._before, self._ends.board()
        if before is not None and before.agencies and not now.agencies and self._ends.steady() < self._until:
            return
        self._waits, self._before = False, None
        self._ends.carry(CarriedOver if before is None else lambda at: carried_from(before, now, at))
