"""``run`` without a configuration: the welcome page, and then the board on what was chosen there."""

from console import keyrings
from console.commands import connect, desktop, exits
from console.commands.archives import Archives
from console.commands.beginning import Beginning, Keep
from console.settings import SettingsError
from console.ui.shots import WELCOME_VIEWS, Shots

VIEWS = WELCOME_VIEWS


def welcome(pictures: Shots | None, recorded: Archives) -> int:
    """Open the welcome page, or only take its pictures; raises `SettingsError` where nobody could see it."""
    if desktop.offscreen() and pictures is None:
        raise SettingsError(connect.NOTHING_YET)
    from console import app

    beginning = Beginning(connect.usual(), _keeper(), recorded)
    try:
        state = app.welcome(beginning, pictures, desktop.library)
    finally:
        beginning.close()
    chosen = beginning.connection is not None
    return exits.NO if chosen and state is None else exits.DONE


def _keeper() -> Keep | None:
    """What stores a secret, where this workstation has a keyring."""
    try:
        keyrings.usable()
    except keyrings.NoKeyring:
        return None
    return _keep


def _keep(name: str, secret: str) -> None:
    try:
        keyrings.store(name, secret)
    except (keyrings.NoKeyring, ValueError) as error:
        raise SettingsError(str(error)) from error
