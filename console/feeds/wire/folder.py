"""A folder of JSON documents in place of a server: what is there is one reply, a list of all of them."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from console.feeds.rows.flaws import Flaw
from console.feeds.spec import SignIn, SourceSpec
from console.feeds.wire.finding import Reply, Trouble, bad, down
from console.feeds.wire.limits import MIB, Limits
from console.feeds.wire.request import Request

TYPE = {"content-type": "application/json"}
UNREAD = b"null"
"""Stands for a file that holds no whole document: its reader counts it."""

BOM = b"\xef\xbb\xbf"

MEND = "Check the `url` of the source, and that this account may read it."


class Folder:
    """Used in place of a wire. A file that is being written is read the next time."""

    def __init__(self, spec: SourceSpec, limits: Limits, steady: Callable[[], float]) -> None:
        self._folder = Path(url2pathname(urlsplit(spec.url).path))
        self._most = limits.body
        self._steady = steady
        self.closed = False

    async def get(self, request: Request) -> Reply | Trouble:
        """All documents; a path within the folder is not followed."""
        if request.named:
            return bad(
                "elsewhere", "A file names an address; a folder has none.", "Save the documents themselves."
            )
        began = self._steady()
        body = await asyncio.to_thread(self._read)
        return body if isinstance(body, Trouble) else Reply(200, TYPE, body, began, self._steady())

    def again(self, _sign_in: SignIn | None = None) -> None:
        """Nothing was refused."""

    def notices(self, now: datetime) -> tuple[Flaw, ...]:
        """There is nobody to tell of."""
        return ()

    async def close(self) -> None:
        """Nothing is kept open."""
        self.closed = True

    def _read(self) -> bytes | Trouble:
        try:
            files = sorted(file for file in self._folder.iterdir() if file.suffix.lower() == ".json")
        except OSError as error:
            why = f"{self._folder.name!r} is no folder that can be read ({type(error).__name__})."
            return down("not_found", why, MEND)
        documents, left = [], self._most
        for file in files:
            content = _content(file, left)
            left -= len(content)
            if left < 0:
                detail = f"The files hold more than {self._most / MIB:g} MB and were not taken in."
                return bad("too_large", detail, "Move what is over to another folder.")
            documents.append(content)
        return b"[" + b",".join(documents) + b"]"


def _content(file: Path, most: int) -> bytes:
    """The document in ``file``; where it is longer than ``most`` bytes, so is what is given."""
    try:
        if not file.is_file():
            return UNREAD
        with file.open("rb") as opened:
            content = opened.read(most + 1)
        if len(content) <= most:
            json.loads(content.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return UNREAD
    return content.removeprefix(BOM)
