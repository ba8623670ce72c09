"""The configuration that a trial found good, written to its file; the secret goes to the keyring, never there."""

import json
from collections.abc import Iterator
from pathlib import Path

from console.session.clock import wall
from console.settings import Settings, SettingsError, SourceSettings, load

HEADING = (
    "# Written by the welcome page of SMART Console. The README's configuration section explains each line."
)


def write(settings: Settings, file: Path) -> Path | None:
    """Write ``settings`` to ``file``; where the file that stood there went, if one did.

    Raises `SettingsError` where that cannot be done; nothing is lost then.
    """
    text = "\n".join(_lines(settings)) + "\n"
    fresh = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8")
        load(fresh)
        old = _set_aside(file)
        fresh.replace(file)
    except OSError as error:
        raise SettingsError(
            f"{file}: cannot be written ({type(error).__name__}): check the folder and the disk"
        ) from error
    return old


def _set_aside(file: Path) -> Path | None:
    if not file.exists():
        return None
    old = file.with_name(f"{file.name}.bak-{wall():%Y%m%dT%H%M%S%fZ}")
    file.rename(old)
    return old


def _lines(settings: Settings) -> Iterator[str]:
    yield HEADING
    agency = _given(name=settings.agency.name, timezone=settings.agency.timezone)
    if agency:
        yield from ("", "[agency]", *agency)
    for source in settings.source:
        yield from ("", "[[source]]", *_source(source))


def _source(source: SourceSettings) -> Iterator[str]:
    yield from _given(
        name=source.name,
        kind=source.kind,
        preset=source.preset,
        mapping=source.mapping,
        url=source.url,
        username=source.username,
        secret=source.secret,
        ca_file=source.ca_file,
        client_cert=source.client_cert,
        client_key=source.client_key,
        proxy=source.proxy,
    )
    if source.auth is not None:
        auth = source.auth
        yield from ("", "[source.auth]")
        yield from _given(kind=auth.kind, name=auth.name, url=auth.url, scope=auth.scope)


def _given(**texts: str) -> list[str]:
    """``name = "text"`` for each text that says something; a TOML string is written as a JSON string is."""
    return [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in texts.items() if text]
