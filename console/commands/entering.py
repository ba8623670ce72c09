"""From what a person entered on the welcome page to the settings of a source, and to what to poll."""

from pathlib import Path

from console.commands import connect
from console.commands.connect import Connection
from console.resources import path
from console.settings import AgencySettings, Settings, SettingsError, SourceSettings, secret
from console.ui.welcome.trying import Entered, Kind

_HTTPS = "https://cad.example.org"
_ADAPTERS = (
    Kind("console", "SMART Console dispatch API", f"{_HTTPS}/", zoned=False),
    Kind("resgrid", "Resgrid", "https://api.resgrid.com"),
    Kind("ticketscad", "TicketsCAD", f"{_HTTPS}/tickets"),
    Kind("eido", "NENA EIDO", f"{_HTTPS}/eido"),
    Kind("traccar", "Traccar positions", "https://avl.example.org", zoned=False),
)
_WORDS = {
    "arcgis": "ArcGIS",
    "soda": "SODA",
    "sf": "SF",
    "api": "API",
    "cad": "CAD",
    "ticketscad": "TicketsCAD",
}


def kinds() -> tuple[Kind, ...]:
    """What can be connected: every adapter, and every mapping that ships."""
    try:
        mappings = sorted(path("mappings").glob("*.toml"))
    except FileNotFoundError:
        mappings = []
    presets = (Kind("mapped", _title(file.stem), _HTTPS, preset=file.stem) for file in mappings)
    return (*_ADAPTERS, *presets)


def _title(stem: str) -> str:
    words = stem.replace("_", "-").split("-")
    return " ".join(_WORDS.get(word, word.capitalize()) for word in words) + " (shipped mapping)"


def settings(entered: Entered) -> Settings:
    """The configuration that says what was entered; a secret is named there, not written."""
    reference = f"keyring:{entered.name}" if entered.secret else entered.reference
    source = SourceSettings(
        name=entered.name,
        url=entered.url,
        kind=entered.kind.name,  # type: ignore[arg-type]  # one of `_ADAPTERS`, or a mapping
        preset=entered.kind.preset,
        username=entered.username,
        secret=reference,
    )
    return Settings((source,), AgencySettings(timezone=entered.timezone))


def connection(entered: Entered) -> Connection:
    """What to poll for ``entered``; the secret is taken from there, as it is stored only later.

    Raises `SettingsError`.
    """
    if not entered.name or not entered.url:
        raise SettingsError("the source needs a name and an address")

    def told(reference: str) -> str:
        return entered.secret if entered.secret and reference.startswith("keyring:") else secret(reference)

    return connect.connection(settings(entered), Path(), told)
