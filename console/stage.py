"""What the program's windows have in common: each is shown until it is closed or its pictures are taken."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Protocol

from PySide6.QtCore import SignalInstance

from console.ui.shots import Shots

SETTLE_S = 1.2
"""How long a window and its map may take to lay themselves out before a picture."""

LOOK_S = 0.25
"""How often it is seen whether something broke."""

_log = logging.getLogger(__name__)


class Window(Protocol):
    """A window of the program, of which pictures can be taken."""

    @property
    def closed(self) -> SignalInstance: ...

    def show(self) -> None: ...

    def close(self) -> object: ...

    def resize(self, width: int, height: int, /) -> None: ...

    def set_theme(self, name: str) -> None: ...

    def set_view(self, name: str) -> None: ...

    def picture(self, file: Path) -> None: ...


async def show(window: Window, shots: Shots | None, broken: list[BaseException]) -> None:
    """Show ``window`` until a person or the system closes it, or until its pictures are taken.

    Raises `RuntimeError` as soon as something is in ``broken``.
    """
    closed = asyncio.Event()
    window.closed.connect(closed.set)
    with _ended_by_signal(closed):
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(_raise(broken))
            window.show()
            await (_take(window, shots, closed) if shots else closed.wait())
            watch.cancel()
        window.close()
        await asyncio.sleep(0)


async def _raise(broken: list[BaseException]) -> None:
    while True:
        if broken:
            raise RuntimeError("something failed outside of the screen's own tasks") from broken[0]
        await asyncio.sleep(LOOK_S)


@contextlib.contextmanager
def _ended_by_signal(closed: asyncio.Event) -> Iterator[None]:
    """Ctrl+C or the system asks: close as if a person had closed the window."""

    def asked(_number: int, _frame: FrameType | None) -> None:
        closed.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def _take(window: Window, shots: Shots, closed: asyncio.Event) -> None:
    await _pause(shots.after_s, closed)
    for width, height in shots.sizes:
        window.resize(width, height)
        for theme in shots.themes:
            window.set_theme(theme)
            for view in shots.views:
                window.set_view(view)
                await _pause(SETTLE_S, closed)
                name = f"{view}-{width}x{height}-{theme}.png"
                window.picture(shots.folder / name)
                _log.info("picture %s", name)


async def _pause(seconds: float, closed: asyncio.Event) -> None:
    """Sleep, but not past the end."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(closed.wait(), seconds)
