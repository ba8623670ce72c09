"""The body of a reply as it comes in, unpacked under a limit."""

import zlib

GZIP = 16 + zlib.MAX_WBITS


class TooLarge(Exception):
    """The unpacked body is larger than allowed; it was not unpacked further."""


class Damaged(Exception):
    """The body cannot be unpacked."""


class Body:
    """Collects and unpacks. Unpacking stops at the limit, so that a small bomb stays small."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._kept = bytearray()
        self._limit = limit
        self._fed = False
        match encoding.strip().lower():
            case "" | "identity":
                self._unpack = None
            case "gzip" | "x-gzip":
                self._unpack = zlib.decompressobj(GZIP)
            case _:
                raise Damaged

    @property
    def size(self) -> int:
        """Bytes unpacked so far."""
        return len(self._kept)

    def feed(self, data: bytes) -> None:
        """Take in the next piece. Raises `TooLarge` or `Damaged`."""
        self._fed = True
        if self._unpack is not None:
            try:
                data = self._unpack.decompress(data, self._limit - len(self._kept) + 1)
            except zlib.error as error:
                raise Damaged from error
        self._kept += data
        if len(self._kept) > self._limit:
            raise TooLarge

    def whole(self) -> bytes:
        """All of it. Raises `Damaged` where a packed body ends too early."""
        if self._unpack is not None and self._fed and not self._unpack.eof:
            raise Damaged
        return bytes(self._kept)
