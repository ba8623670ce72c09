"""Whether the process that recorded has ended, where that can be known."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from socket import gethostname


def gone(host: object, pid: object) -> bool:
    """Whether process ``pid`` of this workstation has ended; of another's nothing is known."""
    if sys.platform == "win32" or host != gethostname() or not isinstance(pid, int) or pid <= 0:
        return False
    try:
        os.kill(pid, 0)  # asks, and sends nothing
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return _waited_for(pid)


def _waited_for(pid: int) -> bool:
    """Whether it ended and nobody has asked how, which in a container may never come about."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[:1] == [b"Z"]
    return False
