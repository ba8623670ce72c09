"""The envelope of everything that is packed: a byte that says which format, then a zstd frame with a checksum."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zstandard import ZstdCompressionDict, ZstdCompressor

MOST = 1 << 28
"""Bytes that are unpacked at most: a length that is damaged must not take all memory."""

LEVEL = 9
"""Of zstd's 22. Measured: 1 % (positions) to 11 % (boards) fewer bytes than 6; 12 takes 1 to 7 % fewer still, but five
times as long for a board of 5,000 calls."""


class Damaged(ValueError):
    """These bytes are not what was written, or not what this console can read; the text says why.

    Who knows the bytes' place says that too, and what to do.
    """


def wrapped(version: int, content: bytes, base: bytes | None = None, level: int = LEVEL) -> bytes:
    """``content`` compressed, and short where it repeats what stands in ``base``."""
    return bytes((version,)) + _compressor(len(content), base, level).compress(content)


def wrapping(version: int, level: int = LEVEL) -> Callable[[bytes], bytes]:
    """`wrapped` for many contents, one after the other: to make the tables anew for each takes a fifth of the time."""
    compress, mark = _compressor(0, None, level).compress, bytes((version,))
    return lambda content: mark + compress(content)


def unwrapped(version: int, body: bytes, base: bytes | None = None) -> bytes:
    """The content that was `wrapped` against the same ``base``. Raises `Damaged`."""
    import zstandard

    if not body:
        raise Damaged("it is empty")
    if body[0] > version:
        raise Damaged(
            f"a newer console wrote it (format {body[0]}, this one reads {version}): open it with that one"
        )
    if body[0] != version:
        raise Damaged(f"no console ever wrote its format {body[0]}")
    frame = memoryview(body)[1:]
    try:
        if not 0 <= zstandard.frame_content_size(frame) <= MOST:
            raise Damaged("its length is none that a console writes")
        reader = zstandard.ZstdDecompressor(dict_data=None if base is None else _dictionary(base))
        return reader.decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise Damaged(f"it cannot be decompressed ({error})") from error


def _compressor(size: int, base: bytes | None, level: int) -> "ZstdCompressor":
    import zstandard

    if base is None:
        return zstandard.ZstdCompressor(level, write_checksum=True)
    reach = size + len(base)
    rules = zstandard.ZstdCompressionParameters.from_level(
        level, source_size=size, dict_size=len(base), window_log=_window(reach), write_checksum=True
    )
    return zstandard.ZstdCompressor(dict_data=_dictionary(base), compression_params=rules)


def _window(reach: int) -> int:
    """The size, as a power of two, of a window that sees ``reach`` bytes back, within zstd's limits."""
    return min(max(reach.bit_length(), 10), 30)


def _dictionary(base: bytes) -> "ZstdCompressionDict":
    import zstandard

    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
