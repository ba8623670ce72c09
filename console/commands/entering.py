"""From what a person entered on the welcome page to the settings of a source, and to what to poll."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from console.commands import connect
from console.commands.connect import Connection
from console.resources import path
from console.settings import AgencySettings, AuthSettings, Settings, SettingsError, SourceSettings, secret
from console.ui.welcome.trying import Entered, Field, Kind
from console.ui.welcome.ways import way

_HTTPS = "https://cad.example.org"
_ADAPTERS = (
    Kind("console", "SMART Console dispatch API", f"{_HTTPS}/", zoned=False),
    Kind("resgrid", "Resgrid", "https://api.resgrid.com"),
    Kind("ticketscad", "TicketsCAD", f"{_HTTPS}/tickets"),
    Kind("eido", "NENA EIDO", f"{_HTTPS}/eido"),
    Kind("traccar", "Traccar positions", "https://avl.example.org", zoned=False),
)
_OWN = Kind("mapped", "Another JSON API, by a mapping file", _HTTPS, mapped=True)


def kinds() -> tuple[Kind, ...]:
    """What can be connected: every adapter, and every mapping that ships."""
    try:
        mappings = sorted(path("mappings").glob("*.toml"))
    except FileNotFoundError:
        mappings = []
    known = {kind.name for kind in _ADAPTERS}
    return (*_ADAPTERS, *(_preset(file) for file in mappings if file.stem not in known), _OWN)


def _preset(file: Path) -> Kind:
    """A shipped mapping, by the name and the address that it gives itself."""
    source = tomllib.loads(file.read_text(encoding="utf-8")).get("source", {})
    base = source.get("base_url", "")
    return Kind("mapped", source.get("name") or file.stem, base or _HTTPS, base, preset=file.stem)


def settings(entered: Entered) -> Settings:
    """The configuration that says what was entered; a secret is named there, not written."""
    more = entered.more
    reference = f"keyring:{entered.name}" if entered.secret else entered.reference
    source = SourceSettings(
        name=entered.name,
        url=entered.url,
        kind=entered.kind.name,  # type: ignore[arg-type]  # one of `_ADAPTERS`, or a mapping
        preset=entered.kind.preset,
        mapping=_whole(entered.mapping),
        username=entered.username,
        secret=reference,
        auth=_auth(more),
        ca_file=_whole(more.get(Field.CA_FILE, "")),
        client_cert=_whole(more.get(Field.CLIENT_CERT, "")),
        client_key=_whole(more.get(Field.CLIENT_KEY, "")),
        proxy=more.get(Field.PROXY, ""),
    )
    return Settings((source,), AgencySettings(timezone=entered.timezone))


def _auth(more: Mapping[Field, str]) -> AuthSettings | None:
    if Field.SIGN_IN not in more:
        return None
    return AuthSettings(
        kind=more[Field.SIGN_IN],  # type: ignore[arg-type]  # one of those that the page offers
        name=more.get(Field.HEADER, ""),
        url=more.get(Field.TOKEN_URL, ""),
        scope=more.get(Field.SCOPE, ""),
    )


def _whole(file: str) -> str:
    """The path that does not depend on the folder of this process."""
    return str(Path(file).expanduser().absolute()) if file else ""


def connection(entered: Entered) -> Connection:
    """What to poll for ``entered``; the secret is taken from there, as it is stored only later.

    Raises `SettingsError`.
    """
    if not entered.name or not (entered.url or entered.kind.name == "mapped"):
        raise SettingsError("the source needs a name and an address")
    if entered.kind.mapped and not entered.mapping:
        raise SettingsError("the source needs its mapping file")
    chosen = way(entered.more.get(Field.SIGN_IN, ""))
    for field in chosen.needs:
        if field not in entered.more:
            raise SettingsError(f"the way to sign in ({chosen.title}) needs the field “{field}”, under More")

    def told(reference: str) -> str:
        return entered.secret if entered.secret and reference.startswith("keyring:") else secret(reference)

    return connect.connection(settings(entered), Path(), told)
