"""Which pictures of the window are wanted, as a value."""

from pathlib import Path

from msgspec import Struct

SIZES = ((1920, 1080), (1366, 768))
THEMES = ("light", "dark", "night")
VIEWS = ("supervisor", "call")
"""The board as it opens, and with the call that stands first selected: its detail, and its place on the map."""

WELCOME_VIEWS = ("welcome", "connect")
"""The welcome page, which is what there is without a configuration, and the trial of a source."""


class Shots(Struct, frozen=True):
    """Pictures to take ``after_s`` seconds from the start; sizes in pixels, one file each."""

    folder: Path
    after_s: float
    sizes: tuple[tuple[int, int], ...] = SIZES
    themes: tuple[str, ...] = THEMES
    views: tuple[str, ...] = VIEWS
