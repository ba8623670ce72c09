"""``serve``: the dispatch API alone, of the demo city or of a real past shift."""

import sys
from pathlib import Path

from console.commands import exits
from console.session.clock import steady, wall
from console.settings import SettingsError
from console.simulator.options import OptionError, ServeOptions, open_shift
from console.simulator.server import serve as serve_shift
from console.simulator.shift import ShiftFileError


def options(
    scenario: str,
    seed: int,
    shift: Path | None,
    at: str | None,
    tz: str | None,
    rebase: bool,
    speed: float,
    port: int,
    token: str | None,
    faults: list[str] | None,
    layout: str | None = None,
) -> ServeOptions:
    """The options as one value."""
    return ServeOptions(
        scenario=scenario,
        seed=seed,
        shift=str(shift) if shift else None,
        at=at,
        tz=tz,
        rebase=rebase,
        speed=speed,
        port=port,
        token=token,
        faults=tuple(faults or ()),
        format=layout,
    )


def serve(chosen: ServeOptions) -> int:
    """Serve until stopped; exit 4 where the shift file cannot be read."""
    try:
        shift = open_shift(chosen, wall())
        serve_shift(shift, chosen, wall, steady)
    except OptionError as error:
        raise SettingsError(str(error)) from error
    except ShiftFileError as error:
        sys.stderr.write(f"smart-console: {error}\n")
        return exits.UNREADABLE
    return exits.DONE
