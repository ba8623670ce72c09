"""What can still be read of a damaged archive is taken into a new one, by the verb that people run."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from console.archive.recording.ends import Ends
from console.archive.recording.keeper import Keeper
from console.archive.spec import ArchiveSpec
from console.commands import exits
from console.commands.rescuing import rescue_into
from console.commands.shifts import shifts
from console.domain.due import Tapped
from console.domain.entities import Call
from console.domain.events import CallsChanged
from console.domain.recording import Recording
from console.domain.state import start
from console.settings import SettingsError
from tests.domain.builders import NOON, at


@pytest.fixture
def recorded(tmp_path: Path) -> ArchiveSpec:
    """An hour with many calls, in one file."""
    events = tuple(
        CallsChanged(at(minutes=n / 10), "cad/calls", (Call(f"c{n}", address=f"{n} Oak Street"),))
        for n in range(600)
    )
    waiting = [Tapped(events, 1, at(minutes=60), NOON, anew=False)]
    nothing = Tapped((), 601, at(minutes=60), NOON, anew=False)
    spec = ArchiveSpec(str(tmp_path / "shifts.db"))
    ends = Ends(
        lambda: waiting.pop() if waiting else nothing,
        lambda: start(NOON),
        _unheard,
        lambda: 0.0,
        lambda: NOON,
    )
    keeper = Keeper(spec, ends)
    keeper.work()
    keeper.close()
    return spec


def _unheard(_recording: Recording) -> None:
    """Nobody looks."""


def test_a_file_that_was_cut_short_gives_what_it_still_has(
    recorded: ArchiveSpec, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = Path(recorded.url), tmp_path / "new.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    before = file.read_bytes()
    assert shifts(recorded, json=True) == exits.DONE
    told = capsys.readouterr()
    assert '"damaged":true' in told.out
    assert "shifts --rescue" in told.err
    assert rescue_into(recorded, new) == exits.NO
    assert shifts(replace(recorded, url=str(new)), json=True) == exits.DONE
    assert '"id":"2026-11-19"' in capsys.readouterr().out.replace(" ", "")
    assert file.read_bytes() == before


def test_a_file_that_is_there_is_not_written_over(recorded: ArchiveSpec, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(SettingsError, match="name a file that is not"):
        rescue_into(recorded, there)
    assert there.read_text() == "mine"
