"""A wait that can be cut short."""

import asyncio


class Bell:
    """Waits some seconds, or until it is rung; a ring while nobody waits ends the next wait at once."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """End the wait."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait for the ring, no longer than ``seconds``."""
        try:
            await asyncio.wait_for(self._rung.wait(), seconds)
        except TimeoutError:
            return
        finally:
            self._rung.clear()
