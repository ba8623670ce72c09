"""What a source's mapping says of the source itself, where its configuration does not."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from console.resources import path
from console.settings import AuthSettings, SettingsError, SourceSettings

MAPPABLE = ("mapped", "ticketscad")


class Mapping(Struct, frozen=True):
    """The text of a mapping and the paths that it asks by POST; both empty for none."""

    text: str = ""
    posts: tuple[str, ...] = ()


def completed(source: SourceSettings, beside: Path) -> tuple[SourceSettings, Mapping]:
    """``source`` with the address, sign-in, zone and limit of its mapping, and that mapping.

    What the configuration says goes first. Raises `SettingsError` for a mapping that cannot be used.
    """
    file = _file(source, beside)
    if file is None:
        return source, Mapping()
    # Only who has a mapping pays for the import of what reads it.
    from console.feeds.adapters.mapped.parsing import MappingError, parse

    text = _read(file)
    try:
        mapping = parse(text)
    except MappingError as error:
        raise SettingsError(f"source {source.name}: {file}: {error}") from error
    told = mapping.source
    auth = AuthSettings(**asdict(told.auth)) if told.auth else None
    full = replace(
        source,
        url=source.url or told.base_url,
        auth=source.auth or auth,
        timezone=source.timezone or told.tz,
        hourly=source.hourly or told.limits.max_requests_per_hour,
    )
    if not full.url:
        raise SettingsError(f"source {source.name}: its mapping has no base_url: give the source a `url`")
    return full, Mapping(text, mapping.posts)


def _file(source: SourceSettings, beside: Path) -> Path | None:
    named = [name for name in (source.mapping, source.preset) if name]
    if source.kind not in MAPPABLE and named:
        raise SettingsError(f'source {source.name}: a mapping is for kind = "mapped": write that')
    if len(named) > 1:
        raise SettingsError(f"source {source.name}: `mapping` and `preset` exclude each other: give one")
    if source.mapping:
        return beside / Path(source.mapping).expanduser()
    if source.preset:
        return _preset(source)
    if source.kind == "mapped":
        raise SettingsError(
            f"source {source.name}: name a `mapping`, your own file, or a `preset`: {', '.join(presets())}"
        )
    return None


def presets() -> list[str]:
    """The names of the mappings that ship with the console."""
    return sorted(file.stem for file in path("mappings").glob("*.toml"))


def _preset(source: SourceSettings) -> Path:
    if source.preset not in presets():
        raise SettingsError(
            f"source {source.name}: no preset {source.preset!r}; there are: {', '.join(presets())}"
        )
    return path("mappings") / f"{source.preset}.toml"


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{file}: cannot be read ({type(error).__name__}): check the path and that it is UTF-8"
        ) from error
