"""Verbs that look after a configuration, its secrets and this workstation."""

from pathlib import Path
from typing import Annotated

import typer

from console.settings import SettingsError
from console.verbs.options import SecretName


def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A configuration, a mapping or a definition pack, TOML.")
    ],
    saved: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SAVED.json]...", help="Saved replies, instead of the API; or a second definition pack."
        ),
    ] = None,
    wait: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for every feed.")] = 10.0,
    json: Annotated[bool, typer.Option("--json", help="Of a definition pack, for programs.")] = False,
) -> None:
    """Tell what a configuration, mapping or pack leaves out. Example: smart-console check county.toml calls.json"""
    from console.commands import packs

    if packs.is_pack(file):
        raise typer.Exit(packs.check(file, saved or (), json=json))
    if json:
        raise SettingsError(f"--json: {file} is no definition pack; only of those there is JSON")
    from console.commands import checks

    raise typer.Exit(checks.check(file, saved or (), wait))


def doctor(json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Check this workstation. Example: smart-console doctor"""
    from console.commands import doctors

    raise typer.Exit(doctors.doctor(json=json))


def secret_set(name: SecretName) -> None:
    """Store a secret that is typed unseen, or piped in. Example: smart-console secret set denver-cad"""
    from console.commands import secrets

    raise typer.Exit(secrets.store(name))


def secret_list() -> None:
    """Print the names of the secrets, never more. Example: smart-console secret list"""
    from console.commands import secrets

    raise typer.Exit(secrets.show())


def secret_remove(name: SecretName) -> None:
    """Forget a secret. Example: smart-console secret remove denver-cad"""
    from console.commands import secrets

    raise typer.Exit(secrets.remove(name))
