"""``secret``: keeps, lists and removes the secrets of sources; no secret is ever an argument or printed."""

import getpass
import sys

from console import keyrings
from console.commands import exits
from console.settings import SettingsError


def store(name: str) -> int:
    """Keep what is typed unseen, or comes in by a pipe."""
    try:
        keyrings.usable()
        secret = _entered(name)
        if not secret:
            raise SettingsError(f"no secret was given: {name} stays as it was")
        keyrings.store(name, secret)
    except (keyrings.NoKeyring, ValueError) as error:
        raise SettingsError(str(error)) from error
    sys.stdout.write(f'stored. Name it in the configuration: secret = "keyring:{name}"\n')
    return exits.DONE


def show() -> int:
    """Print the names."""
    try:
        names = keyrings.names()
    except keyrings.NoKeyring as error:
        raise SettingsError(str(error)) from error
    sys.stdout.write("".join(f"{name}\n" for name in names))
    return exits.DONE


def remove(name: str) -> int:
    """Forget a secret; exit 1 where there was none."""
    try:
        known = keyrings.remove(name)
    except (keyrings.NoKeyring, ValueError) as error:
        raise SettingsError(str(error)) from error
    sys.stdout.write(f"{name}: {'removed' if known else 'there is no such secret'}\n")
    return exits.DONE if known else exits.NO


def _entered(name: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"Secret of {name} (not shown): ").strip()
    return sys.stdin.readline().strip()
