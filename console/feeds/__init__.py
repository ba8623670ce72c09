"""From an existing dispatch API to events: polls, adapters, feed health. No Qt."""

import sys

# httpx comes with a command line of its own, and with it click, rich and pygments: 50 ms that the first
# row on the screen would wait for. A name that is None cannot be imported, and httpx does without it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None is how Python bars an import

# httpcore asks before each request whether the loop is trio's; where that package is not installed, Python
# looks for it all over the disk each time (a quarter of a small poll, measured). This is asyncio, always.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]  # as above
