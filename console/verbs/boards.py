"""Verbs that show the present: the desktop, the demo city, the dispatch API alone, one look without a screen."""

from pathlib import Path
from typing import Annotated

import typer

from console.verbs.options import (
    After,
    Archive,
    Config,
    Faults,
    Follow,
    Format,
    Scenario,
    Seed,
    Shots,
    Sizes,
    Source,
    Speed,
    Themes,
    TokenEnv,
    Verbose,
    Views,
    say,
)


def run(
    config: Config = None,
    source: Source = None,
    token_env: TokenEnv = None,
    archive: Archive = None,
    follow: Follow = False,
    screenshot: Shots = None,
    after: After = 10.0,
    size: Sizes = None,
    theme: Themes = None,
    view: Views = None,
    verbose: Verbose = False,
) -> None:
    """Open the desktop on the configured sources. Example: smart-console run --config city.toml"""
    from console.commands import archives, connect, desktop

    say(verbose)
    if followed := archives.followed(archive, config, source, asked=follow):
        shots = desktop.shots(screenshot, after, size, theme, view)
        raise typer.Exit(desktop.follow(followed, shots, connect.alarms(config)))
    if connect.unconfigured(config, source):
        from console.commands import welcoming

        shots = desktop.shots(screenshot, after, size, theme, view, welcoming.VIEWS)
        raise typer.Exit(welcoming.welcome(shots, archives.of_welcome(archive)))
    shots = desktop.shots(screenshot, after, size, theme, view)
    polled = connect.sources(config, source, token_env)
    where = archives.recorded(archive, config) if shots is None or archive else None
    raise typer.Exit(desktop.open_board(polled, shots, where))


def demo(
    scenario: Scenario = "weekday",
    seed: Seed = 1,
    speed: Speed = 1.0,
    fault: Faults = None,
    archive: Archive = None,
    screenshot: Shots = None,
    after: After = 10.0,
    size: Sizes = None,
    theme: Themes = None,
    view: Views = None,
    verbose: Verbose = False,
) -> None:
    """Open the desktop on an embedded demo city. Example: smart-console demo --scenario surge"""
    from console.commands import archives, desktop

    say(verbose)
    shots = desktop.shots(screenshot, after, size, theme, view)
    where = archives.of_demo(archive, recorded=shots is None)
    raise typer.Exit(desktop.demo(desktop.DemoCity(scenario, seed, speed, tuple(fault or ())), shots, where))


def serve(
    scenario: Scenario = "weekday",
    seed: Seed = 1,
    shift: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Re-serve a real past shift (SODA JSON, CSV).")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Where in the shift to start, local to its city.")
    ] = None,
    tz: Annotated[str | None, typer.Option(metavar="ZONE", help="The time zone of --shift and --at.")] = None,
    rebase: Annotated[
        bool, typer.Option("--rebase/--no-rebase", help="Shift stamps so that --at is now.")
    ] = True,
    speed: Speed = 1.0,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free port.")] = 0,
    token: Annotated[
        str | None, typer.Option(help="Require this bearer token.", envvar="SMART_CONSOLE_SERVE_TOKEN")
    ] = None,
    fault: Faults = None,
    layout: Format = None,
) -> None:
    """Serve the dispatch API alone. Example: smart-console serve --scenario surge --port 8765"""
    from console.commands import serving

    raise typer.Exit(
        serving.serve(
            serving.options(scenario, seed, shift, at, tz, rebase, speed, port, token, fault, layout)
        )
    )


def snapshot(
    config: Config = None,
    source: Source = None,
    token_env: TokenEnv = None,
    archive: Archive = None,
    follow: Follow = False,
    wait: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for every feed.")] = 10.0,
    json: Annotated[bool, typer.Option("--json", help="The board as documented JSON.")] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show names and free text; this is logged.")
    ] = False,
) -> None:
    """Read every feed once, print the board. Example: smart-console snapshot --source http://127.0.0.1:8765"""
    from console.commands import archives, connect, snapshots

    if followed := archives.followed(archive, config, source, asked=follow):
        raise typer.Exit(snapshots.follow(followed, wait, json=json, reveal=reveal))
    raise typer.Exit(
        snapshots.snapshot(connect.sources(config, source, token_env), wait, json=json, reveal=reveal)
    )
