"""``run`` and ``demo``: open the desktop, on a screen or without one."""

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from platformdirs import user_data_path

from console.archive.spec import ArchiveSpec
from console.commands import connect, exits
from console.commands.connect import Connection
from console.domain.state import State
from console.escalation import AlarmSettings
from console.session.clock import wall
from console.settings import SettingsError
from console.ui.shots import SIZES, THEMES, VIEWS, Shots

if TYPE_CHECKING:
    from console.library import Library

HEADLESS_S = 20.0


def shots(
    folder: Path | None,
    after_s: float,
    sizes: list[str] | None,
    themes: list[str] | None,
    views: list[str] | None,
    known: tuple[str, ...] = VIEWS,
) -> Shots | None:
    """The pictures that the options ask for, or ``None``; raises `SettingsError` naming a wrong one.

    ``known`` are the views that there are. The folder is made.
    """
    if folder is None:
        if sizes or themes or views:
            raise SettingsError("--size, --theme and --view go with --screenshot DIR")
        return None
    found = Shots(
        folder=folder,
        after_s=after_s,
        sizes=tuple(map(_size, sizes)) if sizes else SIZES,
        themes=_known("--theme", themes, THEMES),
        views=_known("--view", views, known),
    )
    _make(folder)
    return found


class DemoCity(Struct, frozen=True):
    """Which demo city is served, and how fast its clock runs."""

    scenario: str
    seed: int
    speed: float
    faults: tuple[str, ...] = ()


def demo(city: DemoCity, pictures: Shots | None, archive: ArchiveSpec | None) -> int:
    """Start the demo city as a child process and open the desktop on it over HTTP."""
    from console.commands import serving
    from console.simulator.child import Child, ChildError

    options = serving.options(
        city.scenario,
        city.seed,
        None,
        None,
        None,
        True,
        city.speed,
        0,
        secrets.token_urlsafe(24),
        list(city.faults),
    )
    child = Child(options)
    try:
        child.start()
    except ChildError as error:
        raise SettingsError(str(error)) from error
    try:
        return open_board(connect.one(child.url, options.token or ""), pictures, archive)
    finally:
        child.stop()


def open_board(connection: Connection, pictures: Shots | None, archive: ArchiveSpec | None) -> int:
    """Open the desktop, recorded in ``archive``.

    Without a display, take pictures, and print the board where none were asked for.
    """

    def show(wanted: Shots | None) -> State | None:
        from console import app

        return app.run(replace(connection, archive=archive), wanted, library)

    return _open(show, pictures)


def follow(archive: ArchiveSpec, pictures: Shots | None, alarms: AlarmSettings) -> int:
    """Open the desktop on the board that another console records in ``archive``; else as `open_board`."""

    def show(wanted: Shots | None) -> State | None:
        from console import app

        return app.follow(archive, wanted, library, alarms)

    return _open(show, pictures)


def offscreen() -> bool:
    """Whether there is no display; what is drawn is then drawn nowhere."""
    silent = not has_display(os.environ, sys.platform)
    if silent:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return silent


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere where a display is named."""
    if environment.get("QT_QPA_PLATFORM"):
        return environment["QT_QPA_PLATFORM"] not in ("offscreen", "minimal")
    return platform in ("win32", "darwin") or bool(
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    )


def _open(show: Callable[[Shots | None], State | None], pictures: Shots | None) -> int:
    silent = offscreen()
    printed = silent and pictures is None
    if printed:
        sys.stderr.write(
            f"no display here: running for {HEADLESS_S:.0f} s, then pictures in this folder and the board below\n"
        )
        pictures = shots(Path(), HEADLESS_S, None, None, None)
    state = show(pictures)
    if state is None:
        return exits.NO
    if printed:
        _print(state)
    return exits.DONE


def library(archive: ArchiveSpec) -> "Library":
    """Where past shifts are read from."""
    from console.library import Library

    return Library(archive, wall, user_data_path("smart-console", appauthor=False))


def _print(state: State) -> None:
    from rich.console import Console  # here, since a window has no use for it and should not wait for it

    from console.reports import tables
    from console.reports.board import board

    tables.show(board(state), Console())


def _make(folder: Path) -> None:
    """Make the folder of the pictures, so that a wrong one is told before anything opens."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "that is a file" if folder.is_file() else error.strerror
    else:
        if os.access(folder, os.W_OK):
            return
        why = "nothing may be written there"
    raise SettingsError(f"--screenshot {folder}: no pictures can go there ({why}): give a folder")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (
        width.isdecimal() and height.isdecimal() and 640 <= int(width) <= 7680 and 480 <= int(height) <= 4320
    ):
        raise SettingsError(f"--size {text}: give WIDTHxHEIGHT in pixels, from 640x480 to 7680x4320")
    return int(width), int(height)


def _known(option: str, given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    for name in given or ():
        if name not in known:
            raise SettingsError(f"{option} {name}: not known; give one of {', '.join(known)}")
    return tuple(given or known)
