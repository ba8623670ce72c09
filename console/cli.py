"""The command line: arguments to one verb each. Exit codes: 0 done, 1 no, 2 usage, 3 unreachable, 4 unreadable."""

import sys
from collections.abc import Callable

import typer

from console.domain.packs import DefinitionError
from console.settings import SettingsError
from console.verbs import boards, care, past

WRONG_USE = 2

app = typer.Typer(
    name="smart-console",
    help="The supervisor's console for live crisis response. Read-only toward dispatch.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    """Without a verb: the desktop on the configured sources."""
    if context.invoked_subcommand is None:
        boards.run()


VERBS: dict[str, Callable[..., None]] = {
    "run": boards.run,
    "demo": boards.demo,
    "serve": boards.serve,
    "snapshot": boards.snapshot,
    "record": past.record,
    "import": past.import_files,
    "shifts": past.shifts,
    "replay": past.replay,
    "check": care.check,
    "doctor": care.doctor,
}
SECRET_VERBS: dict[str, Callable[..., None]] = {
    "set": care.secret_set,
    "list": care.secret_list,
    "remove": care.secret_remove,
}

for name, verb in VERBS.items():
    app.command(name)(verb)

secrets_app = typer.Typer(no_args_is_help=True)
for name, verb in SECRET_VERBS.items():
    secrets_app.command(name)(verb)
app.add_typer(secrets_app, name="secret", help="Keep the secrets of sources in this workstation's keyring.")


def main() -> None:
    """Run the verb; wrong use and wrong configuration end with one plain line and exit code 2."""
    try:
        app()
    except (SettingsError, DefinitionError) as error:
        sys.stderr.write(f"smart-console: {error}\n")
        raise SystemExit(WRONG_USE) from None
