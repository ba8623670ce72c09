"""The command line: arguments to one verb each. Exit codes: 0 done, 1 no, 2 usage, 3 unreachable, 4 unreadable."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from console.domain.definitions import DefinitionError
from console.settings import SettingsError

app = typer.Typer(
    name="smart-console",
    help="The supervisor's console for live crisis response. Read-only toward dispatch.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

secrets_app = typer.Typer(no_args_is_help=True)
app.add_typer(secrets_app, name="secret", help="Keep the secrets of sources in this workstation's keyring.")

WRONG_USE = 2

SecretName = Annotated[str, typer.Argument(metavar="NAME", help="As the configuration says: keyring:NAME.")]

Scenario = Annotated[str, typer.Option(help="weekday, quiet_night or surge.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same shift, byte for byte.")]
Speed = Annotated[float, typer.Option(min=0, help="Served seconds per second; 0 freezes the clock.")]
Faults = Annotated[
    list[str] | None, typer.Option("--fault", help="Inject a fault, e.g. 'calls:error=503@30%'. Repeatable.")
]
Shots = Annotated[
    Path | None,
    typer.Option("--screenshot", metavar="DIR", help="Write one PNG per view, size and theme, then exit."),
]
After = Annotated[float, typer.Option(min=0, help="Seconds to run before the screenshots.")]
Sizes = Annotated[list[str] | None, typer.Option("--size", metavar="WxH", help="Picture size. Repeatable.")]
Themes = Annotated[list[str] | None, typer.Option("--theme", help="light, dark or night. Repeatable.")]
Views = Annotated[
    list[str] | None,
    typer.Option("--view", help="supervisor or call; before a configuration welcome or connect."),
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Say on stderr what happens; ids only, no data.")]
Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The configuration, TOML.")]
Source = Annotated[
    str | None, typer.Option("--source", metavar="URL", help="One console API, without a file.")
]
TokenEnv = Annotated[
    str | None,
    typer.Option("--token-env", metavar="VAR", help="The variable that holds the token of --source."),
]

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME|FILE",
        help="How the file is laid out: a shipped format, or a TOML file of columns.",
    ),
]

Follow = Annotated[
    bool, typer.Option("--follow", help="Show what another console records in the archive; poll nothing.")
]
Archive = Annotated[
    str | None,
    typer.Option("--archive", metavar="URL", help="A file, or a postgresql:// database that consoles share."),
]


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    """Without a verb: the desktop on the configured sources."""
    if context.invoked_subcommand is None:
        run()


@app.command()
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

    _say(verbose)
    if followed := archives.followed(archive, config, source, asked=follow):
        shots = desktop.shots(screenshot, after, size, theme, view)
        raise typer.Exit(desktop.follow(followed, shots))
    if connect.unconfigured(config, source):
        from console.commands import welcoming

        shots = desktop.shots(screenshot, after, size, theme, view, welcoming.VIEWS)
        raise typer.Exit(welcoming.welcome(shots, archives.of_welcome(archive)))
    shots = desktop.shots(screenshot, after, size, theme, view)
    where = archives.recorded(archive, config)
    raise typer.Exit(desktop.open_board(connect.sources(config, source, token_env), shots, where))


@app.command()
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

    _say(verbose)
    shots = desktop.shots(screenshot, after, size, theme, view)
    where = archives.of_demo(archive, recorded=shots is None)
    raise typer.Exit(desktop.demo(desktop.DemoCity(scenario, seed, speed, tuple(fault or ())), shots, where))


@app.command()
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


@app.command()
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


@app.command()
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

    _say(verbose)
    length = recording.length(lasting)
    place = archives.place(archive, config)
    raise typer.Exit(
        recording.record(connect.sources(config, source, token_env), place, length, verbose=verbose)
    )


@app.command("import")
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


@app.command()
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
) -> None:
    """List what is recorded; hold or remove a shift. Example: smart-console shifts --archive shifts.db"""
    from console.commands import archives, keeping
    from console.commands import shifts as listing

    wish = keeping.wanted(hold, because, release, purge, yes)
    if wish is not None:
        raise typer.Exit(keeping.keep(archives.place(archive, config), wish))
    raise typer.Exit(listing.shifts(archives.place(archive, config), json=json))


@app.command()
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
    if debrief is not None:
        raise typer.Exit(replaying.save_debrief(asked, debrief))
    if json:
        raise typer.Exit(replaying.show(asked))
    shots = desktop.shots(screenshot, after, size, theme, view)
    raise typer.Exit(replaying.open_window(asked, speed, shots))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A configuration or a mapping, TOML.")],
    saved: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SAVED.json]...", help="Saved replies, instead of the API."),
    ] = None,
    wait: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for every feed.")] = 10.0,
) -> None:
    """Tell what a configuration or mapping leaves out. Example: smart-console check county.toml calls.json"""
    from console.commands import checks

    raise typer.Exit(checks.check(file, saved or (), wait))


@secrets_app.command("set")
def secret_set(name: SecretName) -> None:
    """Store a secret that is typed unseen, or piped in. Example: smart-console secret set denver-cad"""
    from console.commands import secrets

    raise typer.Exit(secrets.store(name))


@secrets_app.command("list")
def secret_list() -> None:
    """Print the names of the secrets, never more. Example: smart-console secret list"""
    from console.commands import secrets

    raise typer.Exit(secrets.show())


@secrets_app.command("remove")
def secret_remove(name: SecretName) -> None:
    """Forget a secret. Example: smart-console secret remove denver-cad"""
    from console.commands import secrets

    raise typer.Exit(secrets.remove(name))


@app.command()
def doctor(json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Check this workstation. Example: smart-console doctor"""
    from console.commands import doctors

    raise typer.Exit(doctors.doctor(json=json))


def _say(verbose: bool) -> None:
    """Log to stderr: what broke and what healed, and with ``verbose`` the steps between."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)


def main() -> None:
    """Run the verb; wrong use and wrong configuration end with one plain line and exit code 2."""
    try:
        app()
    except (SettingsError, DefinitionError) as error:
        sys.stderr.write(f"smart-console: {error}\n")
        raise SystemExit(WRONG_USE) from None
