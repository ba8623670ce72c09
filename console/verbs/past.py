"""Verbs about recorded shifts: record them, bring them in, list them, replay one."""

from pathlib import Path
from typing import Annotated

import typer

from console.settings import SettingsError
from console.verbs.options import (
    After,
    Archive,
    Config,
    Format,
    Shots,
    Sizes,
    Source,
    Themes,
    TokenEnv,
    Verbose,
    Views,
    say,
)


def record(
    config: Config = None,
    source: Source = None,
    token_env: TokenEnv = None,
    archive: Archive = None,
    lasting: Annotated[
        str | None,
        typer.Option("--for", metavar="DURATION", help="How long: 90s, 15m, 8h, 2d. Else: until stopped."),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Record without a screen, until stopped. Example: smart-console record --config city.toml --for 12h"""
    from console.commands import archives, connect, recording

    say(verbose)
    length = recording.length(lasting)
    place = archives.place(archive, config)
    raise typer.Exit(
        recording.record(connect.sources(config, source, token_env), place, length, verbose=verbose)
    )


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV or JSON of past calls.")],
    layout: Format = None,
    tz: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="The time zone of the stamps, where the format's is not it."),
    ] = None,
    archive: Archive = None,
    config: Config = None,
    rejected: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Write the rows that are left out there, with reasons."),
    ] = None,
) -> None:
    """Bring past shifts into the archive. Example: smart-console import calls.csv --tz America/Los_Angeles"""
    from console.commands import archives, importing

    how = importing.wanted(config, layout, tz)
    raise typer.Exit(
        importing.bring(importing.Asked(tuple(files), archives.place(archive, config), how, rejected))
    )


def shifts(
    archive: Archive = None,
    config: Config = None,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    hold: Annotated[
        str | None,
        typer.Option(metavar="SHIFT", help="Keep it, however old it gets, --because of something."),
    ] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is held for.")] = None,
    release: Annotated[str | None, typer.Option(metavar="SHIFT", help="End the hold.")] = None,
    purge: Annotated[str | None, typer.Option(metavar="SHIFT", help="Remove it for good.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before --purge.")] = False,
    rescue: Annotated[
        Path | None,
        typer.Option(metavar="NEW.db", help="Take what can still be read of a damaged file into a new one."),
    ] = None,
) -> None:
    """List what is recorded; hold or remove a shift. Example: smart-console shifts --archive shifts.db"""
    from console.commands import archives, keeping, rescuing
    from console.commands import shifts as listing

    if rescue is not None:
        raise typer.Exit(rescuing.rescue_into(archives.place(archive, config), rescue))
    wish = keeping.wanted(hold, because, release, purge, yes)
    if wish is not None:
        raise typer.Exit(keeping.keep(archives.place(archive, config), wish))
    raise typer.Exit(listing.shifts(archives.place(archive, config), json=json))


def replay(
    shift: Annotated[
        str, typer.Argument(metavar="SHIFT", help="Its id, how that begins, latest or yesterday.")
    ],
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="14:05 or 2018-01-19T14:05, local to the shift.")
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="The board at --at as documented JSON, without a window.")
    ] = False,
    corrected: Annotated[
        bool, typer.Option("--corrected", help="The calls as they were known at the end of the shift.")
    ] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show names and free text; this is logged.")
    ] = False,
    debrief: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write bookmarks and notes as .csv or .md.")
    ] = None,
    tz: Annotated[str | None, typer.Option(metavar="ZONE", help="The time zone of --at.")] = None,
    speed: Annotated[
        float | None, typer.Option(min=0.25, max=240, help="Play it at once, this many times as fast.")
    ] = None,
    archive: Archive = None,
    config: Config = None,
    screenshot: Shots = None,
    after: After = 5.0,
    size: Sizes = None,
    theme: Themes = None,
    view: Views = None,
) -> None:
    """Open a recorded shift in the window. Example: smart-console replay latest --at 14:05 --speed 60"""
    from console.commands import archives, desktop, replaying

    asked = replaying.Asked(shift, archives.place(archive, config), at, tz, corrected, reveal)
    played = {"--speed": speed is not None, "--screenshot": screenshot is not None}
    if debrief is not None:
        replaying.alone(
            "--debrief", {"--json": json, "--at": at is not None, "--corrected": corrected, **played}
        )
        raise typer.Exit(replaying.save_debrief(asked, debrief))
    if json:
        replaying.alone("--json", played)
        raise typer.Exit(replaying.show(asked))
    if reveal:
        raise SettingsError("--reveal goes with --json; in the window names are shown call by call")
    shots = desktop.shots(screenshot, after, size, theme, view)
    raise typer.Exit(replaying.open_window(asked, speed, shots))
