"""Options that several verbs share."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

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


def say(verbose: bool) -> None:
    """Log to stderr: what broke and what healed, and with ``verbose`` the steps between."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)
